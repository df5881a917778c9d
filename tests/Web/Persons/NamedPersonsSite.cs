using System.Net;
using HousingBank.Support;
using HousingBank.Web.Tests.Api;
using HousingBank.Web.Tests.Closed;
using Npgsql;
using ApplicationId = HousingBank.Domain.Vocabulary.ApplicationId;

namespace HousingBank.Web.Tests.Persons;

/// <summary>The demo history with somebody named in every place where a person can be, and everything that the web process logs.</summary>
public sealed class NamedPersonsSite : IAsyncLifetime
{
    public const string Municipality = MatrixSite.Own;

    public NamedPersonsSite(TestServer server) => Matrix = new MatrixSite(server) { Log = Log };

    public MatrixSite Matrix { get; }

    public LogLines Log { get; } = new();

    public ApiClient Leadership { get; private set; } = null!;

    public FormFiller Secretariat { get; private set; } = null!;

    /// <summary>The persons named, by where.</summary>
    public IReadOnlyDictionary<string, Named> Persons => _persons;

    /// <summary>Addresses beside those of the matrix that tell of what they are named in.</summary>
    public IReadOnlyList<string> More => _more;

    private readonly Dictionary<string, Named> _persons = [];
    private readonly List<string> _more = [];

    public async ValueTask InitializeAsync()
    {
        await Matrix.InitializeAsync();
        Leadership = new ApiClient(Matrix.Asker("lead"));
        Secretariat = new FormFiller(Matrix.Asker("secr"));
        var (programme, course) = (Matrix.Ids["programme"], Matrix.Ids[$"participation/{Municipality}"]);

        await Leadership.DecideAsync($"/api/v1/programmes/{programme}/appoint-council-member", $"programme/{programme}", new
        {
            member = "radsmedlem",
            affiliation = "En organisasjon",
            inside = false,
            person = New("council"),
            effectiveOn = "2010-02-01",
        });
        await Leadership.DecideAsync($"/api/v1/participations/{course}/appoint-programme-leader", $"participation/{course}", new
        {
            unit = "Rådmannens fagstab",
            placement = "strategicUnit",
            orientation = "both",
            person = New("leader"),
            effectiveOn = "2010-03-01",
        });
        await Leadership.DecideAsync($"/api/v1/participations/{course}/appoint-project-group", $"participation/{course}", new
        {
            model = "fixedGroup",
            members = new[] { new { text = "NAV", roleLevel = (string?)"labourAndWelfare", person = New("project") } },
            effectiveOn = "2010-03-01",
        });
        var steering = Named.New();
        await Secretariat.DoneAsync(
            $"/deltakelser/{course}/styringsgruppe", ("members[0].text", "rådmann"), ("members[0].roleLevel", "chiefExecutive"), ("members[0].person.name", steering.Name), ("on", "2010-03-02"));

        var round = (await Leadership.MakeAsync("/api/v1/rounds", Bodies.Round(programme, 31))).Id;
        var application = ApplicationId.Of(new(Guid.Parse(round)), new(Municipality)).Value.ToString();
        await Leadership.MakeAsync($"/api/v1/rounds/{round}/applications", new { municipality = Municipality, effectiveOn = "2009-04-01" });
        await Leadership.DecideAsync($"/api/v1/rounds/{round}/applications/{Municipality}/submit", $"application/{application}", new
        {
            content = new
            {
                resolution = new { body = "kommunestyret", on = "2009-04-01", caseNumber = "09/1" },
                needsAssessment = "Mangler boliger.",
                focusAreas = new[] { "Bosetting" },
                proposedOrganisation = "Styringsgruppe.",
                contact = "Servicekontoret",
                contactPerson = New("contact"),
            },
            signOff = new { by = "chiefExecutive" },
            effectiveOn = "2009-05-01",
        });

        var listed = (await Leadership.GetAsync("/api/v1/persons")).Value["persons"]!.AsArray();
        _persons["steering"] = steering with { Id = (string)listed.Single(p => (string?)p!["name"] == steering.Name)!["person"]! };
        foreach (var stream in new[] { $"programme/{programme}", $"participation/{course}", $"application/{application}" })
        {
            _more.Add($"/api/v1/facts/{stream}");
            for (var version = 1; version <= (await Leadership.GetAsync($"/api/v1/facts/{stream}")).Value.AsArray().Count; version++)
                _more.AddRange([$"/api/v1/facts/{stream}/{version}", $"/vedtakslogg/{stream}/{version}"]);
        }

        _more.AddRange(
        [
            $"/runder/{round}", $"/api/v1/rounds/{round}", $"/api/v1/rounds/{round}/applications/{Municipality}", "/vedtakslogg?kommune=hamar", "/api/v1/decisions?take=1000",
            .. _persons.Values.SelectMany(p => new[] { $"/personer/{p.Id}", $"/personer/{p.Id}/slett", $"/api/v1/persons/{p.Id}", $"/api/v1/persons/{p.Id}?format=csv" }),
        ]);
    }

