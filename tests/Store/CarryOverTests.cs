namespace HousingBank.Store.Tests;

/// <summary>A history that brings its own recording moments: migrated or simulated.</summary>
public sealed class CarryOverTests(StoreDatabase database) : IClassFixture<StoreDatabase>
{
    private readonly Scope _scope = Scope.Of($"simulert-{Guid.NewGuid():N}");
    private readonly StreamKey _told = new($"import/{Guid.NewGuid()}");

    [Fact]
    public async Task Moments_are_carried_over_into_a_tenant_that_holds_nothing_but_the_word_of_it()
    {
        var now = new DateTimeOffset(2009, 10, 1, 12, 0, 0, TimeSpan.Zero);
        var import = NewImport(() => now);
        var stream = Given.NewStream();
        await database.Store.WrittenAsync(_scope, Given.Write(_told, 0, new NoteWritten("simulated")));
        await import.BeginCarryingOverAsync(_scope, _told, Given.Cancel);

        (await import.WrittenAsync(_scope, Given.Write(stream, 0, new NoteWritten("1")))).RecordedAt.ShouldBe(now);
        now = now.AddYears(1);
        await import.WrittenAsync(_scope, Given.Write(stream, 1, new NoteReworded("2")));
        var asLate = await import.WrittenAsync(_scope, Given.Write(stream, 2, new NoteReworded("3")));

        asLate.RecordedAt.ShouldBe(now.AddMicroseconds(1));
        (await database.Store.LoadAsync(_scope, stream)).Select(f => f.RecordedAt).ShouldBe([now.AddYears(-1), now, now.AddMicroseconds(1)]);
    }

    [Fact]
    public async Task A_tenant_with_other_events_or_without_the_word_of_it_is_refused()
    {
        var import = NewImport(() => DateTimeOffset.UnixEpoch);
        await Should.ThrowAsync<CarryOverException>(() => import.BeginCarryingOverAsync(_scope, _told, Given.Cancel));
        await Should.ThrowAsync<CarryOverException>(() => import.WriteAsync(_scope, Given.Write(Given.NewStream(), 0, new NoteWritten("1"))));

        await database.Store.WrittenAsync(_scope, Given.Write(_told, 0, new NoteWritten("simulated")), Given.Write(Given.NewStream(), 0, new NoteWritten("1")));
        await Should.ThrowAsync<CarryOverException>(() => import.BeginCarryingOverAsync(_scope, _told, Given.Cancel));
    }

    [Fact]
    public async Task It_is_over_when_anything_else_is_recorded_there_and_no_moment_lies_after_its_beginning()
    {
        var now = DateTimeOffset.UtcNow.AddHours(1);
        var import = NewImport(() => now);
        await database.Store.WrittenAsync(_scope, Given.Write(_told, 0, new NoteWritten("simulated")));
        await import.BeginCarryingOverAsync(_scope, _told, Given.Cancel);

        await Should.ThrowAsync<CarryOverException>(() => import.WriteAsync(_scope, Given.Write(Given.NewStream(), 0, new NoteWritten("from the future"))));
        now = DateTimeOffset.UnixEpoch;
        await import.WrittenAsync(_scope, Given.Write(Given.NewStream(), 0, new NoteWritten("1")));
        await database.Store.WrittenAsync(_scope, Given.Write(Given.NewStream(), 0, new NoteWritten("in the ordinary course")));
        await Should.ThrowAsync<CarryOverException>(() => import.WriteAsync(_scope, Given.Write(Given.NewStream(), 0, new NoteWritten("too late"))));
    }

    [Fact]
    public async Task Of_two_that_carry_the_same_streams_over_at_once_one_does_and_the_other_leaves_nothing()
    {
        await database.Store.WrittenAsync(_scope, Given.Write(_told, 0, new NoteWritten("simulated")));
        var import = NewImport(() => DateTimeOffset.UnixEpoch);
        await import.BeginCarryingOverAsync(_scope, _told, Given.Cancel);
        (await Should.ThrowAsync<CarryOverException>(() => import.BeginCarryingOverAsync(_scope, _told, Given.Cancel))).Message.ShouldStartWith("Another program");

        for (var round = 0; round < 20; round++)
        {
            StreamKey[] common = [.. Enumerable.Range(0, 5).Select(_ => Given.NewStream())];
            StreamKey[] own = [Given.NewStream(), Given.NewStream()];
            var ended = await Task.WhenAll(own.Select((key, i) => CarryAsync(i == 0 ? [key, .. common] : [.. common.Reverse(), key])));

            ended.Count(e => e is null).ShouldBe(1);
            ended.OfType<CarryOverException>().ShouldHaveSingleItem().Message.ShouldStartWith("Another program carries the same history over");
            foreach (var key in common)
                (await database.Store.LoadAsync(_scope, key)).Count.ShouldBe(2);
            foreach (var (key, fault) in own.Zip(ended))
                (await database.Store.LoadAsync(_scope, key)).Count.ShouldBe(fault is null ? 2 : 0);
        }
    }

    /// <returns>What went wrong; null when it was carried over.</returns>
    private async Task<Exception?> CarryAsync(IReadOnlyList<StreamKey> streams)
    {
        var carrier = new HistoryCarrier(database.As(StoreRole.Import), new NoteCodec(), new TwoClockTables([]));
        return await Record.ExceptionAsync(() => Task.Run(() => carrier.WriteAsync(
            _scope, [.. streams.Select(s => (StoredFact[])[Carried(s, 1, new NoteWritten("1")), Carried(s, 2, new NoteReworded("2"))])], Given.Cancel)));
    }

    private StoredFact Carried(StreamKey stream, int version, NoteFact fact) => new(
        _scope.Tenant, stream, version, new NoteCodec().Write(fact).Type, fact, Given.On(Given.Day), new DateTimeOffset(2009, 10, version, 0, 0, 0, TimeSpan.Zero), Given.Circumstances(), null, 0, null);

    private EventStore NewImport(Func<DateTimeOffset> moment) =>
        new(database.As(StoreRole.Import), new NoteCodec(), new TwoClockTables([])) { CarriedOverMoment = moment };
}
