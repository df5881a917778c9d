using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using HousingBank.Domain.Letters;
using HousingBank.Domain.Municipalities;
using HousingBank.Domain.Vocabulary;
using HousingBank.Support;
using HousingBank.Web.Access;
using HousingBank.Web.Tests.Api;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.StaticAssets;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using ApplicationId = HousingBank.Domain.Vocabulary.ApplicationId;
using Role = HousingBank.Domain.Vocabulary.Role;

namespace HousingBank.Web.Tests.Closed;

/// <summary>The web process on the demo history, everybody who can ask it something, and every address it answers.</summary>
public sealed class MatrixSite(TestServer server) : IAsyncLifetime
{
    public const string Own = "hamar";
    public const string Another = "lillehammer";

    private const string Tenant = "region-ost";

    private readonly Dictionary<string, HttpClient> _askers = [];
    private readonly Dictionary<string, string> _ids = [];
    private string _connection = "";
    private NpgsqlDataSource? _source;
    private RequestBodies _bodies = null!;
    private Dictionary<string, JsonNode> _operations = null!;

    public Site Site { get; private set; } = null!;

    public string ConnectionString => _connection;

    /// <summary>Gets every line that the web process logs; null for the usual log.</summary>
    public LogLines? Log { get; init; }

    /// <summary>Whoever can ask, by the name of the matrix's column.</summary>
    public HttpClient Asker(string name) => _askers[name];

    /// <summary>What the ids of addresses stand for: "participation/hamar".</summary>
    public IReadOnlyDictionary<string, string> Ids => _ids;

    /// <summary>Ids that only the regional office itself may meet: those of its streams.</summary>
    public IReadOnlySet<string> OfTheOffice { get; private set; } = new HashSet<string>();

    /// <summary>Ids that hamar's people may not meet: those of other municipalities' applications, courses and agreements.</summary>
    public IReadOnlySet<string> OfOtherMunicipalities { get; private set; } = new HashSet<string>();

    public async ValueTask InitializeAsync()
    {
        _connection = await server.CopyOfAsync("demo", DemoHistory.LoadAsync);
        Site = new Site { Log = Log, Settings = new Dictionary<string, string> { ["ConnectionStrings:Programme"] = _connection, ["Printing:Chromium"] = "none" } };
        await ReadyAsync();

        _askers["nobody"] = Site.Stranger();
        foreach (var (asker, person) in new[] { ("secr", "secretariat"), ("lead", "leadership"), ("coun", "council"), ("eval", "evaluator"), ("audit", "auditor") })
            _askers[asker] = await Site.SignedInAsync($"{person}-{Tenant}");
        _askers["own"] = _askers["other"] = await Site.SignedInAsync($"municipality-{Own}");
        _askers["read"] = await ProgramAsync(Tenant, Scopes.Read);
        _askers["write"] = await ProgramAsync(Tenant, Scopes.Read, Scopes.Write);
        _askers["alien"] = await ProgramAsync("region-vest", Scopes.Read, Scopes.Write);

        await FindIdsAsync();

        var document = JsonNode.Parse(await _askers["nobody"].GetStringAsync("/openapi/v1.json"))!;
        _bodies = new(document);
        _operations = DocumentTests.Operations(document).Where(o => o.Method == "post").ToDictionary(o => o.Address, o => o.Operation);
    }

    /// <summary>Answered without a route: by the API explorer, or by nobody.</summary>
    public static IReadOnlyList<string> WithoutRoute { get; } = ["/swagger/index.html", "/ingensteds", "/api/v1/ingensteds"];

    /// <summary>Every route and method that the running program answers, and what it answers without a route. HEAD goes wherever GET goes.</summary>
    public IReadOnlyList<(string Method, string Address)> Routes =>
    [
        .. Site.Services.GetRequiredService<IEnumerable<EndpointDataSource>>().SelectMany(s => s.Endpoints).OfType<RouteEndpoint>()
            .SelectMany(e => MethodsOf(e).Where(m => m != "HEAD").Select(m => (m, AddressOf(e)))).Distinct(),
        .. WithoutRoute.Select(address => ("GET", address)),
    ];

    /// <summary>Asks as somebody. "other" asks for what is another municipality's.</summary>
    public async Task<HttpResponseMessage> AskAsync(string asker, string method, string address, string format = "")
    {
        var filled = Filled(address, asker == "other" ? Another : Own);
        using var request = new HttpRequestMessage(new(method), format == "" ? filled : $"{filled}?format={format}");
        if (method == "POST")
            AddBody(request, address, asker == "other" ? Another : Own);
        return await _askers[asker].SendAsync(request);
    }

