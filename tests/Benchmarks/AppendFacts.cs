using System.Text.Json;
using HousingBank.Store;

namespace HousingBank.Benchmarks;

/// <summary>Facts made for this benchmark, of about 300 bytes as JSON: how a measure goes.</summary>
public abstract record MeasureFact(string Municipality, int Reading, string Note);

public sealed record MeasurePlanned(string Municipality, int Reading, string Note) : MeasureFact(Municipality, Reading, Note);

public sealed record MeasureRead(string Municipality, int Reading, string Note) : MeasureFact(Municipality, Reading, Note);

public sealed class MeasureCodec : IFactCodec
{
    public const string Planned = "measure-planned";
    public const string Read = "measure-read";

    public (string Type, int Version, string Body) Write(object fact) => fact switch
    {
        MeasurePlanned planned => (Planned, 1, JsonSerializer.Serialize(planned, JsonSerializerOptions.Web)),
        MeasureRead read => (Read, 1, JsonSerializer.Serialize(read, JsonSerializerOptions.Web)),
        _ => throw new ArgumentException($"{fact.GetType().Name} has no stored name.", nameof(fact)),
    };

    object IFactCodec.Read(string type, int version, ReadOnlySpan<byte> body, EffectiveSpan on) => type switch
    {
        Planned => JsonSerializer.Deserialize<MeasurePlanned>(body, JsonSerializerOptions.Web)!,
        Read => JsonSerializer.Deserialize<MeasureRead>(body, JsonSerializerOptions.Web)!,
        _ => throw new InvalidDataException($"Nothing is known of {type}."),
    };
}

/// <typeparam name="TTable">Tells the row of one table from that of another.</typeparam>
/// <param name="Status">By what has been read.</param>
public sealed record MeasureRow<TTable>(string Municipality, MeasureStatus Status, DateOnly PlannedOn, int Readings, int LastReading, DateOnly? LastReadOn);

public enum MeasureStatus
{
    Planned,
    UnderWay,
}

/// <summary>One row for each measure; each fact changes it.</summary>
/// <param name="kinds">Of the streams it takes.</param>
public sealed class MeasureTable<TTable>(string name, params string[] kinds) : FoldTable<MeasureRow<TTable>>
{
    public override string Name => name;

    public override int Version => 1;

    public override bool Takes(string streamKind) => kinds.Contains(streamKind);

    protected override Rows<MeasureRow<TTable>> Apply(Rows<MeasureRow<TTable>> rows, StoredFact fact)
    {
        var key = fact.Stream.Name;
        return fact.Fact switch
        {
            MeasurePlanned planned => rows.SetItem(key, new(planned.Municipality, MeasureStatus.Planned, fact.On.Placed, 0, 0, null)),
            MeasureRead read when rows.TryGetValue(key, out var row) => rows.SetItem(
                key, row with { Status = MeasureStatus.UnderWay, Readings = row.Readings + 1, LastReading = read.Reading, LastReadOn = fact.On.Placed }),
            _ => rows,
        };
    }
}
