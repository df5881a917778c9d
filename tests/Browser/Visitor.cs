using System.Text.RegularExpressions;
using Deque.AxeCore.Commons;
using HousingBank.Support;
using Microsoft.Playwright;

namespace HousingBank.Browser.Tests;

/// <summary>Somebody who looks at pages in a browser window of their own.</summary>
public sealed partial class Visitor : IAsyncDisposable
{
    public const int Wide = 1440;
    public const int Narrow = 390;

    // A field for a day or a time has a stop for each of its parts, and one for its picker.
    private const int StopsInOneField = 6;

    // Asked in the page itself, which holds no frames, and only for what is wrong: the package for Playwright tells all that is right as well, from a page beside.
    private const string FindViolations = """
        async leftOut => (await axe.run(document, { resultTypes: ['violations'], rules: Object.fromEntries(leftOut.map(rule => [rule, { enabled: false }])) })).violations
            .flatMap(violation => violation.nodes.map(node => `${violation.id}: ${violation.help}: ${node.html}`))
        """;

    private readonly List<string> _complaints = [];

    public Visitor(IPage page)
    {
        Page = page;
        page.Console += (_, message) =>
        {
            if (message.Type == "error" && !IsAboutTheStatus(message.Text))
                _complaints.Add(message.Text);
        };
        page.PageError += (_, error) => _complaints.Add(error);
        page.RequestFailed += (_, request) => _complaints.Add($"{request.Url}: {request.Failure}");
    }

    /// <summary>What knows the accessibility rules. A window is given it once, for all its pages: sent with each question it took as long as the answer.</summary>
    public static string Axe { get; } = new BundledAxeScriptProvider().GetScript();

    public IPage Page { get; }

    /// <summary>What the browser complained of so far: errors of scripts, files that did not come, breaches of the content security policy.</summary>
    public IReadOnlyList<string> Complaints => _complaints;

    /// <summary>Opens a page and waits until its pictures are drawn.</summary>
    /// <returns>The HTTP status.</returns>
    public async Task<int> OpenAsync(string address)
    {
        var answer = await Page.GotoAsync(address, new() { WaitUntil = WaitUntilState.Load });
        await WaitForChartsAsync();
        return answer!.Status;
    }

    /// <summary>Waits until the browser has come to an address, or to one that begins so ("…*"), and its page is whole.</summary>
    /// <remarks>Playwright's own waits, for the address too, end with the load, and miss it when a page comes quickly after another.</remarks>
    public Task ArriveAsync(string address) =>
        Page.WaitForFunctionAsync("address => (address.endsWith('*') ? location.href.startsWith(address.slice(0, -1)) : location.href === address) && document.readyState === 'complete'", address);

    /// <summary>Does what leads to another page, at whatever address, and waits until that one is whole.</summary>
    public async Task LeaveAsync(Func<Task> by)
    {
        await Page.EvaluateAsync("() => { window.isBeingLeft = true; }");
        await by();
        await Page.WaitForFunctionAsync("() => !window.isBeingLeft && document.readyState === 'complete'");
    }

    /// <returns>The HTTP status of the page that is open, however one came to it.</returns>
    public Task<int> StatusAsync() => Page.EvaluateAsync<int>("() => performance.getEntriesByType('navigation')[0].responseStatus");

    public async Task ResizeAsync(int width)
    {
        await Page.SetViewportSizeAsync(width, 900);
        await WaitForChartsAsync();
    }

    /// <param name="leftOut">Rules, by their ids.</param>
    /// <returns>A line for each element that breaks an accessibility rule.</returns>
    public async Task<IReadOnlyList<string>> AxeFindingsAsync(params string[] leftOut) => await Page.EvaluateAsync<string[]>(FindViolations, leftOut);

    /// <summary>Keeps a picture of the page for whoever wants to look: when SCREENSHOTS says a language, or "all". They take as long as what is tested.</summary>
    public Task ScreenshotAsync(string name, string language = "nb") =>
        Environment.GetEnvironmentVariable("SCREENSHOTS") is { } wanted && (wanted == "all" || wanted == language) ? KeepPictureAsync($"{name}-{language}") : Task.CompletedTask;

    /// <summary>Keeps a picture of the whole page in TestResults/screenshots.</summary>
    public Task KeepPictureAsync(string name) => Page.ScreenshotAsync(new()
    {
        Path = Path.Combine(Checkout.Root, "TestResults", "screenshots", $"{name}-{Page.ViewportSize!.Width}.png"),
        FullPage = true,
    });

    /// <summary>How far the page reaches beyond the right edge of the window, in CSS pixels.</summary>
    public Task<int> OverflowAsync() =>
        Page.EvaluateAsync<int>("() => Math.max(0, document.documentElement.scrollWidth - document.documentElement.clientWidth)");

    /// <summary>Goes through the page with the Tab key, from its top to its end.</summary>
    /// <returns>A line for each element that one can click but not reach, and for each that does not show that it has the focus.</returns>
    public async Task<IReadOnlyList<string>> KeyboardFindingsAsync()
    {
        var clickable = await Page.EvaluateAsync<string[]>(KeyboardWalk.Prepare);
        KeyboardWalk.Focused[] reached = [];
        for (var pressed = 0; pressed <= clickable.Length * StopsInOneField && reached.Length < clickable.Length;)
        {
            for (var missing = clickable.Length - reached.Length; missing > 0; missing--, pressed++)
                await Page.Keyboard.PressAsync("Tab");
            reached = await Page.EvaluateAsync<KeyboardWalk.Focused[]>(KeyboardWalk.Reached);
        }

        return
        [
            .. reached.Where(focused => !focused.Shows).Select(focused => $"does not show its focus: {clickable[focused.Index]}"),
            .. clickable.Where((_, index) => !reached.Any(focused => focused.Index == index)).Select(element => $"cannot be reached: {element}"),
        ];
    }

    public async ValueTask DisposeAsync() => await Page.Context.CloseAsync();

    private async Task WaitForChartsAsync() =>
        await Page.WaitForFunctionAsync(
            "() => [...document.querySelectorAll('script[data-chart-for]')].every(data => document.getElementById(data.dataset.chartFor).dataset.ready === 'true')");

    // The browser logs an error for every 4xx page; whether the status is right, the test says.
    private static bool IsAboutTheStatus(string message) => ResponseStatus().IsMatch(message);

    [GeneratedRegex(@"^Failed to load resource: the server responded with a status of 4\d\d")]
    private static partial Regex ResponseStatus();
}
