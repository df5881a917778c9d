using HousingBank.Domain.Vocabulary;

namespace HousingBank.ReadModels.OneProgramme;

/// <summary>A programme on one day: what it wants, its framework model, its office and its rounds.</summary>
/// <param name="Version">The last version of its stream, now.</param>
public sealed record ProgrammePage(
    Guid Id,
    int Version,
    LocalText Name,
    string Owner,
    Day LaunchedOn,
    Day PeriodFrom,
    Day PeriodTo,
    int TargetMunicipalities,
    int MunicipalitiesPerRound,
    LocalText Vision,
    IReadOnlyList<LocalText> Goals,
    IReadOnlyList<string> KnowledgeAreas,
    Office? Office,
    IReadOnlyList<CouncilMember> Council,
    IReadOnlyList<FrameworkModel> Models,
    IReadOnlyList<RoundFunnel> Rounds,
    bool IsSimulated,
    FactsBehind Facts)
{
    private static readonly Columns<RoundFunnel> Flat = new("rounds")
    {
        { "round", r => r.Number },
        { "openedOn", r => r.OpenedOn.On },
        { "openedEarliest", r => r.OpenedOn.First },
        { "openedLatest", r => r.OpenedOn.Last },
        { "deadline", r => r.Deadline?.On },
        { "capacity", r => r.Capacity },
        { "invited", r => r.Invited.Named },
        { "invitedReported", r => r.Invited.Reported },
        { "applied", r => r.Applied.Named },
        { "appliedReported", r => r.Applied.Reported },
        { "admitted", r => r.Admitted.Named },
        { "reportedSource", r => r.ReportedSource },
        { "closedOn", r => r.ClosedOn?.On },
    };

    /// <summary>The rounds with their funnels.</summary>
    public FlatTable RoundRows() => Flat.Of(Rounds);
}

public sealed record ProgrammeInList(Guid Id, LocalText Name, string Owner, Day LaunchedOn, bool IsSimulated, FactsBehind Facts);

public sealed record Office(string Owner, string Secretariat, string Council, FactsBehind Facts);

/// <param name="Member">A reference to a person; never a name.</param>
/// <param name="Person">Who it is: a reference, which /api/v1/persons gives a name to for those who may read it.</param>
/// <param name="Inside">True for a member from the bank itself.</param>
public sealed record CouncilMember(string Member, string Affiliation, bool Inside, Day From, Day? Until, PersonalData? Person, FactsBehind Facts);

/// <summary>One version of the framework model.</summary>
/// <param name="IsCurrent">True for the version that those who enter on the day come under.</param>
public sealed record FrameworkModel(int Version, Day AdoptedOn, string? Reason, bool IsCurrent, IReadOnlyList<FrameworkPhase> Phases, FactsBehind Facts);

/// <param name="Criteria">What leaving the phase needs.</param>
public sealed record FrameworkPhase(Phase Phase, int LongestMonths, int? ShortestMonths, int? RevisionMonths, IReadOnlyList<string> Criteria);

/// <summary>An intake round from invitation to admission.</summary>
/// <param name="Left">How many can still be admitted; null when the capacity is not documented.</param>
/// <param name="DecidedOn">The day of the last decision on an application so far; null before the first.</param>
/// <param name="PublishedOn">The day the decisions became public; null until then.</param>
/// <param name="Steps">How many came so far, from the invitation to the admission.</param>
/// <param name="States">How many stand where, by the application's state; "none" for those invited who have no application.</param>
/// <param name="Deviations">Decisions against the council's recommendation.</param>
/// <param name="ReportedSource">The source of counts without names; null when none were reported.</param>
public sealed record RoundFunnel(
    Guid Id,
    Guid Programme,
    int Number,
    int Version,
    Day OpenedOn,
    Day? Deadline,
    int? Capacity,
    int? Left,
    bool OpenToAll,
    Day? DecidedOn,
    Day? PublishedOn,
    Day? ClosedOn,
    FunnelCount Invited,
    FunnelCount Applied,
    FunnelCount Admitted,
    IReadOnlyList<RoundStep> Steps,
    IReadOnlyList<StateCount> States,
    int Deviations,
    string? ReportedSource,
    bool IsSimulated,
    FactsBehind Facts)
{
    /// <summary>Days from the deadline to the last decision; null when either is not known.</summary>
    public int? DaysToDecision => DecidedOn?.On.DayNumber - Deadline?.On.DayNumber;

    /// <summary>How many applications are in a state.</summary>
    public int In(string state) => States.FirstOrDefault(s => s.State == state)?.Count ?? 0;
}

/// <param name="Step">invited, begun, submitted, complete, underReview, recommended or admitted.</param>
public sealed record RoundStep(string Step, FunnelCount Count);

/// <param name="State">As of an application, or "none".</param>
public sealed record StateCount(string State, int Count);

/// <summary>How many came to one step of the funnel.</summary>
/// <param name="Named">Counted from the municipalities that are known by name.</param>
/// <param name="Reported">A count that a source gives without names; null when there is none.</param>
public sealed record FunnelCount(int Named, int? Reported)
{
    /// <summary>The larger of the two: a reported count includes those known by name.</summary>
    public int Shown => Math.Max(Named, Reported ?? 0);
}
