using System.Text.Json;
using AngleSharp;
using AngleSharp.Dom;
using HousingBank.Domain.Vocabulary;
using HousingBank.ReadModels;
using HousingBank.Web.Access;
using HousingBank.Web.Charts;
using HousingBank.Web.Components;
using HousingBank.Web.Forms;
using HousingBank.Web.Languages;
using HousingBank.Web.Pages;
using HousingBank.Web.Time;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace HousingBank.Web.Tests;

/// <summary>Parts of pages by themselves.</summary>
public sealed class ComponentTests
{
    [Theory]
    [InlineData("", "Du ser i dag, 20. november 2026, med alt vi vet nå.", false)]
    [InlineData("?asOf=2010-12-10", "Du ser 10. desember 2010, med alt vi vet nå.", true)]
    [InlineData("?asOf=2010-12-10&knownAt=2011-01-01", "Du ser 10. desember 2010, slik det var kjent 1. januar 2011.", true)]
    [InlineData("?knownAt=2011-01-01T12:00", "Du ser 20. november 2026, slik det var kjent 1. januar 2011 kl. 12.00.", true)]
    public async Task The_time_bar_says_plainly_which_day_is_looked_at(string address, string says, bool changed)
    {
        var bar = await RenderAsync<TimeBar>(address);

        bar.QuerySelector(".time-bar-now")!.TextContent.ShouldBe(says);
        bar.QuerySelectorAll("a").Any(a => a.TextContent == "Tilbake til i dag").ShouldBe(changed);
    }

    [Fact]
    public async Task The_time_bar_keeps_the_filters_and_offers_the_days_of_the_demo()
    {
        var bar = await RenderAsync<TimeBar>("?kommune=hamar&asOf=2009-06-01");

        bar.QuerySelector("input[type=hidden][name=kommune]")!.GetAttribute("value").ShouldBe("hamar");
        bar.QuerySelectorAll(".link-row a").Select(a => a.GetAttribute("href")).ShouldBe(["/her?kommune=hamar", "/her?kommune=hamar&asOf=2010-12-10"]);
    }

    [Fact]
    public async Task What_was_known_is_folded_away_until_it_is_asked_for()
    {
        (await RenderAsync<TimeBar>("")).QuerySelector("details")!.HasAttribute("open").ShouldBeFalse();
        (await RenderAsync<TimeBar>("?knownAt=2011-01-01")).QuerySelector("details")!.HasAttribute("open").ShouldBeTrue();
    }

    [Fact]
    public async Task A_mistake_in_the_address_is_told_at_its_field()
    {
        var bar = await RenderAsync<TimeBar>("?asOf=igår");

        bar.QuerySelector(".ds-validation-message")!.TextContent.ShouldContain("kan ikke leses");
        bar.QuerySelector("#as-of")!.GetAttribute("aria-describedby").ShouldBe(bar.QuerySelector(".ds-validation-message")!.Id);
    }

    [Fact]
    public async Task An_exact_day_is_a_time()
    {
        var day = await RenderAsync<DayText>("", ("On", new DateOnly(2010, 12, 10)));

        day.QuerySelector("time")!.GetAttribute("datetime").ShouldBe("2010-12-10");
        day.QuerySelector("button").ShouldBeNull();
    }

    [Fact]
    public async Task An_assumed_day_says_so_and_why_behind_a_button()
    {
        var read = new Day(new(2010, 8, 1), new(2010, 8, 1), new(2010, 8, 31), DayPrecision.Season, "rapporten sier det");
        var day = await RenderAsync<DayText>("", ("Of", read));

        day.TextContent.ShouldContain("sommeren 2010");
        var button = day.QuerySelector("button")!;
        button.TextContent.ShouldBe("antatt: sommeren 2010, vis hvorfor");
        day.QuerySelector("#" + button.GetAttribute("popovertarget"))!.TextContent
            .ShouldBe("Antatt: rapporten sier det. Tidligst 1. august 2010, senest 31. august 2010. Regnet fra 1. august 2010.");
    }

    [Fact]
    public async Task A_day_nobody_knows_says_so() => (await RenderAsync<DayText>("")).TextContent.Trim().ShouldBe("ikke dokumentert");

    [Fact]
    public async Task A_charts_data_cannot_end_its_element_and_comes_out_as_it_went_in()
    {
        const string Hostile = "</script><script>alert('æøå')</script><!--";
        var chart = await RenderAsync<ChartScript>("", ("For", "trakt"), ("Data", new Funnel([new(Hostile, 4)])));

        var script = chart.QuerySelectorAll("script").Single();
        script.GetAttribute("data-chart-for").ShouldBe("trakt");
        using var data = JsonDocument.Parse(script.TextContent);
        data.RootElement.GetProperty("kind").GetString().ShouldBe("funnel");
        data.RootElement.GetProperty("steps")[0].GetProperty("name").GetString().ShouldBe(Hostile);
    }

    [Fact]
    public async Task A_flat_table_speaks_the_readers_language()
    {
        var table = new FlatTable("board", [new("municipality"), new("phase"), new("simulated"), new("hamar", "Hamar")], [["Moss", Code.Of(Phase.Planning), false, new[] { "a", "b" }]]);
        var shown = await RenderAsync<FlatTableView>("?lang=nn", ("Table", table), ("Caption", "Tavle"));

        shown.QuerySelectorAll("th[scope=col]").Select(h => h.TextContent).ShouldBe(["Kommune", "Fase", "Simulert", "Hamar"]);
        shown.QuerySelectorAll("tbody td").Select(c => c.TextContent).ShouldBe(["Program- og planfase", "nei", "a; b"]);
    }

    private static async Task<IElement> RenderAsync<T>(string address, params (string Name, object Value)[] parameters)
        where T : IComponent
    {
        var context = new DefaultHttpContext { Request = { Path = "/her", QueryString = new(address) } };
        await using var services = new ServiceCollection()
            .AddLogging()
            .AddSingleton<IHttpContextAccessor>(new HttpContextAccessor { HttpContext = context })
            .AddSingleton(new Texts(Language.Of(context)))
            .AddSingleton(Here.Of(context, new StoppedClock()))
            .AddSingleton(Viewer.Nobody)
            .AddSingleton<FormEntries>()
            .AddSingleton(Options.Create(new TimeBarOptions { Days = [new(2009, 6, 1), new(2010, 12, 10)] }))
            .BuildServiceProvider();
        await using var renderer = new HtmlRenderer(services, services.GetRequiredService<ILoggerFactory>());
        var html = await renderer.Dispatcher.InvokeAsync(async () =>
            (await renderer.RenderComponentAsync<T>(ParameterView.FromDictionary(parameters.ToDictionary(p => p.Name, p => (object?)p.Value)))).ToHtmlString());
        html.ShouldNotContain("27E6");
        return (await BrowsingContext.New().OpenAsync(r => r.Content($"<body>{html}</body>"))).Body!;
    }

    private sealed class StoppedClock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);
    }
}
