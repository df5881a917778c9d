using System.Text.RegularExpressions;

namespace HousingBank.Browser.Tests;

/// <summary>What is said to the browser once more must be what Playwright says to it, also after an update.</summary>
public sealed partial class ChromiumTests
{
    [Fact]
    public void What_Playwright_turns_off_stays_off()
    {
        var server = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, ".playwright", "package", "lib", "coreBundle.js"));

        var list = DisabledFeatures().Matches(server).ShouldHaveSingleItem("Playwright keeps its list elsewhere: look for where it makes --disable-features.").Value;

        Feature().Matches(list).Select(feature => feature.Groups["name"].Value).ShouldBe(Chromium.LeftOutByPlaywright);
    }

    [GeneratedRegex(@"(?<=\bdisabledFeatures = \[)[^\]]*")]
    private static partial Regex DisabledFeatures();

    // One on a line; comments stand on lines of their own.
    [GeneratedRegex("^\\s*\"(?<name>\\w+)\",?\\s*$", RegexOptions.Multiline)]
    private static partial Regex Feature();
}
