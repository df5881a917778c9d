using HousingBank.Domain.Municipalities;
using HousingBank.Domain.Vocabulary;
using HousingBank.Store;
using HousingBank.Web.Access;

namespace HousingBank.Web.Api;

/// <summary>The national register of municipalities.</summary>
internal static class MunicipalitiesApi
{
    public static void MapMunicipalities(this IEndpointRouteBuilder api)
    {
        var municipalities = api.MapGroup("/municipalities").WithTags("Municipalities");
        municipalities.MapPost("", (RegisterMunicipalityRequest r, Deciding decide) => decide.NewAsync(
                new RegisterMunicipality(r.Key, r.Name, r.Kind, r.County, r.PartOf) { On = r.On, Grounds = r.Grounds },
                $"/api/v1/municipalities/{r.Key}",
                Scope.National))
            .Creates("registerMunicipality", "Registers a municipality or a city district under a key that outlives its numbers.", Policies.Register);

        var municipality = municipalities.MapGroup("/{municipality:key}");
        municipality.MapPost("/assign-number", (string municipality, NumberRequest r, Deciding decide) =>
                decide.OnAsync(new AssignNumber(new(municipality), r.Number, r.County, r.Name) { On = r.On, Grounds = r.Grounds }, Scope.National))
            .Decides("assignMunicipalityNumber", "Gives the municipality an official number; its day is the first on which it is valid.", Policies.Register);
        municipality.MapPost("/end-number", (string municipality, EndNumberRequest r, Deciding decide) =>
                decide.OnAsync(new EndNumber(new(municipality), r.Number) { On = r.On, Grounds = r.Grounds }, Scope.National))
            .Decides("endMunicipalityNumber", "Ends an official number; its day is the last on which it is valid.", Policies.Register);
        municipality.MapPost("/merge", (string municipality, MergeRequest r, Deciding decide) =>
                decide.OnAsync(new MergeMunicipality(new(municipality), r.Into, r.Note) { On = r.On, Grounds = r.Grounds }, Scope.National))
            .Decides("mergeMunicipality", "Records that the municipality became part of another.", Policies.Register);
        municipality.MapPost("/choose-written-form", (string municipality, WrittenFormRequest r, Deciding decide) =>
                decide.OnAsync(new ChooseWrittenForm(new(municipality), r.Form) { On = r.On, Grounds = r.Grounds }, Scope.National))
            .Decides("chooseWrittenForm", "Records which written form the municipality is to be addressed in.", Policies.Register);
    }
}

/// <param name="Key">Small letters, digits and hyphens: hamar.</param>
/// <param name="PartOf">The municipality a district lies in.</param>
public sealed record RegisterMunicipalityRequest(MunicipalityId Key, string Name, MunicipalityKind Kind, string County, MunicipalityId? PartOf = null) : DecisionRequest;

public sealed record NumberRequest(string Number, string County, string Name) : DecisionRequest;

public sealed record EndNumberRequest(string Number) : DecisionRequest;

/// <param name="Into">Key of the municipality it became part of.</param>
public sealed record MergeRequest(MunicipalityId Into, string? Note = null) : DecisionRequest;

public sealed record WrittenFormRequest(WrittenForm Form) : DecisionRequest;
