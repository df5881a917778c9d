using System.Diagnostics;
using System.Globalization;

namespace HousingBank.Store.Tests;

public sealed class SubscriptionTests(StoreDatabase database) : IClassFixture<StoreDatabase>
{
    private static readonly TimeSpan s_lease = TimeSpan.FromMinutes(10);

    private readonly EventStore _store = database.Store;
    private readonly ParkedEvents _parked = new(database.As(StoreRole.Subscriber));

    [Fact]
    public async Task A_handler_that_fails_parks_its_stream_and_nothing_else_stops()
    {
        var (bad, good) = (Given.NewStream(), Given.NewStream());
        var handled = new List<(StreamKey, int)>();
        var broken = true;
        var subscription = Subscribe("parks", fact =>
        {
            if (broken && fact.Stream == bad && fact.Version == 2)
                throw new InvalidOperationException("no such address");
            handled.Add((fact.Stream, fact.Version));
        });
        await _store.WrittenAsync(Given.East, Given.Write(bad, 0, new NoteWritten("1"), new NoteReworded("2"), new NoteReworded("3")));
        await _store.WrittenAsync(Given.East, Given.Write(good, 0, new NoteWritten("1")));
        await CatchUpAsync(subscription);
        await _store.WrittenAsync(Given.East, Given.Write(bad, 3, new NoteReworded("4")), Given.Write(good, 1, new NoteReworded("2")));
        await CatchUpAsync(subscription);

        handled.Where(h => h.Item1 == bad || h.Item1 == good).ShouldBe([(bad, 1), (good, 1), (good, 2)]);
        var waiting = (await _parked.ListAsync(Given.Cancel)).Where(p => p.Subscription == "parks" && p.Stream == bad).ToArray();
        waiting.Select(p => (p.Stream, p.Reason, p.Attempts)).ShouldBe(
            [(bad, "InvalidOperationException: no such address", 1), (bad, null, 0), (bad, null, 0)]);
        (await _parked.SubscriptionsAsync(Given.Cancel)).Single(s => s.Name == "parks").Parked.ShouldBeGreaterThanOrEqualTo(3);

        (await _parked.RetryAsync("parks", Given.East.Tenant, bad, Given.Cancel)).ShouldBeTrue();
        await CatchUpAsync(subscription);
        (await _parked.ListAsync(Given.Cancel)).Where(p => p.Subscription == "parks" && p.Stream == bad).Select(p => (p.Attempts, p.ToBeRetried))
            .ShouldBe([(2, false), (0, false), (0, false)]);

        broken = false;
        await _parked.RetryAsync("parks", Given.East.Tenant, bad, Given.Cancel);
        await CatchUpAsync(subscription);
        handled.Where(h => h.Item1 == bad).ShouldBe([(bad, 1), (bad, 2), (bad, 3), (bad, 4)]);
        (await _parked.ListAsync(Given.Cancel)).ShouldNotContain(p => p.Subscription == "parks" && p.Stream == bad);
        (await _parked.RetryAsync("parks", Given.East.Tenant, bad, Given.Cancel)).ShouldBeFalse();
    }

    [Fact]
    public async Task An_event_that_cannot_be_read_is_parked_like_one_that_cannot_be_handled()
    {
        var stream = Given.NewStream();
        await _store.WrittenAsync(Given.East, Given.Write(stream, 0, new NoteWritten("1")));
        await database.ExecuteAsync($"update store.events set type = 'note-eaten' where stream = '{stream}'");

        await CatchUpAsync(Subscribe("reads", _ => { }));

        (await _parked.ListAsync(Given.Cancel)).Where(p => p.Subscription == "reads" && p.Stream == stream)
            .ShouldHaveSingleItem().Reason.ShouldNotBeNull().ShouldContain("note-eaten");
    }

    [Fact]
    public async Task What_passes_by_itself_parks_nothing_and_the_event_is_given_again()
    {
        var stream = Given.NewStream();
        var handled = new List<int>();
        var moved = true;
        var subscription = Subscribe("waits", fact =>
        {
            if (fact.Stream != stream)
                return;
            if (moved)
                throw new TableNotReadyException("note");
            handled.Add(fact.Version);
        });
        await _store.WrittenAsync(Given.East, Given.Write(stream, 0, new NoteWritten("1")));

        await Should.ThrowAsync<TableNotReadyException>(() => CatchUpAsync(subscription));
        (await _parked.ListAsync(Given.Cancel)).ShouldNotContain(p => p.Subscription == "waits" && p.Stream == stream);
        moved = false;
        await CatchUpAsync(subscription);

        handled.ShouldBe([1]);
    }

