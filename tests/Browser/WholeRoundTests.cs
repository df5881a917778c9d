using System.Globalization;
using HousingBank.Support;
using Microsoft.Playwright;
using static HousingBank.Support.RoundScript;

namespace HousingBank.Browser.Tests;

/// <summary>The round of the script, played on the pages by everybody who has a part in it, and what the pages then say against what was counted by hand.</summary>
[Trait("Long", "true")]
public sealed class WholeRoundTests(RunningProgramme programme)
{
    private const string Secretariat = "secretariat-region-ost";
    private const string Leadership = "leadership-region-ost";

    private readonly Dictionary<string, Visitor> _people = [];
    private string _round = "";
    private string _council = "";

    [Fact]
    public async Task A_whole_round_is_played_on_the_pages()
    {
        var id = await programme.LaunchAsync(Fates.Select(f => f.Key));
        _council = $"/programmet/{id}/radet";
        await SeatAsync();
        await OpenAsync(id);
        foreach (var fate in Fates.Where(f => f.State != "none"))
            await ApplyAsync(fate);
        await ReviewAsync();
        await MeetAsync();
        await DecideAsync();

        await TheRoundIsCountedAsync();
        await TheRankingIsWhatTheScoresGiveAsync(Leadership, [.. Judged]);
        await TheRankingIsWhatTheScoresGiveAsync(Affiliated, [.. Judged.Where(f => f.Key != OfAffiliated)]);
        await TheMinutesTellTheVotesAsync();
        await LettersAreWrittenAsync();
        foreach (var visitor in _people.Values)
        {
            visitor.Complaints.ShouldBeEmpty();
            await visitor.DisposeAsync();
        }
    }

    private async Task SeatAsync()
    {
        foreach (var member in Council)
            await SendAsync(Leadership, $"{_council}/oppnevn", "2009-03-10", ("member", $"demo:{member}"), ("affiliation", "Husbanken"), ("inside", "inside"));
        await SendAsync(Secretariat, $"{_council}/tilknytning", "2009-03-10", ("member", $"demo:{Affiliated}"), ("municipality", OfAffiliated), ("as", "Ansatt"));
    }

    private async Task OpenAsync(Guid id)
    {
        _round = await SendAsync(
            Secretariat, "/runder/ny", "2009-03-15",
            ("programme", id.ToString()), ("number", "1"), ("deadline", "2009-06-01"), ("capacity", "4"), ("openToAll", "invited"), ("criteria", "Behov: 2\nVilje: 1"));
        await SendAsync(Secretariat, $"{_round}/inviter", "2009-04-01", [.. Fates.Select(f => ("municipality", f.Key))]);
    }

    private async Task ApplyAsync(Fate fate)
    {
        var (municipality, executive, application) = ($"municipality-{fate.Key}", $"executive-{fate.Key}", $"{_round}/soknader/{fate.Key}");
        await SendAsync(
            municipality, $"{application}/skjema/vedtak", "2009-04-20",
            ("content.resolution.body", "kommunestyret"), ("content.resolution.on", "2009-04-15"), ("content.resolution.caseNumber", "09/12"));
        await SendAsync(municipality, $"{application}/skjema/organisering", "2009-04-20", ("content.focusAreas", "Bosetting"), ("content.proposedOrganisation", "Styringsgruppe"));
        await SendAsync(municipality, $"{application}/skjema/kontakt", "2009-04-20", ("content.contact", "Servicekontoret"));
        if (fate.LacksFirst)
            await RefusedAsync(executive, $"{application}/skjema/send", "2009-05-10", "behov", ("signed", "yes"));
        await SendAsync(municipality, $"{application}/skjema/behov", "2009-05-11", ("content.needsAssessment", "Unge mangler bolig."));
        await SendAsync(executive, $"{application}/godkjenn", "2009-05-15", ("signed", "yes"));

        if (fate.IsLate || fate.State == "draft")
            await RefusedAsync(municipality, $"{application}/skjema/send", "2009-06-05", "frist");
        if (fate.State == "draft")
            return;
        if (fate.IsLate)
        {
            await SendAsync(municipality, $"{application}/be-om-sen", "2009-06-05", ("reason", "Kommunestyret møttes sent"));
            await SendAsync(Secretariat, $"{application}/godta-sen", "2009-06-08", ("reason", "Valgt råd"));
        }

        await SendAsync(municipality, $"{application}/skjema/send", fate.IsLate ? "2009-06-10" : "2009-05-20");
        if (fate.SupplementOn is { } day)
        {
            await SendAsync(Secretariat, $"{application}/etterspor-supplering", "2009-06-02", ("what", "Antall husstander"), ("due", "2009-06-20"));
            if (day == "never")
            {
                await RefusedAsync(Secretariat, $"{application}/komplett", "2009-06-30", "suppler");
                return;
            }

            await SendAsync(municipality, $"{application}/motta-supplering", day, ("what", "41 husstander"));
        }

        await SendAsync(Secretariat, $"{application}/komplett", "2009-06-30");
        await SendAsync(Secretariat, $"{application}/vurdering", "2009-07-01");
        if (fate.State == "withdrawn")
            await SendAsync(municipality, $"{application}/trekk", "2009-07-03", ("reason", "Kommunen slås sammen"), ("confirmed", "yes"));
        await LeaveAsync(municipality, executive);
    }

