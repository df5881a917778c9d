namespace HousingBank.Browser.Tests;

/// <summary>The walk itself must find what is wrong.</summary>
public sealed class KeyboardWalkTests(RunningProgramme programme)
{
    [Fact]
    public async Task It_names_what_cannot_be_reached_and_what_does_not_show_its_focus()
    {
        await using var visitor = await programme.VisitAsync();
        await visitor.Page.SetContentAsync("""
            <style>.shy:focus { outline: none }</style>
            <a href="#here">good</a>
            <button tabindex="-1">unreachable</button>
            <button class="shy">shy</button>
            <button hidden>not there</button>
            """);

        var findings = await visitor.KeyboardFindingsAsync();

        findings.Count.ShouldBe(2);
        findings.ShouldContain(finding => finding.StartsWith("does not show its focus") && finding.Contains("shy"));
        findings.ShouldContain(finding => finding.StartsWith("cannot be reached") && finding.Contains("unreachable"));
    }
}
