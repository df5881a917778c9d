using HousingBank.Domain.Persons;
using HousingBank.Domain.Vocabulary;
using HousingBank.Processes.Persons;
using HousingBank.Store;
using Npgsql;

namespace HousingBank.Processes.Tests.Persons;

/// <summary>A person's key: kept before anything rests on it, destroyed with the event that says so, never made anew.</summary>
public sealed class ErasureTests(PersonDatabase persons) : IClassFixture<PersonDatabase>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_event_and_the_end_of_the_key_are_one_and_nothing_is_read_afterwards()
    {
        var person = PersonDatabase.NewPerson();
        var data = await persons.AppointedAsync(person);

        var done = await persons.EraseAsync(person);

        done.Facts.ShouldHaveSingleItem().Fact.ShouldBeOfType<PersonErased>().Reason.ShouldBe(ErasureReason.Requested);
        (await persons.OpenAsync(data)).ShouldBe(OpenedPerson.Erased);
        (await persons.AskAsync<long>(
            $"""
            select count(*) from store.person_keys k join store.events e on e.stream = 'person/' || k.person
             where k.person = '{person.Value}' and k.wrapped_key is null and k.erased_at = e.recorded_at and k.erased_by = e.actor
            """)).ShouldBe(1);
        (await persons.EraseAsync(person)).Facts.ShouldBeEmpty();
    }

    [Fact]
    public async Task Nothing_more_is_sealed_for_somebody_erased_known_before_or_not()
    {
        var (known, unknown) = (PersonDatabase.NewPerson(), PersonDatabase.NewPerson());
        await persons.AppointedAsync(known);
        await persons.EraseAsync(known);
        await persons.EraseAsync(unknown);

        foreach (var person in new[] { known, unknown })
            await Should.ThrowAsync<PersonErasedException>(() => persons.Safe().BeginSealing(Desk.Tenant).SealAsync(person, PersonDatabase.Somebody, Cancel));
    }

    [Fact]
    public async Task An_erasure_rests_on_something_and_is_neither_corrected_nor_struck()
    {
        var person = PersonDatabase.NewPerson();
        var without = new ErasePerson(person, ErasureReason.Requested) { On = Desk.October };
        (await persons.Desk.RunAsync(Desk.Secretariat, without)).ShouldBeOfType<Outcome.Refused>().Reason.ShouldBe(PersonRefusals.BasisMissing);
        await persons.EraseAsync(person);

        var grounds = Grounds.None with { EntryReason = "feil" };
        (await persons.Desk.RunAsync(Desk.Secretariat, new StrikeFact(person.Stream, 1, "feil") { On = Desk.October, Grounds = grounds }))
            .ShouldBeOfType<Outcome.Refused>().Reason.ShouldBe(PersonRefusals.ErasureStands);
        (await persons.Desk.RunAsync(Desk.Secretariat, new CorrectFact(1, without with { Grounds = grounds }) { On = Desk.October, Grounds = grounds }))
            .ShouldBeOfType<Outcome.Refused>().Reason.ShouldBe(PersonRefusals.ErasureStands);
    }

    [Fact]
    public async Task Nobody_erases_on_the_strength_of_any_sign_in_and_then_nothing_is_recorded()
    {
        var person = PersonDatabase.NewPerson();
        var data = await persons.AppointedAsync(person);
        var erase = new ErasePerson(person, ErasureReason.Requested) { On = Desk.October, Grounds = Grounds.None with { Basis = new(BasisKind.Case, "09/77") } };
        var id = Guid.CreateVersion7();

        (await persons.Desk.RunAsync(Desk.Secretariat, erase, id: id)).ShouldBe(new Outcome.SignInNeeded());
        (await persons.OpenAsync(data)).Details.ShouldNotBeNull();
        (await persons.AskAsync<long>($"select count(*) from store.events where stream = 'person/{person.Value}'")).ShouldBe(0);

        (await persons.Desk.RunAsync(Desk.Secretariat with { MayDecideForGood = true }, erase, id: id)).ShouldBeOfType<Outcome.Done>().Facts.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_refused_command_leaves_no_key_behind()
    {
        var before = await persons.AskAsync<long>("select count(*) from store.person_keys");
        var sealing = persons.Safe().BeginSealing(Desk.Tenant);
        var data = await sealing.SealAsync(PersonDatabase.NewPerson(), PersonDatabase.Somebody, Cancel);

        var outcome = await persons.Desk.NewDesk().RunAsync(
            Desk.Secretariat,
            new Domain.Programmes.AppointCouncilMember(persons.Desk.Programme, "", "", false, null, data) { On = Desk.Spring },
            Guid.CreateVersion7(), null, Cancel, beforeWriting: sealing.KeepKeysAsync);

        outcome.ShouldBeOfType<Outcome.Refused>();
        (await persons.AskAsync<long>("select count(*) from store.person_keys")).ShouldBe(before);
    }

    [Fact]
    public async Task The_same_command_sealed_anew_is_the_same_command_and_another_name_is_another()
    {
        var (person, command) = (PersonDatabase.NewPerson(), Guid.CreateVersion7());
        async Task<Outcome> AppointAsync(string name)
        {
            var sealing = persons.Safe().BeginSealing(Desk.Tenant);
            return await persons.AppointAsync(command, sealing, await sealing.SealAsync(person, new PersonDetails(name), Cancel));
        }

        (await AppointAsync("Navn Navnesen")).ShouldBeOfType<Outcome.Done>().Facts.ShouldHaveSingleItem();
        (await AppointAsync("Navn Navnesen")).ShouldBeOfType<Outcome.Done>().Facts.ShouldBeEmpty();
        (await AppointAsync("Andre Andresen")).ShouldBeOfType<Outcome.IdUsedForAnother>();
    }

    [Fact]
    public async Task Of_two_that_make_a_key_for_the_same_person_at_once_one_is_told_to_seal_again()
    {
        var person = PersonDatabase.NewPerson();
        var (one, other) = (persons.Safe().BeginSealing(Desk.Tenant), persons.Safe().BeginSealing(Desk.Tenant));
        await one.SealAsync(person, PersonDatabase.Somebody, Cancel);
        var late = await other.SealAsync(person, PersonDatabase.Somebody, Cancel);

        await one.KeepKeysAsync(Cancel);
        await Should.ThrowAsync<PersonKeyTakenException>(() => other.KeepKeysAsync(Cancel));

        (await persons.OpenAsync(late)).Readability.ShouldBe(PersonReadability.Unreadable);
        other.BeginAnew();
        (await persons.OpenAsync(await other.SealAsync(person, PersonDatabase.Somebody, Cancel))).Details.ShouldBe(PersonDatabase.Somebody);
    }

    [Fact]
    public async Task Whoever_is_erased_while_their_key_is_made_or_wrapped_anew_has_none_afterwards()
    {
        var keys = new PersonKeys(persons.Desk.As(StoreRole.Keys));
        for (var round = 0; round < 30; round++)
        {
            var person = PersonDatabase.NewPerson();
            if (round % 2 == 0)
                await persons.AppointedAsync(person);
            var seen = await persons.Safe().KeyAsync(Desk.Tenant, person, Cancel);
            var sealing = persons.Safe().BeginSealing(Desk.Tenant);
            var data = await sealing.SealAsync(person, PersonDatabase.Somebody, Cancel);

            await Task.WhenAll(
                Task.Run(() => persons.EraseAsync(person), Cancel),
                Task.Run(async () =>
                {
                    if (seen is null)
                        await Record.ExceptionAsync(() => persons.AppointAsync(Guid.CreateVersion7(), sealing, data));
                    else
                        await keys.RewrapAsync(seen, [1, 2, 3], "second", Cancel);
                }, Cancel));

            (await persons.OpenAsync(data)).ShouldBe(OpenedPerson.Erased);
            (await persons.AskAsync<bool>($"select wrapped_key is null and erased_at is not null from store.person_keys where person = '{person.Value}'")).ShouldBeTrue();
        }
    }

    [Theory]
    [InlineData("update store.person_keys set wrapped_key = null, master_key = null, erased_at = now(), erased_by = 'x'")]
    [InlineData("update store.person_keys set wrapped_key = '\\x00'")]
    [InlineData("delete from store.person_keys")]
    [InlineData("insert into store.person_keys (tenant, person, kind, erased_at, erased_by) values ('region-ost', gen_random_uuid(), 'person', now(), 'x')")]
    [InlineData("select store.erase_person(gen_random_uuid())")]
    [InlineData("select store.replay_erasures()")]
    [InlineData("alter table store.person_keys disable row level security")]
    public async Task The_application_destroys_no_key_without_an_event_and_changes_none(string sql)
    {
        await persons.AppointedAsync(PersonDatabase.NewPerson());
        await using var batch = persons.Desk.As(StoreRole.App).CreateBatch();
        batch.BatchCommands.Add(Scope.Of(Desk.Tenant).Setting());
        batch.BatchCommands.Add(new NpgsqlBatchCommand(sql));

        (await Should.ThrowAsync<PostgresException>(() => batch.ExecuteNonQueryAsync(Cancel))).SqlState.ShouldBeOneOf(PostgresErrorCodes.InsufficientPrivilege, "HB020");
    }

    [Fact]
    public async Task Another_tenants_keys_are_neither_seen_nor_destroyed()
    {
        var person = PersonDatabase.NewPerson();
        var data = await persons.AppointedAsync(person);

        (await persons.Safe().KeyAsync("region-vest", person, Cancel)).ShouldBeNull();
        await persons.Desk.DoneAsync(
            Desk.Secretariat with { Tenant = "region-vest", MayDecideForGood = true },
            new ErasePerson(person, ErasureReason.Requested) { On = Desk.October, Grounds = Grounds.None with { Basis = new(BasisKind.Case, "1") } });
        (await persons.OpenAsync(data)).Readability.ShouldBe(PersonReadability.Readable);
    }

    [Fact]
    public async Task After_a_restore_that_brings_keys_back_they_are_destroyed_again()
    {
        var person = PersonDatabase.NewPerson();
        var data = await persons.AppointedAsync(person);
        // What a backup of the keys alone, older than the log, would bring back.
        await persons.AskAsync<object>("create table saved as select * from store.person_keys; select 1");
        await persons.EraseAsync(person);
        await persons.AskAsync<object>(
            $"""
            update store.person_keys k set wrapped_key = s.wrapped_key, master_key = s.master_key, erased_at = null, erased_by = null
              from saved s where (s.tenant, s.person) = (k.tenant, k.person) and k.person = '{person.Value}'; drop table saved; select 1
            """);
        (await persons.OpenAsync(data)).Readability.ShouldBe(PersonReadability.Readable);

        var keys = new PersonKeys(persons.Desk.As(StoreRole.Keys));
        (await keys.ReplayErasuresAsync(Cancel))[Desk.Tenant].ShouldBe(1);
        (await persons.OpenAsync(data)).ShouldBe(OpenedPerson.Erased);
        (await keys.ReplayErasuresAsync(Cancel))[Desk.Tenant].ShouldBe(0);
    }
}