    private async Task ReviewAsync()
    {
        await SendAsync(Conflicted, $"{_round}/soknader/{OfConflicted}/inhabil", "2009-07-05", ("reason", "Nær familie"), ("confirmed", "yes"));
        foreach (var (member, municipality) in Judged.SelectMany(f => Reviewers(f.Key), (f, m) => (m, f.Key)))
            await HandInAsync(member, municipality, Scores(member, municipality), "2009-07-10");
        // One thinks again, and again: only the last counts.
        await HandInAsync(Chair, "halden", (1, 1), "2009-07-12");
        await HandInAsync(Chair, "halden", Scores(Chair, "halden"), "2009-07-13");
        var member3 = await AsAsync(Conflicted);
        (await member3.OpenAsync($"{_round}/soknader/{OfConflicted}/min-vurdering")).ShouldBe(404);
        await member3.OpenAsync($"{_round}/vurderinger");
        (await member3.Page.Locator("main").InnerTextAsync()).ShouldNotContain(OfConflicted, Case.Insensitive);
    }

    private Task<string> HandInAsync(string member, string municipality, (int Need, int Will) scores, string on) => SendAsync(
        member, $"{_round}/soknader/{municipality}/min-vurdering", on,
        ("scores[0].score", $"{scores.Need}"), ("scores[0].reason", "Behov"), ("scores[1].score", $"{scores.Will}"), ("scores[1].reason", "Vilje"));

    private async Task MeetAsync()
    {
        await SendAsync(Secretariat, $"{_round}/radsmote/innkall", "2009-07-20", ("day", "2009-09-01"));
        await SendAsync(
            Secretariat, $"{_round}/radsmote/apne", "2009-09-01", [("chair", $"demo:{Chair}"), .. Council.Where(m => m != Away).Select(m => ("present", $"demo:{m}"))]);
        // As many for as against, and the chair against.
        await RefusedAsync(
            Secretariat, $"{_round}/soknader/{OfConflicted}/innstilling", "2009-09-01", "flertall",
            [("advice", "admit"), ("reason", "Etter samlet vurdering"), .. await VotesAsync(OfConflicted, [(Chair, "against"), (Affiliated, "for")])]);
        foreach (var fate in Judged)
        {
            await SendAsync(
                Secretariat, $"{_round}/soknader/{fate.Key}/innstilling", "2009-09-01",
                [("advice", fate.Advice!), ("reason", "Etter samlet vurdering"), .. await VotesAsync(fate.Key, Votes(fate))]);
        }

        await SendAsync(Chair, $"{_round}/radsmote/ranger", "2009-09-01", [.. Order.Index().Select(o => ($"place-{o.Item}", $"{o.Index + 1}"))]);
        await (await AsAsync(Secretariat)).ScreenshotAsync("whole-round-recommended");
        await SendAsync(Chair, $"{_round}/radsmote/avslutt", "2009-09-01", ("confirmed", "yes"));
    }

