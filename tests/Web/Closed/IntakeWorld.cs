using HousingBank.Support;
using HousingBank.Web.Tests.Api;
using HousingBank.Web.Tests.Intake;
using Npgsql;

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
    private static readonly string[] s_visible = ["hamar", "asker"];
    private static readonly string[] s_invited = ["hamar", Hidden, "asker"];

    private readonly SiteWithDatabase _database = new(server);

    private RoundDesk _desk = null!;

    public string ConnectionString => _database.ConnectionString;

    public Site Site => _database.Site;

    public ApiClient Secretariat => _desk.Secretariat;

    public ApiClient Leadership => _desk.Leadership;

    private string[] Applying => withHidden ? s_invited : s_visible;

    public Task<HttpClient> AsAsync(string person) => Site.SignedInAsync(person);

    /// <summary>As far as three applications before the council.</summary>
    public async Task BeginAsync()
    {
        await _database.InitializeAsync();
        _desk = new(Site, Programme, Round);
        await _desk.BeginAsync(s_invited, s_members, ["needsAssessed", "focusAreasChosen", "applicationWithResolution", "admitted"]);
        await _desk.OnProgrammeAsync("note-affiliation", new { member = RoundDesk.Reference(Affiliated), municipality = Hidden, @as = "employed", effectiveOn = "2009-03-10" });
        await _desk.OpenAsync(capacity: 2, s_invited);
        foreach (var municipality in Applying)
            await ApplyAsync(municipality);
        if (withHidden)
            await _desk.AtAsync(Conflicted, Hidden, "declare-conflict", new { reason = "Nær familie", effectiveOn = "2009-07-05" });
        // Answers say up to when the log is settled: nothing, as long as it is new.
        await using var source = NpgsqlDataSource.Create(ConnectionString);
        await DatabaseState.FollowedAsync(source);
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

    public Task CallMeetingAsync() => _desk.CallMeetingAsync("2009-09-01");

    public async Task MeetAsync()
    {
        await CallMeetingAsync();
        await _desk.AtMeetingAsync("open", new { chair = RoundDesk.Reference(First), present = s_members.Select(RoundDesk.Reference), effectiveOn = "2009-09-01" });
        foreach (var municipality in Applying)
        {
            await _desk.OnApplicationAsync(Secretariat, municipality, "recommend", new
            {
                advice = municipality == "asker" ? "defer" : "admit",
                votes = s_members.Where(m => municipality != Hidden || m is First or Slow).Select(m => new { member = RoundDesk.Reference(m), vote = "for", dissent = (string?)null }),
                reason = Said(municipality, "innstilling"),
                effectiveOn = "2009-09-01",
            });
        }

        await _desk.AtMeetingAsync("rank", new { order = withHidden ? [Hidden, .. s_visible] : s_visible, effectiveOn = "2009-09-01" });
        await _desk.AtMeetingAsync("close", new { effectiveOn = "2009-09-01" });
    }

    public async Task DecideAsync()
    {
        if (withHidden)
            await _desk.OnRoundAsync("admit", new { municipality = Hidden, reason = Said(Hidden, "vedtak"), effectiveOn = "2009-10-01" }, Leadership);
        await _desk.OnRoundAsync("admit", new { municipality = "hamar", reason = "God", effectiveOn = "2009-10-01" }, Leadership);
        await _desk.OnApplicationAsync(Leadership, "asker", "defer", new { reason = "Senere", effectiveOn = "2009-10-01" });
    }

    public async Task PublishAsync() => await _desk.OnRoundAsync("publish-decisions", new { effectiveOn = "2009-10-15" }, Leadership);

    public async ValueTask DisposeAsync() => await _database.DisposeAsync();

    public string Stream(string municipality) => _desk.Stream(municipality);

    public Task HandInAsync(string member, string municipality) => _desk.AtAsync(member, municipality, "review/hand-in", new
    {
        scores = new[] { new { criterion = "need", score = municipality == Hidden ? 6 : 3, reason = Said(municipality, "grunn for behov") }, new { criterion = "will", score = 2, reason = Said(municipality, "grunn for vilje") } },
        remark = Said(municipality, "merknad"),
        effectiveOn = "2009-07-10",
    });

    private static string Said(string municipality, string what) => municipality == Hidden ? $"{Mark} {what}" : what;

    private async Task ApplyAsync(string municipality)
    {
        await Secretariat.MakeAsync($"{_desk.Address}/applications", new { municipality, effectiveOn = "2009-04-10" });
        await _desk.OnApplicationAsync(Secretariat, municipality, "submit", new
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
        await _desk.OnApplicationAsync(Secretariat, municipality, "declare-complete", new { effectiveOn = "2009-06-10" });
        await _desk.OnApplicationAsync(Secretariat, municipality, "start-review", new { effectiveOn = "2009-07-01" });
    }
}
