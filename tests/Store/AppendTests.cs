using System.Text.Json;

namespace HousingBank.Store.Tests;

public sealed class AppendTests(StoreDatabase database) : IClassFixture<StoreDatabase>
{
    private readonly EventStore _store = database.Store;

    [Fact]
    public async Task What_was_written_is_read_again_as_it_was_recorded_and_loaded_with_what_is_folded()
    {
        var stream = Given.NewStream();
        var span = new EffectiveSpan(new(2010, 3, 1), new(2010, 3, 1), new(2010, 5, 31), "season", "the source says spring");
        var circumstances = new Circumstances(
            "person-17", "secretariat", "ledergruppen", "case", "2010/123", "found late", ["resolution"], Guid.CreateVersion7(), Guid.CreateVersion7(),
            new Dictionary<string, int> { ["round/1"] = 4 });

        var written = (await _store.WriteAsync(
            Given.East, Given.Nothing, [new StreamWrite(stream, 0, [new(new NoteWritten("Hei", "nn"), span), new(new NoteReworded("Hallo"), span, Replaces: 1)])],
            circumstances, null, null, Given.Cancel)).ShouldBeOfType<WriteResult.Written>();
        var read = await _store.StreamAsync(Given.East, stream, Given.Cancel);
        var loaded = await _store.LoadAsync(Given.East, stream);

        read.Select(f => f.Position).ShouldBeInOrder();
        read.Select(f => f with { Position = 0 }).ShouldBe(written.Facts, new SameFact());
        read.Select(f => f.Version).ShouldBe([1, 2]);
        read[0].Fact.ShouldBe(new NoteWritten("Hei", "nn"));
        read[0].On.ShouldBe(span);
        read[1].Replaces.ShouldBe(1);
        read.ShouldAllBe(f => f.RecordedAt == written.RecordedAt);
        read[0].Circumstances.NotDocumented.ShouldBe(["resolution"]);
        read[0].Circumstances.LookedAt.ShouldBe(circumstances.LookedAt);
        loaded.ShouldBe(written.Facts.Select(f => f with { Circumstances = Circumstances.Folded("case", ["resolution"]) }), new SameFact());
    }

