using System.Globalization;
using System.Text;
using HousingBank.Domain.Applications;
using HousingBank.Domain.Vocabulary;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace HousingBank.Web.Attachments;

/// <summary>A file as a program sends it, with the day it takes effect. It is read into memory and nowhere else: no folder holds it in the open.</summary>
/// <param name="Name">Without folders; may be empty or otherwise not allowed.</param>
public sealed record SentFile(string Name, byte[] Content, DateOnly EffectiveOn, string? DecidedBy, string? EntryReason)
{
    /// <summary>Bytes of a whole request: the file and what stands around it.</summary>
    public const long LargestRequest = AttachmentRules.LargestFile + (64 * 1024);

    private const int LongestText = 16 * 1024;
    private const int LongestBoundary = 100;
    private const int MostParts = 4;

    public static readonly Refusal Missing = Refusal.OfField(Fields.Missing, FileInspection.Field);

    /// <summary>Reads a request of the type multipart/form-data: one part "file", one "effectiveOn", and perhaps "decidedBy" and "entryReason".</summary>
    /// <returns>The file, or what is wrong with the request.</returns>
    /// <exception cref="BadHttpRequestException">It cannot be read, or is too large.</exception>
    public static async Task<(SentFile? File, Refusal? Refused)> ReadAsync(HttpRequest request, CancellationToken cancel)
    {
        if (BoundaryOf(request) is not { } boundary)
            throw new BadHttpRequestException("This is no form with parts.", StatusCodes.Status415UnsupportedMediaType);
        (string Name, byte[] Content)? file = null;
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        try
        {
            var parts = new MultipartReader(boundary, request.Body) { HeadersCountLimit = 8, HeadersLengthLimit = 4 * 1024 };
            for (var count = 1; await parts.ReadNextSectionAsync(cancel) is { } part; count++)
            {
                if (count > MostParts || !ContentDispositionHeaderValue.TryParse(part.ContentDisposition, out var about) || HeaderUtilities.RemoveQuotes(about.Name).Value is not { } name)
                    throw new BadHttpRequestException("A part is not named, or there are too many.");
                if (name == FileInspection.Field && file is null && (about.FileNameStar.HasValue || about.FileName.HasValue))
                {
                    var sent = about.FileNameStar.HasValue ? about.FileNameStar.Value : HeaderUtilities.RemoveQuotes(about.FileName).Value;
                    file = (FileInspection.NameOf(sent), await ReadAsync(part.Body, AttachmentRules.LargestFile, cancel));
                }
                else if (name is not ("effectiveOn" or "decidedBy" or "entryReason") || about.FileName.HasValue || !texts.TryAdd(name, Encoding.UTF8.GetString(await ReadAsync(part.Body, LongestText, cancel))))
                {
                    throw new BadHttpRequestException("A part is not known, or there twice.");
                }
            }
        }
        catch (Exception e) when (e is InvalidDataException or IOException and not BadHttpRequestException)
        {
            throw new BadHttpRequestException("The parts cannot be read.", e);
        }

        if (file is not { } found)
            return (null, Missing);
        if (!texts.TryGetValue("effectiveOn", out var written))
            return (null, Refusal.OfField(Fields.Missing, "effectiveOn"));
        return DateOnly.TryParseExact(written, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? (new SentFile(found.Name, found.Content, day, texts.GetValueOrDefault("decidedBy"), texts.GetValueOrDefault("entryReason")), null)
            : (null, Refusal.OfField(Fields.Unreadable, "effectiveOn"));
    }

    /// <summary>Reads the file that came with a form.</summary>
    public static async Task<byte[]> ReadAsync(IFormFile sent, CancellationToken cancel)
    {
        await using var body = sent.OpenReadStream();
        return await ReadAsync(body, (int)LargestRequest, cancel);
    }

    private static string? BoundaryOf(HttpRequest request) =>
        MediaTypeHeaderValue.TryParse(request.ContentType, out var type) && type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase)
        && HeaderUtilities.RemoveQuotes(type.Boundary).Value is { Length: > 0 and <= LongestBoundary } boundary
            ? boundary
            : null;

    private static async Task<byte[]> ReadAsync(Stream body, int longest, CancellationToken cancel)
    {
        using var content = new MemoryStream();
        var buffer = new byte[64 * 1024];
        for (int read; (read = await body.ReadAsync(buffer, cancel)) > 0;)
        {
            if (content.Length + read > longest)
                throw new BadHttpRequestException("A part is too large.", StatusCodes.Status413PayloadTooLarge);
            content.Write(buffer, 0, read);
        }

        return content.ToArray();
    }
}
