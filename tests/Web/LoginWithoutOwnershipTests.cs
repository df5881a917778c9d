using System.Net;
using System.Security.Cryptography;
using HousingBank.Support;
using HousingBank.Web.Tests.Api;
using Npgsql;

namespace HousingBank.Web.Tests;

/// <summary>The web process with a login as in production: one that may not act as the schema's owner.</summary>
public sealed class LoginWithoutOwnershipTests(TestServer server) : IAsyncLifetime
{
    private static readonly string[] s_roles = ["programme_app", "programme_numbering", "programme_subscriber", "programme_sealer"];

    private string _operator = "";
    private string _login = "";
    private Site _site = null!;

    public async ValueTask InitializeAsync()
    {
        _operator = await server.EmptyDatabaseAsync();
        await AskAsync(_operator, "do $$ begin create role programme_web login; exception when duplicate_object then null; end $$");
        _login = new NpgsqlConnectionStringBuilder(_operator) { Username = "programme_web" }.ConnectionString;
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        _site = new Site
        {
            Settings = new Dictionary<string, string> { ["ConnectionStrings:Programme"] = _login, ["Seals:SigningKey"] = key.ExportPkcs8PrivateKeyPem() },
        };
    }

    public async ValueTask DisposeAsync() => await _site.DisposeAsync();

    [Fact]
    public async Task It_waits_for_the_operator_and_then_works_but_cannot_become_the_owner()
    {
        using var visitor = _site.Stranger();
        (await visitor.GetAsync("/health/live")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await visitor.GetAsync("/health/ready")).StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        (await AskAsync(_operator, "select to_regnamespace('store') is null")).ShouldBe(true);

        await DemoHistory.RunCliAsync(_operator, "migrate");
        foreach (var role in s_roles)
            await AskAsync(_operator, $"grant {role} to programme_web");
        await visitor.ReadyAsync();

        var secretariat = new ApiClient(await _site.SignedInAsync("secretariat-region-ost"));
        var leadership = new ApiClient(await _site.SignedInAsync("leadership-region-ost"));
        var programme = (await leadership.MakeAsync("/api/v1/programmes", Bodies.Programme)).Id;
        (await secretariat.GetAsync($"/api/v1/programmes/{programme}")).Status.ShouldBe(HttpStatusCode.OK);
        await leadership.DecideAsync($"/api/v1/programmes/{programme}/appoint-council-member", $"programme/{programme}", new
        {
            member = "medlem-a",
            affiliation = "x",
            inside = true,
            person = new { name = "Navn Navnesen" },
            effectiveOn = "2009-05-01",
        });
        (await leadership.GetAsync("/api/v1/persons")).Text.ShouldContain("Navn Navnesen");
        await Until.HoldsAsync("the log is numbered", async () =>
            (bool)(await AskAsync(_operator, "select count(*) > 0 and count(*) = (select count(*) from store.ordinals) from store.events"))!);
        await Until.HoldsAsync("the log is sealed", async () => (bool)(await AskAsync(_operator, "select count(*) > 0 from store.seals"))!);

        foreach (var role in new[] { "programme_owner", "programme_rebuild", "programme_import", "programme_keys" })
            (await Should.ThrowAsync<PostgresException>(() => AskAsync(_login, $"set role {role}"))).SqlState.ShouldBe(PostgresErrorCodes.InsufficientPrivilege);
        foreach (var role in s_roles)
        {
            foreach (var change in new[] { "update store.events set type = type", "delete from store.events", "truncate store.events", "drop table store.events" })
                (await Should.ThrowAsync<PostgresException>(() => AskAsync(_login, $"set role {role}; {change}"))).SqlState.ShouldBe(PostgresErrorCodes.InsufficientPrivilege);
        }

        // As an older program finds them that is started again in the midst of an upgrade.
        await AskAsync(_operator, "update tables.registry set version = version + 1 where name = 'learning_entry'; select tables.renew_edition()");
        await using var older = new Site { Settings = new Dictionary<string, string> { ["ConnectionStrings:Programme"] = _login } };
        using var asking = older.Stranger();
        await asking.ReadyAsync();
        (await asking.GetStringAsync("/health/ready")).ShouldBe("Degraded");
    }

    private static async Task<object?> AskAsync(string connectionString, string sql)
    {
        await using var connection = new NpgsqlConnection(connectionString + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync();
    }
}
