using HousingBank.Store.Seals;
using HousingBank.Support;
using Npgsql;

namespace HousingBank.Store.Tests.Seals;

/// <summary>Each test tampers with the log as a superuser would who knows how it is sealed.</summary>
public sealed class VerificationTests(TestServer server)
{
    private const string Event8 = "where (transaction, position) = (select transaction, position from store.ordinals where ordinal = 8)";

    [Fact]
    public async Task A_log_that_nobody_touched_is_whole()
    {
        await using var database = await SealedDatabase.CreateAsync(server);
        await database.Database.Store.WrittenAsync(Given.East, Given.Write(Given.NewStream(), 0, new NoteWritten("numbered"), new NoteReworded("too")));
        await database.Database.NumberAllAsync();
        await database.Database.Store.WrittenAsync(Given.East, Given.Write(Given.NewStream(), 0, new NoteWritten("not numbered")));

        var result = await database.VerifyAsync([SealedDatabase.PublicKey], database.Heads.ReadAsync(Given.Cancel));

        result.Wrong.ShouldBeEmpty();
        result.IsWhole.ShouldBeTrue();
        (result.Seals, result.Sealed, result.NotSealed, result.NotNumbered).ShouldBe((5, 13, 2, 1));
        (result.SignaturesVerified, result.HeadsCompared, result.Attachments).ShouldBe((5, 5, 1));
    }

    [Theory]
    [InlineData("position = default", "event 8: the event is gone")]
    [InlineData("tenant = null", "event 8, /note/… version 1: was changed")]
    [InlineData("tenant = 'region-nord'", "event 8, region-nord/note/… version 1: was changed")]
    [InlineData("stream = 'note/other'", "event 8, region-vest/note/other version 1: was changed")]
    [InlineData("stream = null", "event 8, region-vest/note/… version 1: was changed")]
    [InlineData("version = null", "event 8, region-vest/note/…: was changed")]
    [InlineData("version = 7", "event 8, region-vest/note/… version 7: was changed")]
    [InlineData("type = 'note-reworded'", "was changed")]
    [InlineData("type_version = 1", "was changed")]
    [InlineData("body = body || '{\"Text\": \"other\"}'", "was changed")]
    [InlineData("body = body || '{\"Text2\": null}'", "was changed")]
    [InlineData("body = null", "was changed")]
    [InlineData("body = jsonb_build_object('ciphertextSha256', (repeat('[', 100) || repeat(']', 100))::jsonb)", "was changed")]
    [InlineData("effective_on = effective_on + 1", "was changed")]
    [InlineData("effective_on = 'infinity'", "was changed")]
    [InlineData("effective_on = ('2009-10-01 BC')::date", "was changed")]
    [InlineData("effective_first = effective_first - 1", "was changed")]
    [InlineData("effective_last = effective_last + 1", "was changed")]
    [InlineData("precision = 'month'", "was changed")]
    [InlineData("precision = 'd' || chr(1072) || 'y'", "was changed")]
    [InlineData("assumed_because = ''", "was changed")]
    [InlineData("recorded_at = recorded_at + interval '1 microsecond'", "was changed")]
    [InlineData("recorded_at = '-infinity'", "was changed")]
    [InlineData("recorded_at = null", "was changed")]
    [InlineData("transaction = '3'", "event 8: the event is gone")]
    [InlineData("transaction = null", "event 8: the event is gone")]
    [InlineData("actor = 'nobody'", "was changed")]
    [InlineData("actor = actor || chr(8203)", "was changed")]
    [InlineData("role = 'leadership'", "was changed")]
    [InlineData("decided_by = 'the director'", "was changed")]
    [InlineData("basis_kind = 'law'", "was changed")]
    [InlineData("basis = '§ 1'", "was changed")]
    [InlineData("entry_reason = 'late'", "was changed")]
    [InlineData("not_documented = '{a}'", "was changed")]
    [InlineData("not_documented = '{NULL}'", "was changed")]
    [InlineData("looked_at = '{\"round/1\": 1}'", "was changed")]
    [InlineData("replaces = 0", "was changed")]
    [InlineData("command_id = gen_random_uuid()", "was changed")]
    [InlineData("correlation = gen_random_uuid()", "was changed")]
    [InlineData("salt = decode('00112233445566778899aabbccddeeff', 'hex')", "was changed")]
    [InlineData("salt = salt || salt", "was changed")]
    [InlineData("salt = null", "was changed")]
    public async Task A_changed_column_is_found_and_named(string change, string finding)
    {
        await using var database = await SealedDatabase.CreateAsync(server);

        await database.TamperAsync($"update store.events set {change} {Event8}");

        await FoundAsync(database, finding.StartsWith("event", StringComparison.Ordinal) ? finding : "event 8, region-vest/note/… version 1: " + finding);
    }

