namespace HousingBank.Store.Tests;

/// <summary>Decisions that rest on what others change at the same time.</summary>
public sealed class ConcurrencyTests(StoreDatabase database) : IClassFixture<StoreDatabase>
{
    private readonly EventStore _store = database.Store;

    [Theory]
    [InlineData(1)]
    [InlineData(0)]
    public async Task Of_two_decisions_that_contradict_each_other_on_different_streams_exactly_one_wins(int versions)
    {
        for (var round = 0; round < 40; round++)
        {
            var (admission, withdrawal) = (Given.NewStream(), Given.NewStream());
            if (versions > 0)
                await _store.WrittenAsync(Given.East, Given.Write(admission, 0, new NoteWritten("in")), Given.Write(withdrawal, 0, new NoteWritten("in")));

            var results = await Task.WhenAll(
                Task.Run(() => _store.WriteAsync(Given.East, Given.Write(admission, versions, Change(versions)), Given.LookAt(withdrawal, versions))),
                Task.Run(() => _store.WriteAsync(Given.East, Given.Write(withdrawal, versions, Change(versions)), Given.LookAt(admission, versions))));

            results.OfType<WriteResult.Written>().Count().ShouldBe(1);
            results.OfType<WriteResult.Stale>().Count().ShouldBe(1);
        }
    }

    [Fact]
    public async Task Of_many_decisions_on_one_version_exactly_one_wins()
    {
        var stream = Given.NewStream();
        await _store.WrittenAsync(Given.East, Given.Write(stream, 0, new NoteWritten("1")));

        var results = await Task.WhenAll(
            Enumerable.Range(0, 16).Select(i => Task.Run(() => _store.WriteAsync(Given.East, Given.Write(stream, 1, new NoteReworded($"{i}"))))));

        results.OfType<WriteResult.Written>().ShouldHaveSingleItem();
        results.OfType<WriteResult.Stale>().Count().ShouldBe(15);
        (await _store.LoadAsync(Given.East, stream)).Select(f => f.Version).ShouldBe([1, 2]);
    }

    [Fact]
    public async Task Decisions_over_the_same_streams_in_any_order_never_lock_each_other_out()
    {
        var streams = Enumerable.Range(0, 4).Select(_ => Given.NewStream()).ToArray();
        await _store.WrittenAsync(Given.East, [.. streams.Select(s => Given.Write(s, 0, new NoteWritten("1")))]);

        var written = await Task.WhenAll(Enumerable.Range(0, 6).Select(seed => Task.Run(() => WriteAtRandomAsync(streams, new Random(seed)))));

        var versions = (await _store.LoadAsync(Given.East, streams, null, Given.Cancel)).Streams.Values.Sum(s => s.Count - 1);
        versions.ShouldBe(written.Sum());
        written.Sum().ShouldBeGreaterThan(0);
    }

    private static NoteFact Change(int version) => version == 0 ? new NoteWritten("new") : new NoteReworded("new");

    /// <returns>How many facts were written.</returns>
    private async Task<int> WriteAtRandomAsync(StreamKey[] streams, Random random)
    {
        var facts = 0;
        for (var i = 0; i < 40; i++)
        {
            random.Shuffle(streams = [.. streams]);
            var loaded = (await _store.LoadAsync(Given.East, streams, null, Given.Cancel)).Streams;
            StreamWrite[] writes =
            [
                Given.Write(streams[0], loaded[streams[0]].Count, new NoteReworded("x")),
                Given.LookAt(streams[1], loaded[streams[1]].Count),
                Given.Write(streams[2], loaded[streams[2]].Count, new NoteReworded("y")),
            ];
            if (await _store.WriteAsync(Given.East, writes) is WriteResult.Written written)
                facts += written.Facts.Count;
        }

        return facts;
    }
}
