using System.Text.RegularExpressions;
using HousingBank.Domain;
using HousingBank.Domain.Vocabulary;
using HousingBank.Support;

namespace HousingBank.Rules.Tests;

/// <summary>What the code itself keeps to.</summary>
public sealed partial class SourceRules
{
    private static IEnumerable<string> Sources => Checkout.Files.Where(file =>
        (file.StartsWith("src/", StringComparison.Ordinal) || file.StartsWith("ops/", StringComparison.Ordinal))
        && Path.GetExtension(file) is ".cs" or ".razor");

    [Fact]
    public void The_time_comes_from_a_TimeProvider() =>
        Sources.Where(file => ClockOfTheMachine().IsMatch(Checkout.Read(file))).ShouldBeEmpty();

    [Fact]
    public void The_domain_has_no_clock_and_makes_no_ids_of_its_own() =>
        Sources.Where(file => file.StartsWith("src/Domain/", StringComparison.Ordinal))
            .Where(file => ClockOrChance().IsMatch(Checkout.Read(file)))
            .ShouldBeEmpty();

    [Fact]
    public void Namespaces_follow_folders() =>
        Sources.Where(file => file.StartsWith("src/", StringComparison.Ordinal) && Path.GetExtension(file) == ".cs")
            .Select(file => (File: file, Namespace: NamespaceLine().Match(Checkout.Read(file))))
            .Where(source => source.Namespace.Success && source.Namespace.Groups[1].Value != NamespaceOf(source.File))
            .Select(source => $"{source.File}: {source.Namespace.Groups[1].Value}")
            .ShouldBeEmpty();

    [Fact]
    public void Forms_of_what_stands_for_good_say_first_that_they_ask_for_a_second_sign_in()
    {
        var folders = Aggregates.All.Where(a => new StreamId(a.Kind, "x").StandsForGood()).SelectMany(a => a.FactTypes).Select(t => t.Namespace).ToList();
        var commands = typeof(Command).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(Command)) && folders.Contains(t.Namespace)).ToList();
        var forms = Sources.Where(file => Path.GetExtension(file) == ".razor")
            .Where(file => commands.Any(c => Checkout.Read(file).Contains($"new {c.Name}(", StringComparison.Ordinal)))
            .ToList();

        forms.ShouldNotBeEmpty();
        forms.Where(file => !Checkout.Read(file).Contains("NeedsSecondSignIn", StringComparison.Ordinal)).ShouldBeEmpty();
    }

    private static string NamespaceOf(string file) =>
        "HousingBank." + Path.GetDirectoryName(file)!.Replace('\\', '/')["src/".Length..].Replace('/', '.');

    [GeneratedRegex(@"\bDateTime(Offset)?\.(Utc)?(Now|Today)\b")]
    private static partial Regex ClockOfTheMachine();

    [GeneratedRegex(@"\bTimeProvider\b|\bStopwatch\b|\bGuid\.(NewGuid|CreateVersion7)\b|\bRandom\b")]
    private static partial Regex ClockOrChance();

    [GeneratedRegex(@"^namespace ([\w.]+);", RegexOptions.Multiline)]
    private static partial Regex NamespaceLine();
}
