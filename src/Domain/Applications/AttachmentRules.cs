using System.Buffers;
using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace HousingBank.Domain.Applications;

/// <summary>What can be sent in with an application.</summary>
public static class AttachmentRules
{
    public const int Most = 50;

    /// <summary>Bytes of a file.</summary>
    public const int LargestFile = 10 * 1024 * 1024;

    private static readonly SearchValues<char> s_signsOfPaths = SearchValues.Create("/\\:*?\"<>|");

    /// <summary>The media types that are taken, with the ending of their file names.</summary>
    public static FrozenDictionary<string, string> Endings { get; } = new Dictionary<string, string>
    {
        ["application/pdf"] = ".pdf",
        ["image/png"] = ".png",
        ["image/jpeg"] = ".jpg",
        ["application/vnd.openxmlformats-officedocument.wordprocessingml.document"] = ".docx",
        ["application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"] = ".xlsx",
        ["application/vnd.oasis.opendocument.text"] = ".odt",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>True for what can be shown and saved anywhere as the name of a file in a folder.</summary>
    public static bool IsFileName(string name) =>
        name is not ("." or "..") && name == name.Trim() && !name.AsSpan().ContainsAny(s_signsOfPaths) && !name.EnumerateRunes().Any(IsHidden);

    // Format characters turn the direction of text: "fdp.exe" is then shown as "exe.pdf".
    private static bool IsHidden(Rune rune) => Rune.GetUnicodeCategory(rune) is
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.OtherNotAssigned;
}
