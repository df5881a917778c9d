using System.Collections.Immutable;

namespace HousingBank.Store.Tests.TwoClock;

public enum Colour
{
    Red,
    DarkBlue,
}

public readonly record struct ThingId(Guid Value)
{
    public string Stream => $"thing/{Value}";
}

public readonly record struct PlaceKey(string Key);

public sealed record Part(string Name, Colour Colour);

/// <summary>A row with a column of every kind there is.</summary>
public sealed record ThingRow(
    ThingId Id,
    PlaceKey? Place,
    string Name,
    string? Note,
    bool IsNew,
    bool? IsLent,
    int Count,
    int? Limit,
    long Size,
    decimal? Price,
    DateOnly Made,
    DateOnly? Order,
    DateTimeOffset? Seen,
    Guid? Batch,
    Colour Colour,
    Colour? Lining,
    ImmutableArray<Part> Parts,
    Part? Main)
{
    public bool Equals(ThingRow? other) => other is not null && Name == other.Name && Count == other.Count;

    public override int GetHashCode() => Name.GetHashCode(StringComparison.Ordinal);
}

public sealed record ThingSeen(ThingRow Row);

/// <summary>Rows as they are told.</summary>
public sealed class ThingTable : FoldTable<ThingRow>
{
    public override string Name => "thing";

    public override int Version => 1;

    public override bool Takes(string streamKind) => streamKind == "thing";

    protected override Rows<ThingRow> Apply(Rows<ThingRow> rows, StoredFact fact) =>
        fact.Fact is ThingSeen seen ? rows.SetItem(fact.Stream.Name, seen.Row) : rows;
}
