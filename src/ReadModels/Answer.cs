namespace HousingBank.ReadModels;

/// <summary>What a screen shows, and where in history it looked.</summary>
/// <param name="Value">The screen's record: page, API and exports share it.</param>
/// <param name="AsOf">The day that was asked about.</param>
/// <param name="KnownAt">The moment of knowledge that was used, also when the question was for now.</param>
/// <param name="UpToOrdinal">The last numbered event that was seen; 0 when there is none, and for council members, who do not see every event.</param>
/// <param name="SettledAt">Nothing can be recorded at or before this moment any more; null before the first numbering.</param>
public sealed record Answer<T>(T Value, DateOnly AsOf, DateTimeOffset KnownAt, long UpToOrdinal, DateTimeOffset? SettledAt)
{
    /// <summary>Another value with the same place in history.</summary>
    public Answer<TOther> With<TOther>(TOther value) => new(value, AsOf, KnownAt, UpToOrdinal, SettledAt);
}
