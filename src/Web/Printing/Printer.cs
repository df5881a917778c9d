using System.Text;

namespace HousingBank.Web.Printing;

/// <summary>Prints documents. Where there is no browser to print with, or it fails, the document itself is handed over.</summary>
/// <param name="browser">Null when this machine has none.</param>
public sealed class Printer(PrintingBrowser? browser, ILogger<Printer> log) : IDisposable
{
    private const int LongestName = 100;

    // A browser takes much memory: whoever comes second waits, and as long as the printing itself may take.
    private readonly SemaphoreSlim _turn = new(1);

    /// <param name="title">What the file is called, without its ending.</param>
    /// <param name="html">A whole document that fetches nothing: <see cref="PaperDocument"/>.</param>
    /// <exception cref="OperationCanceledException">Nobody waits for it any more; the browser is ended.</exception>
    public async Task<PrintedFile> PrintAsync(string title, string html, CancellationToken cancel) => await TryPdfAsync(html, cancel) is { } pdf
        ? new(pdf, "application/pdf", NameOf(title, ".pdf"))
        : new(Encoding.UTF8.GetBytes(html), "text/html; charset=utf-8", NameOf(title, ".html"));

    public void Dispose() => _turn.Dispose();

    private async Task<byte[]?> TryPdfAsync(string html, CancellationToken cancel)
    {
        if (browser is null)
            return null;
        if (!await _turn.WaitAsync(browser.Longest, cancel))
        {
            log.LogWarning("Others were printing for so long that a document is given as it is.");
            return null;
        }

        try
        {
            return await browser.PrintAsync(html, cancel);
        }
        catch (PrintingFailedException e)
        {
            log.LogWarning(e, "A document could not be printed and is given as it is: {Reason}", e.Message);
            return null;
        }
        finally
        {
            _turn.Release();
        }
    }

    private static string NameOf(string title, string ending)
    {
        var name = string.Concat(title.Select(c => char.IsLetterOrDigit(c) || c is ' ' or '-' or ',' ? c : ' ')).Trim();
        return name[..Math.Min(name.Length, LongestName)].Trim() + ending;
    }
}

/// <summary>A document as a file: printed as PDF, or as it was written.</summary>
public sealed record PrintedFile(byte[] Content, string MediaType, string FileName)
{
    /// <summary>As a download: nothing of it is shown or run on our address.</summary>
    public IResult ToResult() => TypedResults.File(Content, MediaType, FileName);
}
