using HousingBank.Processes.Persons;
using HousingBank.Store;

namespace HousingBank.Processes.Tests.Persons;

/// <summary>The master key is changed while everything goes on.</summary>
public sealed class KeyRotationTests(PersonDatabase persons) : IClassFixture<PersonDatabase>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_key_is_wrapped_anew_and_the_old_master_key_is_then_needed_no_more()
    {
        var before = new[] { await persons.AppointedAsync(PersonDatabase.NewPerson()), await persons.AppointedAsync(PersonDatabase.NewPerson()) };
        var erased = await persons.AppointedAsync(PersonDatabase.NewPerson());
        await persons.EraseAsync(erased.Person);
        (await persons.OpenAsync(before[0], Desk.Tenant, PersonDatabase.SecondMaster)).Readability.ShouldBe(PersonReadability.Unreadable);
        (await persons.OpenAsync(before[0], Desk.Tenant, PersonDatabase.SecondMaster, PersonDatabase.FirstMaster)).Details.ShouldBe(PersonDatabase.Somebody);

        var keys = new PersonKeys(persons.Desk.As(StoreRole.Keys));
        await Should.ThrowAsync<MasterKeyException>(() => new KeyRotation(keys, PersonDatabase.Masters(PersonDatabase.SecondMaster)).RunAsync(_ => { }, Cancel));
        var done = await new KeyRotation(keys, PersonDatabase.Masters(PersonDatabase.SecondMaster, PersonDatabase.FirstMaster)).RunAsync(_ => { }, Cancel);

        done.ShouldBe(2);
        (await keys.CountByMasterKeyAsync(Cancel)).ShouldBe(new Dictionary<string, long> { ["second"] = 2 }, ignoreOrder: true);
        foreach (var data in before)
        {
            (await persons.OpenAsync(data, Desk.Tenant, PersonDatabase.SecondMaster)).Details.ShouldBe(PersonDatabase.Somebody);
            (await persons.OpenAsync(data, Desk.Tenant, PersonDatabase.FirstMaster)).Readability.ShouldBe(PersonReadability.Unreadable);
        }

        (await persons.OpenAsync(erased, Desk.Tenant, PersonDatabase.SecondMaster)).ShouldBe(OpenedPerson.Erased);
    }

    [Fact]
    public async Task Somebody_erased_while_keys_are_rotated_stays_erased()
    {
        var data = await persons.AppointedAsync(PersonDatabase.NewPerson());
        var seen = (await persons.Safe().KeyAsync(Desk.Tenant, data.Person, Cancel)).ShouldNotBeNull();
        await persons.EraseAsync(data.Person);

        (await new PersonKeys(persons.Desk.As(StoreRole.Keys)).RewrapAsync(seen, [1, 2, 3], "second", Cancel)).ShouldBeFalse();
        (await persons.OpenAsync(data)).ShouldBe(OpenedPerson.Erased);
    }
}
