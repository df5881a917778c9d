using System.Net;
using System.Text.RegularExpressions;

namespace HousingBank.Browser.Tests;

/// <summary>Where the pages lead to, asked as their reader but without drawing anything.</summary>
public sealed partial class LinkTests(RunningProgramme programme)
{
    [Fact]
    public async Task Every_link_of_every_page_leads_somewhere()
    {
        var (deadEnds, followed) = (new List<string>(), 0);
        foreach (var pages in Pages.All.GroupBy(page => page.Person))
        {
            await using var visitor = await programme.VisitAsync(pages.Key);
            followed += await FollowAsync(visitor, pages.Select(page => (page.Name, page.Address)), deadEnds);
        }

        deadEnds.ShouldBeEmpty();
        followed.ShouldBeGreaterThan(200);
    }

    /// <summary>On pages that tell of all municipalities, or of any.</summary>
    [Fact]
    public async Task Whoever_may_see_one_municipality_only_is_led_to_no_other()
    {
        await using var visitor = await programme.VisitAsync("municipality-hamar");
        string[] addresses = ["/tavle", "/kommuner", "/kommuner/hamar", "/laeringslogg", "/oversiktsmatrise", "/hvorfor?stream=municipality/halden&versions=1", "/vedtakslogg/municipality/halden/1"];
        var deadEnds = new List<string>();

        await FollowAsync(visitor, addresses.Select(address => (address, address)), deadEnds);

        deadEnds.ShouldBeEmpty();
        (await FetchAsync(visitor, "/kommuner")).Text.ShouldContain("Halden");
    }

    /// <summary>Asks for each link of each page once.</summary>
    /// <returns>How many there were.</returns>
    private static async Task<int> FollowAsync(Visitor visitor, IEnumerable<(string Name, string Address)> pages, List<string> deadEnds)
    {
        var seen = new HashSet<string>();
        foreach (var page in pages)
        {
            var (_, html) = await FetchAsync(visitor, page.Address);
            // The page itself, in another language or on a day when there was no such thing.
            foreach (var address in LinksOf(html).Where(a => PathOf(a) != PathOf(page.Address)).Where(seen.Add))
            {
                var (status, _) = await FetchAsync(visitor, address);
                if (status is not (>= 200 and < 400))
                    deadEnds.Add($"{page.Name}: {status} at {address}");
            }
        }

        return seen.Count;
    }

    /// <summary>To other pages here, but for those to single events and what they were counted from, of which there are many alike.</summary>
    private static IEnumerable<string> LinksOf(string html) => Link().Matches(html).Select(m => WebUtility.HtmlDecode(m.Groups[1].Value))
        .Where(address => !address.StartsWith("/api/", StringComparison.Ordinal) && !address.StartsWith("/hvorfor", StringComparison.Ordinal) && !address.StartsWith("/vedtakslogg/", StringComparison.Ordinal));

    private static string PathOf(string address) => address.Split('?')[0];

    private static async Task<(int Status, string Text)> FetchAsync(Visitor visitor, string address)
    {
        var answer = await visitor.Page.APIRequest.GetAsync(address, new() { MaxRedirects = 0 });
        try
        {
            return (answer.Status, await answer.TextAsync());
        }
        finally
        {
            await answer.DisposeAsync();
        }
    }

    [GeneratedRegex("""<a\b[^>]*\bhref="(/[^"#]*)""")]
    private static partial Regex Link();
}
