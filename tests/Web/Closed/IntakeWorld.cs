using HousingBank.Domain.Vocabulary;
using HousingBank.Support;
using HousingBank.Web.Access;
using HousingBank.Web.Tests.Api;

namespace HousingBank.Web.Tests.Closed;

/// <summary>A round played through the API, in a world with moss's application or in the same world without it.</summary>
/// <remarks>
/// council-2 belongs to moss, council-3 declares a conflict with it. Every id is the same in all worlds, so that what a member gets in two of them can be compared.
/// Whatever is written about moss's application holds <see cref="Mark"/>.
/// </remarks>
internal sealed class IntakeWorld(TestServer server, bool withHidden) : IAsyncDisposable
{
    public const string Hidden = "moss";
    public const string Mark = "SKJULT";
    public const string Affiliated = "council-2-region-ost";
    public const string Conflicted = "council-3-region-ost";

    /// <summary>Hands in nothing before the others have.</summary>
    public const string Slow = "council-4-region-ost";

    public static readonly Guid Programme = new("11111111-1111-4111-8111-111111111111");
    public static readonly Guid Round = new("22222222-2222-4222-8222-222222222222");

    private const string First = "council-region-ost";

    private static readonly string[] s_members = [First, Affiliated, Conflicted, Slow];
    private static readonly string[] s_phases = ["preparation", "planning", "implementation", "phaseOut"];
    private static readonly string[] s_visible = ["hamar", "asker"];

    private readonly SiteWithDatabase _database = new(server);
    private ApiClient _secretariat = null!;
    private ApiClient _leadership = null!;

    public string ConnectionString => _database.ConnectionString;

    public Site Site => _database.Site;

    public ApiClient Secretariat => _secretariat;

    public ApiClient Leadership => _leadership;

    private string[] Applying => withHidden ? ["hamar", Hidden, "asker"] : s_visible;

    public Task<HttpClient> AsAsync(string person) => Site.SignedInAsync(person);

    public static string Reference(string person) => DemoPeople.Prefix + person;

    /// <summary>As far as three applications before the council.</summary>
    public async Task BeginAsync()
    {
        await _database.InitializeAsync();
        using (var visitor = Site.Stranger())
        {
            for (var i = 0; i < 600 && !(await visitor.GetAsync("/health/ready")).IsSuccessStatusCode; i++)
                await Task.Delay(100);
        }

        _secretariat = new(await AsAsync("secretariat-region-ost"));
        _leadership = new(await AsAsync("leadership-region-ost"));
        foreach (var key in new[] { "hamar", Hidden, "asker" })
            await _secretariat.MakeAsync("/api/v1/municipalities", new { key, name = key, kind = "municipality", county = "Fylke", effectiveOn = "2009-01-01" });

        await _leadership.MakeAsync("/api/v1/programmes", new
        {
            id = Programme,
            name = new { nb = "Program" },
            owner = "Kontoret",
            periodFrom = "2009-03-01",
            periodTo = "2017-02-28",
            targetMunicipalities = 16,
            municipalitiesPerRound = 5,
            vision = new { nb = "Visjon" },
            goals = Array.Empty<object>(),
            knowledgeAreas = new[] { "practicalWork" },
            effectiveOn = "2009-03-01",
        });
        await OnProgrammeAsync("adopt-framework-model", new
        {
            version = 1,
            phases = s_phases.Select(phase => new
            {
                phase,
                longestMonths = 6,
                shortestMonths = (int?)null,
                revisionMonths = (int?)null,
                criteria = phase == "preparation" ? new[] { "needsAssessed", "focusAreasChosen", "applicationWithResolution", "admitted" } : ["agreementInForce"],
            }),
            effectiveOn = "2009-03-01",
        });
        foreach (var member in s_members)
            await OnProgrammeAsync("appoint-council-member", new { member = Reference(member), affiliation = "Husbanken", inside = true, effectiveOn = "2009-03-10" });
        await OnProgrammeAsync("note-affiliation", new { member = Reference(Affiliated), municipality = Hidden, @as = "employed", effectiveOn = "2009-03-10" });

        await _secretariat.MakeAsync("/api/v1/rounds", new
        {
            id = Round,
            programme = Programme,
            number = 1,
            deadline = "2009-06-01",
            capacity = 2,
            openToAll = false,
            criteria = new[] { new { code = "need", name = new { nb = "Behov" }, weight = 2 }, new { code = "will", name = new { nb = "Vilje" }, weight = 1 } },
            effectiveOn = "2009-03-15",
        });
        foreach (var municipality in new[] { "hamar", Hidden, "asker" })
            await OnRoundAsync("invite", new { municipality, effectiveOn = "2009-04-01" });
        foreach (var municipality in Applying)
            await ApplyAsync(municipality);
        if (withHidden)
            await AtAsync(Conflicted, Hidden, "declare-conflict", new { reason = "Nær familie", effectiveOn = "2009-07-05" });
    }

    /// <summary>Whoever may hands in.</summary>
    /// <param name="slowToo">The one who waits, as well.</param>
    public async Task ReviewAsync(bool slowToo)
    {
        foreach (var member in s_members.Where(m => slowToo || m != Slow))
        {
            foreach (var municipality in Applying.Where(m => m != Hidden || member is First or Slow))
                await HandInAsync(member, municipality);
        }
    }