    [Theory]
    [InlineData($"delete from store.events {Event8}", "event 8, region-vest/note/… version 1: the event is gone")]
    [InlineData("delete from store.events where version = 3", "event 5, region-ost/note/… version 3: the event is gone")]
    [InlineData("delete from store.ordinals where ordinal = 8", "event 8: the ordinal is gone")]
    [InlineData($"delete from store.events {Event8}; delete from store.ordinals where ordinal = 8", "event 8, region-vest/note/… version 1: the ordinal is gone")]
    [InlineData(
        $"delete from store.events {Event8}; delete from store.ordinals where ordinal = 8; update store.ordinals set ordinal = ordinal - 1 where ordinal > 8; update store.numbering set last_ordinal = 12",
        "event 8, region-vest/note/… version 1: the event is gone; in its place stands the one sealed as event 9")]
    public async Task A_removed_event_is_found_and_named(string tampering, string finding) => await FoundAfterAsync(tampering, finding);

    [Theory]
    [InlineData("update store.ordinals set ordinal = ordinal + 1 where ordinal >= 8; insert into store.ordinals select 8, transaction, position from copied", "event 8, region-vest/note/added version 1: was inserted")]
    [InlineData("insert into store.ordinals select 8, transaction, position from copied", "event 8, region-vest/note/added version 1: was inserted")]
    [InlineData("", "region-vest/note/added version 1: has no ordinal, though later events have")]
    [InlineData("update store.events set transaction = '9000000000' where stream = 'note/added'", "region-vest/note/added version 1: names a transaction that has not been")]
    [InlineData("insert into store.ordinals select 0, transaction, position from copied", "region-vest/note/added version 1: was inserted: it has the ordinal 0")]
    [InlineData("insert into store.ordinals select null, transaction, position from copied", "region-vest/note/added version 1: was inserted: its ordinal has no number")]
    [InlineData("update store.numbering set system_identifier = 1", "region-vest/note/added version 1: has no ordinal, though later events have")]
    [InlineData(
        "alter policy sealed on store.events using (stream <> 'note/added'); alter policy sealed on store.streams using (stream <> 'note/added')",
        "store.events is under other policies than this program knows: sealed")]
    [InlineData(
        """
        delete from store.events where stream = 'note/added';
        update pg_index set indisready = false where indexrelid = 'store.events_in_log_order'::regclass;
        insert into store.events overriding system value select * from copied;
        update pg_index set indisready = true where indexrelid = 'store.events_in_log_order'::regclass;
        do $$ declare setting text; begin
          foreach setting in array array['seqscan', 'sort', 'hashjoin'] loop execute format('alter database %I set enable_%s = off', current_database(), setting); end loop;
        end $$
        """,
        "region-vest/note/added version 1: has no ordinal, though later events have")]
    [InlineData(
        """
        delete from store.events where stream = 'note/added';
        update pg_index set indisready = false where indrelid = 'store.ordinals'::regclass or indexrelid = 'store.events_in_log_order'::regclass;
        insert into store.events overriding system value select * from copied;
        insert into store.ordinals select 9, transaction, position from copied;
        update pg_index set indisready = true where indrelid = 'store.ordinals'::regclass or indexrelid = 'store.events_in_log_order'::regclass;
        do $$ declare setting text; begin
          foreach setting in array array['seqscan', 'hashjoin', 'mergejoin'] loop execute format('alter database %I set enable_%s = off', current_database(), setting); end loop;
        end $$
        """,
        "event 9: the ordinal is there twice: an event was inserted", "create index on store.ordinals (ordinal); create index on store.ordinals (transaction, position);")]
    [InlineData(
        """
        insert into store.ordinals select 0, transaction, position from copied;
        alter table store.ordinals add constraint above check (ordinal >= 1) not valid;
        update pg_constraint set convalidated = true where conname = 'above';
        do $$ begin execute format('alter database %I set constraint_exclusion = on', current_database()); end $$
        """,
        "region-vest/note/added version 1: was inserted: it has the ordinal 0")]
    [InlineData(
        """
        alter table store.ordinals alter ordinal type numeric;
        insert into store.ordinals select 13.5, transaction, position from copied
        """,
        "event 13: the ordinal is there twice")]
    public async Task An_inserted_event_is_found_and_named(string tampering, string finding, string indexes = "") => await FoundAfterAsync(
        $"""
        {indexes}
        create temp table copied as select * from store.events {Event8};
        update copied set stream = 'note/added', position = position * 1000, transaction = (transaction::text::bigint - 1)::text::xid8;
        insert into store.events overriding system value select * from copied;
        insert into store.streams select tenant, stream, 1, recorded_at from copied;
        {tampering}
        """,
        finding);

