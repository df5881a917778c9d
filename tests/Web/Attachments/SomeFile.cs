using System.IO.Compression;
using System.Net.Http.Headers;
using System.Text;
using HousingBank.Web.Tests.Api;

namespace HousingBank.Web.Tests.Attachments;

/// <summary>Files as they are, and as they should not be.</summary>
internal static class SomeFile
{
    private const string Types = "<Types><Override PartName=\"/a.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.{0}.main+xml\"/></Types>";

    public static byte[] Pdf { get; } = [.. "%PDF-1.7\n"u8, .. Enumerable.Range(0, 5_000).Select(i => (byte)i)];

    public static byte[] Png { get; } = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 1, 2, 3];

    public static byte[] Jpeg { get; } = [0xFF, 0xD8, 0xFF, 0xE0, 1, 2, 3];

    public static byte[] Word(params (string Name, string Text)[] more) =>
        Folder([("[Content_Types].xml", string.Format(null, CompositeFormat.Parse(Types), "wordprocessingml.document")), ("word/document.xml", "<w/>"), .. more]);

    public static byte[] Sheet() => Folder(("[Content_Types].xml", string.Format(null, CompositeFormat.Parse(Types), "spreadsheetml.sheet")));

    public static byte[] OpenText(params (string Name, string Text)[] more) => Folder([("mimetype", "application/vnd.oasis.opendocument.text"), .. more]);

    public static byte[] Folder(params (string Name, string Text)[] entries)
    {
        using var file = new MemoryStream();
        using (var folder = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, text) in entries)
            {
                using var entry = folder.CreateEntry(name).Open();
                entry.Write(Encoding.UTF8.GetBytes(text));
            }
        }

        return file.ToArray();
    }

    /// <summary>Small as it is sent, and far too much when it is unpacked.</summary>
    public static byte[] Bomb() => Word(("word/a.xml", new string('a', 60_000_000)), ("word/b.xml", new string('b', 60_000_000)));

    /// <summary>Its flags say that every entry is encrypted.</summary>
    public static byte[] EncryptedFolder()
    {
        var file = Word();
        for (var i = 0; i + 10 < file.Length; i++)
        {
            if (file.AsSpan(i, 4).SequenceEqual("PK\u0003\u0004"u8))
                file[i + 6] |= 1;
            else if (file.AsSpan(i, 4).SequenceEqual("PK\u0001\u0002"u8))
                file[i + 8] |= 1;
        }

        return file;
    }

    /// <summary>Sends a form with a file to the attachments of an application.</summary>
    public static async Task<ApiAnswer> SendAsync(ApiClient sender, string attachments, HttpContent form, string ifMatch = "*", string? key = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, attachments) { Content = form };
        request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        if (key is not null)
            request.Headers.TryAddWithoutValidation("Idempotency-Key", key);
        return await ApiAnswer.OfAsync(await sender.Http.SendAsync(request));
    }

    public static MultipartFormDataContent Form(byte[] content, string name, string day = "2009-05-02", string type = "application/octet-stream")
    {
        var file = new ByteArrayContent(content);
        file.Headers.ContentType = new MediaTypeHeaderValue(type);
        return new MultipartFormDataContent { { new StringContent(day), "effectiveOn" }, { file, "file", name } };
    }
}