    public string Filled(string address, string municipality)
    {
        var path = string.Join('/', address.Split('/').Select(part => part.StartsWith('{') ? Value(part.Trim('{', '}').Split(':')[0], address, municipality) : part));
        return address == "/hvorfor" ? $"{path}?stream=participation/{_ids[$"participation/{municipality}"]}&versions=1" : path;
    }

    /// <inheritdoc cref="DatabaseState.OfAsync"/>
    public Task<string> StateAsync() => DatabaseState.OfAsync(_source ??= NpgsqlDataSource.Create(_connection));

    public HttpClient As(string asker) => _askers[asker];

    public async ValueTask DisposeAsync()
    {
        if (_source is not null)
            await _source.DisposeAsync();
        await Site.DisposeAsync();
    }

    /// <summary>Every file of ours is one route: their names change with their contents.</summary>
    private static string AddressOf(RouteEndpoint route) =>
        route.Metadata.GetMetadata<StaticAssetDescriptor>() is null ? "/" + route.RoutePattern.RawText?.TrimStart('/') : "/css/app.css";

    private static IEnumerable<string> MethodsOf(RouteEndpoint route) => route.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["ANY"];

    private string Value(string parameter, string address, string municipality) => parameter.ToLowerInvariant() switch
    {
        "municipality" or "key" when !address.Contains("{Kind}", StringComparison.Ordinal) => municipality,
        "kind" => "participation",
        "participation" or "id" or "key" when !address.StartsWith("/runder", StringComparison.Ordinal) => _ids[$"participation/{municipality}"],
        "version" => "1",
        "programme" => _ids["programme"],
        "round" or "id" => _ids["round"],
        "agreement" => _ids[$"agreement/{municipality}"],
        "entry" => _ids[$"learning-entry/{municipality}"],
        "letter" => _ids[$"letter/{municipality}"],
        "template" => _ids["template"],
        "documentname}.json" => "v1.json",
        "person" or "attachment" => _ids["person"],
        "secret}.ics" => "nothing.ics",
        "code" => "not-found",
        _ => "nothing",
    };

    /// <summary>A body of the right shape, on a version that is long past: who is let in is told so, and nothing is changed.</summary>
    private void AddBody(HttpRequestMessage request, string address, string municipality)
    {
        if (!address.StartsWith("/api/", StringComparison.Ordinal))
        {
            request.Content = new FormUrlEncodedContent([KeyValuePair.Create("_handler", "form"), KeyValuePair.Create("person", $"auditor-{Tenant}"), KeyValuePair.Create("til", "/")]);
            return;
        }

        var plain = string.Join('/', address.Split('/').Select(part => part.StartsWith('{') ? part.Split(':')[0].TrimEnd('}') + "}" : part)).TrimEnd('/');
        if (!_operations.TryGetValue(plain, out var operation))
            return;
        request.Headers.TryAddWithoutValidation("If-Match", "\"99999\"");
        if (_bodies.SchemaOf(operation) is not { } schema)
        {
            request.Content = new MultipartFormDataContent { { new StringContent("2010-01-10"), "effectiveOn" }, { new ByteArrayContent("%PDF-1.7"u8.ToArray()), "file", "a.pdf" } };
            return;
        }

        var body = _bodies.Smallest(schema)!.AsObject();
        if (schema["properties"]!["municipality"] is not null)
            body["municipality"] = municipality;
        if (schema["properties"]!["key"] is not null)
            body["key"] = "ny" + Guid.CreateVersion7().ToString("N")[..20];
        if (schema["properties"]!["programme"] is not null)
            body["programme"] = _ids["programme"];
        if (schema["properties"]!["participation"] is not null)
            body["participation"] = _ids[$"participation/{municipality}"];
        if (body["assessedBy"] is not null)
            body["assessedBy"] = "municipality";
        request.Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
    }

    private async Task<HttpClient> ProgramAsync(string tenant, params string[] scopes)
    {
        var owner = new Viewer($"demo:leadership-{tenant}", Role.Leadership, tenant, null, null);
        var token = await Site.Services.GetRequiredService<ServiceTokens>().MakeAsync(owner, Guid.CreateVersion7(), "program", scopes, DateTimeOffset.UtcNow.AddDays(1), CancellationToken.None);
        var http = Site.Stranger();
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return http;
    }

