using System.Text.Json;
using HousingBank.Store;

namespace HousingBank.Benchmarks;

/// <summary>What happens in the streams of the benchmark: something is begun, changed some times and ended.</summary>
public abstract record ThingFact(string Note);

public sealed record ThingBegun(string Place, int Amount, string Note) : ThingFact(Note);

public sealed record ThingChanged(int By, string Note) : ThingFact(Note);

public sealed record ThingEnded(string Outcome, string Note) : ThingFact(Note);

public sealed record ThingRow(string Place, int Amount, int Changes, DateOnly BegunOn, DateOnly? EndedOn, string? Outcome);

public sealed class ThingTable : FoldTable<ThingRow>
{
    public const string Key = "thing";

    public override string Name => "thing";

    public override int Version => 1;

    public override bool Takes(string streamKind) => streamKind == "thing";

    protected override Rows<ThingRow> Apply(Rows<ThingRow> rows, StoredFact fact) => fact.Fact switch
    {
        ThingBegun e when rows.Count == 0 => rows.SetItem(Key, new(e.Place, e.Amount, 0, fact.On.Placed, null, null)),
        ThingChanged e when rows.TryGetValue(Key, out var row) => rows.SetItem(Key, row with { Amount = row.Amount + e.By, Changes = row.Changes + 1 }),
        ThingEnded e when rows.TryGetValue(Key, out var row) => rows.SetItem(Key, row with { EndedOn = fact.On.Placed, Outcome = e.Outcome }),
        _ => rows,
    };
}

public sealed class ThingCodec : IFactCodec
{
    public (string Type, int Version, string Body) Write(object fact) => (
        fact switch
        {
            ThingBegun => "thing-begun",
            ThingChanged => "thing-changed",
            ThingEnded => "thing-ended",
            _ => throw new ArgumentException($"{fact.GetType().Name} is no fact of these streams.", nameof(fact)),
        },
        1,
        JsonSerializer.Serialize(fact, fact.GetType(), JsonSerializerOptions.Web));

    public object Read(string type, int version, ReadOnlySpan<byte> body, EffectiveSpan on) => type switch
    {
        "thing-begun" => JsonSerializer.Deserialize<ThingBegun>(body, JsonSerializerOptions.Web)!,
        "thing-changed" => JsonSerializer.Deserialize<ThingChanged>(body, JsonSerializerOptions.Web)!,
        "thing-ended" => JsonSerializer.Deserialize<ThingEnded>(body, JsonSerializerOptions.Web)!,
        _ => throw new InvalidDataException($"No fact is stored as \"{type}\"."),
    };
}
