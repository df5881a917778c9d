using System.Diagnostics;
using HousingBank.Support;

namespace HousingBank.Web.Tests.Printing;

/// <summary>What a PDF says, by pdftotext.</summary>
internal static class PdfText
{
    /// <returns>Null where pdftotext (poppler) is not installed.</returns>
    public static async Task<string?> OfAsync(byte[] pdf)
    {
        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.Path, "a.pdf");
        await File.WriteAllBytesAsync(file, pdf);
        try
        {
            using var process = Process.Start(new ProcessStartInfo("pdftotext", ["-enc", "UTF-8", file, "-"]) { RedirectStandardOutput = true })!;
            return await process.StandardOutput.ReadToEndAsync();
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }
}
