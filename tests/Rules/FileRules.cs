using System.Text.RegularExpressions;
using HousingBank.Support;

namespace HousingBank.Rules.Tests;

/// <summary>What no file of the repository holds, and where files belong.</summary>
public sealed partial class FileRules
{
    private static readonly string[] Pictures = [".png", ".jpg", ".ico", ".woff2"];

    private static IEnumerable<string> Texts => Checkout.Files.Where(file => !Pictures.Contains(Path.GetExtension(file)));

    [Fact]
    public void The_top_level_is_short() =>
        Checkout.Files.Where(file => file[0] != '.').Select(file => file.Split('/')[0]).Distinct().ShouldBe(
            [
                "Directory.Build.props", "Directory.Packages.props", "Programme.sln", "README.md", "docker-compose.yml", "global.json",
                "docs", "ops", "src", "tests", "tools",
            ],
            ignoreOrder: true);

    [Fact]
    public void No_file_names_a_package_registry() => LinesWith(PackageRegistry()).ShouldBeEmpty();

    [Fact]
    public void No_file_names_a_place_on_somebodys_machine() => LinesWith(PlaceOnAMachine()).ShouldBeEmpty();

    [Fact]
    public void No_file_holds_work_left_for_later() => LinesWith(LeftForLater()).ShouldBeEmpty();

    [Fact]
    public void Lock_files_pin_contents_and_not_addresses() =>
        Texts.Where(file => Path.GetFileName(file) == "package-lock.json")
            .Where(file => Checkout.Read(file).Contains("\"resolved\"", StringComparison.Ordinal))
            .ShouldBeEmpty();

    [Fact]
    public void An_aggregate_has_the_same_files_as_every_other()
    {
        string[] roles = ["Events.cs", "Commands.cs", "Refusals.cs", "State.cs", "Decider.cs"];
        var aggregates = Checkout.Files.Where(file => file.StartsWith("src/Domain/", StringComparison.Ordinal) && file.EndsWith("Aggregate.cs", StringComparison.Ordinal))
            .Where(file => !file.StartsWith("src/Domain/Vocabulary/", StringComparison.Ordinal));

        aggregates.SelectMany(file => roles.Select(role => file.Replace("Aggregate.cs", role, StringComparison.Ordinal)))
            .Except(Checkout.Files)
            .ShouldBeEmpty();
    }

    private static IEnumerable<string> LinesWith(Regex forbidden) =>
        from file in Texts
        from line in Checkout.Read(file).Split('\n').Select((text, index) => (Text: text, Number: index + 1))
        where forbidden.IsMatch(line.Text)
        select $"{file}:{line.Number}: {line.Text.Trim()}";

    [GeneratedRegex(@"registry\.npmjs|registry\.yarnpkg|npmjs\.org|nuget\.org|pkgs\.dev\.azure", RegexOptions.IgnoreCase)]
    private static partial Regex PackageRegistry();

    [GeneratedRegex(@"(?<![\w.\-/])/(work|root|home/\w+|Users/\w+)/|\b[A-Z]:\\Users\\", RegexOptions.None)]
    private static partial Regex PlaceOnAMachine();

    [GeneratedRegex(@"\bTO[D]O\b|\bFIX[M]E\b|\bX[X]X\b|NotImplemented[E]xception")]
    private static partial Regex LeftForLater();
}
