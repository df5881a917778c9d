using HousingBank.Domain.Programmes;
using HousingBank.Domain.Vocabulary;
using HousingBank.Web.Access;

namespace HousingBank.Web.Api;

/// <summary>Programmes, their framework models and their office.</summary>
internal static class ProgrammesApi
{
    public static void MapProgrammes(this IEndpointRouteBuilder api)
    {
        var programmes = api.MapGroup("/programmes").WithTags("Programmes");
        programmes.MapPost("", (LaunchProgrammeRequest r, Deciding decide) =>
            {
                var id = decide.IdOf(r.Id);
                return decide.NewAsync(
                    new LaunchProgramme(
                        new(id), r.Name, r.Owner, r.PeriodFrom.Day, r.PeriodTo.Day, r.TargetMunicipalities, r.MunicipalitiesPerRound, r.Vision, r.Goals, r.KnowledgeAreas)
                    { On = r.On, Grounds = r.Grounds },
                    $"/api/v1/programmes/{id}");
            })
            .Creates("launchProgramme", "Launches a programme.", Policies.Decide);

        var programme = programmes.MapGroup("/{programme:guid}");
        programme.MapPost("/adopt-framework-model", (Guid programme, FrameworkModelRequest r, Deciding decide) =>
                decide.OnAsync(new AdoptFrameworkModel(new(programme), r.Version, r.Phases, r.Reason) { On = r.On, Grounds = r.Grounds }))
            .Decides("adoptFrameworkModel", "Adopts the programme's first framework model.", Policies.Decide);
        programme.MapPost("/revise-framework-model", (Guid programme, FrameworkModelRequest r, Deciding decide) =>
                decide.OnAsync(new ReviseFrameworkModel(new(programme), r.Version, r.Phases, r.Reason ?? "") { On = r.On, Grounds = r.Grounds }))
            .Decides("reviseFrameworkModel", "Adopts a newer version of the framework model, with a reason. Municipalities stay on theirs until they are moved.", Policies.Decide);
        programme.MapPost("/describe-office", (Guid programme, OfficeRequest r, Deciding decide) =>
                decide.OnAsync(new DescribeOffice(new(programme), r.Owner, r.Secretariat, r.Council) { On = r.On, Grounds = r.Grounds }))
            .Decides("describeOffice", "Says who owns, runs and advises the programme.", Policies.Register);
        programme.MapPost("/appoint-council-member", (Guid programme, CouncilMemberRequest r, Deciding decide) =>
                decide.OnAsync(async (sealing, id) =>
                    new AppointCouncilMember(
                        new(programme), r.Member, r.Affiliation, r.Inside, r.Until?.Day, await sealing.SealAsync(id, "person", r.Person?.Details, r.Person?.Person))
                    {
                        On = r.On,
                        Grounds = r.Grounds,
                    }))
            .Decides("appointCouncilMember", "Appoints a member of the council.", Policies.Decide);
        programme.MapPost("/retire-council-member", (Guid programme, RetireCouncilMemberRequest r, Deciding decide) =>
                decide.OnAsync(new RetireCouncilMember(new(programme), r.Member) { On = r.On, Grounds = r.Grounds }))
            .Decides("retireCouncilMember", "Ends a council member's appointment.", Policies.Decide);
        programme.MapPost("/note-affiliation", (Guid programme, NoteAffiliationRequest r, Deciding decide) =>
                decide.OnAsync(new NoteCouncilAffiliation(new(programme), r.Member, r.Municipality, r.As) { On = r.On, Grounds = r.Grounds }))
            .Decides("noteCouncilAffiliation", "Notes that a council member belongs to a municipality: the member is recused from its applications.", Policies.Register);
        programme.MapPost("/end-affiliation", (Guid programme, EndAffiliationRequest r, Deciding decide) =>
                decide.OnAsync(new EndCouncilAffiliation(new(programme), r.Member, r.Municipality) { On = r.On, Grounds = r.Grounds }))
            .Decides("endCouncilAffiliation", "Ends what binds a council member to a municipality; its day is the first on which the member no longer belongs there.", Policies.Register);
        programme.MapPost("/change-target", (Guid programme, TargetRequest r, Deciding decide) =>
                decide.OnAsync(new ChangeTarget(new(programme), r.Target, r.Reason) { On = r.On, Grounds = r.Grounds }))
            .Decides("changeTarget", "Changes how many municipalities the programme is meant to reach.", Policies.Decide);
    }
}

/// <param name="Id">UUID version 7; made when left out.</param>
/// <param name="Owner">The regional office it belongs to.</param>
/// <param name="TargetMunicipalities">How many municipalities it is meant to reach in all.</param>
/// <param name="MunicipalitiesPerRound">How many are meant to come in with each round, about.</param>
public sealed record LaunchProgrammeRequest(
    LocalText Name,
    string Owner,
    DayRequest PeriodFrom,
    DayRequest PeriodTo,
    int TargetMunicipalities,
    int MunicipalitiesPerRound,
    LocalText Vision,
    ValueList<LocalText> Goals,
    ValueList<KnowledgeArea> KnowledgeAreas,
    Guid? Id = null) : DecisionRequest;

/// <param name="Version">1 for the first, then higher than every version before.</param>
/// <param name="Phases">All phases, in order, with their longest duration in months and what leaving them needs.</param>
/// <param name="Reason">Why; a revision must say.</param>
public sealed record FrameworkModelRequest(int Version, ValueList<ModelPhase> Phases, string? Reason = null) : DecisionRequest;

public sealed record OfficeRequest(string Owner, string Secretariat, string Council) : DecisionRequest;

/// <param name="Member">A reference to the person; never a name.</param>
/// <param name="Inside">True for the bank's own people.</param>
/// <param name="Until">The last day of the appointment, included; left out when it is not limited.</param>
/// <param name="Person">Who it is.</param>
public sealed record CouncilMemberRequest(string Member, string Affiliation, bool Inside, DayRequest? Until = null, PersonRequest? Person = null) : DecisionRequest;

/// <param name="Member">The reference the member was appointed by.</param>
public sealed record RetireCouncilMemberRequest(string Member) : DecisionRequest;

/// <param name="Member">The reference the member was appointed by.</param>
/// <param name="Municipality">Its key: hamar.</param>
/// <param name="As">How the member belongs there: employed, elected, close family.</param>
public sealed record NoteAffiliationRequest(string Member, MunicipalityId Municipality, string As) : DecisionRequest;

/// <param name="Member">The reference the member was appointed by.</param>
/// <param name="Municipality">Its key: hamar.</param>
public sealed record EndAffiliationRequest(string Member, MunicipalityId Municipality) : DecisionRequest;

public sealed record TargetRequest(int Target, string Reason) : DecisionRequest;
