namespace HousingBank.ReadModels;

/// <summary>Days by the calendar in Norway as moments of recording.</summary>
public static class RecordedDays
{
    /// <param name="first">Included; null: from the beginning.</param>
    /// <param name="last">Included; null: to the end.</param>
    /// <returns>The first moment, and the first that is no longer included.</returns>
    public static (DateTimeOffset? From, DateTimeOffset? Before) Between(DateOnly? first, DateOnly? last) =>
        (first is { } from ? Norwegian.StartOf(from) : null, last is { } to ? Norwegian.StartOf(to.AddDays(1)) : null);
}
