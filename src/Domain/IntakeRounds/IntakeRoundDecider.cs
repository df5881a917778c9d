using HousingBank.Domain.Applications;
using HousingBank.Domain.Municipalities;
using HousingBank.Domain.Programmes;
using HousingBank.Domain.Vocabulary;
using static HousingBank.Domain.IntakeRounds.IntakeRoundRefusals;

namespace HousingBank.Domain.IntakeRounds;

/// <summary>The rules of an intake round: who is invited, how many there is room for, who is admitted.</summary>
public static class IntakeRoundDecider
{
    private const int MostRounds = 100;
    private const int MostMunicipalities = 1_000;
    private const int HeaviestWeight = 1_000;

    public static Decision Open(IntakeRoundState round, ProgrammeState programme, OpenRound command)
    {
        if (WrongFieldOf(command) is { } wrong)
            return wrong;
        if (!programme.IsKnown)
            return ProgrammeRefusals.ProgrammeUnknown;

        var launchedOn = programme.Launched!.On.Placed;
        var opened = new RoundOpened(command.Programme, command.Number, command.Deadline, command.Capacity, command.OpenToAll, command.Criteria)
        {
            On = command.On.PlacedFirst(launchedOn),
        };
        if (round.Opened?.SaysTheSameAs(opened) == true)
            return Decision.Nothing;
        if (opened.On.Placed < launchedOn)
            return RoundBeforeProgramme;
        if (command.Deadline?.Last < opened.On.Placed)
            return DeadlineBeforeOpening;
        return Record(command.Round, round, opened).And(ProgrammeDecider.NumberRound(programme, command, opened.On));
    }

    public static Decision ReportCounts(IntakeRoundState round, ReportCounts command)
    {
        if ((Fields.Between(command.Invited, 0, MostMunicipalities)
             ?? Fields.Between(command.Applied, 0, MostMunicipalities)
             ?? Fields.Reason(command.Source)) is { } wrong)
            return wrong;
        if (command.Invited is null && command.Applied is null)
            return CountsMissing;

        var reported = new CountsReported(command.Invited, command.Applied, command.Source) { On = AfterOpening(round, command.On) };
        if (round.Reported?.SaysTheSameAs(reported) == true)
            return Decision.Nothing;
        return Record(command.Round, round, reported);
    }

    public static Decision ReviseCriteria(IntakeRoundState round, ReviseCriteria command)
    {
        if ((Fields.NotEmpty(command.Criteria)
             ?? Fields.Each(command.Criteria, WrongFieldOf)
             ?? Fields.NoneTwice([.. command.Criteria.Select(c => c.Code)], "criteria")
             ?? Fields.Known(command.GivenReviews)
             ?? Fields.Reason(command.Reason)) is { } wrong)
            return wrong;
        if (round.IsKnown && round.Criteria.All == command.Criteria)
            return Decision.Nothing;
        return Record(
            command.Round,
            round,
            new CriteriaRevised(round.Criteria.Version + 1, command.Criteria, command.GivenReviews, command.Reason) { On = AfterOpening(round, command.On) });
    }

    public static Decision KeepFigures(IntakeRoundState round, MunicipalityState municipality, KeepSelectionFigures command)
    {
        if ((Fields.NotEmpty(command.Figures)
             ?? Fields.Each(command.Figures, WrongFieldOf)
             ?? Fields.NoneTwice([.. command.Figures.Select(f => (f.Code, f.Period))], "figures")
             ?? Fields.Reason(command.Source)) is { } wrong)
            return wrong;
        if (!municipality.IsKnown)
            return MunicipalityRefusals.MunicipalityUnknown;
        var kept = new SelectionFiguresKept(command.Municipality, command.Figures, command.Source) { On = AfterOpening(round, command.On) };
        if (round.Figures.TryGetValue(command.Municipality.Key, out var before) && before with { On = kept.On } == kept)
            return Decision.Nothing;
        return Record(command.Round, round, kept);
    }

