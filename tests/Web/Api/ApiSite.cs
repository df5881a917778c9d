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

/// <summary>Requests that are right in every field.</summary>
internal static class Bodies
{
    public static object Programme => new
    {
        name = new { nb = "Boligsosialt utviklingsprogram" },
        owner = "Husbanken Region Øst",
        periodFrom = "2009-03-01",
        periodTo = "2017-02-28",
        targetMunicipalities = 16,
        municipalitiesPerRound = 5,
        vision = new { nb = "Dyktige kommuner" },
        goals = Array.Empty<object>(),
        knowledgeAreas = new[] { "practicalWork" },
        effectiveOn = "2009-03-01",
        basis = new { kind = "case", reference = "09/1" },
    };

    /// <summary>Version 1 of a framework model.</summary>
    /// <param name="preparation">What has to be met before planning, by code.</param>
    public static object Model(params string[] preparation) => new
    {
        version = 1,
        phases = new[] { "preparation", "planning", "implementation", "phaseOut" }.Select(phase => new
        {
            phase,
            longestMonths = 6,
            shortestMonths = (int?)null,
            revisionMonths = (int?)null,
            criteria = phase == "preparation" ? preparation : ["agreementInForce"],
        }),
        effectiveOn = "2009-03-01",
    };

    /// <summary>All that an application must hold when it is submitted.</summary>
    public static object Application => new
    {
        resolution = new { body = "kommunestyret", on = "2009-04-20", caseNumber = "09/1" },
        needsAssessment = "Mangler boliger.",
        focusAreas = new[] { "Bosetting" },
        proposedOrganisation = "Styringsgruppe.",
        contact = "Servicekontoret",
    };

    public static object Round(string programme, int number, string? id = null) => new
    {
        programme,
        number,
        deadline = "2009-06-01",
        capacity = 2,
        openToAll = true,
        criteria = new[] { new { code = "need", name = new { nb = "Behov" }, weight = 2 } },
        effectiveOn = "2009-03-15",
        id = id ?? Guid.CreateVersion7().ToString(),
    };
}
