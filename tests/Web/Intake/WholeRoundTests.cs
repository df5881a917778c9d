using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using HousingBank.Support;
using HousingBank.Web.Tests.Api;
using Npgsql;
using static HousingBank.Support.RoundScript;

namespace HousingBank.Web.Tests.Intake;

/// <summary>What is shown of a round that was played to its end, against what was counted by hand from what was played.</summary>
public sealed class WholeRoundTests(PlayedRound played) : IClassFixture<PlayedRound>
{
    private ApiClient Leadership => played.Desk.Leadership;

    [Theory]
    [InlineData("", 16, 12, 11, 10, 9, 4, 1)]
    [InlineData("?asOf=2009-05-31", 16, 12, 9, 0, 0, 0, 0)]
    [InlineData("?asOf=2009-09-15", 16, 12, 11, 10, 9, 0, 0)]
    [InlineData("?knownAt=2009-01-01", 0, 0, 0, 0, 0, 0, 0)]
    public async Task Each_step_of_the_funnel_is_counted(string day, int invited, int begun, int submitted, int complete, int recommended, int admitted, int deviations)
    {
        foreach (var address in new[] { "/api/v1/intake", "/api/v1/rounds", played.Desk.Address })
        {
            var answer = await Leadership.GetAsync(address + day);
            if (invited == 0 && address == played.Desk.Address)
            {
                answer.Status.ShouldBe(HttpStatusCode.NotFound);
                continue;
            }

            var rounds = (address == "/api/v1/intake" ? answer.Value["rounds"]! : address == "/api/v1/rounds" ? answer.Value : new JsonArray(answer.Value.DeepClone())).AsArray();
            if (invited == 0)
            {
                rounds.ShouldBeEmpty();
                continue;
            }

            var round = rounds.ShouldHaveSingleItem()!;
            round = round["round"] ?? round;
            round["steps"]!.AsArray().Select(s => ((string)s!["step"]!, (int)s["count"]!["named"]!)).ShouldBe(
                [("invited", invited), ("begun", begun), ("submitted", submitted), ("complete", complete), ("underReview", complete), ("recommended", recommended), ("admitted", admitted)],
                address + day);
            ((int?)round["left"], (int?)round["deviations"]).ShouldBe((4 - admitted, deviations));
        }
    }

    [Fact]
    public async Task Every_municipality_is_in_the_state_it_came_to()
    {
        var round = (await Leadership.GetAsync(played.Desk.Address)).Value;

        round["municipalities"]!.AsArray().Select(m => ((string)m!["municipality"]!["key"]!, (string?)m["application"]?["state"] ?? "none", (bool?)m["application"]?["isLate"] ?? false, (bool?)m["application"]?["isDeviation"] ?? false))
            .ShouldBe(Fates.Select(f => (f.Key, f.State, f.IsLate, f.IsDeviation)), ignoreOrder: true);
        round["round"]!["states"]!.AsArray().Select(s => ((string)s!["state"]!, (int)s["count"]!)).Where(s => s.Item2 > 0)
            .ShouldBe(Fates.GroupBy(f => f.State).Select(g => (g.Key, g.Count())), ignoreOrder: true);
        foreach (var (key, isLate) in new[] { ("ringerike", false), ("hamar", true) })
        {
            var supplement = (await Leadership.GetAsync($"{played.Desk.Address}/applications/{key}")).Value["supplements"]!.AsArray().ShouldHaveSingleItem()!;
            ((bool)supplement["isLate"]!).ShouldBe(isLate, key);
        }
    }

    [Fact]
    public async Task The_ranking_is_what_the_scores_give()
    {
        var ranking = (await Leadership.GetAsync($"{played.Desk.Address}/ranking")).Value["applications"]!.AsArray();

        ranking.Select(a => new RankedByHand(
                (string)a!["municipality"]!["key"]!, (int)a["place"]!, (decimal)a["total"]!, (decimal)a["spread"]!, a["reviews"]!.AsArray().Count, (int)a["councilPlace"]!, (string)a["advice"]!))
            .ShouldBe(Counted([.. Judged]), ignoreOrder: true);
        ranking.Select(a => (int)a!["place"]!).ShouldBe(ranking.Select(a => (int)a!["place"]!).Order());
    }

    [Fact]
    public void Leadership_decides_in_the_order_of_the_council()
    {
        played.ToDecide.QuerySelectorAll("fieldset.one-of-many > legend").Select(l => l.TextContent).ShouldBe(Order);
        played.ToDecide.QuerySelectorAll("tbody th[scope=row]").Select(m => m.TextContent).ShouldBe(Order);
        Order.SequenceEqual(Order.Order()).ShouldBeFalse("an order that anything gives shows nothing");
    }