    public async ValueTask DisposeAsync() => await Matrix.DisposeAsync();

    /// <summary>Every answer there is for somebody: each address of the matrix and those beside them, in each form.</summary>
    public async Task<IReadOnlyList<(string Address, string Text)>> EverythingAsync(string asker)
    {
        var answers = new List<(string, string)>();
        var addresses = AccessMatrix.Lines.Where(l => l.Method == "GET" && !l.Address.StartsWith("/_framework", StringComparison.Ordinal)).Select(l => Matrix.Filled(l.Address, Municipality)).Concat(More);
        foreach (var address in addresses)
        {
            foreach (var format in address.StartsWith("/api/", StringComparison.Ordinal) && !address.Contains("format=", StringComparison.Ordinal) ? new[] { "", "csv", "xlsx" } : [""])
            {
                var asked = format == "" ? address : $"{address}{(address.Contains('?', StringComparison.Ordinal) ? '&' : '?')}format={format}";
                using var answer = await Matrix.Asker(asker).GetAsync(asked);
                answers.Add((asked, await TextAsync(answer)));
            }
        }

        return answers;
    }

    /// <summary>Every row of every table as text, bytes in hexadecimal digits.</summary>
    public async Task<string> WholeDatabaseAsync()
    {
        await using var source = NpgsqlDataSource.Create(Matrix.ConnectionString + ";Pooling=false");
        var tables = new List<string>();
        await using (var find = source.CreateCommand("select format('%I.%I', schemaname, tablename) from pg_tables where schemaname not in ('pg_catalog', 'information_schema')"))
        await using (var reader = await find.ExecuteReaderAsync())
        {
            while (await reader.ReadAsync())
                tables.Add(reader.GetString(0));
        }

        var dump = new System.Text.StringBuilder();
        foreach (var table in tables)
        {
            await using var read = source.CreateCommand($"select t::text from {table} t");
            await using var rows = await read.ExecuteReaderAsync();
            while (await rows.ReadAsync())
                dump.AppendLine(rows.GetString(0));
        }

        return dump.ToString();
    }

    private object New(string where)
    {
        var named = _persons[where] = Named.New();
        return new { name = named.Name, email = named.Email, phone = named.Phone, person = named.Id };
    }

    /// <summary>A workbook is a packed folder: what it says is read out of it.</summary>
    private static async Task<string> TextAsync(HttpResponseMessage answer)
    {
        if (answer.Content.Headers.ContentType?.MediaType != HousingBank.Web.Api.Export.Xlsx)
            return WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync());
        await using var archive = new System.IO.Compression.ZipArchive(await answer.Content.ReadAsStreamAsync());
        return string.Concat(archive.Entries.Select(e => { using var reader = new StreamReader(e.Open()); return reader.ReadToEnd(); }));
    }
}

/// <summary>A person whose name, address and number stand nowhere else.</summary>
public sealed record Named(string Id, string Name, string Email, string Phone)
{
    public IEnumerable<string> Words => [Name, Email, Phone];

    public static Named New()
    {
        var id = Guid.CreateVersion7();
        var tail = id.ToString("N")[^10..];
        return new(id.ToString(), $"Navn {tail} Navnesen", $"navn.{tail}@eksempel.test", $"+47 {tail[..4]} {tail[4..]}");
    }
}
