using System.Security.Cryptography;
using HousingBank.Domain.Vocabulary;
using HousingBank.Processes.Persons;

namespace HousingBank.Processes.Tests.Persons;

/// <summary>What is sealed opens for the same tenant and person under the same key, and for nobody else.</summary>
public sealed class SealingTests(PersonDatabase persons) : IClassFixture<PersonDatabase>
{
    [Theory]
    [InlineData("Navnløs", null, null)]
    [InlineData("Åse Ødegård-Ærø", "aase@eksempel.test", "+47 00 00 00 00")]
    [InlineData("名前 \" \\ </script> 🙂", "", "\u0001")]
    public async Task What_is_sealed_is_opened_again(string name, string? email, string? phone)
    {
        var details = new PersonDetails(name, email, phone);
        var data = await persons.AppointedAsync(PersonDatabase.NewPerson(), details);

        data.Ciphertext.ShouldNotContain(name);
        (await persons.OpenAsync(data)).ShouldBe(new OpenedPerson(PersonReadability.Readable, details));
    }

    [Fact]
    public async Task Random_texts_of_any_length_are_opened_again_and_no_two_seals_look_alike()
    {
        var random = new Random(20091015);
        var person = PersonDatabase.NewPerson();
        var sealing = persons.Safe().BeginSealing(Desk.Tenant);
        var seen = new HashSet<string>();
        for (var i = 0; i < 200; i++)
        {
            var details = new PersonDetails(string.Concat(Enumerable.Range(0, random.Next(1, 400)).Select(_ => (char)random.Next(32, 0xD7FF))));
            var data = await sealing.SealAsync(person, details, TestContext.Current.CancellationToken);
            await sealing.KeepKeysAsync(TestContext.Current.CancellationToken);
            seen.Add(data.Ciphertext).ShouldBeTrue();
            (await persons.OpenAsync(data)).Details.ShouldBe(details);
        }
    }

    [Fact]
    public async Task Another_persons_or_tenants_seal_is_not_opened()
    {
        var mine = await persons.AppointedAsync(PersonDatabase.NewPerson());
        var other = await persons.AppointedAsync(PersonDatabase.NewPerson());

        (await persons.OpenAsync(mine with { Person = other.Person })).Readability.ShouldBe(PersonReadability.Unreadable);
        (await persons.OpenAsync(mine, "region-vest")).Readability.ShouldBe(PersonReadability.Unreadable);
        // Even with the very same key: the tenant and the person are bound into what is sealed.
        await persons.AskAsync<object>(
            $"""
            insert into store.person_keys (tenant, person, kind, wrapped_key, master_key)
            select 'region-vest', person, kind, wrapped_key, master_key from store.person_keys where person = '{mine.Person.Value}' returning 1
            """);
        (await persons.OpenAsync(mine, "region-vest")).Readability.ShouldBe(PersonReadability.Unreadable);
    }

    [Fact]
    public async Task What_was_changed_in_any_byte_is_not_opened()
    {
        var data = await persons.AppointedAsync(PersonDatabase.NewPerson());
        var bytes = Convert.FromBase64String(data.Ciphertext);
        for (var i = 0; i < bytes.Length; i++)
        {
            bytes[i] ^= 1;
            (await persons.OpenAsync(data with { Ciphertext = Convert.ToBase64String(bytes) })).Readability.ShouldBe(PersonReadability.Unreadable, $"byte {i}");
            bytes[i] ^= 1;
        }

        foreach (var broken in new[] { "", "noe", "AQ==", data.Ciphertext[..^8] })
            (await persons.OpenAsync(data with { Ciphertext = broken })).Readability.ShouldBe(PersonReadability.Unreadable, broken);
        (await persons.OpenAsync(data)).Readability.ShouldBe(PersonReadability.Readable);
    }

