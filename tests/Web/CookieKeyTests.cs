using System.Net;
using HousingBank.Processes.Persons;
using HousingBank.Support;
using Npgsql;

namespace HousingBank.Web.Tests;

/// <summary>The keys that protect cookies, as the database has them.</summary>
public sealed class CookieKeyTests(TestServer server)
{
    [Fact]
    public async Task Whoever_reads_the_database_cannot_make_a_cookie()
    {
        await using var database = NpgsqlDataSource.Create(await server.CopyOfAsync("imported", DemoHistory.LoadAsync, Cancel));
        await using var site = SiteOn(database, Site.MasterKey);
        await site.SignedInAsync("secretariat-region-ost");

        var keys = await KeysAsync(database);

        keys.ShouldHaveSingleItem();
        keys.ShouldAllBe(k => k.Contains("<sealed masterKey=\"test\"") && !k.Contains("<value>") && !k.Contains("<masterKey"));
    }

    [Fact]
    public async Task Keys_from_a_time_without_a_master_key_are_passed_over()
    {
        await using var database = NpgsqlDataSource.Create(await server.CopyOfAsync("imported", DemoHistory.LoadAsync, Cancel));
        string cookie;
        await using (var before = SiteOn(database, ""))
            cookie = await CookieAsync(before);
        (await KeysAsync(database)).ShouldHaveSingleItem().ShouldContain("<value>");

        await using var site = SiteOn(database, Site.MasterKey);
        (await AskAsync(site, cookie)).ShouldBe(HttpStatusCode.Redirect);
        (await AskAsync(site, await CookieAsync(site))).ShouldBe(HttpStatusCode.OK);
        (await KeysAsync(database)).Count(k => k.Contains("<sealed")).ShouldBe(1);
    }

    [Fact]
    public async Task Without_the_master_key_they_were_sealed_under_people_sign_in_again()
    {
        await using var database = NpgsqlDataSource.Create(await server.CopyOfAsync("imported", DemoHistory.LoadAsync, Cancel));
        string cookie;
        await using (var before = SiteOn(database, Site.MasterKey))
            cookie = await CookieAsync(before);

        await using var site = SiteOn(database, MasterKeys.Make("another"));
        (await AskAsync(site, cookie)).ShouldBe(HttpStatusCode.Redirect);
        (await AskAsync(site, await CookieAsync(site))).ShouldBe(HttpStatusCode.OK);
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static Site SiteOn(NpgsqlDataSource database, string masterKey) => new()
    {
        Settings = new Dictionary<string, string> { ["ConnectionStrings:Programme"] = database.ConnectionString, ["PersonalData:MasterKey"] = masterKey },
    };

    private static async Task<string> CookieAsync(Site site)
    {
        var client = await site.SignedInAsync("secretariat-region-ost");
        return (await client.SendAsync(new(HttpMethod.Get, "/tavle"), Cancel)).RequestMessage!.Headers.GetValues("Cookie").Single();
    }

    private static async Task<HttpStatusCode> AskAsync(Site site, string cookie)
    {
        var client = site.CreateClient(new() { HandleCookies = false, AllowAutoRedirect = false });
        client.DefaultRequestHeaders.Add("Cookie", cookie);
        return (await client.GetAsync(new Uri("/tavle", UriKind.Relative), Cancel)).StatusCode;
    }

    private static async Task<List<string>> KeysAsync(NpgsqlDataSource database)
    {
        await using var command = database.CreateCommand("select xml from access.data_protection_keys order by made_at");
        await using var reader = await command.ExecuteReaderAsync(Cancel);
        var keys = new List<string>();
        while (await reader.ReadAsync(Cancel))
            keys.Add(reader.GetString(0));
        return keys;
    }
}