    [Fact]
    public async Task An_event_that_was_recorded_long_before_those_it_follows_is_named()
    {
        await using var database = await SealedDatabase.CreateAsync(server);
        var stream = Given.NewStream();
        await database.Database.Store.WrittenAsync(Given.East, Given.Write(stream, 0, new NoteWritten("late")));
        await database.TamperAsync($"update store.events set recorded_at = '2009-10-01' where stream = '{stream}'; update store.streams set recorded_at = '2009-10-01' where stream = '{stream}'");
        await database.Database.NumberAllAsync();

        await FoundAsync(database, "event 14, region-ost/note/… version 1: was recorded more than a day before");
        await database.SealAsync();
        await FoundAsync(database, "event 14, region-ost/note/… version 1: was recorded more than a day before");
        await database.TamperAgainAsync("insert into store.carried_over values ('region-ost', 'note/carried', '2010-01-01')");
        await FoundAsync(database, "event 14, region-ost/note/… version 1: was recorded more than a day before");
    }

    [Fact]
    public async Task Moments_that_were_carried_over_are_as_they_should_be_until_something_else_is_recorded()
    {
        await using var database = await SealedDatabase.CreateAsync(server);
        var (told, carried, later) = (Given.NewStream(), Given.NewStream(), Given.NewStream());
        var carrying = Scope.Of("carried");
        await database.Database.Store.WrittenAsync(carrying, Given.Write(told, 0, new NoteWritten("carried over from here on")));
        await database.Database.Store.WrittenAsync(carrying, Given.Write(carried, 0, new NoteWritten("of long ago")));
        await database.TamperAsync($"""
            insert into store.carried_over select tenant, stream, recorded_at from store.streams where stream = '{told}';
            update store.events set recorded_at = '2009-10-01' where stream = '{carried}';
            update store.streams set recorded_at = '2009-10-01' where stream = '{carried}'
            """);
        await database.Database.NumberAllAsync();
        (await database.VerifyAsync()).Wrong.ShouldBeEmpty();

        await database.Database.Store.WrittenAsync(carrying, Given.Write(Given.NewStream(), 0, new NoteWritten("of today")));
        await database.Database.Store.WrittenAsync(carrying, Given.Write(later, 0, new NoteWritten("of long ago too")));
        await database.TamperAgainAsync($"""
            update store.events set recorded_at = '2009-10-01' where stream = '{later}';
            update store.streams set recorded_at = '2009-10-01' where stream = '{later}'
            """);
        await database.Database.NumberAllAsync();
        await FoundAsync(database, "event 17, carried/note/… version 1: was recorded more than a day before");
    }

    [Theory]
    [InlineData("recorded_at - (version - 4) * interval '23 hours'", "event 15, region-ost/note/… version 6: was recorded more than a day before", 2)]
    [InlineData("case version when 5 then timestamptz '2099-01-01' else recorded_at end", "event 14, region-ost/note/… version 5: has a moment more than a day ahead of the database's clock")]
    [InlineData("case version when 5 then 'infinity' else recorded_at end", "event 14, region-ost/note/… version 5: has a moment more than a day ahead of the database's clock")]
    public async Task A_moment_is_compared_with_all_before_it_and_one_that_is_ahead_accuses_none_after_it(string moment, string finding, long inAll = 1)
    {
        await using var database = await SealedDatabase.CreateAsync(server);
        for (var version = 4; version <= 6; version++)
            await database.Database.Store.WrittenAsync(Given.East, Given.Write(SealedDatabase.Stream, version, new NoteReworded($"{version}")));
        await database.TamperAsync($"""
            update store.events set recorded_at = {moment} where stream = '{SealedDatabase.Stream}' and version > 4;
            update store.streams s set recorded_at = (select max(recorded_at) from store.events e where e.stream = s.stream) where stream = '{SealedDatabase.Stream}'
            """);
        await database.Database.NumberAllAsync();

        await FoundAsync(database, finding);
        (await database.VerifyAsync()).WrongInAll.ShouldBe(inAll);
        await database.SealAsync();
        await FoundAsync(database, finding);
        (await database.VerifyAsync()).WrongInAll.ShouldBe(inAll);
    }

    [Fact]
    public async Task An_event_with_two_places_in_the_log_is_named() => await FoundAfterAsync(
        """
        insert into store.ordinals select 14, transaction, position from store.ordinals where ordinal = 8;
        update store.numbering set (last_ordinal, last_transaction, last_position) = (select * from store.ordinals order by ordinal desc limit 1)
        """,
        "event 14, region-vest/note/… version 1: has more than one ordinal");

