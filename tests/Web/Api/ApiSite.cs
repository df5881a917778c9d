using HousingBank.Support;
using Npgsql;

namespace HousingBank.Web.Tests.Api;

/// <summary>The web process on a database of its own, with a programme, its framework model and a round to which hamar is invited.</summary>
public sealed class ApiSite(TestServer server) : IAsyncLifetime
{
    public const string Municipality = "hamar";

    private readonly SiteWithDatabase _database = new(server);

    private NpgsqlDataSource? _source;

    public Site Site => _database.Site;

    /// <summary>As superuser.</summary>
    public string ConnectionString => _database.ConnectionString;

    public ApiClient Secretariat { get; private set; } = null!;

    public ApiClient Leadership { get; private set; } = null!;

    public string Programme { get; private set; } = "";

    public string Round { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        await _database.InitializeAsync();
        await Site.ReadyAsync();
        Secretariat = await AsAsync("secretariat-region-ost");
        Leadership = await AsAsync("leadership-region-ost");
        await Secretariat.MakeAsync("/api/v1/municipalities", new { key = Municipality, name = "Hamar", kind = "municipality", county = "Hedmark", effectiveOn = "2009-01-01" });
        Programme = (await Leadership.MakeAsync("/api/v1/programmes", Bodies.Programme)).Id;
        await Leadership.DecideAsync($"/api/v1/programmes/{Programme}/adopt-framework-model", $"programme/{Programme}", Bodies.Model("admitted"));
        Round = await OpenRoundAsync(1);
        await Secretariat.DecideAsync($"/api/v1/rounds/{Round}/invite", $"round/{Round}", new { municipality = Municipality, effectiveOn = "2009-04-01" });
    }

    public async Task<ApiClient> AsAsync(string person) => new(await Site.SignedInAsync(person));

    public async Task<string> OpenRoundAsync(int number) => (await Secretariat.MakeAsync("/api/v1/rounds", Bodies.Round(Programme, number))).Id;

    /// <summary>Every event there is, and every receipt of a command.</summary>
    public async Task<(long Events, long Receipts)> CountAsync()
    {
        await using var source = NpgsqlDataSource.Create(_database.ConnectionString);
        await using var command = source.CreateCommand("select (select count(*) from store.events), (select count(*) from store.receipts)");
        await using var reader = await command.ExecuteReaderAsync();
        await reader.ReadAsync();
        return (reader.GetInt64(0), reader.GetInt64(1));
    }

    /// <inheritdoc cref="DatabaseState.OfAsync"/>
    public Task<string> StateAsync() => DatabaseState.OfAsync(_source ??= NpgsqlDataSource.Create(_database.ConnectionString));

    public async ValueTask DisposeAsync()
    {
        if (_source is not null)
            await _source.DisposeAsync();
        await _database.DisposeAsync();
    }
}
