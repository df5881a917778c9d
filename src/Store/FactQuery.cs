namespace HousingBank.Store;

/// <summary>Which events to show. What is null asks for nothing.</summary>
public sealed record FactQuery
{
    public IReadOnlyList<StreamKey>? Streams { get; init; }

    /// <summary>Kinds of streams: "round".</summary>
    public IReadOnlyList<string>? Kinds { get; init; }

    /// <summary>Stored names: "municipality-admitted".</summary>
    public IReadOnlyList<string>? Types { get; init; }

    public string? Actor { get; init; }

    public string? Role { get; init; }

    /// <summary>Only those with something sealed under this person's key, and those of the person's own stream.</summary>
    public Guid? Person { get; init; }

    /// <summary>The first moment, included.</summary>
    public DateTimeOffset? RecordedFrom { get; init; }

    /// <summary>The last moment, included.</summary>
    public DateTimeOffset? RecordedTo { get; init; }

    /// <summary>The first placed day, included.</summary>
    public DateOnly? EffectiveFrom { get; init; }

    /// <summary>The last placed day, included.</summary>
    public DateOnly? EffectiveTo { get; init; }

    /// <summary>Only what had been recorded at this moment.</summary>
    public DateTimeOffset? KnownAt { get; init; }

    /// <summary>The last event of the page before; null for the first page.</summary>
    public FactCursor? After { get; init; }

    /// <summary>At most so many events on a page.</summary>
    public int Limit { get; init; } = 50;
}

/// <summary>A place in the list of events by moment and position.</summary>
public sealed record FactCursor(DateTimeOffset RecordedAt, long Position);

/// <param name="Facts">Newest first.</param>
/// <param name="Next">Where the next page begins; null when this is the last.</param>
public sealed record FactPage(IReadOnlyList<StoredFact> Facts, FactCursor? Next);

/// <summary>How far the log is numbered and settled.</summary>
/// <param name="Ordinal">Of the last event that has one; 0 for an empty log.</param>
/// <param name="SettledAt">Nothing can be recorded at or before it any more; what is asked for it has the same answer for ever. Null before the first.</param>
public sealed record LogState(long Ordinal, DateTimeOffset? SettledAt);

/// <summary>A fact that takes the place of an earlier one of its stream, or strikes it.</summary>
/// <param name="Version">Its own.</param>
/// <param name="Replaces">The version of the earlier one.</param>
public sealed record Replacement(string Tenant, StreamKey Stream, int Version, string Type, int Replaces);
