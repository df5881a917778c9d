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
/// <param name="ReportedSource">The source of counts without names; null when none were reported.</param>
public sealed record RoundFunnel(
    Guid Id,
    Guid Programme,
    int Number,
    int Version,
    Day OpenedOn,
    Day? Deadline,
    int? Capacity,
    bool OpenToAll,
    Day? ClosedOn,
    FunnelCount Invited,
    FunnelCount Applied,
    FunnelCount Admitted,
    string? ReportedSource,
    bool IsSimulated,
    FactsBehind Facts);

/// <summary>How many came to one step of the funnel.</summary>
/// <param name="Named">Counted from the municipalities that are known by name.</param>
/// <param name="Reported">A count that a source gives without names; null when there is none.</param>
public sealed record FunnelCount(int Named, int? Reported)
{
    /// <summary>The larger of the two: a reported count includes those known by name.</summary>
    public int Shown => Math.Max(Named, Reported ?? 0);
}
