namespace HousingBank.Store.Tests;

public sealed class FactQueryTests(StoreDatabase database) : IClassFixture<StoreDatabase>
{
    private readonly EventStore _store = database.Store;
    private readonly Scope _scope = Scope.Of($"region-{Guid.NewGuid():N}");

    [Fact]
    public async Task The_log_is_read_newest_first_page_by_page_without_leaving_out_or_repeating()
    {
        for (var i = 0; i < 4; i++)
            await _store.WrittenAsync(_scope, Given.Write(Given.NewStream(), 0, new NoteWritten($"{i}"), new NoteReworded($"{i} again")));

        var pages = new List<StoredFact>();
        var cursor = (FactCursor?)null;
        var count = 0;
        do
        {
            var page = await _store.FactsAsync(_scope, new FactQuery { Limit = 3, After = cursor }, Given.Cancel);
            pages.AddRange(page.Facts);
            cursor = page.Next;
            count++;
        }
        while (cursor is not null);

        count.ShouldBe(3);
        pages.Count.ShouldBe(8);
        pages.Select(f => f.Position).ShouldBe(pages.Select(f => f.Position).OrderDescending());
        (await _store.FactsAsync(_scope, new FactQuery { Limit = 8 }, Given.Cancel)).Next.ShouldBeNull();
    }

    [Fact]
    public async Task Each_filter_leaves_out_what_it_says()
    {
        var (note, other) = (Given.NewStream(), new StreamKey($"letter/{Guid.NewGuid()}"));
        var written = await _store.WrittenAsync(_scope, Given.Write(note, 0, new NoteWritten("1")));
        await _store.WriteAsync(
            _scope, Given.Nothing,
            [new StreamWrite(other, 0, [new(new NoteReworded("2"), Given.On(new(2010, 1, 1)))])],
            Given.Circumstances(actor: "somebody") with { Role = "leadership" }, null, null, Given.Cancel);

        (await FindAsync(new())).ShouldBe([other, note]);
        (await FindAsync(new() { Streams = [note] })).ShouldBe([note]);
        (await FindAsync(new() { Kinds = ["letter"] })).ShouldBe([other]);
        (await FindAsync(new() { Types = ["note-written"] })).ShouldBe([note]);
        (await FindAsync(new() { Actor = "somebody" })).ShouldBe([other]);
        (await FindAsync(new() { Role = "secretariat" })).ShouldBe([note]);
        (await FindAsync(new() { EffectiveFrom = new(2009, 10, 2) })).ShouldBe([other]);
        (await FindAsync(new() { EffectiveTo = new(2009, 12, 31) })).ShouldBe([note]);
        (await FindAsync(new() { RecordedFrom = written.RecordedAt.AddMicroseconds(1) })).ShouldBe([other]);
        (await FindAsync(new() { RecordedTo = written.RecordedAt })).ShouldBe([note]);
        (await FindAsync(new() { KnownAt = written.RecordedAt })).ShouldBe([note]);
        (await FindAsync(new() { KnownAt = written.RecordedAt.AddMicroseconds(-1) })).ShouldBeEmpty();
    }

    [Fact]
    public async Task Of_several_tenants_the_events_stand_in_one_order_and_others_are_not_there()
    {
        var west = Scope.Of($"region-{Guid.NewGuid():N}");
        var streams = new List<StreamKey>();
        foreach (var scope in new[] { _scope, west, _scope, west })
            streams.Insert(0, (await _store.WrittenAsync(scope, Given.Write(Given.NewStream(), 0, new NoteWritten("1")))).Facts[0].Stream);

        var both = await _store.FactsAsync(new Scope("ministry", [_scope.Tenant, west.Tenant]), new FactQuery(), Given.Cancel);

        both.Facts.Where(f => f.Tenant != Scope.National).Select(f => f.Stream).ShouldBe(streams);
        (await FindAsync(new())).ShouldBe([streams[1], streams[3]]);
    }

    [Fact]
    public async Task One_fact_is_found_by_stream_and_version_and_by_ordinal_within_its_tenant()
    {
        var stream = Given.NewStream();
        await _store.WrittenAsync(_scope, Given.Write(stream, 0, new NoteWritten("1"), new NoteReworded("2")));
        await database.NumberAllAsync();

        var found = (await _store.FactAsync(_scope, stream, 2, Given.Cancel)).ShouldNotBeNull();

        found.Fact.ShouldBe(new NoteReworded("2"));
        (await _store.FactAsync(_scope, found.Ordinal!.Value, Given.Cancel)).ShouldNotBeNull().Version.ShouldBe(2);
        (await _store.FactAsync(_scope, stream, 3, Given.Cancel)).ShouldBeNull();
        (await _store.FactAsync(Given.West, stream, 2, Given.Cancel)).ShouldBeNull();
        (await _store.FactAsync(Given.West, found.Ordinal!.Value, Given.Cancel)).ShouldBeNull();
    }

    [Fact]
    public async Task A_stream_is_read_with_the_ordinals_it_has_by_now()
    {
        var stream = Given.NewStream();
        await _store.WrittenAsync(_scope, Given.Write(stream, 0, new NoteWritten("1"), new NoteReworded("2")));
        (await _store.StreamAsync(_scope, stream, Given.Cancel)).ShouldAllBe(f => f.Ordinal == null);

        await database.NumberAllAsync();

        var facts = await _store.StreamAsync(_scope, stream, Given.Cancel);
        facts.Select(f => f.Version).ShouldBe([1, 2]);
        facts[1].Ordinal.ShouldBe(facts[0].Ordinal.ShouldNotBeNull() + 1);
        (await _store.StreamAsync(Given.West, stream, Given.Cancel)).ShouldBeEmpty();
    }

    private async Task<IEnumerable<StreamKey>> FindAsync(FactQuery query) =>
        (await _store.FactsAsync(_scope, query, Given.Cancel)).Facts.Where(f => f.Tenant == _scope.Tenant).Select(f => f.Stream);
}
