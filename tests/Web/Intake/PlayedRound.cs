using System.Net;
using AngleSharp.Dom;
using HousingBank.Support;
using HousingBank.Web.Tests.Api;
using static HousingBank.Support.RoundScript;

namespace HousingBank.Web.Tests.Intake;

/// <summary>The round of the script, played through the API.</summary>
public sealed class PlayedRound(TestServer server) : IAsyncLifetime
{
    public static readonly Guid Programme = new("33333333-1111-4111-8111-111111111111");
    public static readonly Guid Round = new("33333333-2222-4222-8222-222222222222");

    private readonly SiteWithDatabase _database = new(server);

    private RoundDesk _desk = null!;

    public Site Site => _database.Site;

    /// <summary>As superuser.</summary>
    public string ConnectionString => _database.ConnectionString;

    internal RoundDesk Desk => _desk;

    /// <summary>The page on which leadership decides, before it has decided anything.</summary>
    public IDocument ToDecide { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        await _database.InitializeAsync();
        _desk = new(Site, Programme, Round);
        await _desk.BeginAsync(Fates.Select(f => f.Key), Council, ["admitted"]);
        await _desk.OnProgrammeAsync("note-affiliation", new { member = RoundDesk.Reference(Affiliated), municipality = OfAffiliated, @as = "employed", effectiveOn = "2009-03-10" });
        await _desk.OpenAsync(capacity: 4, Fates.Select(f => f.Key));
        foreach (var fate in Fates.Where(f => f.State != "none"))
            await ApplyAsync(fate);
        await ReviewAsync();
        await MeetAsync();
        await DecideAsync();
    }

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    private async Task ApplyAsync(Fate fate)
    {
        var (municipality, executive) = (await _desk.AsAsync($"municipality-{fate.Key}"), await _desk.AsAsync($"executive-{fate.Key}"));
        await municipality.MakeAsync($"{_desk.Address}/applications", new { municipality = fate.Key, effectiveOn = "2009-04-10" });
        await _desk.OnApplicationAsync(municipality, fate.Key, "save-draft", new { content = Content(needs: null), effectiveOn = "2009-04-20" });
        if (fate.LacksFirst)
            await RefusedAsync(municipality, $"applications/{fate.Key}/submit", new { effectiveOn = "2009-05-10" }, "needs-assessment-missing");
        await _desk.OnApplicationAsync(municipality, fate.Key, "save-draft", new { content = Content("Unge mangler bolig."), effectiveOn = "2009-05-11" });
        await _desk.OnApplicationAsync(executive, fate.Key, "sign-off", new { signOff = new { by = "chiefExecutive" }, effectiveOn = "2009-05-15" });

        if (fate.IsLate || fate.State == "draft")
            await RefusedAsync(municipality, $"applications/{fate.Key}/submit", new { effectiveOn = "2009-06-05" }, "deadline-passed");
        if (fate.State == "draft")
            return;
        if (fate.IsLate)
        {
            await _desk.OnApplicationAsync(municipality, fate.Key, "ask-late", new { reason = "Kommunestyret møttes sent", effectiveOn = "2009-06-05" });
            await _desk.OnApplicationAsync(_desk.Secretariat, fate.Key, "accept-late", new { reason = "Valgt råd", effectiveOn = "2009-06-08" });
        }

        await _desk.OnApplicationAsync(municipality, fate.Key, "submit", new { effectiveOn = fate.IsLate ? "2009-06-10" : "2009-05-20" });
        if (fate.SupplementOn is { } day)
        {
            await _desk.OnApplicationAsync(_desk.Secretariat, fate.Key, "request-supplement", new { what = "Antall husstander", due = "2009-06-20", effectiveOn = "2009-06-02" });
            if (day == "never")
            {
                await RefusedAsync(_desk.Secretariat, $"applications/{fate.Key}/declare-complete", new { effectiveOn = "2009-06-30" }, "supplement-outstanding");
                return;
            }

            await _desk.OnApplicationAsync(municipality, fate.Key, "receive-supplement", new { what = "41 husstander", effectiveOn = day });
        }

        await _desk.OnApplicationAsync(_desk.Secretariat, fate.Key, "declare-complete", new { effectiveOn = "2009-06-30" });
        await _desk.OnApplicationAsync(_desk.Secretariat, fate.Key, "start-review", new { effectiveOn = "2009-07-01" });
        if (fate.State == "withdrawn")
            await _desk.OnApplicationAsync(municipality, fate.Key, "withdraw", new { reason = "Kommunen slås sammen", effectiveOn = "2009-07-03" });
    }

