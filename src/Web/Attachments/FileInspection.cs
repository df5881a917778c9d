using System.IO.Compression;
using System.Text;
using HousingBank.Domain.Applications;
using HousingBank.Domain.Vocabulary;

namespace HousingBank.Web.Attachments;

/// <summary>What a file is by its content, whatever it is called and whatever its sender says that it is, and whether it is known to be harmful.</summary>
public sealed class FileInspection(VirusScanner scanner)
{
    public const string Field = "file";

    public static readonly Refusal Empty = Refusal.OfField("file-empty", Field);
    public static readonly Refusal TooLarge = Refusal.OfField("file-too-large", Field);
    public static readonly Refusal NotRecognised = Refusal.OfField("file-not-recognised", Field);
    public static readonly Refusal NameDisagrees = Refusal.OfField("file-name-disagrees", Field);
    public static readonly Refusal Damaged = Refusal.OfField("file-damaged", Field);
    public static readonly Refusal HasMacros = Refusal.OfField("file-has-macros", Field);
    public static readonly Refusal Encrypted = Refusal.OfField("file-encrypted", Field);
    public static readonly Refusal UnpacksTooLarge = Refusal.OfField("file-unpacks-too-large", Field);

    // A long document with many pictures stays far below.
    private const int MostEntries = 2_000;
    private const long LargestUnpacked = 100 * 1024 * 1024;

    // What a file says of its kind is kept and read as text; real ones take a few thousand bytes.
    private const long LargestOfKind = 1024 * 1024;

    private const string Word = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
    private const string Sheet = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    private const string OpenText = "application/vnd.oasis.opendocument.text";

    private const string ContentTypes = "[Content_Types].xml";
    private const string OpenKind = "mimetype";
    private const string OpenManifest = "META-INF/manifest.xml";

    /// <returns>The media type, or what stands in the way.</returns>
    /// <exception cref="NotScannedException">The virus scanner does not say whether it is harmful.</exception>
    public async Task<(string? MediaType, Refusal? Refused)> InspectAsync(byte[] content, string fileName, CancellationToken cancel)
    {
        var recognised = Recognise(content, fileName);
        if (recognised.Refused is not null)
            return recognised;
        return await scanner.InspectAsync(content, cancel) is { } harmful ? (null, harmful) : recognised;
    }

    /// <summary>The name without the folders that some browsers send with it.</summary>
    public static string NameOf(string? sent) => (sent ?? "").Split('/', '\\')[^1].Trim() is var name && IsText(name) ? name.Normalize() : "";

    private static (string? MediaType, Refusal? Refused) Recognise(byte[] content, string fileName)
    {
        if (content.Length == 0)
            return (null, Empty);
        if (content.Length > AttachmentRules.LargestFile)
            return (null, TooLarge);
        var (kind, refused) = Recognise(content);
        if (kind is null)
            return (null, refused ?? NotRecognised);
        var ending = Path.GetExtension(fileName).ToLowerInvariant();
        return (ending is ".jpeg" ? ".jpg" : ending) == AttachmentRules.Endings[kind] ? (kind, null) : (null, NameDisagrees);
    }

    private static (string? MediaType, Refusal? Refused) Recognise(ReadOnlySpan<byte> content) => content switch
    {
        _ when content.StartsWith("%PDF-"u8) => ("application/pdf", null),
        _ when content.StartsWith((ReadOnlySpan<byte>)[0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) => ("image/png", null),
        _ when content.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]) => ("image/jpeg", null),
        _ when content.StartsWith("PK\u0003\u0004"u8) => RecogniseFolder(content.ToArray()),
        _ => (null, null),
    };

    private static (string? MediaType, Refusal? Refused) RecogniseFolder(byte[] content)
    {
        try
        {
            using var folder = new ZipArchive(new MemoryStream(content, writable: false), ZipArchiveMode.Read);
            if (folder.Entries.Count > MostEntries)
                return (null, UnpacksTooLarge);
            if (folder.Entries.Any(e => e.IsEncrypted))
                return (null, Encrypted);
            if (folder.Entries.Any(IsMacro))
                return (null, HasMacros);
            return Unpack(folder) is { } texts ? KindOf(texts) : (null, UnpacksTooLarge);
        }
        catch (Exception e) when (e is InvalidDataException or NotSupportedException or IOException or ArgumentException)
        {
            return (null, Damaged);
        }
    }

    private static (string? MediaType, Refusal? Refused) KindOf(Dictionary<string, string> texts)
    {
        var types = texts.GetValueOrDefault(ContentTypes, "");
        if (types.Contains("macroEnabled", StringComparison.OrdinalIgnoreCase) || types.Contains("vbaProject", StringComparison.OrdinalIgnoreCase))
            return (null, HasMacros);
        if (texts.GetValueOrDefault(OpenManifest, "").Contains("encryption-data", StringComparison.Ordinal))
            return (null, Encrypted);
        return (texts.GetValueOrDefault(OpenKind)?.Trim() == OpenText, types.Contains(Word + ".main+xml", StringComparison.Ordinal), types.Contains(Sheet + ".main+xml", StringComparison.Ordinal)) switch
        {
            (true, false, false) => (OpenText, null),
            (false, true, false) => (Word, null),
            (false, false, true) => (Sheet, null),
            _ => (null, null),
        };
    }

    private static bool IsMacro(ZipArchiveEntry entry) =>
        entry.FullName.Contains("vbaProject.bin", StringComparison.OrdinalIgnoreCase)
        || entry.FullName.StartsWith("Basic/", StringComparison.OrdinalIgnoreCase)
        || entry.FullName.StartsWith("Scripts/", StringComparison.OrdinalIgnoreCase);

    /// <summary>Unpacks all of it, and keeps what tells the kind: what a folder says of its own size may be a lie.</summary>
    /// <returns>Null when it is too much.</returns>
    private static Dictionary<string, string>? Unpack(ZipArchive folder)
    {
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        var left = LargestUnpacked;
        var buffer = new byte[64 * 1024];
        foreach (var entry in folder.Entries)
        {
            using var packed = entry.Open();
            using var kept = entry.FullName is ContentTypes or OpenKind or OpenManifest ? new MemoryStream() : null;
            for (int read; (read = packed.Read(buffer)) > 0;)
            {
                if ((left -= read) < 0 || kept?.Length + read > LargestOfKind)
                    return null;
                kept?.Write(buffer, 0, read);
            }

            // The same name twice can mean one thing to us and another to who opens it.
            if (kept is not null && !texts.TryAdd(entry.FullName, Encoding.UTF8.GetString(kept.ToArray())))
                throw new InvalidDataException(entry.FullName);
        }

        return texts;
    }

    /// <summary>False for what cannot be brought into one form: half a character, and the mark of bytes in the wrong order.</summary>
    private static bool IsText(string name) => !name.Contains('\uFFFE') && Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(name)) == name;
}