    [Fact]
    public async Task A_handler_that_gave_up_waiting_for_something_parks_its_event()
    {
        var stream = Given.NewStream();
        await _store.WrittenAsync(Given.East, Given.Write(stream, 0, new NoteWritten("1")));

        await CatchUpAsync(Subscribe("gives up", fact =>
        {
            if (fact.Stream == stream)
                throw new TaskCanceledException("the other side did not answer");
        }));

        (await _parked.ListAsync(Given.Cancel)).Where(p => p.Subscription == "gives up" && p.Stream == stream).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Nothing_that_goes_wrong_ends_following_and_numbering()
    {
        using var end = new CancellationTokenSource();
        var gone = StoreDataSource.Create(database.ConnectionString, StoreRole.Subscriber);
        await gone.DisposeAsync();
        var (following, numbering) = (Problems(), Problems());

        var running = Task.WhenAll(
            new Subscription(gone, new NoteCodec(), "goes on", (_, _) => Task.CompletedTask, s_lease).RunAsync(following.Report, end.Token),
            new Numbering(gone).RunAsync(numbering.Report, end.Token));
        await Task.WhenAll(following.Third, numbering.Third).WaitAsync(TimeSpan.FromSeconds(30), Given.Cancel);

        running.IsCompleted.ShouldBeFalse();
        await end.CancelAsync();
        await running.WaitAsync(TimeSpan.FromSeconds(30), Given.Cancel);
    }

    /// <summary>What is told of problems, and when the third one was.</summary>
    private static (Action<Exception> Report, Task Third) Problems()
    {
        var third = new TaskCompletionSource();
        var told = 0;
        return (
            _ =>
            {
                if (++told == 3)
                    third.SetResult();
            },
            third.Task);
    }

    [Fact]
    public async Task One_process_follows_and_another_takes_over_when_it_is_not_heard_of()
    {
        const string Name = "handed over";
        var (first, second) = (Subscribe(Name, _ => { }), Subscribe(Name, _ => { }));
        await CatchUpAsync(first);

        (await second.RunOnceAsync(_ => { }, Given.Cancel)).ShouldBeNull();
        await LetLeaseEndAsync(Name);
        await _store.WrittenAsync(Given.East, Given.Write(Given.NewStream(), 0, new NoteWritten("1")));
        await database.NumberAllAsync();
        (await second.RunOnceAsync(_ => { }, Given.Cancel)).ShouldBe(1);
        (await first.RunOnceAsync(_ => { }, Given.Cancel)).ShouldBeNull();
    }

    [Fact]
    public async Task A_process_that_ends_leaves_its_place_to_the_next_at_once()
    {
        using var end = new CancellationTokenSource();
        var seen = new TaskCompletionSource();
        await _store.WrittenAsync(Given.East, Given.Write(Given.NewStream(), 0, new NoteWritten("1")));
        await database.NumberAllAsync();
        var ending = Subscribe("ends", _ => seen.TrySetResult()).RunAsync(_ => { }, end.Token);
        await seen.Task.WaitAsync(Given.Cancel);

        await end.CancelAsync();
        await ending;

        (await Subscribe("ends", _ => { }).RunOnceAsync(_ => { }, Given.Cancel)).ShouldNotBeNull();
    }

    [Fact]
    public async Task A_process_that_was_away_too_long_moves_the_checkpoint_no_more()
    {
        var stream = Given.NewStream();
        await _store.WrittenAsync(Given.East, Given.Write(stream, 0, new NoteWritten("1")));
        var other = Subscribe("fenced", _ => { });
        var slow = Subscribe("fenced", async fact =>
        {
            if (fact.Stream != stream)
                return;
            await LetLeaseEndAsync("fenced");
            (await other.RunOnceAsync(_ => { }, Given.Cancel)).ShouldNotBeNull();
            throw new InvalidOperationException("too late to park anything");
        });
        await database.NumberAllAsync();

        (await slow.RunOnceAsync(_ => { }, Given.Cancel)).ShouldBeNull();

        (await _parked.ListAsync(Given.Cancel)).ShouldNotContain(p => p.Subscription == "fenced" && p.Stream == stream);
        (await database.AskAsync("select epoch from store.subscriptions where name = 'fenced'")).ShouldBe(2L);
    }

    [Fact]
    public async Task What_a_killed_process_had_handled_but_not_remembered_is_handled_again_by_the_next()
    {
        const string Name = "killed";
        await CatchUpAsync(Subscribe(Name, _ => { }));
        await _store.WrittenAsync(Given.East, Given.Write(Given.NewStream(), 0, new NoteWritten("1"), new NoteReworded("2")));
        await database.NumberAllAsync();
        await LetLeaseEndAsync(Name);

        using var process = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, ["follow", database.ConnectionString, Name]) { RedirectStandardOutput = true })!;
        var line = await process.StandardOutput.ReadLineAsync(Given.Cancel);
        process.Kill();
        await process.WaitForExitAsync(Given.Cancel);
        var handledByTheKilled = long.Parse(line!.Split(' ')[1], CultureInfo.InvariantCulture);
        var handled = new List<long>();
        var next = Subscribe(Name, fact => handled.Add(fact.Ordinal!.Value));
        (await next.RunOnceAsync(_ => { }, Given.Cancel)).ShouldBeNull();
        await LetLeaseEndAsync(Name);
        await CatchUpAsync(next);

        handled.ShouldBe([handledByTheKilled, handledByTheKilled + 1]);
    }

    private Task LetLeaseEndAsync(string subscription) =>
        database.ExecuteAsync($"update store.subscriptions set lease_until = clock_timestamp() - interval '1 second' where name = '{subscription}'");

    private Subscription Subscribe(string name, Action<StoredFact> handle) => Subscribe(name, fact =>
    {
        handle(fact);
        return Task.CompletedTask;
    });

    private Subscription Subscribe(string name, Func<StoredFact, Task> handle) =>
        new(database.As(StoreRole.Subscriber), new NoteCodec(), name, (fact, _) => handle(fact), s_lease);

    private async Task CatchUpAsync(Subscription subscription)
    {
        await database.NumberAllAsync();
        while (await subscription.RunOnceAsync(_ => { }, Given.Cancel) > 0)
        {
        }
    }
}