    private async Task ReviewAsync()
    {
        await _desk.AtAsync(Conflicted, OfConflicted, "declare-conflict", new { reason = "Nær familie", effectiveOn = "2009-07-05" });
        foreach (var (member, municipality) in Judged.SelectMany(f => Reviewers(f.Key), (f, m) => (m, f.Key)))
            await HandInAsync(member, municipality, Scores(member, municipality), "2009-07-10");
        // One thinks again, and again: only the last counts.
        await HandInAsync(Chair, "halden", (1, 1), "2009-07-12");
        await HandInAsync(Chair, "halden", Scores(Chair, "halden"), "2009-07-13");
        foreach (var (member, municipality) in new[] { (Affiliated, OfAffiliated), (Conflicted, OfConflicted) })
        {
            var refused = await (await _desk.AsAsync(member)).PostAsync($"{_desk.Address}/applications/{municipality}/review/hand-in", Review((6, 6), "2009-07-10"));
            refused.ShouldBeProblem(HttpStatusCode.NotFound, "application-unknown");
        }
    }

    private async Task MeetAsync()
    {
        var chair = await _desk.AsAsync(Chair);
        await _desk.CallMeetingAsync("2009-09-01");
        await _desk.AtMeetingAsync("open", new { chair = RoundDesk.Reference(Chair), present = Council.Where(m => m != Away).Select(RoundDesk.Reference), effectiveOn = "2009-09-01" });
        await RefusedAsync(_desk.Secretariat, $"applications/{OfAffiliated}/recommend", Advice("admit", [(Affiliated, "for")]), "voter-not-entitled");
        // As many for as against, and the chair against.
        await RefusedAsync(chair, $"applications/{OfConflicted}/recommend", Advice("admit", [(Chair, "against"), (Affiliated, "for")]), "advice-has-no-majority");
        foreach (var fate in Judged)
            await _desk.OnApplicationAsync(_desk.Secretariat, fate.Key, "recommend", Advice(fate.Advice!, Votes(fate)));
        await _desk.AtMeetingAsync("rank", new { order = Order, effectiveOn = "2009-09-01" }, chair);
        await _desk.AtMeetingAsync("close", new { effectiveOn = "2009-09-01" }, chair);
        (await (await _desk.AsAsync(Away)).PostAsync($"{_desk.Address}/applications/halden/review/hand-in", Review((6, 6), "2009-09-02")))
            .ShouldBeProblem(HttpStatusCode.Conflict, "council-meeting-closed");
    }

    private async Task DecideAsync()
    {
        ToDecide = await _desk.Leadership.Http.PageAsync($"/runder/{Round}/vedtak");
        await DecidedAsync(new { municipality = "drammen", outcome = "admitted" }, "deviation-needs-reason");
        foreach (var fate in Judged)
        {
            await DecidedAsync(
                new
                {
                    municipality = fate.Key,
                    outcome = fate.State,
                    reason = fate.State == "admitted" ? null : "Andre trenger det mer",
                    deviationReason = fate.IsDeviation ? "Regionen skal være dekket" : null,
                    criterionReasons = fate.State == "declined" ? new[] { new { criterion = "need", reason = "Mindre behov" }, new { criterion = "will", reason = "Svak forankring" } } : [],
                },
                null);
            if (fate.Key == "drammen")
                await DecidedAsync(new { municipality = "ringerike", outcome = "admitted", deviationReason = "Også her" }, "round-is-full");
        }

        await _desk.OnRoundAsync("publish-decisions", new { effectiveOn = "2009-10-15" }, _desk.Leadership);
    }

    /// <param name="code">Of the refusal that is due; null when it is to succeed.</param>
    private async Task DecidedAsync(object decision, string? code)
    {
        var answer = await _desk.Leadership.PostAsync($"{_desk.Address}/decide", new { decisions = new[] { decision }, effectiveOn = "2009-10-01" });
        ((string?)answer.Json["decisions"]!.AsArray().Single()!["code"]).ShouldBe(code, answer.Text);
    }

    private async Task RefusedAsync(ApiClient by, string what, object body, string code)
    {
        var answer = await RoundDesk.TryAsync(by, $"{_desk.Address}/{what}", body);
        answer.Code.ShouldBe(code, answer.Text);
    }

    private Task HandInAsync(string member, string municipality, (int Need, int Will) scores, string on) =>
        _desk.AtAsync(member, municipality, "review/hand-in", Review(scores, on));

    private static object Review((int Need, int Will) scores, string on) => new
    {
        scores = new[] { new { criterion = "need", score = scores.Need, reason = "Behov" }, new { criterion = "will", score = scores.Will, reason = "Vilje" } },
        effectiveOn = on,
    };

    private static object Advice(string advice, IEnumerable<(string Member, string Vote)> votes) => new
    {
        advice,
        votes = votes.Select(v => new { member = RoundDesk.Reference(v.Member), vote = v.Vote, dissent = v.Vote == "against" ? "Ser det annerledes" : null }),
        reason = "Etter samlet vurdering",
        effectiveOn = "2009-09-01",
    };

    private static object Content(string? needs) => new
    {
        resolution = new { body = "kommunestyret", on = "2009-04-15", caseNumber = "09/12" },
        needsAssessment = needs,
        focusAreas = new[] { "Bosetting" },
        proposedOrganisation = "Styringsgruppe",
        contact = "Servicekontoret",
    };
}