    [Fact]
    public async Task Its_length_tells_nothing_of_a_name_and_its_mark_only_that_the_same_person_is_called_the_same()
    {
        var sealing = persons.Safe().BeginSealing(Desk.Tenant);
        var (one, other) = (PersonDatabase.NewPerson(), PersonDatabase.NewPerson());
        async Task<PersonalData> Seal(PersonId person, string name) => await sealing.SealAsync(person, new PersonDetails(name), TestContext.Current.CancellationToken);

        var first = await Seal(one, "Bo Li");
        var again = await Seal(one, "Bo Li");
        (await Seal(one, "Bartholomeus von Langenavn-Lengre")).Ciphertext.Length.ShouldBe(first.Ciphertext.Length);
        again.Ciphertext.ShouldNotBe(first.Ciphertext);
        again.ShouldBe(first);
        again.GetHashCode().ShouldBe(first.GetHashCode());
        (await Seal(one, "Bo Lie")).ShouldNotBe(first);
        (await Seal(other, "Bo Li")).Mark.ShouldNotBe(first.Mark);
    }

    [Fact]
    public async Task A_file_is_opened_for_its_own_case_alone_and_no_more_once_that_is_erased()
    {
        var (one, other, content) = (PersonDatabase.NewPerson(), PersonDatabase.NewPerson(), RandomNumberGenerator.GetBytes(100_000));
        var sealing = persons.Safe().BeginSealing(Desk.Tenant);
        var ciphertext = await sealing.SealFileAsync(one, content, TestContext.Current.CancellationToken);
        await sealing.SealFileAsync(other, content, TestContext.Current.CancellationToken);
        await sealing.KeepKeysAsync(TestContext.Current.CancellationToken);
        Task<byte[]?> Open(PersonId sealedUnder, byte[] file) => persons.Safe().OpenFileAsync(Desk.Tenant, sealedUnder, file, PersonDatabase.Reader, TestContext.Current.CancellationToken);

        (await Open(one, ciphertext)).ShouldBe(content);
        await Should.ThrowAsync<CryptographicException>(() => Open(other, ciphertext));
        await Should.ThrowAsync<CryptographicException>(() => Open(one, [.. ciphertext[..^1], (byte)(ciphertext[^1] ^ 1)]));
        (await persons.AskAsync<string>($"select kind from store.person_keys where person = '{one.Value}'")).ShouldBe("case");
        await persons.EraseAsync(one);
        (await Open(one, ciphertext)).ShouldBeNull();
    }

    [Fact]
    public void Master_keys_are_told_by_an_id_and_what_is_no_key_is_refused_without_being_repeated()
    {
        new MasterKeys(MasterKeys.Make("ny")).Current.ShouldBe("ny");
        new MasterKeys(null).IsConfigured.ShouldBeFalse();
        foreach (var wrong in new[] { "hemmelig", ":aGVtbWVsaWc=", "id:hemmelig", "id:aGVtbWVsaWc=", $"id:{Convert.ToBase64String(RandomNumberGenerator.GetBytes(33))}" })
            Should.Throw<MasterKeyException>(() => new MasterKeys(wrong)).Message.ShouldNotContain(wrong.Split(':')[^1]);
        Should.Throw<MasterKeyException>(() => new MasterKeys(PersonDatabase.FirstMaster, [PersonDatabase.FirstMaster]));
    }

    [Theory]
    [InlineData("", null, "content.contactPerson.name")]
    [InlineData("Navn", "ikke en adresse", "content.contactPerson.email")]
    [InlineData("Navn", "Navn <a@eksempel.test>", "content.contactPerson.email")]
    public void What_cannot_be_right_is_refused_by_its_field(string name, string? email, string field) =>
        new PersonDetails(name, email).Wrong("content.contactPerson")!.Field.ShouldBe(field);

    [Fact]
    public void No_message_and_no_log_can_hold_it_by_accident() => $"{PersonDatabase.Somebody}".ShouldNotContain("Navnesen");
}