    public static Decision SetWindow(IntakeRoundState round, SetApplicationWindow command)
    {
        if ((Fields.Given(command.From)
             ?? Fields.Day(command.From)
             ?? Fields.Given(command.Deadline)
             ?? Fields.Day(command.Deadline)
             ?? Fields.Reason(command.Reason)) is { } wrong)
            return wrong;
        if (command.Deadline.Last < command.From.First)
            return WindowReversed;
        if (round.Window is { } before && (before.From, before.Deadline) == (command.From, command.Deadline))
            return Decision.Nothing;
        return Record(command.Round, round, new ApplicationWindowSet(command.From, command.Deadline, command.Reason) { On = AfterOpening(round, command.On) });
    }

    public static Decision Invite(IntakeRoundState round, MunicipalityState municipality, InviteMunicipality command)
    {
        if (!municipality.IsKnown)
            return MunicipalityRefusals.MunicipalityUnknown;
        if (round.Invited.ContainsKey(command.Municipality.Key))
            return Decision.Nothing;

        var invited = new MunicipalityInvited(command.Municipality) { On = AfterOpening(round, command.On) };
        if (municipality.IsMergedOn(invited.On.Placed))
            return MunicipalityRefusals.MunicipalityIsMerged;
        return Record(command.Round, round, invited);
    }

    public static Decision RaiseCapacity(IntakeRoundState round, RaiseCapacity command)
    {
        if ((Fields.Between(command.Capacity, 1, MostMunicipalities) ?? Fields.Reason(command.Reason)) is { } wrong)
            return wrong;
        if (round.Capacity == command.Capacity)
            return Decision.Nothing;
        return Record(
            command.Round, round, new CapacityRaised(command.Capacity, command.Reason) { On = command.On.PlacedFirst(round.CapacityFrom) });
    }

    public static Decision Admit(IntakeRoundState round, ApplicationState application, AdmitMunicipality command)
    {
        if (!round.IsKnown)
            return RoundUnknown;
        if (round.Cohort.Contains(command.Municipality))
            return Decision.Nothing;

        var on = command.On.PlacedFirst(application.LatestOn > round.CapacityFrom ? application.LatestOn : round.CapacityFrom);
        var decided = ApplicationDecider.Decide(
            application,
            round,
            ApplicationId.Of(command.Round, command.Municipality),
            new(ApplicationOutcome.Admitted, command.Reason, command.DeviationReason, command.CriterionReasons, []) { On = on },
            command);
        if (decided is Decision.Refused)
            return decided;

        var admitted = new MunicipalityAdmitted(
            command.Municipality,
            application.Recommendation?.Advice,
            command.DeviationReason,
            [.. LackingFor(round).Select(l => l.Prerequisite).Where(command.IsNotDocumented)])
        { On = on };
        return Record(command.Round, round, admitted).And(decided);
    }

    public static Decision Publish(IntakeRoundState round, ValueList<ApplicationState> applications, PublishDecisions command)
    {
        if (Fields.Each(command.Municipalities, (municipality, field) => Fields.Name(municipality.Key, field)) is { } wrong)
            return wrong;
        if (!round.IsKnown)
            return RoundUnknown;
        if (round.PublishedOn is not null)
            return Decision.Nothing;
        if (round.Invited.Keys.Except(command.Municipalities.Select(m => m.Key)).Any())
            return InvitedLeftOut;
        if (applications.Count(a => a.Stage is ApplicationStage.UnderReview or ApplicationStage.Recommended) is > 0 and var outstanding)
            return DecisionsOutstanding.With("n", outstanding);
        if (applications.Max(a => a.Decision?.On.Placed) is not { } lastDecided)
            return DecisionsMissing;
        return Record(command.Round, round, new DecisionsPublished { On = command.On.PlacedFirst(lastDecided) });
    }

