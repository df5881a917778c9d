using HousingBank.Domain.Agreements;
using HousingBank.Domain.Vocabulary;
using HousingBank.Web.Access;

namespace HousingBank.Web.Api;

/// <summary>Cooperation agreements.</summary>
internal static class AgreementsApi
{
    public static void MapAgreements(this IEndpointRouteBuilder api)
    {
        var agreements = api.MapGroup("/agreements").WithTags("Agreements");
        agreements.MapPost("", (DraftAgreementRequest r, Deciding decide) =>
            {
                var id = decide.IdOf(r.Id);
                return decide.NewAsync(
                    new DraftAgreement(new(id), new(r.Participation), r.Content.ToContent()) { On = r.On, Grounds = r.Grounds }, $"/api/v1/agreements/{id}");
            })
            .Creates("draftAgreement", "Drafts a cooperation agreement.", Policies.Register);

        var agreement = agreements.MapGroup("/{agreement:guid}");
        agreement.MapPost("/revise", (Guid agreement, ReviseAgreementRequest r, Deciding decide) =>
                decide.OnAsync(new ReviseAgreement(new(agreement), r.Content.ToContent()) { On = r.On, Grounds = r.Grounds }))
            .Decides("reviseAgreement", "Changes the draft.", Policies.Register);
        agreement.MapPost("/sign", (Guid agreement, SignRequest r, Deciding decide) =>
                decide.OnAsync(new SignAgreement(new(agreement), r.Party, r.SignedBy) { On = r.On, Grounds = r.Grounds }))
            .Decides("signAgreement", "Records one side's signature; in force when both have signed.", Policies.Register);
        agreement.MapPost("/end", (Guid agreement, EndAgreementRequest r, Deciding decide) =>
                decide.OnAsync(new EndAgreement(new(agreement), r.Reason, r.NoticeGivenOn?.Day) { On = r.On, Grounds = r.Grounds }))
            .Decides("endAgreement", "Ends the agreement; its day is the first on which it is no longer in force.", Policies.Decide);
    }
}

/// <param name="Participation">The course it is about.</param>
/// <param name="Id">UUID version 7; made when left out.</param>
public sealed record DraftAgreementRequest(Guid Participation, AgreementContentRequest Content, Guid? Id = null) : DecisionRequest;

/// <param name="Content">The whole new content; what it leaves out is gone.</param>
public sealed record ReviseAgreementRequest(AgreementContentRequest Content) : DecisionRequest;

/// <param name="SignedBy">The office that signed; never a person's name.</param>
public sealed record SignRequest(AgreementParty Party, string SignedBy) : DecisionRequest;

/// <param name="NoticeGivenOn">The day notice was given; left out when it ends without notice.</param>
public sealed record EndAgreementRequest(string Reason, DayRequest? NoticeGivenOn = null) : DecisionRequest;

/// <summary>What both parties agree on.</summary>
public sealed record AgreementContentRequest(
    string? LocalAdaptation, string? BankExpectations, string? MunicipalityExpectations, ValueList<CommitmentRequest> Commitments)
{
    internal AgreementContent ToContent() => new(
        LocalAdaptation, BankExpectations, MunicipalityExpectations, Commitments.Select(c => new Commitment(c.Code, c.Text, c.Party, c.Owner, c.Due?.Day)).ToValueList());
}

/// <param name="Code">Short and stable within the agreement.</param>
/// <param name="Owner">The office that has it to do.</param>
/// <param name="Due">The last day it is in time.</param>
public sealed record CommitmentRequest(string Code, string Text, AgreementParty Party, string Owner, DayRequest? Due = null);
