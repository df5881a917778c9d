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
        { "reminder", i => Code.Of("reminder", i.Reminder) },
        { "passedOn", i => i.IsPassedOn },
        { "role", i => new Code("role", i.Role) },
        { "stream", i => i.Facts.Stream },
    };

    public FlatTable Rows() => Flat.Of(Items);
}

/// <param name="Kind">
/// phaseLate, phaseEndsSoon (within 30 days), phaseToStart (nothing is missing at the gate), agreementToSign, applicationToWrite, lateApplicationToAccept, applicationToCheck,
/// supplementDue, reviewToStart, reviewToWrite, reviewToHandIn (it is drafted), reviewsMissing (of members who should have handed in), recommendationToGive, applicationToDecide or
/// decisionsToPublish.
/// </param>
/// <param name="Due">Null when nothing is due on a day.</param>
/// <param name="DaysLate">0 when not late.</param>
/// <param name="Reminder">before (due within 7 days), on (due on the day asked about) or after (late); null otherwise.</param>
/// <param name="IsPassedOn">True when another than the secretariat is late by more than 7 days: the secretariat is reminded too.</param>
/// <param name="Role">Whose turn it is, camelCase.</param>
public sealed record WorkItem(
    string Kind,
    MunicipalityOnDay? Municipality,
    int? RoundNumber,
    Guid? Participation,
    Guid? Round,
    DateOnly? Due,
    int DaysLate,
    string? Reminder,
    bool IsPassedOn,
    string Role,
    FactsBehind Facts)
{
    private const int DaysBefore = 7;
    private const int DaysUntilPassedOn = 7;

    private static readonly string s_secretariat = Codes.Of(Domain.Vocabulary.Role.Secretariat);

    /// <summary>What waits on a day, with the reminders of that day.</summary>
    internal static WorkItem On(
        DateOnly day, string kind, string role, MunicipalityOnDay? municipality, int? roundNumber, Guid? participation, Guid? round, DateOnly? due, FactsBehind facts)
    {
        var past = day.DayNumber - due?.DayNumber;
        return new(kind, municipality, roundNumber, participation, round, due, Math.Max(0, past ?? 0), ReminderOf(past), past > DaysUntilPassedOn && role != s_secretariat, role, facts);
    }

    /// <summary>True for whoever has the duty and, once it is passed on, for the secretariat.</summary>
    public bool Reminds(string role) => role == Role || (IsPassedOn && role == s_secretariat);

    private static string? ReminderOf(int? daysPast) => daysPast switch
    {
        null or < -DaysBefore => null,
        < 0 => "before",
        0 => "on",
        _ => "after",
    };
}