    public static Decision Close(IntakeRoundState round, CloseRound command)
    {
        var closed = new RoundClosed { On = command.On.PlacedLast() };
        if (round.ClosedOn == closed.On.Placed)
            return Decision.Nothing;
        return Record(command.Round, round, closed);
    }

    /// <summary>The rules that hold on every day, whatever the order things were recorded in.</summary>
    public static IEnumerable<Refusal> Broken(IntakeRoundState round, IntakeRoundEvent fact) => fact switch
    {
        RoundOpened => RoundOpenedAlready.When(round.IsKnown),
        _ when !round.IsKnown => [RoundUnknown],
        CountsReported => [],
        RoundClosed => RoundIsClosed.When(round.ClosedOn is not null),
        DecisionsPublished => DecisionsPublishedAlready.When(round.PublishedOn is not null),
        _ when round.IsClosedOn(fact.On.Placed) => [RoundIsClosed],
        CriteriaRevised e => CriteriaVersionNotNext.When(e.Version != round.Criteria.Version + 1),
        MunicipalityInvited e => MunicipalityInvitedAlready.When(round.Invited.ContainsKey(e.Municipality.Key)),
        CapacityRaised e => CapacityNotRaised.When(e.Capacity <= round.Capacity),
        MunicipalityAdmitted e =>
        [
            .. MunicipalityAdmittedAlready.When(round.Cohort.Contains(e.Municipality)),
            .. MunicipalityNotInvited.When(!round.MayApply(e.Municipality, e.On.Placed)),
            .. LackingFor(round).Where(l => !e.NotDocumented.Contains(l.Prerequisite)).Select(l => l.Refusal),
            .. RoundIsFull.With("capacity", round.Capacity ?? 0).When(round.IsFull),
        ],
        _ => [],
    };

    /// <summary>What an admission asks of the round, and an imported source may be silent on.</summary>
    private static IEnumerable<(string Prerequisite, Refusal Refusal)> LackingFor(IntakeRoundState round)
    {
        if (round.Capacity is null)
            yield return (IntakePrerequisites.Capacity, CapacityUnknown);
    }

    private static Refusal? WrongFieldOf(OpenRound command) =>
        Fields.Between(command.Number, 1, MostRounds)
        ?? (command.IsNotDocumented(IntakePrerequisites.Deadline) ? null : Fields.Given(command.Deadline))
        ?? Fields.Day(command.Deadline)
        ?? (command.IsNotDocumented(IntakePrerequisites.Capacity) ? null : Fields.Given(command.Capacity))
        ?? Fields.Between(command.Capacity, 1, MostMunicipalities)
        ?? Fields.Each(command.Criteria, WrongFieldOf)
        ?? Fields.NoneTwice([.. command.Criteria.Select(c => c.Code)], "criteria");

    private static Refusal? WrongFieldOf(SelectionFigure figure, string field) =>
        Fields.Given(figure, field)
        ?? Fields.Name(figure.Code, field + ".code")
        ?? Fields.LocalText(figure.Name, field: field + ".name")
        ?? Fields.Name(figure.Unit, field + ".unit")
        ?? Fields.Name(figure.Period, field + ".period")
        ?? Fields.ReasonIfAny(figure.Note, field + ".note")
        ?? (figure.Value is null ? Fields.Given(figure.Note, field + ".note") : null);

    private static Refusal? WrongFieldOf(SelectionCriterion criterion, string field) =>
        Fields.Given(criterion, field)
        ?? Fields.Name(criterion.Code, field + ".code")
        ?? Fields.LocalText(criterion.Name, field: field + ".name")
        ?? Fields.Between(criterion.Weight, 1, HeaviestWeight, field + ".weight");

    private static EffectiveDay AfterOpening(IntakeRoundState round, StatedDay day) => day.PlacedFirst(round.Opened?.On.Placed);

    private static Decision Record(RoundId id, IntakeRoundState round, IntakeRoundEvent fact) =>
        Broken(round, fact).FirstOrDefault() is { } refusal ? refusal : Decision.Record(id.Stream, fact);
}
