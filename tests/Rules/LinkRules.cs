using System.Text.RegularExpressions;
using HousingBank.Support;

namespace HousingBank.Rules.Tests;

/// <summary>Documents lead somewhere.</summary>
public sealed partial class LinkRules
{
    public static TheoryData<string> EveryDocument => [.. Checkout.Files.Where(f => f.EndsWith(".md", StringComparison.Ordinal))];

    [Theory]
    [MemberData(nameof(EveryDocument))]
    public void Every_link_within_the_repository_leads_to_a_file(string document)
    {
        var folder = Path.GetDirectoryName(Path.Combine(Checkout.Root, document))!;
        var broken = Links().Matches(Checkout.Read(document))
            .Select(m => m.Groups["to"].Value)
            .Where(to => !to.Contains("://", StringComparison.Ordinal) && !to.StartsWith('#'))
            .Where(to => !Path.Exists(Path.Combine(folder, Uri.UnescapeDataString(to.Split('#')[0]))));
        broken.ShouldBeEmpty();
    }

    [GeneratedRegex(@"\]\((?<to>[^)\s]+)\)")]
    private static partial Regex Links();
}