    public async Task HandInAsync(string member, string municipality) => await AtAsync(member, municipality, "review/hand-in", new
    {
        scores = new[] { new { criterion = "need", score = municipality == Hidden ? 6 : 3, reason = Said(municipality, "grunn for behov") }, new { criterion = "will", score = 2, reason = Said(municipality, "grunn for vilje") } },
        remark = Said(municipality, "merknad"),
        effectiveOn = "2009-07-10",
    });

    public async Task MeetAsync()
    {
        await AtMeetingAsync("call", new { day = "2009-09-01", effectiveOn = "2009-07-20" }, isNew: true);
        await AtMeetingAsync("open", new { chair = Reference(First), present = s_members.Select(Reference), effectiveOn = "2009-09-01" });
        foreach (var municipality in Applying)
        {
            await OnAsync(_secretariat, $"/api/v1/rounds/{Round}/applications/{municipality}/recommend", Stream(municipality), new
            {
                advice = municipality == "asker" ? "defer" : "admit",
                votes = s_members.Where(m => municipality != Hidden || m is First or Slow).Select(m => new { member = Reference(m), vote = "for", dissent = (string?)null }),
                reason = Said(municipality, "innstilling"),
                effectiveOn = "2009-09-01",
            });
        }

        await AtMeetingAsync("rank", new { order = withHidden ? [Hidden, .. s_visible] : s_visible, effectiveOn = "2009-09-01" });
        await AtMeetingAsync("close", new { effectiveOn = "2009-09-01" });
    }

    public async Task DecideAsync()
    {
        if (withHidden)
            await OnRoundAsync("admit", new { municipality = Hidden, reason = Said(Hidden, "vedtak"), effectiveOn = "2009-10-01" }, _leadership);
        await OnRoundAsync("admit", new { municipality = "hamar", reason = "God", effectiveOn = "2009-10-01" }, _leadership);
        await OnAsync(_leadership, $"/api/v1/rounds/{Round}/applications/asker/defer", Stream("asker"), new { reason = "Senere", effectiveOn = "2009-10-01" });
    }

    public async Task PublishAsync() => await OnRoundAsync("publish-decisions", new { effectiveOn = "2009-10-15" }, _leadership);

    /// <summary>A decision on an application, as a member.</summary>
    public async Task AtAsync(string member, string municipality, string what, object body)
    {
        var client = new ApiClient(await AsAsync(member));
        var answer = await client.PostAsync($"/api/v1/rounds/{Round}/applications/{municipality}/{what}", body);
        answer.Message.IsSuccessStatusCode.ShouldBeTrue($"{member} {municipality} {what}: {answer.Text}");
    }

    public async ValueTask DisposeAsync() => await _database.DisposeAsync();

    public static string Stream(string municipality) => Domain.Vocabulary.ApplicationId.Of(new(Round), new(municipality)).Stream.ToString();

    private static string Said(string municipality, string what) => municipality == Hidden ? $"{Mark} {what}" : what;

    private async Task ApplyAsync(string municipality)
    {
        var application = $"/api/v1/rounds/{Round}/applications/{municipality}";
        await _secretariat.MakeAsync($"/api/v1/rounds/{Round}/applications", new { municipality, effectiveOn = "2009-04-10" });
        await OnAsync(_secretariat, $"{application}/submit", Stream(municipality), new
        {
            content = new
            {
                resolution = new { body = Said(municipality, "kommunestyret"), on = "2009-05-05", caseNumber = Said(municipality, "09/12") },
                needsAssessment = Said(municipality, "behov"),
                focusAreas = new[] { Said(municipality, "unge") },
                proposedOrganisation = Said(municipality, "styringsgruppe"),
                contact = Said(municipality, "servicekontoret"),
            },
            signOff = new { by = "chiefExecutive" },
            effectiveOn = "2009-05-20",
        });
        await OnAsync(_secretariat, $"{application}/declare-complete", Stream(municipality), new { effectiveOn = "2009-06-10" });
        await OnAsync(_secretariat, $"{application}/start-review", Stream(municipality), new { effectiveOn = "2009-07-01" });
    }

    private Task<ApiAnswer> OnProgrammeAsync(string what, object body) => OnAsync(_leadership, $"/api/v1/programmes/{Programme}/{what}", $"programme/{Programme}", body);

    private Task<ApiAnswer> OnRoundAsync(string what, object body, ApiClient? by = null) => OnAsync(by ?? _secretariat, $"/api/v1/rounds/{Round}/{what}", $"round/{Round}", body);

    private async Task AtMeetingAsync(string what, object body, bool isNew = false)
    {
        var address = $"/api/v1/rounds/{Round}/meeting/{what}";
        if (isNew)
            (await _secretariat.PostAsync(address, body)).Message.IsSuccessStatusCode.ShouldBeTrue();
        else
            await OnAsync(_secretariat, address, CouncilMeetingId.Of(new(Round)).Stream.ToString(), body);
    }

    private static Task<ApiAnswer> OnAsync(ApiClient client, string address, string stream, object body) => client.DecideAsync(address, stream, body);
}
