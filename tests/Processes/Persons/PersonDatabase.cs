using HousingBank.Domain.Persons;
using HousingBank.Domain.Programmes;
using HousingBank.Domain.Vocabulary;
using HousingBank.Processes.Persons;
using HousingBank.Store;
using HousingBank.Support;
using Npgsql;

namespace HousingBank.Processes.Tests.Persons;

/// <summary>The desk with keys of persons.</summary>
public sealed class PersonDatabase(TestServer server) : IAsyncLifetime
{
    public const string FirstMaster = "first:AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
    public const string SecondMaster = "second:HxYdHBsaGRgXFhUUExIREA8ODQwLCgkIBwYFBAMCAQA=";

    public static readonly PersonDetails Somebody = new("Navn Navnesen", "navn@eksempel.test", "00 00 00 01");

    public static readonly PersonReader Reader = new("tester", null, "secretariat", "test");

    public Desk Desk { get; } = new(server);

    public PersonKeys Keys { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        await Desk.InitializeAsync();
        Keys = new PersonKeys(Desk.As(StoreRole.App));
    }

    public ValueTask DisposeAsync() => Desk.DisposeAsync();

    public PersonSafe Safe(params string[] masters) => new(Keys, Masters(masters));

    public static MasterKeys Masters(params string[] masters) => masters is [var current, .. var older] ? new(current, older) : new(FirstMaster);

    public static PersonId NewPerson() => new(Guid.CreateVersion7());

    /// <summary>Appoints somebody to the council, by name.</summary>
    public async Task<PersonalData> AppointedAsync(PersonId person, PersonDetails? details = null, string tenant = Desk.Tenant)
    {
        var sealing = Safe().BeginSealing(tenant);
        var data = await sealing.SealAsync(person, details ?? Somebody, TestContext.Current.CancellationToken);
        (await AppointAsync(Guid.CreateVersion7(), sealing, data)).ShouldBeOfType<Outcome.Done>();
        return data;
    }

    public Task<Outcome> AppointAsync(Guid command, Sealing sealing, PersonalData person) => Desk.NewDesk().RunAsync(
        Desk.Secretariat,
        new AppointCouncilMember(Desk.Programme, $"medlem-{person.Person.Value}", "En organisasjon", false, null, person) { On = Desk.Spring },
        command,
        null,
        TestContext.Current.CancellationToken,
        beforeWriting: sealing.KeepKeysAsync);

    public Task<Outcome.Done> EraseAsync(PersonId person) => Desk.DoneAsync(
        Desk.Secretariat with { MayDecideForGood = true },
        new ErasePerson(person, ErasureReason.Requested) { On = Desk.October, Grounds = Grounds.None with { Basis = new(BasisKind.Case, "09/77") } });

    public async Task<OpenedPerson> OpenAsync(PersonalData data, string tenant = Desk.Tenant, params string[] masters) =>
        (await Safe(masters).OpenAsync(tenant, [data], Reader, TestContext.Current.CancellationToken)).Single();

    /// <summary>One value, as a superuser sees it.</summary>
    public async Task<T> AskAsync<T>(string sql)
    {
        await using var connection = new NpgsqlConnection(Desk.ConnectionString + ";Pooling=false");
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = new NpgsqlCommand(sql, connection);
        return (T)(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;
    }
}
