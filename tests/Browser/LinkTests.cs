using System.Net;
using System.Text.RegularExpressions;

namespace HousingBank.Browser.Tests;

/// <summary>Where the pages lead to, asked as their reader but without drawing anything.</summary>
public sealed partial class LinkTests(RunningProgramme programme)
{
    [Fact]
    public async Task Every_link_of_every_page_leads_somewhere()
    {
        var deadEnds = new List<string>();
        var followed = 0;
        foreach (var pages in Pages.All.GroupBy(page => page.Person))
        {
            await using var visitor = await programme.VisitAsync(pages.Key);
            var seen = new HashSet<string>();
            foreach (var page in pages)
            {
                var (_, html) = await FetchAsync(visitor, page.Address);
                // The page itself, in another language or on a day when there was no such thing.
                foreach (var address in LinksOf(html).Where(a => PathOf(a) != PathOf(page.Address)).Where(seen.Add))
                {
                    followed++;
                    var (status, _) = await FetchAsync(visitor, address);
                    if (status is not (>= 200 and < 400))
                        deadEnds.Add($"{page.Name}: {status} at {address}");
                }
            }
        }

        deadEnds.ShouldBeEmpty();
        followed.ShouldBeGreaterThan(200);
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