    [Fact]
    public async Task The_recused_ranks_as_if_the_application_were_not_there()
    {
        var member = await played.Desk.AsAsync(Affiliated);

        var ranking = (await member.GetAsync($"{played.Desk.Address}/ranking")).Value["applications"]!.AsArray();

        ranking.Select(a => new RankedByHand(
                (string)a!["municipality"]!["key"]!, (int)a["place"]!, (decimal)a["total"]!, (decimal)a["spread"]!, a["reviews"]!.AsArray().Count, (int)a["councilPlace"]!, (string)a["advice"]!))
            .ShouldBe(Counted([.. Judged.Where(f => f.Key != OfAffiliated)]), ignoreOrder: true);
    }

    [Fact]
    public async Task The_minutes_tell_who_was_there_and_how_each_voted()
    {
        var minutes = (await Leadership.GetAsync($"{played.Desk.Address}/minutes")).Value;

        minutes["present"]!.AsArray().Count.ShouldBe(6);
        ((string?)minutes["absent"]!.AsArray().ShouldHaveSingleItem()!["member"]).ShouldBe(RoundDesk.Reference(Away));
        minutes["ranking"]!.AsArray().Select(m => (string)m!["key"]!).ShouldBe(Order);
        minutes["items"]!.AsArray().Select(i => i!["application"]!).Select(a => (
                (string)a["municipality"]!["key"]!,
                (string)a["advice"]!,
                string.Join(' ', a["votes"]!.AsArray().Select(v => $"{v!["member"]}:{v["vote"]}").Order(StringComparer.Ordinal)),
                (int)a["reviews"]!,
                (int)a["entitled"]!))
            .ShouldBe(
                Judged.Select(f => (
                    f.Key,
                    f.Advice!,
                    string.Join(' ', Votes(f).Select(v => $"{RoundDesk.Reference(v.Member)}:{v.Vote}").Order(StringComparer.Ordinal)),
                    Reviewers(f.Key).Count,
                    Council.Count(m => !IsRecused(m, f.Key)))),
                ignoreOrder: true);
    }

    [Fact]
    public async Task Each_decision_has_its_letter_and_each_admitted_its_course()
    {
        var expected = Judged.Select(f => (f.Key, f.State switch { "admitted" => "admission", "declined" => "refusal", _ => "deferral" }))
            .Concat(Fates.Where(f => f.SupplementOn is not null).Select(f => (f.Key, "supplementWanted")))
            .Order().ToList();
        List<(string, string)> letters = [];
        await Until.HoldsAsync(() => $"{expected.Count} letters are written, {letters.Count} are", async () =>
        {
            letters = [.. (await Leadership.GetAsync("/api/v1/letters")).Value["letters"]!.AsArray().Select(l => ((string)l!["municipality"]!["key"]!, (string)l["kind"]!)).Order()];
            return letters.Count >= expected.Count;
        });

        letters.ShouldBe(expected);
        (await CountAsync("select count(*) from store.events where type = 'municipality-admitted'")).ShouldBe(4);
        (await CountAsync("select count(*) from store.events where type = 'application-submitted'")).ShouldBe(11);
        foreach (var what in new[] { "*", "distinct stream" })
            (await CountAsync($"select count({what}) from store.events where type = 'participant-admitted'")).ShouldBe(4);
    }

    [Fact]
    public async Task The_pages_say_the_same()
    {
        var round = await Leadership.Http.PageAsync($"/runder/{PlayedRound.Round}");
        var words = round.Body!.TextContent;
        foreach (var fate in Fates)
            words.ShouldContain(fate.Key);
        round.QuerySelectorAll("table").First(t => t.TextContent.Contains("16", StringComparison.Ordinal)).QuerySelectorAll("tbody tr").Select(r => r.QuerySelector("td")!.TextContent)
            .ShouldBe(["16", "12", "11", "10", "10", "9", "4"]);

        var ranking = await Leadership.Http.PageAsync($"/runder/{PlayedRound.Round}/rangering");
        var counted = Counted([.. Judged]).ToDictionary(f => f.Key);
        var rows = ranking.QuerySelectorAll("table")[0].QuerySelectorAll("tbody tr");
        rows.Length.ShouldBe(9);
        foreach (var row in rows)
        {
            var figures = counted[row.QuerySelector("th")!.TextContent];
            var cells = row.QuerySelectorAll("td").Select(c => c.TextContent.Trim()).ToList();
            cells[0].ShouldBe(figures.Place.ToString(CultureInfo.InvariantCulture));
            cells[1].ShouldBe(figures.Total.ToString("0.00", CultureInfo.GetCultureInfo("nb-NO")), figures.Key);
        }
    }

    private async Task<long> CountAsync(string sql)
    {
        await using var source = NpgsqlDataSource.Create(played.ConnectionString);
        await using var command = source.CreateCommand(sql);
        return (long)(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;
    }
}
