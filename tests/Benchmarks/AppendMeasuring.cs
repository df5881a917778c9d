using HousingBank.Store;

namespace HousingBank.Benchmarks;

/// <summary>What a decision knows of a measure.</summary>
/// <param name="LastOn">The day of the last fact.</param>
/// <param name="Versions">Of the facts that made its row.</param>
internal readonly record struct MeasureState(int Version, string Municipality, DateOnly PlannedOn, int Readings, int LastReading, DateOnly LastOn, int[] Versions)
{
    public static MeasureState Initial { get; } = new(0, "", default, 0, 0, default, []);

    public MeasureState After(MeasureFact fact, DateOnly day) => fact is MeasurePlanned planned
        ? new(Version + 1, planned.Municipality, day, 0, 0, day, [Version + 1])
        : this with { Version = Version + 1, Readings = Readings + 1, LastReading = fact.Reading, LastOn = day, Versions = [.. Versions, Version + 1] };
}

/// <summary>The decision that both sides take.</summary>
internal static class Measuring
{
    public const string Actor = "person-17";
    public const string Answer = """{"stream":"measure","version":7}""";

    private static readonly string s_note = string.Concat(Enumerable.Repeat("The room for common meals is used by more than expected. ", 4))[..215];

    public static byte[] RequestHash { get; } = [.. Enumerable.Range(0, 32).Select(i => (byte)i)];

    /// <summary>Three facts for a new measure, two for one that is there, all of one day, the day after the last.</summary>
    public static (MeasureFact[] Facts, DateOnly Day) Decide(MeasureState state) => state.Version == 0
        ? (Facts(0), new DateOnly(2010, 3, 1))
        : (Facts(state.Readings), state.LastOn.AddDays(1));

    /// <param name="readings">So far; 0 for a new measure.</param>
    public static MeasureFact[] Facts(int readings) => readings == 0
        ? [new MeasurePlanned("3401", 0, s_note), new MeasureRead("3401", 1, s_note), new MeasureRead("3401", 2, s_note)]
        : [new MeasureRead("3401", readings + 1, s_note), new MeasureRead("3401", readings + 2, s_note)];

    public static DateOnly DayOf(int version) => new DateOnly(2010, 3, 1).AddDays(version / 2);

    public static Circumstances Circumstances(Guid command) => new(Actor, "secretariat", null, "none", null, null, [], command, command, s_lookedAtNothing);

    private static readonly Dictionary<string, int> s_lookedAtNothing = [];
}

/// <summary>The same through the store.</summary>
internal sealed class AppendByStore(EventStore store)
{
    private static readonly Scope s_scope = Scope.Of(AppendServer.Tenant);
    private static readonly Loaded s_nothing = new(null, new Dictionary<StreamKey, IReadOnlyList<StoredFact>>());

    public async Task WriteAsync(StreamKey stream, int expected, MeasureFact[] facts, DateOnly day, CancellationToken cancel) =>
        Check(await store.WriteAsync(s_scope, s_nothing, [Write(stream, expected, facts, day)], Measuring.Circumstances(Guid.CreateVersion7()), null, null, cancel));

    public async Task DecideAsync(StreamKey stream, CancellationToken cancel)
    {
        var receipt = new ReceiptKey(Measuring.Actor, Guid.CreateVersion7(), Measuring.RequestHash);
        var loaded = await store.LoadAsync(s_scope, [stream], receipt, cancel);
        var state = loaded.Streams[stream].Aggregate(MeasureState.Initial, (s, f) => s.After((MeasureFact)f.Fact, f.On.Placed));
        var (facts, day) = Measuring.Decide(state);
        Check(await store.WriteAsync(
            s_scope, loaded, [Write(stream, state.Version, facts, day)], Measuring.Circumstances(receipt.CommandId), receipt, Measuring.Answer, cancel));
    }

    private static StreamWrite Write(StreamKey stream, int expected, MeasureFact[] facts, DateOnly day)
    {
        var on = new EffectiveSpan(day, day, day, "day", null);
        return new(stream, expected, [.. facts.Select(f => new FactToWrite(f, on))]);
    }

    private static void Check(WriteResult result)
    {
        if (result is not WriteResult.Written)
            throw new InvalidOperationException($"The write ended with {result}.");
    }
}