    [Fact]
    public async Task A_copy_of_an_event_is_found() => await FoundAfterAsync(
        $"insert into store.events overriding system value select * from store.events {Event8}", "event 8, region-vest/note/… version 1: stands here twice");

    [Fact]
    public async Task Events_whose_order_was_changed_are_found() => await FoundAfterAsync(
        "update store.ordinals set ordinal = case ordinal when 8 then 9 else 8 end where ordinal in (8, 9)",
        "event 8, region-vest/note/… version 1: the order was changed: this one was sealed as event 9, and the one sealed here stands at 9");

    [Theory]
    [InlineData("update store.attachments set content = 'another letter'", "its attachment")]
    [InlineData("delete from store.attachments", "its attachment")]
    [InlineData("update store.attachments set content = null", "its attachment")]
    [InlineData("insert into store.attachments select tenant, sha256, 'another letter', stored_at from store.attachments", "its attachment")]
    [InlineData("update store.attachments set tenant = 'region-vest'", "its attachment")]
    [InlineData("update store.attachments set content = 'x', sha256 = encode(sha256('x'), 'hex')", "its attachment")]
    public async Task A_swapped_attachment_is_found_at_the_event_that_names_it(string tampering, string finding) =>
        await FoundAfterAsync(tampering, "event 6, region-ost/note/… version 1: " + finding);

    [Fact]
    public async Task An_attachment_swapped_together_with_its_event_is_a_changed_event() => await FoundAfterAsync(
        """
        update store.attachments set content = 'x', sha256 = encode(sha256('x'), 'hex');
        update store.events set body = jsonb_build_object('ciphertextSha256', encode(sha256('x'), 'hex')) where type = 'note-enclosed'
        """,
        "event 6, region-ost/note/… version 1: was changed after it was sealed");

    [Theory]
    [InlineData("number = 30 where number = 3", "event 6: seal 4, which covers events 12 to 12, comes after one that is gone (3)")]
    [InlineData("form = 2 where number = 3", "seal 3, which covers events 6 to 11, is of form 2")]
    [InlineData("first_ordinal = 7 where number = 3", "seal 3, which covers events 7 to 11, was changed")]
    [InlineData("last_ordinal = 12 where number = 3", "seal 3, which covers events 6 to 12, was changed")]
    [InlineData("last_ordinal = 9223372036854775807 where number = 3", "was changed")]
    [InlineData("leaves = sha256('a') || substr(leaves, 33) where number = 3", "event 6: seal 3, which covers events 6 to 11, was changed: the hashes of its events")]
    [InlineData("first_ordinal = 1000, last_ordinal = 1000 where number = 4", "event 12: seal 4, which covers events 1000 to 1000, was changed")]
    [InlineData("first_ordinal = 9223372036854775807, last_ordinal = 9223372036854775807 where number = 4", "event 12: seal 4")]
    [InlineData("leaves = leaves || '\\x00' where number = 3", "seal 3, which covers events 6 to 11, was changed: it has not one hash for each event")]
    [InlineData("leaves = '' where number = 3", "seal 3, which covers events 6 to 11, was changed")]
    [InlineData("root = sha256('a') where number = 3", "seal 3, which covers events 6 to 11, was changed")]
    [InlineData("previous = sha256('a') where number = 3", "seal 3, which covers events 6 to 11, was changed")]
    [InlineData("sealed_at = sealed_at - interval '1 day' where number = 3", "seal 3, which covers events 6 to 11, was changed")]
    [InlineData("sealed_at = null where number = 3", "seal 3, which covers events 6 to 11, was changed")]
    [InlineData("hash = hash || hash where number = 3", "event 6: seal 3, which covers events 6 to 11, was changed: its columns do not give its hash")]
    [InlineData("hash = '' where number = 3", "event 6: seal 3, which covers events 6 to 11, was changed: its columns do not give its hash")]
    [InlineData("hash = sha256('a') where number = 3", "seal 3, which covers events 6 to 11, was changed")]
    [InlineData("tree = sha256('a') where number = 3", "event 6: seal 3, which covers events 6 to 11, was changed, or one before it")]
    [InlineData("key = repeat('0', 64) where number = 3", "seal 3, which covers events 6 to 11, is signed with the key 0000")]
    [InlineData("signature = (select signature from store.seals where number = 2) where number = 3", "seal 3, which covers events 6 to 11, has a signature that does not belong to it")]
    [InlineData("signature = 'no signature' where number = 3", "seal 3, which covers events 6 to 11, has a signature that does not belong to it")]
    [InlineData("key = null, signature = null where number = 3", "seal 3, which covers events 6 to 11, is not signed")]
    [InlineData("key = null, signature = null", "no head is signed by the key that was given")]
    public async Task A_changed_seal_is_found(string change, string finding) => await FoundAfterAsync($"update store.seals set {change}", finding);