    /// <summary>The fields of a vote stand in the order of those who may vote.</summary>
    private async Task<IReadOnlyList<(string, string)>> VotesAsync(string municipality, IReadOnlyList<(string Member, string Vote)> votes)
    {
        var page = (await AsAsync(Secretariat)).Page;
        await page.GotoAsync($"{_round}/soknader/{municipality}/innstilling");
        var voters = await page.Locator("input[name^='votes['][name$='.member']").EvaluateAllAsync<string[]>("fields => fields.map(field => field.value)");
        return [.. votes.SelectMany(v => new[]
        {
            ($"votes[{Array.IndexOf(voters, $"demo:{v.Member}")}].vote", v.Vote),
            ($"votes[{Array.IndexOf(voters, $"demo:{v.Member}")}].dissent", v.Vote == "against" ? "Ser det annerledes" : ""),
        })];
    }

    private async Task DecideAsync()
    {
        await RefusedAsync(Leadership, $"{_round}/soknader/drammen/vedtak", "2009-10-01", "innstilling", ("outcome", "admit"), ("reason", "Egnet"));
        // All at once, but for the one that the room does not hold.
        await SendAsync(Leadership, $"{_round}/vedtak", "2009-10-01", [.. Judged.Where(f => f.Key != "ringerike").SelectMany(DecisionOf)]);
        await RefusedAsync(
            Leadership, $"{_round}/soknader/ringerike/vedtak", "2009-10-01", "full",
            ("outcome", "admit"), ("reason", "Egnet"), ("deviationReason", "Også her"));
        await SendAsync(Leadership, $"{_round}/vedtak", "2009-10-01", [.. DecisionOf(Judged.Single(f => f.Key == "ringerike"))]);
        await SendAsync(Leadership, $"{_round}/offentliggjor", "2009-10-15", ("confirmed", "yes"));
    }

    private static IEnumerable<(string, string)> DecisionOf(Fate fate)
    {
        var fields = $"decisions[{fate.Key}]";
        yield return ($"{fields}.outcome", fate.State);
        if (fate.State != "admitted")
            yield return ($"{fields}.reason", "Andre trenger det mer");
        if (fate.IsDeviation)
            yield return ($"{fields}.deviationReason", "Regionen skal være dekket");
        if (fate.State == "declined")
        {
            yield return ($"{fields}.criterionReasons[0].reason", "Mindre behov");
            yield return ($"{fields}.criterionReasons[1].reason", "Svak forankring");
        }
    }

    private async Task TheRoundIsCountedAsync()
    {
        var visitor = await AsAsync(Leadership);
        await visitor.OpenAsync(_round);
        await visitor.ScreenshotAsync("whole-round");
        (await visitor.Page.Locator("table:has(caption)").First.Locator("tbody tr td:first-of-type").AllInnerTextsAsync())
            .ShouldBe(Funnel.Select(n => n.ToString(CultureInfo.InvariantCulture)));
        (await visitor.Page.Locator("dt:text-is('Avvik fra innstilling') + dd").InnerTextAsync()).ShouldBe("1");
        var states = await visitor.Page.Locator("section:has(h2:text-is('Hvor søknadene står')) dd").AllInnerTextsAsync();
        states.Select(n => int.Parse(n, CultureInfo.InvariantCulture)).Order().ShouldBe(Fates.GroupBy(f => f.State).Select(g => g.Count()).Order());
    }

    private async Task TheRankingIsWhatTheScoresGiveAsync(string person, IReadOnlyList<Fate> fates)
    {
        var visitor = await AsAsync(person);
        await visitor.OpenAsync($"{_round}/rangering");
        await visitor.ScreenshotAsync($"whole-round-ranking-{person}");
        var rows = visitor.Page.Locator("main table").First.Locator("tbody tr");
        (await rows.CountAsync()).ShouldBe(fates.Count);
        var counted = Counted(fates).ToDictionary(f => f.Key);
        for (var i = 0; i < fates.Count; i++)
        {
            var key = (await rows.Nth(i).Locator("th a").GetAttributeAsync("href"))!.Split('/', '?')[2];
            var cells = await rows.Nth(i).Locator("td").AllInnerTextsAsync();
            var figures = counted[key];
            (cells[0], cells[1], cells[3], cells[6]).ShouldBe(
                ($"{figures.Place}", figures.Total.ToString("0.00", CultureInfo.GetCultureInfo("nb-NO")), $"{figures.Reviews}", $"{figures.CouncilPlace}"), key);
            cells[2].ShouldStartWith(figures.Spread.ToString("0.00", CultureInfo.GetCultureInfo("nb-NO")));
        }
    }