    private async Task FindIdsAsync()
    {
        var programme = NamedUuid.Make(NamedUuid.Root, "programme:boso-ost");
        var round = new RoundId(NamedUuid.Make(programme, "round:1"));
        _ids["programme"] = programme.ToString();
        _ids["round"] = round.Value.ToString();
        foreach (var municipality in new[] { Own, Another })
            await MakeThingsOfAsync(municipality, ParticipationId.Of(round, new(municipality)));
        await WriteLettersAsync(programme);
        await NameSomebodyAsync(programme);

        OfTheOffice = await IdsAsync("select split_part(stream, '/', 2) from store.streams where tenant = 'region-ost'");
        OfOtherMunicipalities = await IdsAsync(
            """
            select split_part(stream, '/', 2) from store.events
            where tenant = 'region-ost' and split_part(stream, '/', 1) in ('participation', 'application', 'agreement', 'letter')
            group by stream having bool_and(body::text not like '%"hamar"%')
            """);
    }

    /// <summary>What belongs to a municipality; the demo history has no entry in the learning log.</summary>
    private async Task MakeThingsOfAsync(string municipality, ParticipationId course)
    {
        var leader = new ApiClient(_askers["lead"]);
        _ids[$"participation/{municipality}"] = course.Value.ToString();
        _ids[$"agreement/{municipality}"] = NamedUuid.Make(course.Value, "agreement").ToString();
        _ids[$"learning-entry/{municipality}"] = (await leader.MakeAsync("/api/v1/learning-entries", new
        {
            programme = _ids["programme"],
            area = "practicalWork",
            loop = 1,
            form = "explicit",
            level = "organisation",
            text = "x",
            municipality,
            participation = course.Value,
            effectiveOn = "2010-01-10",
        })).Id;
    }

    /// <summary>What is imported has no letters here: something is wanted to an application in another round.</summary>
    private async Task WriteLettersAsync(Guid programme)
    {
        var leader = new ApiClient(_askers["lead"]);
        _ids["template"] = LetterTemplateId.Of(new(programme), LetterKind.Refusal, WrittenForm.Nynorsk).Value.ToString();
        await leader.PostAsync($"/api/v1/letter-templates/{_ids["template"]}/adopt", new { subject = "x", paragraphs = new[] { "x" }, reason = "x", effectiveOn = "2010-01-10" }, 0);
        var round = (await leader.MakeAsync("/api/v1/rounds", new { programme, number = 90, deadline = "2010-03-01", capacity = 1, openToAll = true, criteria = Array.Empty<object>(), effectiveOn = "2010-01-10" })).Id;
        foreach (var municipality in new[] { Own, Another })
        {
            var applications = $"/api/v1/rounds/{round}/applications";
            await leader.MakeAsync(applications, new { municipality, effectiveOn = "2010-02-01" });
            var stream = ApplicationId.Of(new(Guid.Parse(round)), new(municipality)).Stream.ToString();
            await leader.DecideAsync($"{applications}/{municipality}/submit", stream, new
            {
                content = new { resolution = new { body = "x", on = "2010-01-20", caseNumber = "x" }, needsAssessment = "x", focusAreas = new[] { "x" }, proposedOrganisation = "x", contact = "x" },
                signOff = new { by = "chiefExecutive" },
                effectiveOn = "2010-02-01",
            });
            await leader.DecideAsync($"{applications}/{municipality}/request-supplement", stream, new { what = "x", due = "2010-03-10", effectiveOn = "2010-02-10" });
            _ids[$"letter/{municipality}"] = (string)(await leader.GetAsync($"/api/v1/letters?municipality={municipality}")).Value["letters"]![0]!["id"]!;
        }
    }

    /// <summary>The demo history names nobody.</summary>
    private async Task NameSomebodyAsync(Guid programme) => await new ApiClient(_askers["lead"]).DecideAsync($"/api/v1/programmes/{programme}/appoint-council-member", $"programme/{programme}", new
    {
        member = "medlem",
        affiliation = "x",
        inside = true,
        person = new { name = "x", person = _ids["person"] = Guid.CreateVersion7().ToString() },
        effectiveOn = "2010-01-10",
    });

    private async Task<IReadOnlySet<string>> IdsAsync(string sql)
    {
        await using var source = NpgsqlDataSource.Create(_connection);
        await using var command = source.CreateCommand(sql);
        await using var reader = await command.ExecuteReaderAsync();
        var ids = new HashSet<string>();
        while (await reader.ReadAsync())
        {
            if (Guid.TryParse(reader.GetString(0), out _))
                ids.Add(reader.GetString(0));
        }

        return ids;
    }

    private async Task ReadyAsync()
    {
        await Site.ReadyAsync();
        using var visitor = Site.Stranger();
        // The demo history is sealed within a second or two.
        await visitor.HasAsync("/seals/head");
    }
}
