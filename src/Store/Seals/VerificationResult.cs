using System.Globalization;
using System.Text;

namespace HousingBank.Store.Seals;

/// <summary>Something that is not as it was recorded or sealed.</summary>
/// <param name="Ordinal">The event's place in the log; the first that can be meant when a seal covers several. Null when it is about no place in the log.</param>
/// <param name="Tenant">With stream and version, null when they cannot be known.</param>
/// <param name="What">A sentence without the full stop.</param>
public sealed record Finding(long? Ordinal, string? Tenant, string? Stream, int? Version, string What)
{
    private static readonly UnicodeCategory[] s_unshown = [UnicodeCategory.Control, UnicodeCategory.Format, UnicodeCategory.LineSeparator, UnicodeCategory.ParagraphSeparator];

    /// <summary>About no event.</summary>
    public static Finding About(string what) => new(null, null, null, null, what);

    public override string ToString()
    {
        var line = new StringBuilder();
        if (Ordinal is { } ordinal)
            line.Append(CultureInfo.InvariantCulture, $"event {ordinal}");
        if (Stream is not null)
            line.Append(line.Length > 0 ? ", " : "").Append(CultureInfo.InvariantCulture, $"{Tenant}/{Stream}");
        if (Version is { } version)
            line.Append(CultureInfo.InvariantCulture, $" version {version}");
        line.Append(line.Length > 0 ? ": " : "").Append(What);
        // What somebody wrote into the database is not to write lines of its own here, nor to be shown as something else than it is.
        return string.Concat(line.ToString().Select(c => s_unshown.Contains(char.GetUnicodeCategory(c)) ? '\uFFFD' : c));
    }
}

/// <summary>What a verification looked at and what it found.</summary>
/// <param name="Wrong">The first of what is wrong, in the order of the log; what is about no place in it comes last.</param>
/// <param name="WrongInAll">How much is wrong; may be more than <paramref name="Wrong"/> lists.</param>
/// <param name="Sealed">Events covered by seals.</param>
/// <param name="NotSealed">Events with an ordinal that no seal covers yet.</param>
/// <param name="NotNumbered">Events without an ordinal.</param>
/// <param name="SignaturesVerified">Heads whose signature is by a key that was given.</param>
/// <param name="SignaturesUnchecked">Heads that are signed, when no key was given.</param>
/// <param name="HeadsCompared">Published heads that were compared with the seals.</param>
/// <param name="Newest">Null when there is no seal.</param>
public sealed record VerificationResult(
    IReadOnlyList<Finding> Wrong,
    long WrongInAll,
    long Seals,
    long Sealed,
    long NotSealed,
    long NotNumbered,
    long Attachments,
    long SignaturesVerified,
    long SignaturesUnchecked,
    long HeadsCompared,
    Head? Newest)
{
    public bool IsWhole => WrongInAll == 0;
}
