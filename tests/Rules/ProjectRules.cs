using System.Xml.Linq;
using HousingBank.Support;

namespace HousingBank.Rules.Tests;

/// <summary>Which project may know which, and that none is left out.</summary>
public sealed class ProjectRules
{
    private static readonly Dictionary<string, string[]> MayKnow = new()
    {
        ["Domain"] = [],
        ["Store"] = [],
        ["Processes"] = ["Domain", "Store"],
        ["ReadModels"] = ["Domain", "Store"],
        ["Web"] = ["Domain", "Store", "Processes", "ReadModels"],
        ["Cli"] = ["Domain", "Store", "Processes", "ReadModels"],
    };

    public static TheoryData<string> Sources => [.. MayKnow.Keys];

    [Fact]
    public void The_sources_are_the_projects_of_the_architecture() =>
        ProjectsUnder("src/").Select(NameOf).ShouldBe(MayKnow.Keys, ignoreOrder: true);

    [Theory]
    [MemberData(nameof(Sources))]
    public void A_project_knows_only_those_below_it(string project) =>
        References(project, "ProjectReference").Select(NameOf).ShouldBeSubsetOf(MayKnow[project]);

    [Fact]
    public void The_domain_has_no_packages_and_no_framework_beside_the_language()
    {
        References("Domain", "PackageReference").ShouldBeEmpty();
        References("Domain", "FrameworkReference").ShouldBeEmpty();
    }

    [Fact]
    public void The_solution_holds_every_project()
    {
        var solution = Checkout.Read("Programme.sln").Replace('\\', '/');

        ProjectsUnder("").Where(project => !solution.Contains($"\"{project}\"", StringComparison.Ordinal)).ShouldBeEmpty();
    }

    [Fact]
    public void Packages_have_exact_versions_in_one_place()
    {
        var versions = XDocument.Parse(Checkout.Read("Directory.Packages.props")).Descendants("PackageVersion")
            .Select(package => (string)package.Attribute("Version")!);
        var elsewhere = ProjectsUnder("").SelectMany(project => XDocument.Parse(Checkout.Read(project)).Descendants("PackageReference"))
            .Where(package => package.Attribute("Version") is not null || package.Attribute("VersionOverride") is not null);

        versions.Where(version => !Version.TryParse(version, out _)).ShouldBeEmpty();
        elsewhere.ShouldBeEmpty();
    }

    private static IEnumerable<string> ProjectsUnder(string folder) =>
        Checkout.Files.Where(file => file.StartsWith(folder, StringComparison.Ordinal) && file.EndsWith(".csproj", StringComparison.Ordinal));

    private static IEnumerable<string> References(string project, string kind) =>
        XDocument.Parse(Checkout.Read($"src/{project}/{project}.csproj")).Descendants(kind).Select(reference => (string)reference.Attribute("Include")!);

    private static string NameOf(string project) => Path.GetFileNameWithoutExtension(project);
}
