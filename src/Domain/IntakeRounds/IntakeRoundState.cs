using System.Collections.Immutable;
using System.Diagnostics;
using HousingBank.Domain.Vocabulary;

namespace HousingBank.Domain.IntakeRounds;

/// <summary>What applications are weighed by now.</summary>
/// <param name="Version">1 for those the round was opened with.</param>
/// <param name="OldestThatCounts">The oldest version of which reviews still count.</param>
public sealed record RoundCriteria(int Version, ValueList<SelectionCriterion> All, int OldestThatCounts);

/// <summary>A round as far as the rules need to know it.</summary>
/// <param name="Opened">Null until it is opened.</param>
/// <param name="Capacity">Null as long as it is not documented.</param>
/// <param name="CapacityFrom">The placed day the capacity became what it is; null until the round is opened.</param>
/// <param name="Reported">The last counts without names; null when none were reported.</param>
/// <param name="Invited">The placed day of each invitation.</param>
/// <param name="Cohort">Those admitted, in the order they were.</param>
/// <param name="Window">The application window, when one was set; until then the round's own deadline holds.</param>
/// <param name="Figures">What was kept of each municipality for the selection.</param>
/// <param name="PublishedOn">The placed day its decisions became public; null until then.</param>
/// <param name="ClosedOn">The last day of the round; null while it is open.</param>
public sealed record IntakeRoundState(
    RoundOpened? Opened,
    int? Capacity,
    DateOnly? CapacityFrom,
    CountsReported? Reported,
    ImmutableSortedDictionary<string, DateOnly> Invited,
    ValueList<MunicipalityId> Cohort,
    RoundCriteria Criteria,
    ApplicationWindowSet? Window,
    ImmutableSortedDictionary<string, SelectionFiguresKept> Figures,
    DateOnly? PublishedOn,
    DateOnly? ClosedOn)
{
    public static readonly IntakeRoundState Initial =
        new(null, null, null, null, ImmutableSortedDictionary.Create<string, DateOnly>(StringComparer.Ordinal), [], new(0, [], 0), null,
            ImmutableSortedDictionary.Create<string, SelectionFiguresKept>(StringComparer.Ordinal), null, null);

    public bool IsKnown => Opened is not null;

    /// <summary>The last day applications are in time; null when it is not documented.</summary>
    public StatedDay? Deadline => Window?.Deadline ?? Opened?.Deadline;

    public bool IsFull => Cohort.Count >= Capacity;

    public bool IsClosedOn(DateOnly day) => day > ClosedOn;

    /// <summary>The first day the municipality may apply: that of its invitation, or of the opening when the round is open to all; null when it may not.</summary>
    public DateOnly? MayApplyFrom(MunicipalityId municipality) =>
        Opened is { OpenToAll: true } ? Opened.On.Placed
        : Invited.TryGetValue(municipality.Key ?? "", out var day) ? day
        : null;

    public bool MayApply(MunicipalityId municipality, DateOnly day) => MayApplyFrom(municipality) <= day;

    public static IntakeRoundState Evolve(IntakeRoundState round, IntakeRoundEvent fact) =>
        round.IsKnown || fact is RoundOpened ? Remember(round, fact) : round;

    private static IntakeRoundState Remember(IntakeRoundState round, IntakeRoundEvent fact) => fact switch
    {
        RoundOpened e => round with { Opened = e, Capacity = e.Capacity, CapacityFrom = e.On.Placed, Criteria = new(1, e.Criteria, 1) },
        CriteriaRevised e => round with { Criteria = new(e.Version, e.Criteria, e.GivenReviews == GivenReviews.Stand ? round.Criteria.OldestThatCounts : e.Version) },
        SelectionFiguresKept e => round with { Figures = round.Figures.SetItem(e.Municipality.Key, e) },
        ApplicationWindowSet e => round with { Window = e },
        CountsReported e => round with { Reported = e },
        MunicipalityInvited e => round with { Invited = round.Invited.SetItem(e.Municipality.Key, e.On.Placed) },
        CapacityRaised e => round with { Capacity = e.Capacity, CapacityFrom = e.On.Placed },
        MunicipalityAdmitted e => round with { Cohort = round.Cohort.Add(e.Municipality) },
        DecisionsPublished e => round with { PublishedOn = e.On.Placed },
        RoundClosed e => round with { ClosedOn = e.On.Placed },
        _ => throw new UnreachableException($"{fact.GetType().Name} has no case in Evolve."),
    };
}