    [Theory]
    [InlineData("delete from store.seals where number = 2", "event 5: seal 3, which covers events 6 to 11, comes after one that is gone (2)")]
    [InlineData("delete from store.seals where number = 1", "event 1: seal 2, which covers events 5 to 5, comes after one that is gone (1)")]
    [InlineData("create temp table other as select * from store.seals where number = 5; update store.seals s set leaves = o.leaves, root = o.root from other o where s.number = 4", "event 12: seal 4, which covers events 12 to 12, was changed")]
    [InlineData("insert into store.seals select * from store.seals where number = 5", "seal 5, which covers events 13 to 13, comes after one with the same number")]
    [InlineData("create temp table other as select * from store.seals where number = 5; update other set number = 0; insert into store.seals select * from other", "store.seals has 6 rows, and 5 seals")]
    [InlineData("create temp table other as select * from store.seals where number = 5; update other set number = null; insert into store.seals select * from other", "store.seals has 6 rows, and 5 seals")]
    public async Task Seals_removed_swapped_or_doubled_are_found(string tampering, string finding) => await FoundAfterAsync(tampering, finding);

    [Theory]
    [InlineData("update store.streams set version = version + 1", "in store.streams, and its last event version")]
    [InlineData("update store.streams set recorded_at = recorded_at + interval '1 hour'", "has another moment in store.streams than its last event")]
    [InlineData("delete from store.streams", "has events, and no row in store.streams")]
    [InlineData("insert into store.streams values ('region-ost', 'note/never', 1, now())", "region-ost/note/never: has a row in store.streams with version 1, and no event")]
    [InlineData("alter table store.streams drop constraint streams_pkey; insert into store.streams select * from store.streams", "has more than one row in store.streams")]
    [InlineData("update store.numbering set settled = 'infinity'", "the settled moment lies after the proposed one")]
    [InlineData("update store.numbering set settled = now() + interval '1 year', proposed = now() + interval '1 year'", "lies more than a day ahead")]
    [InlineData("update store.numbering set last_ordinal = 20", "event 14: numbering has come to 20, the last ordinal is 13")]
    [InlineData("update store.numbering set last_position = 1", "numbering has come to another event")]
    [InlineData("update store.numbering set restored_up_to = 1000000", "numbering leaves aside events that are still to come")]
    [InlineData("alter table store.numbering alter settled drop not null; update store.numbering set settled = null", "the settled moment lies after the proposed one")]
    [InlineData("delete from store.numbering", "store.numbering has no row")]
    [InlineData("alter table store.events add column note text", "store.events has other columns than this program knows: note text")]
    [InlineData("alter table store.events alter column version type bigint", "store.events has other columns than this program knows: version bigint, version integer")]
    [InlineData("alter table store.events alter salt set default '\\x00000000000000000000000000000000'", "store.events has other columns than this program knows: salt bytea default")]
    [InlineData("alter table store.events alter actor type text collate \"C\"", "store.events has other columns than this program knows: actor text collate \"C\"")]
    [InlineData("alter table store.attachments rename to kept; create view store.attachments as select * from store.kept; grant select on store.attachments to public", "store.attachments is no table of its own")]
    [InlineData("create table store.more () inherits (store.events)", "store.events has rows in another table")]
    [InlineData("create function store.other() returns trigger language plpgsql as 'begin return new; end'; create trigger other before insert on store.events for each row execute function store.other()", "store.events has a trigger: other")]
    [InlineData("create rule other as on insert to store.events do also notify other", "store.events has a rule: other")]
    [InlineData("alter table store.events no force row level security", "store.events is no longer under row-level security")]
    [InlineData("alter table store.seals enable row level security; create policy other on store.seals using (true)", "store.seals is under row-level security, which may hide rows")]
    [InlineData("create policy other on store.events using (true)", "store.events is under other policies than this program knows: other")]
    [InlineData("alter policy readable on store.receipts using (true)", "store.receipts is under other policies than this program knows: readable")]
    [InlineData("grant update on store.events to programme_app", "the application's role may change or remove rows of store.events")]
    [InlineData("grant update (actor) on store.events to programme_app", "the application's role may change or remove rows of store.events")]
    [InlineData("alter table store.events owner to programme_app; revoke update, delete, truncate on store.events from programme_app", "store.events belongs to another role than programme_owner: programme_app")]
    [InlineData("alter schema store owner to programme_app", "the schema store belongs to another role than programme_owner: programme_app")]
    [InlineData("alter table store.receipts set unlogged", "store.receipts is not kept when the server crashes")]
    [InlineData(
        "create function store.other() returns trigger language plpgsql as 'begin return new; end'; create trigger other before insert on store.events for each row execute function store.other(); update pg_trigger set tgisinternal = true where tgname = 'other'",
        "store.events has a trigger: other")]
    [InlineData(
        """
        create index attachments_by_hash on store.attachments (tenant, sha256);
        update pg_index set indisready = false where indexrelid = 'store.attachments_by_hash'::regclass;
        insert into store.attachments select tenant, sha256, 'another letter', stored_at from store.attachments;
        update pg_index set indisready = true where indexrelid = 'store.attachments_by_hash'::regclass;
        do $$ begin execute format('alter database %I set enable_seqscan = off', current_database()); end $$
        """,
        "of region-ost is there 2 times")]
    [InlineData("create collation store.any_case (provider = icu, locale = 'und-u-ks-level2', deterministic = false); alter table store.streams alter stream type text collate store.any_case", "store.streams has other columns than this program knows: stream text collate any_case")]
    public async Task What_is_not_sealed_is_compared_with_the_events(string tampering, string finding)
    {
        await using var database = await SealedDatabase.CreateAsync(server);

        await database.TamperAsync(tampering);

        (await database.VerifyAsync()).Wrong[0].ToString().ShouldContain(finding);
    }

