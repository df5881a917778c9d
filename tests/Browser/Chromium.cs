using Microsoft.Playwright;

namespace HousingBank.Browser.Tests;

/// <summary>The browser of the machine; none is downloaded.</summary>
internal static class Chromium
{
    private static readonly string[] Places =
    [
        "/usr/bin/chromium",
        "/usr/bin/chromium-browser",
        "/usr/bin/google-chrome",
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
        @"C:\Program Files\Google\Chrome\Application\chrome.exe",
        @"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
    ];

    // Pages of the browser's own beneath its address field, which nobody sees here: their process, one for each window, took half as much time as those of our pages.
    private static readonly string[] LeftOut = ["WebUIOmniboxPopup", "WebUIOmniboxAimPopup"];

    /// <summary>Playwright's own list once more, since the browser goes by the last one; a test compares it.</summary>
    public static IReadOnlyList<string> LeftOutByPlaywright { get; } =
    [
        "AvoidUnnecessaryBeforeUnloadCheckSync", "DestroyProfileOnBrowserClose", "DialMediaRouteProvider", "GlobalMediaControls", "HttpsUpgrades", "LensOverlay",
        "MediaRouter", "PaintHolding", "ThirdPartyStoragePartitioning", "BlockOriginHeaderModificationOnRedirect", "AvoidCorsURLLoaderRestartOnRedirect",
        "Translate", "AutoDeElevate", "OptimizationHints", "NetworkTimeServiceQuerying", "AimEnabled", "msForceBrowserSignIn", "msEdgeUpdateLaunchServicesPreferredVersion",
    ];

    private static readonly string[] Flags =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
        "--disable-background-networking", "--disable-component-update", "--disable-sync",
        $"--disable-features={string.Join(',', [.. LeftOutByPlaywright, .. LeftOut])}",
    ];

    public static Task<IBrowser> LaunchAsync(IPlaywright playwright)
    {
        var program = Environment.GetEnvironmentVariable("CHROMIUM") is { Length: > 0 } given ? given : Places.FirstOrDefault(File.Exists);
        return program is null
            ? throw new InvalidOperationException(
                "There is no Chromium on this machine: install it (apt-get install chromium), or set CHROMIUM to its path, or run 'bash ops/check.sh', which installs it where it can.")
            : playwright.Chromium.LaunchAsync(new() { ExecutablePath = program, Args = Flags });
    }
}
