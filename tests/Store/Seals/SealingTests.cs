using HousingBank.Store.Seals;
using HousingBank.Support;
using Npgsql;

namespace HousingBank.Store.Tests.Seals;

public sealed class SealingTests(TestServer server)
{
    [Fact]
    public async Task Seals_follow_the_log_without_gaps_and_say_what_is_signed_and_published()
    {
        await using var database = await SealedDatabase.CreateAsync(server);
        var heads = await HeadsAsync(database);

        (await database.Database.ListAsync<string>("select first_ordinal || '-' || last_ordinal from store.seals order by number")).ShouldBe(["1-4", "5-5", "6-11", "12-12", "13-13"]);
        heads.Select(h => (h.Head.Seals, h.Head.Events)).ShouldBe([(1, 4), (2, 5), (3, 11), (4, 12), (5, 13)]);
        heads.ShouldAllBe(h => SealedDatabase.PublicKey.Verifies(h));
        var log = new SealLog(database.Database.As(StoreRole.App));
        (await log.NewestAsync(Given.Cancel))!.ToJson().ShouldBe(heads[^1].ToJson());
        (await log.HeadsAsync(before: 3, take: 10, Given.Cancel)).Select(h => h.Head.Seals).ShouldBe([2, 1]);
    }

    [Fact]
    public async Task Many_events_are_sealed_in_stretches_and_nothing_waits_for_it()
    {
        await using var database = await SealedDatabase.CreateAsync(server);
        for (var i = 0; i < 30; i++)
            await database.Database.Store.WrittenAsync(Given.East, Given.Write(Given.NewStream(), 0, [.. Enumerable.Range(0, 50).Select(n => new NoteReworded($"{n}"))]));
        await database.Database.NumberAllAsync();
        await using var open = await database.Database.BeginWriteAsync(Given.East, Given.NewStream(), expected: null);

        using var sealing = new Sealing(database.Database.As(StoreRole.Sealer), null, null);
        (await sealing.RunOnceAsync(Given.Cancel)).ShouldBe(1_500);
        await open.CommitAsync();
        (await database.SealAsync()).ShouldBe(1);

        (await database.Database.ListAsync<long>("select last_ordinal - first_ordinal + 1 from store.seals where number > 5 order by number")).ShouldBe([1_024, 476, 1]);
        (await database.VerifyAsync([], null)).Wrong.ShouldBeEmpty();
    }

    [Fact]
    public async Task Of_several_processes_one_seals_at_a_time_and_each_goes_on_where_the_others_were()
    {
        await using var database = await SealedDatabase.CreateAsync(server);
        var processes = Enumerable.Range(0, 3).Select(_ => new Sealing(database.Database.As(StoreRole.Sealer), SealedDatabase.NewSigningKey(), null)).ToArray();
        for (var round = 0; round < 5; round++)
        {
            await database.Database.Store.WrittenAsync(Given.East, Given.Write(Given.NewStream(), 0, new NoteWritten("1")));
            await database.Database.NumberAllAsync();
            await Task.WhenAll(processes.Select(p => Task.Run(() => p.RunOnceAsync(Given.Cancel))));
        }

        var result = await database.VerifyAsync();
        result.Wrong.ShouldBeEmpty();
        (result.Seals, result.Sealed, result.NotSealed).ShouldBe((10, 18, 0));
    }

    [Fact]
    public async Task A_process_that_begins_says_once_when_what_was_published_is_not_there()
    {
        await using var database = await SealedDatabase.CreateAsync(server);
        await database.Database.ExecuteAsync("delete from store.seals where number >= 4");
        using var sealing = new Sealing(database.Database.As(StoreRole.Sealer), SealedDatabase.NewSigningKey(), database.Heads);

        (await Should.ThrowAsync<LogChangedException>(() => sealing.RunOnceAsync(Given.Cancel))).Message.ShouldStartWith("Seal 5 was published and is not there any more as it was made");
        (await sealing.RunOnceAsync(Given.Cancel)).ShouldBe(2);
    }

    [Fact]
    public async Task What_a_process_that_died_left_unpublished_or_half_written_spoils_nothing_and_is_published_by_the_next()
    {
        await using var database = await SealedDatabase.CreateAsync(server);
        var published = await File.ReadAllTextAsync(database.HeadsFile, Given.Cancel);
        foreach (var left in new[] { published[..(published.TrimEnd().LastIndexOf('\n') + 1)], published[..^40], "" })
        {
            await File.WriteAllTextAsync(database.HeadsFile, left, Given.Cancel);
            using var sealing = new Sealing(database.Database.As(StoreRole.Sealer), SealedDatabase.NewSigningKey(), database.Heads);
            (await sealing.RunOnceAsync(Given.Cancel)).ShouldBe(0);

            (await database.Heads.LastAsync(Given.Cancel))!.Head.Seals.ShouldBe(5);
            var result = await database.VerifyAsync([SealedDatabase.PublicKey], database.Heads.ReadAsync(Given.Cancel));
            result.Wrong.ShouldBeEmpty();
            result.HeadsCompared.ShouldBe(left.Length > 0 ? 5 : 1);
        }
    }