    [Theory]
    [InlineData("alter table store.events drop column salt", "salt")]
    [InlineData("alter table store.events alter column version type text", "version text")]
    [InlineData("alter table store.events rename to other", "store.events")]
    [InlineData("drop table store.ordinals", "store.ordinals")]
    [InlineData("drop table store.seals", "store.seals")]
    [InlineData("drop table store.streams", "store.streams")]
    [InlineData("alter table store.seals drop column leaves", "leaves")]
    [InlineData("drop table store.numbering cascade", "store.numbering")]
    public async Task Tables_of_another_form_are_told_and_what_is_beside_them_is_read(string tampering, string finding)
    {
        await using var database = await SealedDatabase.CreateAsync(server);

        await database.TamperAsync(tampering);

        var result = await database.VerifyAsync();
        result.IsWhole.ShouldBeFalse();
        result.Wrong.Select(w => w.ToString()).ShouldContain(w => w.Contains(finding));
    }

    [Fact]
    public async Task A_log_resealed_without_the_key_is_told_by_its_signature()
    {
        await using var database = await SealedDatabase.CreateAsync(server);
        var signatures = await database.Database.ListAsync<string>("select format('key = %L, signature = %L', key, signature) from store.seals where number >= 3 order by number");
        await database.TamperAsync($"update store.events set actor = 'nobody' {Event8}; delete from store.seals where number >= 3");
        await database.SealAsync(null);
        await database.TamperAgainAsync($"update store.seals set {signatures[0]} where number = 3");

        await FoundAsync(database, "event 6: seal 3, which covers events 6 to 13, has a signature that does not belong to it");
    }

    [Fact]
    public async Task A_log_resealed_with_another_key_or_none_is_told()
    {
        await using var database = await SealedDatabase.CreateAsync(server);
        using var another = SigningKey.From(SealedDatabase.NewKey());
        await database.TamperAsync($"update store.events set actor = 'nobody' {Event8}; delete from store.seals");
        await database.SealAsync(another);

        await FoundAsync(database, "event 1: seal 1, which covers events 1 to 13, is signed with the key");
        await database.TamperAgainAsync("delete from store.seals");
        await database.SealAsync(null);
        await FoundAsync(database, "no head is signed by the key that was given");
    }

    [Fact]
    public async Task An_end_that_was_cut_off_is_told_by_the_published_heads_alone()
    {
        await using var database = await SealedDatabase.CreateAsync(server);
        await database.TamperAsync("""
            delete from store.events where (transaction, position) in (select transaction, position from store.ordinals where ordinal >= 12);
            delete from store.ordinals where ordinal >= 12;
            delete from store.seals where number >= 4;
            update store.numbering set (last_ordinal, last_transaction, last_position) = (select * from store.ordinals order by ordinal desc limit 1);
            update store.streams s set (version, recorded_at) = (select e.version, e.recorded_at from store.events e where e.tenant = s.tenant and e.stream = s.stream order by e.version desc limit 1);
            delete from store.streams where version is null
            """.Replace("update store.streams s", "alter table store.streams alter version drop not null, alter recorded_at drop not null; update store.streams s", StringComparison.Ordinal));

        var alone = await database.VerifyAsync();
        var compared = await database.VerifyAsync([SealedDatabase.PublicKey], database.Heads.ReadAsync(Given.Cancel));

        alone.Wrong.ShouldBeEmpty();
        compared.Wrong[0].ToString().ShouldStartWith("seal 4 was published and is not there: the end of the log, 12 events then, was taken away");
    }

