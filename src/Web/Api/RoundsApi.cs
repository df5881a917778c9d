using HousingBank.Domain.Applications;
using HousingBank.Domain.IntakeRounds;
using HousingBank.Domain.Vocabulary;
using HousingBank.ReadModels.OneRound;
using HousingBank.Web.Access;
using HousingBank.Web.Persons;
using HousingBank.Web.Time;

namespace HousingBank.Web.Api;

/// <summary>Intake rounds and the applications in them.</summary>
internal static class RoundsApi
{
    public static void MapRounds(this IEndpointRouteBuilder api)
    {
        var rounds = api.MapGroup("/rounds").WithTags("Intake rounds");
        rounds.MapPost("", (OpenRoundRequest r, Deciding decide) =>
            {
                var id = decide.IdOf(r.Id);
                return decide.NewAsync(
                    new OpenRound(new(id), new(r.Programme), r.Number, r.Deadline.Day, r.Capacity, r.OpenToAll, r.Criteria) { On = r.On, Grounds = r.Grounds },
                    $"/api/v1/rounds/{id}");
            })
            .Creates("openRound", "Opens an intake round.", Policies.Register);

        var round = rounds.MapGroup("/{round:guid}");
        round.MapPost("/invite", (Guid round, MunicipalityRequest r, Deciding decide) =>
                decide.OnAsync(new InviteMunicipality(new(round), r.Municipality) { On = r.On, Grounds = r.Grounds }))
            .Decides("inviteMunicipality", "Invites a municipality to the round: it is a candidate from that day.", Policies.Register);
        round.MapPost("/raise-capacity", (Guid round, CapacityRequest r, Deciding decide) =>
                decide.OnAsync(new RaiseCapacity(new(round), r.Capacity, r.Reason) { On = r.On, Grounds = r.Grounds }))
            .Decides("raiseCapacity", "Raises how many can be admitted.", Policies.Decide);
        round.MapPost("/report-counts", (Guid round, CountsRequest r, Deciding decide) =>
                decide.OnAsync(new ReportCounts(new(round), r.Invited, r.Applied, r.Source) { On = r.On, Grounds = r.Grounds }))
            .Decides("reportCounts", "Records counts that a source gives without names.", Policies.Register);
        round.MapPost("/admit", (Guid round, AdmitRequest r, Deciding decide) =>
                decide.OnAsync(new AdmitMunicipality(new(round), r.Municipality, r.Reason, r.DeviationReason, r.CriterionReasons) { On = r.On, Grounds = r.Grounds }))
            .Decides("admitMunicipality", "Admits a municipality: it joins the cohort and becomes a participant.", Policies.Decide);
        round.MapPost("/revise-criteria", (Guid round, CriteriaRequest r, Deciding decide) =>
                decide.OnAsync(new ReviseCriteria(new(round), r.Criteria, r.GivenReviews, r.Reason) { On = r.On, Grounds = r.Grounds }))
            .Decides("reviseCriteria", "Changes what applications are weighed by, and says what becomes of reviews already given.", Policies.Decide);
        round.MapPost("/set-application-window", (Guid round, WindowRequest r, Deciding decide) =>
                decide.OnAsync(new SetApplicationWindow(new(round), r.From.Day, r.Deadline.Day, r.Reason) { On = r.On, Grounds = r.Grounds }))
            .Decides("setApplicationWindow", "Sets from which day to which applications are taken.", Policies.Register);
        round.MapPost("/keep-selection-figures", (Guid round, SelectionFiguresRequest r, Deciding decide) =>
                decide.OnAsync(new KeepSelectionFigures(new(round), r.Municipality, r.Figures, r.Source) { On = r.On, Grounds = r.Grounds }))
            .Decides("keepSelectionFigures", "Keeps the figures that a municipality is chosen by, in place of those kept before.", Policies.Register);
        round.MapPost("/decide", (Guid round, DecideManyRequest r, Deciding decide) =>
                decide.EachAsync(new(round), [.. r.Decisions.Select(d => (d.Municipality, d.ToCommand(new(round), r)))]))
            .DecidesEach("decideApplications", "Decides several applications, each on its own: what is refused holds none of the others back.", Policies.Decide);
        round.MapPost("/publish-decisions", async (Guid round, PlainRequest r, Deciding decide, RoundPageQuery rounds, Viewer viewer, TimeProvider clock, CancellationToken cancel) =>
                await decide.OnAsync(new PublishDecisions(new(round), await rounds.ApplicantsAsync(viewer.Scope, new(round), new(Oslo.Today(clock)), cancel))
                {
                    On = r.On,
                    Grounds = r.Grounds,
                }))
            .Decides("publishDecisions", "Makes outcome, cohort and capacity public, once everything that reached the council is decided.", Policies.Decide);
        round.MapPost("/close", (Guid round, PlainRequest r, Deciding decide) =>
                decide.OnAsync(new CloseRound(new(round)) { On = r.On, Grounds = r.Grounds }))
            .Decides("closeRound", "Closes the round; its day is the last.", Policies.Register);

        var applications = round.MapGroup("/applications").WithTags("Applications");
        applications.MapPost("", (Guid round, MunicipalityRequest r, Deciding decide) =>
                decide.ForMunicipalityAsync(r.Municipality, () => decide.NewAsync(
                    new DraftApplication(new(round), r.Municipality) { On = r.On, Grounds = r.Grounds },
                    $"/api/v1/rounds/{round}/applications/{r.Municipality}")))
            .Creates("draftApplication", "Begins the municipality's application in the round.", Policies.WriteForMunicipality);

        var application = applications.MapGroup("/{municipality:key}");
        application.MapApplying();
        application.MapPost("/accept-late", (Guid round, string municipality, ReasonRequest r, Deciding decide) =>
                decide.OnAsync(new AcceptLateApplication(new(round), new(municipality), r.Reason) { On = r.On, Grounds = r.Grounds }))
            .Decides("acceptLateApplication", "Accepts an application that came after the deadline.", Policies.Register);
        application.MapPost("/request-supplement", (Guid round, string municipality, SupplementWantedRequest r, Deciding decide) =>
                decide.OnAsync(new RequestSupplement(new(round), new(municipality), r.What, r.Due.Day) { On = r.On, Grounds = r.Grounds }))
            .Decides("requestSupplement", "Asks the municipality to add to its application.", Policies.Register);
        application.MapPost("/receive-supplement", (Guid round, string municipality, SupplementRequest r, Deciding decide) =>
                decide.ForMunicipalityAsync(new MunicipalityId(municipality), () => decide.OnAsync(async (sealing, id) =>
                    new ReceiveSupplement(new(round), new(municipality), r.What, r.Content is { } content ? await content.ToContentAsync(sealing, id) : null)
                    {
                        On = r.On,
                        Grounds = r.Grounds,
                    })))
            .Decides("receiveSupplement", "Adds what was asked for.", Policies.WriteForMunicipality);
        application.MapPost("/declare-complete", (Guid round, string municipality, PlainRequest r, Deciding decide) =>
                decide.OnAsync(new DeclareApplicationComplete(new(round), new(municipality)) { On = r.On, Grounds = r.Grounds }))
            .Decides("declareApplicationComplete", "Finds everything in it that an application must hold.", Policies.Register);
        application.MapPost("/start-review", (Guid round, string municipality, PlainRequest r, Deciding decide) =>
                decide.OnAsync(new StartReview(new(round), new(municipality)) { On = r.On, Grounds = r.Grounds }))
            .Decides("startReview", "Hands the application to the council.", Policies.Register);
        application.MapPost("/decline", (Guid round, string municipality, NotAdmittedRequest r, Deciding decide) =>
                decide.OnAsync(new DeclineApplication(new(round), new(municipality), r.Reason, r.CriterionReasons, r.DeviationReason) { On = r.On, Grounds = r.Grounds }))
            .Decides("declineApplication", "Declines the application.", Policies.Decide);
        application.MapPost("/defer", (Guid round, string municipality, NotAdmittedRequest r, Deciding decide) =>
                decide.OnAsync(new DeferApplication(new(round), new(municipality), r.Reason, r.CriterionReasons, r.DeviationReason) { On = r.On, Grounds = r.Grounds }))
            .Decides("deferApplication", "Defers the application to a later round.", Policies.Decide);
        application.MapPost("/withdraw", (Guid round, string municipality, ReasonRequest r, Deciding decide) =>
                decide.ForMunicipalityAsync(new MunicipalityId(municipality), () => decide.OnAsync(
                    new WithdrawApplication(new(round), new(municipality), r.Reason) { On = r.On, Grounds = r.Grounds })))
            .Decides("withdrawApplication", "Withdraws the application, until it is decided.", Policies.WriteForMunicipality);
        application.MapAttachments();
        application.MapRecommendation();
        round.MapMeeting();
    }
}

