namespace HousingBank.Browser.Tests;

/// <summary>The rules that pages are held against must find what is wrong.</summary>
public sealed class AxeTests(RunningProgramme programme)
{
    [Fact]
    public async Task It_names_what_breaks_a_rule()
    {
        await using var visitor = await programme.VisitAsync();
        await visitor.Page.SetContentAsync("""
            <html lang="nb"><title>Side</title><main><h1>Side</h1>
            <img src="data:,">
            <label>Navn <input></label><input>
            <p style="color: #999; background: #fff">Blekt</p>
            </main></html>
            """);

        var findings = await visitor.AxeFindingsAsync();

        findings.Select(finding => finding.Split(':')[0]).ShouldBe(["color-contrast", "image-alt", "label"], ignoreOrder: true);
    }
}