    [Fact]
    public async Task A_log_written_anew_with_the_key_is_told_by_the_published_heads()
    {
        await using var database = await SealedDatabase.CreateAsync(server);
        var published = await File.ReadAllTextAsync(database.HeadsFile, Given.Cancel);
        await database.TamperAsync($"update store.events set actor = 'nobody' {Event8}; delete from store.seals where number >= 3");
        await database.SealAsync();
        await File.WriteAllTextAsync(database.HeadsFile, published, Given.Cancel);

        (await database.VerifyAsync()).IsWhole.ShouldBeTrue();
        (await database.VerifyAsync([SealedDatabase.PublicKey], database.Heads.ReadAsync(Given.Cancel))).Wrong[0].ToString()
            .ShouldStartWith("seal 3 is another than the one that was published");
    }

    [Theory]
    [InlineData("create function public.to_json(text[]) returns json language sql as $f$ select '[]'::json $f$")]
    [InlineData("""
        create function public.other(json) returns text language sql as $f$ select replace(textin(json_out($1)), '["a"]', '[]') $f$;
        create cast (json as text) with function public.other(json)
        """)]
    [InlineData("""
        create function public.row_to_json(record) returns json language plpgsql as $f$ begin return replace(pg_catalog.row_to_json($1)::text, '["a"]', '[]')::json; end $f$;
        create function public.at_login() returns event_trigger language plpgsql as $f$ begin perform set_config('search_path', 'public, pg_catalog', false); end $f$;
        create event trigger at_login on login execute function public.at_login()
        """)]
    public async Task Functions_that_somebody_puts_before_PostgreSQLs_own_have_no_part_in_it(string functions)
    {
        Assert.SkipWhen(functions.Contains(" on login ", StringComparison.Ordinal) && await VersionAsync() < 17, "Triggers on logins came with PostgreSQL 17; this server is older.");
        await FoundAfterAsync(
            $$"""{{functions}}; grant usage on schema public to public; update store.events set not_documented = '{a}' {{Event8}}""",
            "event 8, region-vest/note/… version 1: was changed");
    }

    [Theory]
    [InlineData("create index on store.carried_over ((other.path(1)))", "store.carried_over has an index that calls a function of the database")]
    [InlineData("create index on store.seals (number) where other.path(1) = 1", "store.seals has an index that calls a function of the database")]
    [InlineData("create statistics store.other on (other.path(1)), number from store.seals", "store.seals has statistics that calls a function of the database: other")]
    [InlineData("alter table store.seals add constraint other check (other.path(1) = 1)", "store.seals has a constraint that calls a function of the database: other")]
    [InlineData("alter table store.seals alter number set default other.path(1)", "store.seals has a default that calls a function of the database")]
    [InlineData("alter policy sealed on store.carried_over using (other.path(length(tenant)) > 0)", "store.carried_over is under other policies than this program knows: sealed")]
    [InlineData(
        "alter table store.carried_over rename to kept; create view store.carried_over as select * from store.kept where other.path(1) = 1; grant select on store.carried_over, store.kept to public",
        "store.carried_over is no table of its own")]
    [InlineData(
        """
        create function other.all_of_them(text) returns text[] language sql immutable as $f$ select array['region-ost', 'region-vest'] $f$;
        create cast (text as text[]) with function other.all_of_them(text);
        alter policy readable on store.events using (tenant = any ((select nullif(current_setting('store.readable', true), '')::text[])::text[]))
        """,
        "store.events has a policy that calls a function of the database: readable")]
    [InlineData(
        """
        create operator class other.backwards for type bigint using btree as operator 1 <, operator 2 <=, operator 3 =, operator 4 >=, operator 5 >, function 1 btint8cmp(bigint, bigint);
        create index on store.seals (number other.backwards)
        """,
        "store.seals has an index that calls a function of the database")]
    [InlineData(
        """
        create function other.heal() returns event_trigger language plpgsql as $f$ begin return; end $f$;
        create event trigger heal on ddl_command_end execute function other.heal()
        """,
        "the event trigger heal runs functions of the database")]
    public async Task Code_of_the_database_that_answers_in_the_place_of_PostgreSQL_is_told(string tampering, string finding)
    {
        await using var database = await SealedDatabase.CreateAsync(server);
        await database.TamperAsync($"""
            create schema other; grant usage on schema other to public;
            create function other.path(integer) returns integer language plpgsql immutable as $f$ begin perform set_config('search_path', 'other, pg_catalog', false); return $1; end $f$;
            create function other.row_to_json(record) returns json language plpgsql as $f$ begin return replace(pg_catalog.row_to_json($1)::text, '"actor":"nobody"', '"actor":"tester"')::json; end $f$;
            update store.events set actor = 'nobody' {Event8};
            {tampering}
            """);

        var result = await database.VerifyAsync();

        result.IsWhole.ShouldBeFalse();
        result.Wrong.Select(w => w.ToString()).ShouldContain(w => w.Contains(finding));
    }