/// <summary>A decision that says no more than its day and its grounds.</summary>
public sealed record PlainRequest : DecisionRequest;

public sealed record ReasonRequest(string Reason) : DecisionRequest;

/// <param name="Municipality">Its key: hamar.</param>
public sealed record MunicipalityRequest(MunicipalityId Municipality) : DecisionRequest;

/// <param name="Number">1 for the programme's first round.</param>
/// <param name="Deadline">The last day applications are in time.</param>
/// <param name="Capacity">How many municipalities can be admitted.</param>
/// <param name="OpenToAll">True when municipalities may apply without an invitation.</param>
/// <param name="Criteria">What applications are weighed by.</param>
/// <param name="Id">UUID version 7; made when left out.</param>
public sealed record OpenRoundRequest(
    Guid Programme,
    int Number,
    DayRequest Deadline,
    int Capacity,
    bool OpenToAll,
    ValueList<SelectionCriterion> Criteria,
    Guid? Id = null) : DecisionRequest;

public sealed record CapacityRequest(int Capacity, string Reason) : DecisionRequest;

/// <param name="Criteria">All that applications are weighed by from now on.</param>
/// <param name="GivenReviews">What becomes of reviews that were handed in on the criteria before.</param>
public sealed record CriteriaRequest(ValueList<SelectionCriterion> Criteria, GivenReviews GivenReviews, string Reason) : DecisionRequest;

