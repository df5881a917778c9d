using System.Reflection;
using AngleSharp.Dom;
using HousingBank.Domain.Vocabulary;
using HousingBank.Web.Languages;

namespace HousingBank.Web.Tests;

/// <summary>The pages on the real programme, as the interim report of December 2010 tells it.</summary>
public sealed class ReadingPagesTests(DemoSite demo) : IClassFixture<DemoSite>
{
    private static readonly string[] FirstRound = ["Bærum", "Hamar", "Lillehammer", "Lørenskog"];
    private static readonly string[] SecondRound = ["Asker", "Gjøvik", "Halden", "Kongsvinger", "Moss", "Oslo"];

    public static TheoryData<string> Addresses =>
    [
        "/tavle", "/kommuner", "/kommuner/hamar", "/kommuner/rygge", "/kommuner/finnes-ikke", "/programmet", "/oversiktsmatrise",
        "/laeringslogg", "/vedtakslogg", "/hvorfor", "/hvorfor?stream=municipality/hamar&versions=1", "/vedtakslogg/municipality/hamar/1",
    ];

    [Fact]
    public async Task On_the_day_of_the_report_the_first_round_is_in_implementation_by_the_model()
    {
        var column = (await PageAsync("/tavle?asOf=2010-12-10")).QuerySelector("[data-phase=implementation]")!;

        Names(column).ShouldBe(FirstRound);
        foreach (var card in column.QuerySelectorAll(".board-card"))
        {
            card.TextContent.ShouldContain("Pulje 1");
            card.QuerySelector(".tag-row")!.TextContent.ShouldContain("etter rammemodellen");
            card.TextContent.ShouldContain("Program- og planfase");
            card.QuerySelector(".board-gate")!.TextContent.ShouldContain("handlingsplanen er vedtatt i kommunestyret");
            card.QuerySelector(".day-note")!.TextContent.ShouldStartWith("antatt");
        }
    }