    [Theory]
    [InlineData("quote_all_identifiers", "on")]
    [InlineData("statement_timeout", "1ms")]
    [InlineData("lock_timeout", "1ms")]
    [InlineData("default_transaction_read_only", "on")]
    [InlineData("search_path", "access")]
    [InlineData("DateStyle", "German")]
    [InlineData("bytea_output", "escape")]
    [InlineData("timezone", "Pacific/Apia")]
    public async Task What_is_set_for_the_database_accuses_nobody_and_ends_nothing(string setting, string value)
    {
        await using var database = await SealedDatabase.CreateAsync(server);
        await database.Database.ExecuteAsync($"do $$ begin execute format('alter database %I set {setting} = %L', current_database(), '{value}'); end $$");

        (await database.VerifyAsync()).Wrong.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_policy_that_fails_hides_nothing_of_what_else_is_wrong()
    {
        await using var database = await SealedDatabase.CreateAsync(server);
        await database.TamperAsync("alter policy sealed on store.streams using (1 / (length(tenant) - length(tenant)) = 1); grant update on store.events to programme_app");

        var result = await database.VerifyAsync();

        result.Wrong.Select(w => w.ToString()).ShouldContain(w => w.Contains("division by zero"));
        result.Wrong.Select(w => w.ToString()).ShouldContain(w => w.Contains("the application's role may change or remove rows of store.events"));
    }

    [Fact]
    public async Task A_log_without_any_seal_is_not_whole_for_whoever_gives_a_key()
    {
        await using var database = await SealedDatabase.CreateAsync(server);
        await database.TamperAsync($"update store.events set actor = 'nobody' {Event8}; delete from store.seals");

        await FoundAsync(database, "nothing is sealed");
        (await database.VerifyAsync([], null)).IsWhole.ShouldBeTrue();
    }

    [Fact]
    public async Task Names_that_are_no_text_or_write_lines_of_their_own_are_shown_as_what_they_are()
    {
        await using var database = await SealedDatabase.CreateAsync(server);
        await database.TamperAsync($"""
            create cast (bytea as text) without function;
            update store.events set stream = E'note/a\nWhole: 13 events\u202e' {Event8};
            update store.events set stream = ('\xff'::bytea)::text where (transaction, position) = (select transaction, position from store.ordinals where ordinal = 9)
            """);

        var wrong = (await database.VerifyAsync()).Wrong.Select(w => w.ToString()).ToList();

        wrong[0].ShouldStartWith("event 8, region-vest/note/a\uFFFDWhole: 13 events\uFFFD version 1: was changed");
        wrong[1].ShouldStartWith("event 9, region-vest/\uFFFD version 1: was changed");
    }

    [Fact]
    public async Task A_version_that_is_far_ahead_costs_nothing() => await FoundAfterAsync(
        $"delete from store.events {Event8}; update store.streams set version = 2147483646 where stream = '{SealedDatabase.Stream}'", "event 8: the event is gone");

    [Fact]
    public async Task What_may_not_be_read_any_more_is_told() => await FoundAfterAsync(
        "revoke select on store.ordinals from programme_sealer", "it cannot be read any further: permission denied for table ordinals");

    private async Task<int> VersionAsync()
    {
        await using var connection = new NpgsqlConnection(await server.EmptyDatabaseAsync(Given.Cancel));
        await connection.OpenAsync(Given.Cancel);
        return connection.PostgreSqlVersion.Major;
    }

    private async Task FoundAfterAsync(string tampering, string finding)
    {
        await using var database = await SealedDatabase.CreateAsync(server);
        await database.TamperAsync(tampering);
        await FoundAsync(database, finding);
    }

    /// <param name="finding">What the first finding says; "…" stands for an id.</param>
    private static async Task FoundAsync(SealedDatabase database, string finding)
    {
        var result = await database.VerifyAsync();

        result.IsWhole.ShouldBeFalse();
        var first = System.Text.RegularExpressions.Regex.Replace(result.Wrong[0].ToString(), "[0-9a-f]{8}-[0-9a-f-]{27}", "…");
        first.ShouldContain(finding);
    }
}