    [Theory]
    [InlineData("nothing")]
    [InlineData("first day")]
    [InlineData("last day")]
    [InlineData("precision")]
    [InlineData("assumption")]
    [InlineData("another day")]
    [InlineData("correction")]
    [InlineData("many facts")]
    [InlineData("reason")]
    [InlineData("not documented")]
    [InlineData("decider")]
    [InlineData("basis")]
    [InlineData("looked at")]
    public async Task One_thing_that_is_unusual_in_a_write_is_recorded_and_loaded_as_well(string unusual)
    {
        var (stream, day, ordinary) = (Given.NewStream(), Given.On(Given.Day), Given.Circumstances());
        var on = unusual switch
        {
            "first day" => day with { First = day.First.AddDays(-1) },
            "last day" => day with { Last = day.Last.AddDays(1) },
            "precision" => day with { Precision = "month" },
            "assumption" => day with { AssumedBecause = "the source says so" },
            _ => day,
        };
        var circumstances = unusual switch
        {
            "reason" => ordinary with { EntryReason = "found late" },
            "not documented" => ordinary with { NotDocumented = ["resolution"] },
            "decider" => ordinary with { DecidedBy = "ledergruppen" },
            "basis" => ordinary with { BasisKind = "case", Basis = "2010/123" },
            "looked at" => ordinary with { LookedAt = new Dictionary<string, int> { ["round/1"] = 4 } },
            _ => ordinary,
        };
        FactToWrite[] facts =
        [
            new(new NoteWritten("Hei", "nn"), on),
            new(new NoteReworded("Hallo"), unusual == "another day" ? Given.On(Given.Day.AddDays(1)) : on, unusual == "correction" ? 1 : null),
            .. Enumerable.Range(0, unusual == "many facts" ? 5 : 0).Select(i => new FactToWrite(new NoteReworded($"Hallo {i}"), on)),
        ];

        var written = (await _store.WriteAsync(Given.East, Given.Nothing, [new StreamWrite(stream, 0, facts)], circumstances, null, null, Given.Cancel))
            .ShouldBeOfType<WriteResult.Written>();

        (await _store.StreamAsync(Given.East, stream, Given.Cancel)).Select(f => f with { Position = 0 }).ShouldBe(written.Facts, new SameFact());
        StoredFact[] folded = [.. written.Facts.Select(f => f with { Circumstances = Circumstances.Folded(circumstances.BasisKind, circumstances.NotDocumented) })];
        (await _store.LoadAsync(Given.East, stream)).ShouldBe(folded, new SameFact());
        (await _store.LoadAsync(Given.East, [stream, Given.NewStream()], null, Given.Cancel)).Streams[stream].ShouldBe(folded, new SameFact());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task As_many_facts_as_are_given_start_a_stream_and_are_added_to_it(int count)
    {
        var stream = Given.NewStream();
        NoteFact[] facts = [.. Enumerable.Range(1, 2 * count).Select(NoteFact (i) => i == 1 ? new NoteWritten("1") : new NoteReworded($"{i}"))];

        await _store.WrittenAsync(Given.East, Given.Write(stream, 0, facts[..count]));
        await _store.WrittenAsync(Given.East, Given.Write(stream, count, facts[count..]));

        var read = await _store.StreamAsync(Given.East, stream, Given.Cancel);
        read.Select(f => f.Fact).ShouldBe(facts);
        read.Select(f => f.Version).ShouldBe(Enumerable.Range(1, 2 * count));
        read.Select(f => f.Position).ShouldBeInOrder();
        (await database.AskAsync($"select version from store.streams where stream = '{stream}'")).ShouldBe(2 * count);
    }

    [Fact]
    public async Task A_stream_that_has_moved_on_is_named_with_both_versions_and_nothing_is_written()
    {
        var (moved, other) = (Given.NewStream(), Given.NewStream());
        await _store.WrittenAsync(Given.East, Given.Write(moved, 0, new NoteWritten("1"), new NoteReworded("2")));

        var result = await _store.WriteAsync(Given.East, Given.Write(other, 0, new NoteWritten("x")), Given.Write(moved, 1, new NoteReworded("3")));

        result.ShouldBe(new WriteResult.Stale(moved, 1, 2));
        (await _store.LoadAsync(Given.East, other)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_stream_that_was_thought_new_or_thought_there_is_stale()
    {
        var (there, missing) = (Given.NewStream(), Given.NewStream());
        await _store.WrittenAsync(Given.East, Given.Write(there, 0, new NoteWritten("1")));

        (await _store.WriteAsync(Given.East, Given.Write(there, 0, new NoteWritten("2")))).ShouldBe(new WriteResult.Stale(there, 0, 1));
        (await _store.WriteAsync(Given.East, Given.Write(missing, 3, new NoteWritten("2")))).ShouldBe(new WriteResult.Stale(missing, 3, 0));
        (await _store.WriteAsync(Given.East, Given.LookAt(there, 0), Given.Write(missing, 0, new NoteWritten("2")))).ShouldBe(new WriteResult.Stale(there, 0, 1));
        (await _store.WriteAsync(Given.East, Given.LookAt(there, 2), Given.Write(missing, 0, new NoteWritten("2")))).ShouldBe(new WriteResult.Stale(there, 2, 1));
    }

    [Fact]
    public async Task Facts_of_several_streams_share_one_moment_and_keep_the_order_they_were_given_in()
    {
        var (first, second) = (new StreamKey($"note/z{Guid.NewGuid()}"), new StreamKey($"note/a{Guid.NewGuid()}"));

        var written = await _store.WrittenAsync(
            Given.East, Given.Write(first, 0, new NoteWritten("1"), new NoteReworded("2")), Given.Write(second, 0, new NoteWritten("3")));

        written.Facts.Select(f => (f.Stream, f.Version)).ShouldBe([(first, 1), (first, 2), (second, 1)]);
        (await database.ListAsync<string>($"select stream || ' ' || version from store.events where stream in ('{first}', '{second}') order by position"))
            .ShouldBe([$"{first} 1", $"{first} 2", $"{second} 1"]);
        written.Facts.ShouldAllBe(f => f.RecordedAt == written.RecordedAt);
        (await database.AskAsync($"select recorded_at from store.streams where stream = '{first}'")).ShouldBe(written.RecordedAt.UtcDateTime);
    }

    [Fact]
    public async Task Before_numbering_has_noted_that_the_server_was_started_facts_are_written_and_keep_their_order()
    {
        var stream = Given.NewStream();
        await database.ExecuteAsync("update store.numbering set server_started_at = '-infinity'");
        try
        {
            var first = await _store.WrittenAsync(Given.East, Given.Write(stream, 0, new NoteWritten("1")));
            first.RecordedAt.ShouldBeInRange(DateTimeOffset.UtcNow.AddMinutes(-1), DateTimeOffset.UtcNow.AddMinutes(1));
            await database.ExecuteAsync($"""
                update store.events set recorded_at = recorded_at + interval '1 hour' where stream = '{stream}';
                update store.streams set recorded_at = recorded_at + interval '1 hour' where stream = '{stream}'
                """);

            var second = await _store.WrittenAsync(Given.East, Given.Write(stream, 1, new NoteReworded("2")));

            second.RecordedAt.ShouldBe(first.RecordedAt.AddHours(1).AddMicroseconds(1));
            (await database.AskAsync($"select recorded_at from store.streams where stream = '{stream}'")).ShouldBe(second.RecordedAt.UtcDateTime);
            (await _store.WriteAsync(Given.East, Given.Write(stream, 1, new NoteReworded("2")))).ShouldBe(new WriteResult.Stale(stream, 1, 2));
        }
        finally
        {
            await database.ExecuteAsync("update store.numbering set server_started_at = pg_postmaster_start_time()");
        }
    }

    [Fact]
    public async Task A_national_stream_is_read_from_every_tenant_and_guarded_from_none()
    {
        var municipality = new StreamKey($"municipality/{Guid.NewGuid()}");
        await _store.WrittenAsync(Scope.Of(Scope.National), Given.Write(municipality, 0, new NoteWritten("Hamar")));
        var loaded = await _store.LoadAsync(Given.East, [municipality], null, Given.Cancel);
        await _store.WrittenAsync(Scope.Of(Scope.National), Given.Write(municipality, 1, new NoteReworded("Hamar kommune")));

        var result = await _store.WriteAsync(
            Given.East, loaded, [Given.Write(Given.NewStream(), 0, new NoteWritten("1")), Given.LookAt(municipality, 1)], Given.Circumstances(), null, null, Given.Cancel);

        loaded.Streams[municipality].ShouldHaveSingleItem().Tenant.ShouldBe(Scope.National);
        result.ShouldBeOfType<WriteResult.Written>();
    }

    [Fact]
    public async Task Several_tenants_can_be_read_and_one_is_written()
    {
        var (east, west) = (Given.NewStream(), Given.NewStream());
        await _store.WrittenAsync(Given.East, Given.Write(east, 0, new NoteWritten("øst")));
        await _store.WrittenAsync(Given.West, Given.Write(west, 0, new NoteWritten("vest")));

        var loaded = await _store.LoadAsync(new Scope("ministry", ["region-ost", "region-vest"]), [east, west], null, Given.Cancel);

        loaded.Streams[east].ShouldHaveSingleItem();
        loaded.Streams[west].ShouldHaveSingleItem();
        (await _store.LoadAsync(Given.West, east)).ShouldBeEmpty();
    }

    /// <summary>Compares lists by what they hold.</summary>
    private sealed class SameFact : IEqualityComparer<StoredFact>
    {
        public bool Equals(StoredFact? x, StoredFact? y) => Text(x!) == Text(y!);

        public int GetHashCode(StoredFact obj) => obj.Version;

        private static string Text(StoredFact fact) => JsonSerializer.Serialize(fact);
    }
}
