using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using HousingBank.Support;
using HousingBank.Web.Shell;
using Microsoft.Extensions.Configuration;

namespace HousingBank.Rules.Tests;

/// <summary>docs/reference/configuration.md lists the settings of the web process as the code has them.</summary>
/// <remarks>Set WRITE_REFERENCE=1 to write its table anew.</remarks>
public sealed partial class SettingsTests
{
    private const string File = "docs/reference/configuration.md";
    private const string Begin = "<!-- made from src/Web/Shell/Settings.cs by a test; do not edit -->\n";
    private const string End = "<!-- end -->\n";

    [Fact]
    public void The_reference_lists_the_settings_of_the_code()
    {
        var text = Checkout.Read(File);
        var (from, to) = (text.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length, text.IndexOf(End, StringComparison.Ordinal));
        var asCode = text[..from] + Table() + text[to..];
        if (Environment.GetEnvironmentVariable("WRITE_REFERENCE") == "1")
            System.IO.File.WriteAllText(Path.Combine(Checkout.Root, File), asCode);
        Checkout.Read(File).ShouldBe(asCode, $"{File} is out of date: run this test with WRITE_REFERENCE=1.");
    }

    [Fact]
    public void Settings_stand_by_name_and_each_once()
    {
        var names = Settings.All.Select(s => s.Name).ToList();

        names.ShouldBe(names.Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Whatever_the_code_reads_is_listed()
    {
        var read = Checkout.Files.Where(f => f.StartsWith("src/Web/", StringComparison.Ordinal) && f.EndsWith(".cs", StringComparison.Ordinal))
            .SelectMany(f => ReadSetting().Matches(Checkout.Read(f)).Select(m => m.Groups["name"].Value))
            .ToList();

        read.ShouldNotBeEmpty();
        read.Where(name => !Settings.All.Any(s => s.Name == name || s.Name.StartsWith(name + ":", StringComparison.Ordinal))).ShouldBeEmpty();
    }

    [Fact]
    public void Whatever_else_is_read_from_the_environment_is_listed()
    {
        // Of the machine, not of the programme.
        string[] leftOut = ["PATH", "NUGET_PACKAGES"];
        var read = Checkout.Files.Where(f => f.EndsWith(".cs", StringComparison.Ordinal) || f == "docker-compose.yml" || f.StartsWith("ops/", StringComparison.Ordinal))
            .SelectMany(f => ReadFromEnvironment().Matches(Checkout.Read(f)).Select(m => m.Groups["name"].Value))
            .Except(leftOut)
            .ToList();

        var listed = Checkout.Read(File);
        read.ShouldContain("FUZZ_SEED");
        read.ShouldContain("ASPNET_IMAGE");
        read.Where(name => !listed.Contains($"`{name}", StringComparison.Ordinal)).ShouldBeEmpty();
    }

    [Fact]
    public void A_misspelt_name_is_noticed()
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Demo:Enable"] = "true",
            ["Demo:Enabled"] = "true",
            ["TimeBar:Days:0"] = "2010-12-10",
            ["Elsewhere:Anything"] = "1",
        }).Build();

        Settings.Unknown(configuration).ShouldBe(["Demo:Enable"]);
    }

    private static string Table()
    {
        var text = new StringBuilder("| setting | default | meaning |\n|---|---|---|\n");
        foreach (var setting in Settings.All)
            text.Append(CultureInfo.InvariantCulture, $"| `{setting.Name}` | {setting.Default} | {setting.Meaning} |\n");
        return text.ToString();
    }

    [GeneratedRegex("""onfiguration\s*(?:\[|\.GetSection\(|\.GetValue<[^>]+>\(|\.GetRequiredSection\()"(?<name>[^"]+)"|\.GetSection\("(?<name>[^"]+)"\)""")]
    private static partial Regex ReadSetting();

    [GeneratedRegex(@"(?:GetEnvironmentVariable|Number|Chosen)\(""(?<name>[A-Z][A-Z_]+)""|\$\{(?<name>[A-Z][A-Z_]+):")]
    private static partial Regex ReadFromEnvironment();
}
