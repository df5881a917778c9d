using HousingBank.Support;

namespace HousingBank.Store.Tests;

public sealed class NumberingTests(StoreDatabase database) : IClassFixture<StoreDatabase>, IAsyncLifetime
{
    private readonly EventStore _store = database.Store;
    private Numbering _numbering = null!;

    public async ValueTask InitializeAsync() => _numbering = await database.NumberingAsync();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task What_commits_late_still_gets_its_place_and_no_place_given_before_changes()
    {
        var seen = new List<StoredFact>();
        var follower = Follow("sees all", seen.Add);
        var slowStream = Given.NewStream();
        await _store.WrittenAsync(Given.East, Given.Write(slowStream, 0, new NoteWritten("before")));
        await WaitForAsync(follower, () => seen.Any(fact => fact.Stream == slowStream));
        var before = seen.Count;

        await using var slow = await database.BeginWriteAsync(Given.East, slowStream, expected: 1);
        var fast = new List<WriteResult.Written>();
        for (var i = 0; i < 3; i++)
            fast.Add(await _store.WrittenAsync(Given.East, Given.Write(Given.NewStream(), 0, new NoteWritten($"{i}"))));
        await CatchUpAsync(follower);
        var whileOpen = seen.Count;
        await slow.CommitAsync();
        await WaitForAsync(follower, () => seen.Count == before + 4);

        whileOpen.ShouldBe(before);
        seen.Skip(before).Select(f => f.Stream).ShouldBe([slowStream, .. fast.Select(f => f.Facts[0].Stream)]);
        seen.Select(f => f.Ordinal!.Value).ShouldBe(Enumerable.Range(1, seen.Count).Select(i => (long)i));
    }

    [Fact]
    public async Task With_many_writers_every_event_is_seen_once_in_the_order_of_the_log_and_settled_moments_hold()
    {
        var seen = new List<long>();
        var follower = Follow("among many", fact => seen.Add(fact.Ordinal!.Value));
        var settled = new List<(DateTimeOffset Moment, long Events)>();

        using var enough = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        var writing = Task.WhenAll(Enumerable.Range(0, 6).Select(seed => Task.Run(() => WriteSlowlyAsync(new Random(seed), enough.Token))));
        while (!writing.IsCompleted && (settled.Count < 6 || seen.Count < 50))
        {
            await _numbering.RunOnceAsync(Given.Cancel);
            await follower.RunOnceAsync(_ => { }, Given.Cancel);
            if ((await _store.LogStateAsync(Given.Cancel)).SettledAt is { } moment && settled.All(s => s.Moment != moment))
                settled.Add((moment, await CountUntilAsync(moment)));
        }

        await enough.CancelAsync();
        await writing;
        var total = (long)(await database.AskAsync("select count(*) from store.events"))!;
        await WaitForAsync(follower, () => seen.Count == total);

        seen.ShouldBe(Enumerable.Range(1, (int)total).Select(i => (long)i));
        (await database.AskAsync("""
            select count(*) from (
              select ordinal, row_number() over (order by e.transaction, e.position) as place
                from store.ordinals o join store.events e using (position)) x where ordinal <> place
            """)).ShouldBe(0L);
        settled.Count.ShouldBeGreaterThan(5);
        foreach (var (moment, events) in settled)
            (await CountUntilAsync(moment)).ShouldBe(events);
    }

    [Fact]
    public async Task A_moment_is_not_settled_while_a_write_that_took_it_is_open()
    {
        var stream = Given.NewStream();
        await _store.WrittenAsync(Given.East, Given.Write(stream, 0, new NoteWritten("1")));
        await using var slow = await database.BeginWriteAsync(Given.East, stream, expected: 1);

        for (var i = 0; i < 5; i++)
            await _numbering.RunOnceAsync(Given.Cancel);
        var whileOpen = (await _store.LogStateAsync(Given.Cancel)).SettledAt;
        await slow.CommitAsync();

        (whileOpen ?? DateTimeOffset.MinValue).ShouldBeLessThan(slow.Moment);
        await Until.HoldsAsync("the moment of the write is settled", async () =>
        {
            await _numbering.RunOnceAsync(Given.Cancel);
            return (await _store.LogStateAsync(Given.Cancel)).SettledAt > slow.Moment;
        });
    }

    [Fact]
    public async Task Of_several_processes_one_numbers()
    {
        var others = Enumerable.Range(0, 3).Select(_ => new Numbering(database.As(StoreRole.Numbering))).ToArray();
        (await _numbering.RunOnceAsync(Given.Cancel)).ShouldNotBeNull();

        foreach (var other in others)
            (await other.RunOnceAsync(Given.Cancel)).ShouldBeNull();
    }

    [Fact]
    public async Task A_process_that_ends_leaves_numbering_to_the_next()
    {
        using var end = new CancellationTokenSource();
        var ending = (await database.NumberingAsync()).RunAsync(_ => { }, end.Token);
        await _store.WrittenAsync(Given.East, Given.Write(Given.NewStream(), 0, new NoteWritten("1")));
        await Until.HoldsAsync("every event has its ordinal", async () => (long)(await database.AskAsync("select (select count(*) from store.events) - (select count(*) from store.ordinals)"))! == 0);

        await end.CancelAsync();
        await ending;

        (await new Numbering(database.As(StoreRole.Numbering)).RunOnceAsync(Given.Cancel)).ShouldNotBeNull();
    }

    private Subscription Follow(string name, Action<StoredFact> handle) => new(
        database.As(StoreRole.Subscriber),
        new NoteCodec(),
        name,
        (fact, _) =>
        {
            handle(fact);
            return Task.CompletedTask;
        },
        TimeSpan.FromSeconds(10));

    /// <summary>Each transaction stays open for a while, so that they end in another order than they began.</summary>
    private async Task WriteSlowlyAsync(Random random, CancellationToken enough)
    {
        var stream = Given.NewStream();
        await _store.WrittenAsync(Given.East, Given.Write(stream, 0, new NoteWritten("0")));
        for (var version = 1; !enough.IsCancellationRequested; version++)
        {
            await using var write = await database.BeginWriteAsync(Given.East, stream, version);
            await Task.Delay(random.Next(25), Given.Cancel);
            await write.CommitAsync();
        }
    }

    private async Task<long> CountUntilAsync(DateTimeOffset moment) =>
        (long)(await database.AskAsync($"select count(*) from store.events where recorded_at <= '{moment:O}'"))!;

    private async Task CatchUpAsync(Subscription follower)
    {
        await _numbering.RunOnceAsync(Given.Cancel);
        while (await follower.RunOnceAsync(_ => { }, Given.Cancel) > 0)
        {
        }
    }

    private Task WaitForAsync(Subscription follower, Func<bool> done) => Until.HoldsAsync("the follower has seen all", async () =>
    {
        await CatchUpAsync(follower);
        return done();
    });
}
