using HousingBank.Domain.Applications;
using HousingBank.Domain.Vocabulary;
using HousingBank.Web.Access;

namespace HousingBank.Web.Api;

/// <summary>What a municipality does with its application until the council has it.</summary>
internal static class ApplicationsApi
{
    public static void MapApplying(this IEndpointRouteBuilder application)
    {
        application.MapPost("/save-draft", (Guid round, string municipality, SaveDraftRequest r, Deciding decide) =>
                decide.ForMunicipalityAsync(new MunicipalityId(municipality), () => decide.OnAsync(async (sealing, id) =>
                    new SaveApplicationDraft(new(round), new(municipality), await r.Content.ToContentAsync(sealing, id)) { On = r.On, Grounds = r.Grounds })))
            .Decides("saveApplicationDraft", "Saves what has been written so far, with anything missing. It is read by the municipality's own people only.", Policies.Apply);
        application.MapPost("/name-signatory", (Guid round, string municipality, NameSignatoryRequest r, Deciding decide) =>
                decide.ForNamingAsync(new MunicipalityId(municipality), () => decide.OnAsync(
                    new NameSignatory(new(round), new(municipality), r.Person, r.Function) { On = r.On, Grounds = r.Grounds })))
            .Decides("nameSignatory", "Names who may sign the application off beside the chief executive.", Policies.WriteForMunicipality);
        application.MapPost("/sign-off", (Guid round, string municipality, SignOffApplicationRequest r, Deciding decide) =>
                decide.ForSignatoryAsync(new(round), new(municipality), r.SignOff, signOff => decide.OnAsync(
                    new SignOffApplication(new(round), new(municipality), signOff!) { On = r.On, Grounds = r.Grounds })))
            .Decides("signOffApplication", "Signs the draft off as it stands. Changing it afterwards takes the sign-off away.", Policies.WriteForMunicipality);
        application.MapPost("/ask-late", (Guid round, string municipality, ReasonRequest r, Deciding decide) =>
                decide.ForMunicipalityAsync(new MunicipalityId(municipality), () => decide.OnAsync(
                    new AskForLateAcceptance(new(round), new(municipality), r.Reason) { On = r.On, Grounds = r.Grounds })))
            .Decides("askForLateAcceptance", "Asks the secretariat to let the application come after the deadline.", Policies.WriteForMunicipality);
        application.MapPost("/submit", (Guid round, string municipality, SubmitRequest r, Deciding decide) =>
                decide.ForSignatoryAsync(new(round), new(municipality), r.SignOff, signOff => decide.OnAsync(async (sealing, id) =>
                    new SubmitApplication(new(round), new(municipality), r.Content is { } content ? await content.ToContentAsync(sealing, id) : null, signOff)
                    {
                        On = r.On,
                        Grounds = r.Grounds,
                    })))
            .Decides("submitApplication", "Submits the application with all that it must hold.", Policies.WriteForMunicipality);
    }
}

public sealed record SaveDraftRequest(ApplicationContentRequest Content) : DecisionRequest;

/// <param name="Person">By reference, as the person finds it under "My access"; never a name.</param>
/// <param name="Function">In words.</param>
public sealed record NameSignatoryRequest(string Person, string Function) : DecisionRequest;

public sealed record SignOffApplicationRequest(SignOffRequest SignOff) : DecisionRequest;

/// <param name="By">A municipality's own people sign as what they are; the secretariat says who signed on paper.</param>
/// <param name="Function">Of somebody beside the chief executive, in words; left out for whom the municipality has named.</param>
public sealed record SignOffRequest(Signatory By, string? Function = null);

/// <param name="Content">Left out for the draft as it stands.</param>
/// <param name="SignOff">Who signs it off now; left out when the draft that is submitted has been signed off.</param>
public sealed record SubmitRequest(ApplicationContentRequest? Content = null, SignOffRequest? SignOff = null) : DecisionRequest;