    private async Task TheMinutesTellTheVotesAsync()
    {
        var visitor = await AsAsync(Secretariat);
        await visitor.OpenAsync($"{_round}/protokoll");
        await visitor.ScreenshotAsync("whole-round-minutes");
        (await visitor.Page.Locator("main section:has(dl)").CountAsync()).ShouldBe(9);
    }

    private async Task LettersAreWrittenAsync()
    {
        var visitor = await AsAsync(Secretariat);
        var expected = Judged.Count() + Fates.Count(f => f.SupplementOn is not null);
        var letters = 0;
        await Until.HoldsAsync(() => $"{expected} letters are written, {letters} are", async () =>
        {
            await visitor.OpenAsync($"/brev?runde={_round.Split('/')[^1]}");
            letters = await visitor.Page.Locator("main table tbody tr").CountAsync();
            return letters == expected;
        });
    }

    private async Task<Visitor> AsAsync(string person)
    {
        if (!_people.TryGetValue(person, out var visitor))
            visitor = _people[person] = await programme.VisitAsync(person);
        return visitor;
    }

    private async Task LeaveAsync(params string[] people)
    {
        foreach (var person in people)
        {
            if (!_people.Remove(person, out var visitor))
                continue;
            visitor.Complaints.ShouldBeEmpty();
            await visitor.DisposeAsync();
        }
    }

    /// <summary>Fills in a form and sends it with its first button.</summary>
    /// <param name="on">The day it took effect.</param>
    /// <returns>The page it led to.</returns>
    private async Task<string> SendAsync(string person, string address, string on, params (string Field, string Value)[] values)
    {
        var visitor = await FillAsync(person, address, on, values);
        var page = visitor.Page;
        if (!await page.Locator("main > [role=status]").First.IsVisibleAsync())
        {
            await visitor.KeepPictureAsync("whole-round-failed");
            throw new ShouldAssertException($"{person} at {address}: {await page.Locator("main").InnerTextAsync()}");
        }

        (await visitor.StatusAsync()).ShouldBe(200, $"{person} at {address}, led to {page.Url}");
        return new Uri(page.Url).AbsolutePath;
    }

    private async Task RefusedAsync(string person, string address, string on, string says, params (string Field, string Value)[] values)
    {
        var visitor = await FillAsync(person, address, on, values);
        await Assertions.Expect(visitor.Page.Locator(".ds-error-summary")).ToBeFocusedAsync();
        (await visitor.Page.Locator(".ds-error-summary").InnerTextAsync()).ShouldContain(says, Case.Insensitive);
    }

    private async Task<Visitor> FillAsync(string person, string address, string on, IReadOnlyList<(string Field, string Value)> values)
    {
        var visitor = await AsAsync(person);
        var page = visitor.Page;
        (await visitor.OpenAsync(address)).ShouldBe(200, $"{person} at {address}");
        await page.EvaluateAsync("document.querySelectorAll('details').forEach(details => details.open = true)");
        foreach (var (field, value) in values.Append(("on", on)))
        {
            var input = page.Locator($".command-form [name='{field}']").First;
            switch (await input.GetAttributeAsync("type", new() { Timeout = 5_000 }))
            {
                case "checkbox" or "radio":
                    await page.Locator($".command-form [name='{field}'][value='{value}']").CheckAsync();
                    break;
                case null when await input.EvaluateAsync<bool>("field => field instanceof HTMLSelectElement"):
                    await input.SelectOptionAsync(value);
                    break;
                default:
                    await input.FillAsync(value);
                    break;
            }
        }

        await visitor.LeaveAsync(() => page.Locator(".command-form-end button[type=submit]").First.ClickAsync());
        return visitor;
    }
}