/// <param name="From">The first day applications can be submitted.</param>
/// <param name="Deadline">The last day they are in time.</param>
public sealed record WindowRequest(DayRequest From, DayRequest Deadline, string Reason) : DecisionRequest;

/// <param name="Municipality">Its key: hamar.</param>
/// <param name="Figures">All that are kept for it; a value that is missing needs a note.</param>
/// <param name="Source">Source and table.</param>
public sealed record SelectionFiguresRequest(MunicipalityId Municipality, ValueList<SelectionFigure> Figures, string Source) : DecisionRequest;

/// <param name="Decisions">One for each application.</param>
public sealed record DecideManyRequest(ValueList<OneOfManyRequest> Decisions) : DecisionRequest;

/// <param name="Municipality">Its key: hamar.</param>
/// <param name="Reason">Why; the municipality is told. Needed unless it is admitted.</param>
/// <param name="DeviationReason">Why it is decided against the recommendation.</param>
public sealed record OneOfManyRequest(MunicipalityId Municipality, ApplicationOutcome Outcome, string? Reason = null, string? DeviationReason = null)
{
    /// <summary>Why, by the round's criteria: for each of them when the application is declined.</summary>
    public ValueList<CriterionReason> CriterionReasons { get; init; }

    internal Command ToCommand(RoundId round, DecisionRequest shared) => Outcome switch
    {
        ApplicationOutcome.Admitted => new AdmitMunicipality(round, Municipality, Reason, DeviationReason, CriterionReasons) { On = shared.On, Grounds = shared.Grounds },
        ApplicationOutcome.Declined => new DeclineApplication(round, Municipality, Reason ?? "", CriterionReasons, DeviationReason) { On = shared.On, Grounds = shared.Grounds },
        _ => new DeferApplication(round, Municipality, Reason ?? "", CriterionReasons, DeviationReason) { On = shared.On, Grounds = shared.Grounds },
    };
}

/// <param name="Source">Where the counts are from.</param>
public sealed record CountsRequest(int? Invited, int? Applied, string Source) : DecisionRequest;

/// <param name="Municipality">Its key: hamar.</param>
/// <param name="DeviationReason">Why it is admitted against the recommendation.</param>
public sealed record AdmitRequest(MunicipalityId Municipality, string? Reason = null, string? DeviationReason = null) : DecisionRequest
{
    /// <summary>Why, for those of the round's criteria that there is something to say about.</summary>
    public ValueList<CriterionReason> CriterionReasons { get; init; }
}

/// <param name="Reason">Why; the municipality is told.</param>
/// <param name="DeviationReason">Why it is decided against the recommendation.</param>
public sealed record NotAdmittedRequest(string Reason, string? DeviationReason = null) : DecisionRequest
{
    /// <summary>Why, by the round's criteria: for each of them when the application is declined.</summary>
    public ValueList<CriterionReason> CriterionReasons { get; init; }
}

/// <param name="Due">The last day the supplement is in time.</param>
public sealed record SupplementWantedRequest(string What, DayRequest Due) : DecisionRequest;

/// <param name="Content">The whole content as it now is; left out when it is unchanged.</param>
public sealed record SupplementRequest(string What, ApplicationContentRequest? Content = null) : DecisionRequest;

/// <summary>What an application must hold when it is submitted.</summary>
/// <param name="NeedsAssessment">The needs, in the municipality's words.</param>
/// <param name="FocusAreas">What it wants to work with; at least one.</param>
/// <param name="ProposedOrganisation">How it means to organise the work.</param>
/// <param name="Contact">An office or function; never a person's name.</param>
/// <param name="ContactPerson">Whom to speak to there.</param>
public sealed record ApplicationContentRequest(
    ResolutionRequest? Resolution = null,
    string? NeedsAssessment = null,
    ValueList<string>? FocusAreas = null,
    string? ProposedOrganisation = null,
    string? Contact = null,
    PersonRequest? ContactPerson = null)
{
    internal async Task<ApplicationContent> ToContentAsync(PersonSealing sealing, Guid command) => new(
        Resolution?.ToResolution(),
        NeedsAssessment,
        FocusAreas ?? [],
        ProposedOrganisation,
        Contact,
        await sealing.SealAsync(command, "content.contactPerson", ContactPerson?.Details, ContactPerson?.Person));
}

/// <summary>A resolution by a municipal body.</summary>
/// <param name="Body">By its own name: kommunestyret, formannskapet, bystyret.</param>
public sealed record ResolutionRequest(string Body, DayRequest? On = null, string? CaseNumber = null)
{
    internal Resolution ToResolution() => new(Body, On?.Day, CaseNumber);
}