    [Fact]
    public async Task On_the_day_of_the_report_the_second_round_is_in_planning_from_assumed_days()
    {
        var column = (await PageAsync("/tavle?asOf=2010-12-10")).QuerySelector("[data-phase=planning]")!;

        Names(column).ShouldBe(SecondRound);
        column.QuerySelectorAll(".board-card").ShouldAllBe(card => card.QuerySelector(".day-note")!.TextContent.StartsWith("antatt", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Days_used_are_told_in_figures_and_words()
    {
        var card = (await PageAsync("/tavle?asOf=2010-12-10")).QuerySelectorAll(".board-card").Single(c => c.QuerySelector("h3")!.TextContent == "Hamar");

        var bar = card.QuerySelector("progress")!;
        var used = $"{bar.GetAttribute("value")} av ";
        card.QuerySelector(".days-used p")!.TextContent.ShouldStartWith(used);
        bar.GetAttribute("aria-label")!.ShouldStartWith(used);
    }

    [Fact]
    public async Task In_june_2009_there_are_candidates_and_nobody_is_admitted()
    {
        var page = await PageAsync("/tavle?asOf=2009-06-01");

        Names(page.QuerySelector("[data-phase=preparation]")!).ShouldBe(FirstRound);
        page.QuerySelectorAll(".board-card").ShouldAllBe(card => card.TextContent.Contains("kandidatkommune", StringComparison.Ordinal));
        Figure(page, "deltakerkommuner").ShouldBe("0");
        Figure(page, "kandidatkommuner").ShouldBe("4");
    }

    [Fact]
    public async Task In_june_2009_the_round_shows_the_counts_that_were_reported()
    {
        var programme = await PageAsync("/programmet?asOf=2009-06-01");
        var funnel = programme.QuerySelectorAll(".funnels tbody tr").Select(row => row.QuerySelectorAll("th, td").Select(c => c.TextContent.Trim()).ToArray()).ToList();

        funnel[0].ShouldBe(["Invitert", "4", "16"]);
        funnel[1].ShouldBe(["Begynte på en søknad", "4", "–"]);
        funnel.ShouldContain(step => step[1] == "4" && step[2] == "11");
        funnel.ShouldContain(step => step.SequenceEqual(new[] { "Tatt opp", "0", "–" }));
    }

    [Fact]
    public async Task What_was_not_known_yet_is_not_shown_and_the_page_says_why()
    {
        foreach (var address in new[] { "/tavle", "/kommuner", "/programmet", "/oversiktsmatrise", "/laeringslogg", "/vedtakslogg", "/kommuner/hamar" })
        {
            var page = await PageAsync($"{address}?asOf=2010-12-10&knownAt=2020-01-01");

            page.QuerySelector(".nothing-here")!.TextContent.ShouldContain("slik det var kjent 1. januar 2020");
            page.QuerySelectorAll("main tbody tr").ShouldBeEmpty(address);
        }
    }

    [Theory]
    [MemberData(nameof(Addresses))]
    public async Task Every_page_has_its_words_in_every_language_and_tables_that_can_be_read_aloud(string address)
    {
        foreach (var language in Language.All)
        {
            var page = await PageAsync($"{address}{(address.Contains('?', StringComparison.Ordinal) ? '&' : '?')}lang={language.Code}");

            page.DocumentElement.GetAttribute("lang").ShouldBe(language.Code);
            page.QuerySelector(".time-bar").ShouldNotBeNull();
            page.QuerySelectorAll("main table").ShouldAllBe(t => t.QuerySelector("caption") != null && t.QuerySelectorAll("th:not([scope])").Length == 0);
            page.QuerySelectorAll("main [style], main script:not([type='application/json']):not([src])").ShouldBeEmpty();
        }
    }

    [Theory]
    [InlineData("/programmet?program=x")]
    [InlineData("/vedtakslogg?fra=x&til=2010-13-45&rolle=x&hendelse=x&etter=x&kommune=%00")]
    [InlineData("/laeringslogg?krets=9&omrade=x&kommune=..")]
    [InlineData("/hvorfor?stream=x&versions=a,-1,99999999999")]
    [InlineData("/hvorfor?stream=/x")]
    [InlineData("/oversiktsmatrise?kommune=%27;--")]
    [InlineData("/vedtakslogg/x/y/0")]
    [InlineData("/kommuner/%27%22%3Cscript%3E")]
    public async Task Nonsense_in_the_address_is_no_fault(string address)
    {
        var client = await demo.Site.SignedInAsync("evaluator-region-ost");

        ((int)(await client.GetAsync(address)).StatusCode).ShouldBeLessThan(500);
    }

    [Fact]
    public async Task A_municipality_shows_its_course_with_what_is_not_documented()
    {
        var page = await PageAsync("/kommuner/hamar?asOf=2010-12-10");

        page.Heading().ShouldBe("Hamar");
        page.QuerySelectorAll("figure.chart").Length.ShouldBe(1);
        var phases = page.QuerySelector("figure.chart table")!.QuerySelectorAll("tbody tr").ToList();
        phases.Select(r => r.QuerySelector("th")!.TextContent).ShouldBe(["Forberedende fase", "Program- og planfase", "Gjennomføringsfase", "Utfasing og videreføring"]);
        phases[3].TextContent.ShouldContain("ikke startet");
        page.Body!.TextContent.ShouldContain("nummer 0403");
        page.QuerySelectorAll(".ds-tag").Select(t => t.TextContent).ShouldContain("ikke dokumentert");
    }

    [Fact]
    public async Task A_figure_leads_to_the_events_behind_it_and_each_to_its_own_page()
    {
        var board = await PageAsync("/tavle?asOf=2010-12-10");
        var card = board.QuerySelectorAll(".board-card").Single(c => c.QuerySelector("h3")!.TextContent == "Hamar");

        var why = await PageAsync(card.QuerySelector("a.why")!.GetAttribute("href")!);
        why.QuerySelectorAll(".decisions tbody tr").Select(r => r.TextContent).ShouldContain(t => t.Contains("Hamar startet en ny fase: Gjennomføringsfase (etter rammemodellen)", StringComparison.Ordinal));

        var decision = await PageAsync(why.QuerySelectorAll(".decisions th a")[^1].GetAttribute("href")!);
        decision.Body!.TextContent.ShouldContain("Interim report 2010");
        decision.QuerySelectorAll(".body-values dt").Length.ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task The_matrix_shows_those_one_chooses_in_the_order_of_choosing()
    {
        var page = await PageAsync("/oversiktsmatrise?asOf=2010-12-10&kommune=hamar&kommune=barum");

        page.QuerySelectorAll(".matrix thead a").Select(a => a.TextContent).ShouldBe(["Hamar", "Bærum"]);
        page.QuerySelectorAll(".matrix tbody tr").First(r => r.QuerySelector("th")!.TextContent == "Styringsgruppe").TextContent.ShouldContain("assisterende rådmann");
    }

    [Fact]
    public async Task The_decision_log_can_be_narrowed_and_leafed_through()
    {
        var started = await PageAsync("/vedtakslogg?kommune=hamar&hendelse=phase-started");
        started.QuerySelectorAll(".decisions tbody tr").Length.ShouldBe(3);

        var first = await PageAsync("/vedtakslogg");
        var second = await PageAsync(first.QuerySelectorAll("main a.ds-button")[^1].GetAttribute("href")!);
        var shown = first.QuerySelectorAll(".decisions th a").Select(a => a.GetAttribute("href")).ToList();
        shown.Count.ShouldBe(50);
        second.QuerySelectorAll(".decisions th a").Select(a => a.GetAttribute("href")).Intersect(shown).ShouldBeEmpty();
    }

    [Fact]
    public async Task Links_and_files_keep_the_point_in_history()
    {
        var page = await PageAsync("/tavle?asOf=2010-12-10");

        page.QuerySelectorAll("main a[href^='/kommuner/'], main a[href^='/hvorfor'], .downloads a").ShouldAllBe(a => a.GetAttribute("href")!.Contains("asOf=2010-12-10", StringComparison.Ordinal));
        var client = await demo.Site.SignedInAsync("evaluator-region-ost");
        var csv = await client.GetStringAsync(page.QuerySelector(".downloads a")!.GetAttribute("href")!);
        csv.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length.ShouldBe(11);
    }

    [Fact]
    public async Task A_municipality_sees_its_own_course_only()
    {
        var client = await demo.Site.SignedInAsync("municipality-hamar");

        (await client.PageAsync("/tavle?asOf=2010-12-10")).QuerySelectorAll(".board-card h3").Select(h => h.TextContent).ShouldBe(["Hamar"]);
        (await client.PageAsync("/kommuner/moss?asOf=2010-12-10")).QuerySelectorAll(".course").ShouldBeEmpty();
    }

    [Fact]
    public void Every_fact_has_its_sentence() =>
        typeof(Fact).Assembly.GetTypes()
            .Select(t => t.GetCustomAttribute<StoredAsAttribute>()?.Name).OfType<string>()
            .Where(name => !new Texts(Language.Bokmal).Has($"events.{name}"))
            .ShouldBeEmpty();

    private async Task<IDocument> PageAsync(string address) => await (await demo.Site.SignedInAsync("evaluator-region-ost")).PageAsync(address);

    private static IEnumerable<string> Names(IElement column) => column.QuerySelectorAll(".board-card h3").Select(h => h.TextContent);

    private static string Figure(IDocument page, string of) =>
        page.QuerySelectorAll(".figure-box").Single(f => f.QuerySelector("span")!.TextContent == of).QuerySelector("strong")!.TextContent;
}
