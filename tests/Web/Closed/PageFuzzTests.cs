using System.Net;
using AngleSharp;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;

namespace HousingBank.Web.Tests.Closed;

/// <summary>Nonsense in the addresses and the forms of every page: none is a fault of ours, none is shown as markup, none that is refused changes anything.</summary>
public sealed class PageFuzzTests(MatrixSite site) : IClassFixture<MatrixSite>
{
    // Every name that a page reads from its address.
    private static readonly string[] Names =
        ["_handler", "asOf", "etter", "form", "fra", "hendelse", "knownAt", "kommune", "krets", "lang", "leser", "omrade", "person", "program", "rolle", "runde", "slag", "stream", "til", "utfall", "utfort", "versions"];

    private static IEnumerable<AccessLine> Pages => AccessMatrix.Lines.Where(l =>
        l.Method == "GET" && l.Answer("lead") == "200" && !l.Address.StartsWith("/api/", StringComparison.Ordinal)
        && !l.Address.StartsWith("/css/", StringComparison.Ordinal) && !l.Address.StartsWith("/swagger/", StringComparison.Ordinal) && !l.Address.StartsWith("/openapi/", StringComparison.Ordinal) && !l.Address.StartsWith("/health/", StringComparison.Ordinal));

    [Fact]
    public async Task Nonsense_in_the_address_of_a_page_is_never_a_fault_and_never_markup()
    {
        var hostile = new Hostile(Hostile.Seed);
        var state = await site.StateAsync();
        foreach (var page in Pages)
        {
            for (var round = 0; round < Hostile.Rounds; round++)
            {
                var path = string.Join('/', site.Filled(page.Address, MatrixSite.Own).Split('?')[0].Split('/')
                    .Select((part, i) => page.Address.Split('/')[i].StartsWith('{') && hostile.Chance(3) ? hostile.PathPart() : part));
                var query = string.Join('&', Names.Where(_ => hostile.Chance(4)).Select(name => $"{name}={Uri.EscapeDataString(hostile.ShortText())}"));
                using var answer = await site.As("lead").GetAsync($"{path}?{query}");
                ((int)answer.StatusCode).ShouldBeLessThan(500, $"{path}?{query}");
                await ShouldHoldNoMarkupAsync(answer, $"{path}?{query}");
            }
        }

        (await site.StateAsync()).ShouldBe(state);
    }

    [Fact]
    public async Task Markup_in_each_part_of_an_address_is_shown_as_text()
    {
        foreach (var page in Pages)
        {
            foreach (var text in new[] { "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "javascript:alert(1)" })
            {
                var query = string.Join('&', Names.Select(name => $"{name}={Uri.EscapeDataString(text)}"));
                using var answer = await site.As("lead").GetAsync($"{site.Filled(page.Address, MatrixSite.Own).Split('?')[0]}?{query}");
                ((int)answer.StatusCode).ShouldBeLessThan(500, page.Address);
                await ShouldHoldNoMarkupAsync(answer, page.Address);
            }
        }
    }

    [Fact]
    public async Task Nonsense_in_a_form_is_never_a_fault_and_changes_nothing_unless_it_is_taken()
    {
        var hostile = new Hostile(Hostile.Seed);
        var forms = 0;
        foreach (var page in Pages)
        {
            var address = site.Filled(page.Address, MatrixSite.Own);
            using var answered = await site.As("lead").GetAsync(address);
            if (answered.Content.Headers.ContentType?.MediaType != "text/html")
                continue;
            var opened = await answered.PageAsync();
            foreach (var form in opened.QuerySelectorAll<IHtmlFormElement>("form").Where(f => f.QuerySelector("input[name=_handler]") is not null))
            {
                forms++;
                for (var round = 0; round < Hostile.Rounds; round++)
                {
                    var state = await site.StateAsync();
                    using var answer = await site.As("lead").PostAsync(address, new FormUrlEncodedContent(Spoilt(hostile, form)));

                    ((int)answer.StatusCode).ShouldBeLessThan(500, address);
                    await ShouldHoldNoMarkupAsync(answer, address);
                    if (answer.StatusCode != HttpStatusCode.Redirect && page.Address != "/tilganger")
                        (await site.StateAsync()).ShouldBe(state, $"{answer.StatusCode} {address}");
                }
            }
        }

        forms.ShouldBeGreaterThan(25);
    }

    /// <summary>What a browser would send, with some fields replaced, doubled, left out or added.</summary>
    private static IEnumerable<KeyValuePair<string, string>> Spoilt(Hostile hostile, IHtmlFormElement form)
    {
        foreach (var name in form.QuerySelectorAll("[name]").Select(e => e.GetAttribute("name")!).Distinct())
        {
            var standing = form.QuerySelectorAll($"[name='{name}']").Select(e => e is IHtmlSelectElement select ? select.Value : e.GetAttribute("value")).FirstOrDefault() ?? "";
            if (name is "__RequestVerificationToken" or "_handler")
                yield return new(name, standing);
            else if (!hostile.Chance(10))
                yield return new(name, hostile.Chance(3) ? standing : hostile.One(Hostile.Texts));
            if (hostile.Chance(15) && name != "__RequestVerificationToken")
                yield return new(name, hostile.One(Hostile.Texts));
        }

        if (hostile.Chance(5))
            yield return new(hostile.ShortText(), "1");
    }

    private static async Task ShouldHoldNoMarkupAsync(HttpResponseMessage answer, string address)
    {
        if (answer.Content.Headers.ContentType?.MediaType != "text/html")
            return;
        var page = await BrowsingContext.New().OpenAsync(r => r.Content(answer.Content.ReadAsStream()));
        page.QuerySelectorAll("script:not([src]):not([type='application/json']), img[onerror], svg[onload], [href^='javascript:'], [action^='javascript:']").ShouldBeEmpty(address);
        page.All.SelectMany(e => e.Attributes).Where(a => a.Name.StartsWith("on", StringComparison.Ordinal)).ShouldBeEmpty(address);
    }
}
