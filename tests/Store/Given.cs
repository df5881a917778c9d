namespace HousingBank.Store.Tests;

/// <summary>The ordinary case of everything a test does not speak of.</summary>
internal static class Given
{
    public static readonly Scope East = Scope.Of("region-ost");
    public static readonly Scope West = Scope.Of("region-vest");
    public static readonly DateOnly Day = new(2009, 10, 1);

    public static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static Loaded Nothing { get; } = new(null, new Dictionary<StreamKey, IReadOnlyList<StoredFact>>());

    public static StreamKey NewStream() => new($"note/{Guid.CreateVersion7()}");

    public static EffectiveSpan On(DateOnly day) => new(day, day, day, "day", null);

    public static Circumstances Circumstances(Guid? command = null, string actor = "tester") =>
        new(actor, "secretariat", null, "none", null, null, [], command ?? Guid.CreateVersion7(), Guid.CreateVersion7(), new Dictionary<string, int>());

    public static StreamWrite Write(StreamKey stream, int expected, params NoteFact[] facts) =>
        new(stream, expected, [.. facts.Select(f => new FactToWrite(f, On(Day)))]);

    public static StreamWrite LookAt(StreamKey stream, int expected) => new(stream, expected, []);

    public static Task<WriteResult> WriteAsync(this EventStore store, Scope scope, params StreamWrite[] writes) =>
        store.WriteAsync(scope, Nothing, writes, Circumstances(), null, null, Cancel);

    public static async Task<WriteResult.Written> WrittenAsync(this EventStore store, Scope scope, params StreamWrite[] writes) =>
        (await store.WriteAsync(scope, writes)).ShouldBeOfType<WriteResult.Written>();

    public static async Task<IReadOnlyList<StoredFact>> LoadAsync(this EventStore store, Scope scope, StreamKey stream) =>
        (await store.LoadAsync(scope, [stream], null, Cancel)).Streams[stream];
}