    [Fact]
    public async Task A_process_that_finds_half_a_line_still_says_when_what_was_published_before_it_is_not_there()
    {
        await using var database = await SealedDatabase.CreateAsync(server);
        await database.Database.ExecuteAsync("delete from store.seals where number >= 4");
        await File.AppendAllTextAsync(database.HeadsFile, "{\"form\":1,\"seals\":6,\"ev", Given.Cancel);
        using var sealing = new Sealing(database.Database.As(StoreRole.Sealer), SealedDatabase.NewSigningKey(), database.Heads);

        (await Should.ThrowAsync<LogChangedException>(() => sealing.RunOnceAsync(Given.Cancel))).Message.ShouldStartWith("Seal 5 was published and is not there any more as it was made");
    }

    [Fact]
    public async Task A_seal_that_was_taken_away_is_noticed_at_once_and_sealing_goes_on()
    {
        await using var database = await SealedDatabase.CreateAsync(server);
        using var sealing = new Sealing(database.Database.As(StoreRole.Sealer), null, null);
        await sealing.RunOnceAsync(Given.Cancel);

        await database.Database.ExecuteAsync("delete from store.seals where number = 5");

        (await Should.ThrowAsync<LogChangedException>(() => sealing.RunOnceAsync(Given.Cancel))).Message.ShouldStartWith("Seal 5 is not there any more");
        (await sealing.RunOnceAsync(Given.Cancel)).ShouldBe(1);
    }

    [Fact]
    public async Task An_event_that_is_gone_before_it_is_sealed_stops_the_sealing()
    {
        await using var database = await SealedDatabase.CreateAsync(server);
        await database.Database.Store.WrittenAsync(Given.East, Given.Write(Given.NewStream(), 0, new NoteWritten("1"), new NoteReworded("2")));
        await database.Database.NumberAllAsync();
        await database.Database.ExecuteAsync("delete from store.events e using store.ordinals o where o.ordinal = 14 and o.position = e.position");
        using var sealing = new Sealing(database.Database.As(StoreRole.Sealer), null, null);

        (await Should.ThrowAsync<LogChangedException>(() => sealing.RunOnceAsync(Given.Cancel))).Message.ShouldContain("no event with the ordinal 14");
        (await database.VerifyAsync()).Wrong[0].ToString().ShouldContain("event 14");
    }

    [Theory]
    [InlineData(StoreRole.App, "insert into store.seals (number) values (99)")]
    [InlineData(StoreRole.App, "delete from store.seals")]
    [InlineData(StoreRole.Sealer, "update store.seals set tree = ''")]
    [InlineData(StoreRole.Sealer, "delete from store.seals")]
    [InlineData(StoreRole.Sealer, "update store.events set body = '{}'")]
    [InlineData(StoreRole.Sealer, "delete from store.events")]
    [InlineData(StoreRole.Sealer, "insert into store.ordinals values (99, '1', 1)")]
    [InlineData(StoreRole.Sealer, "update store.streams set version = 9")]
    [InlineData(StoreRole.Owner, "select 1 / (select count(*) from store.events)")]
    public async Task No_role_changes_what_is_sealed(StoreRole role, string attempt)
    {
        await using var database = await SealedDatabase.CreateAsync(server);
        await using var connection = await database.Database.As(role).OpenConnectionAsync(Given.Cancel);

        (await Should.ThrowAsync<PostgresException>(() => connection.AskAsync(attempt))).SqlState
            .ShouldBe(role == StoreRole.Owner ? PostgresErrorCodes.DivisionByZero : PostgresErrorCodes.InsufficientPrivilege);
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----")]
    public void A_key_that_cannot_be_used_is_refused_and_not_repeated(string key) =>
        Should.Throw<InvalidDataException>(() => SigningKey.From(key)).Message.ShouldNotContain(key);

    [Fact]
    public void A_key_on_another_curve_and_a_public_key_are_refused()
    {
        using var other = System.Security.Cryptography.ECDsa.Create(System.Security.Cryptography.ECCurve.NamedCurves.nistP384);

        Should.Throw<InvalidDataException>(() => SigningKey.From(other.ExportPkcs8PrivateKeyPem()));
        Should.Throw<InvalidDataException>(() => SigningKey.From(SealedDatabase.PublicKey.Pem));
        Should.Throw<InvalidDataException>(() => PublicKey.FromPem(other.ExportSubjectPublicKeyInfoPem()));
    }

    [Fact]
    public void What_is_no_head_is_refused()
    {
        Should.Throw<InvalidDataException>(() => SignedHead.Parse("{}"));
        Should.Throw<InvalidDataException>(() => SignedHead.Parse("null"));
        Should.Throw<InvalidDataException>(() => SignedHead.Parse("<html>"));
    }

    private static async Task<List<SignedHead>> HeadsAsync(SealedDatabase database)
    {
        var heads = new List<SignedHead>();
        await foreach (var head in database.Heads.ReadAsync(Given.Cancel))
            heads.Add(head);
        return heads;
    }
}
