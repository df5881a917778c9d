namespace HousingBank.ReadModels.Work;

/// <summary>What needs a decision or is late, by the day asked about; the most urgent first.</summary>
public sealed record WorkList(IReadOnlyList<WorkItem> Items)
{
    private static readonly Columns<WorkItem> Flat = new("work")
    {
        { "kind", i => new Code("work", i.Kind) },
        { "municipality", i => i.Municipality?.Name },
        { "round", i => i.RoundNumber },
        { "due", i => i.Due },
        { "daysLate", i => i.DaysLate },
        { "role", i => new Code("role", i.Role) },
        { "stream", i => i.Facts.Stream },
    };

    public FlatTable Rows() => Flat.Of(Items);
}

/// <param name="Kind">
/// phaseLate, phaseEndsSoon (within 30 days), phaseToStart (nothing is missing at the gate), agreementToSign, applicationToWrite, lateApplicationToAccept, applicationToCheck,
/// supplementDue, reviewToStart, reviewToWrite, reviewToHandIn (it is drafted), recommendationToGive, applicationToDecide or decisionsToPublish.
/// </param>
/// <param name="Due">Null when nothing is due on a day.</param>
/// <param name="DaysLate">0 when not late.</param>
/// <param name="Role">Whose turn it is, camelCase.</param>
public sealed record WorkItem(string Kind, MunicipalityOnDay? Municipality, int? RoundNumber, Guid? Participation, Guid? Round, DateOnly? Due, int DaysLate, string Role, FactsBehind Facts);
