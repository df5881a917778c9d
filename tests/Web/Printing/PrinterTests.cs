using System.Diagnostics;
using System.Text;
using HousingBank.Support;
using HousingBank.Web.Printing;
using Microsoft.Extensions.Logging.Abstractions;

namespace HousingBank.Web.Tests.Printing;

/// <summary>What a browser prints, and what is handed over when none does.</summary>
public sealed class PrinterTests
{
    private const string Page = "<!DOCTYPE html><html lang=\"nb\"><head><meta charset=\"utf-8\"><title>Prøve</title></head><body><p>Blåbærsyltetøy på brødskiva</p></body></html>";

    [Fact]
    public async Task A_browser_prints_a_document_with_the_letters_of_norwegian()
    {
        var browser = PrintingBrowser.Find(null);
        Assert.SkipWhen(browser is null, "There is no Chromium on this machine.");
        using var printer = new Printer(browser, NullLogger<Printer>.Instance);

        var file = await printer.PrintAsync("Brev til Bærum: opptak/avslag", Page, Cancel);

        (file.MediaType, file.FileName).ShouldBe(("application/pdf", "Brev til Bærum  opptak avslag.pdf"));
        Encoding.ASCII.GetString(file.Content, 0, 5).ShouldBe("%PDF-");
        if (await PdfText.OfAsync(file.Content) is { } text)
            text.ShouldContain("Blåbærsyltetøy på brødskiva");
    }

    [Fact]
    public async Task Without_a_browser_the_document_itself_is_handed_over()
    {
        PrintingBrowser.Find("none").ShouldBeNull();
        using var printer = new Printer(null, NullLogger<Printer>.Instance);

        var file = await printer.PrintAsync("Prøve", Page, Cancel);

        (file.MediaType, file.FileName, Encoding.UTF8.GetString(file.Content)).ShouldBe(("text/html; charset=utf-8", "Prøve.html", Page));
    }

    [Fact]
    public async Task A_browser_that_fails_costs_nobody_the_document()
    {
        using var folder = new TemporaryFolder();
        foreach (var failing in new[] { "exit 3", "exit 0" })
        {
            using var printer = new Printer(Pretended(folder, failing), NullLogger<Printer>.Instance);
            (await printer.PrintAsync("Prøve", Page, Cancel)).FileName.ShouldBe("Prøve.html");
        }
    }

    [Fact]
    public async Task A_browser_sees_its_own_folder_and_none_of_our_secrets()
    {
        using var folder = new TemporaryFolder();
        Environment.SetEnvironmentVariable("SECRET_OF_THIS_TEST", "hemmelig");
        var browser = Pretended(folder, """(env; pwd; stat -c %a .) > "$pdf" """);

        var told = Encoding.UTF8.GetString(await browser.PrintAsync(Page, Cancel)).Split('\n', StringSplitOptions.RemoveEmptyEntries);

        told.ShouldNotContain(line => line.Contains("hemmelig", StringComparison.Ordinal));
        told[^1].ShouldBe("700");
        told.ShouldContain($"HOME={told[^2]}");
        Directory.Exists(told[^2]).ShouldBeFalse();
    }

    [Fact]
    public async Task A_browser_that_takes_too_long_is_ended_with_all_that_it_started()
    {
        using var folder = new TemporaryFolder();
        var started = Path.Combine(folder.Path, "started");
        var browser = Pretended(folder, $"sleep 300 & echo \"$! $PWD\" > '{started}'; wait", TimeSpan.FromSeconds(2));

        (await Should.ThrowAsync<PrintingFailedException>(() => browser.PrintAsync(Page, Cancel))).Message.ShouldContain("2 seconds");

        var (child, own) = ((await File.ReadAllTextAsync(started, Cancel)).Trim().Split(' ') is [var id, var path] ? (int.Parse(id, System.Globalization.CultureInfo.InvariantCulture), path) : default);
        await Until.HoldsAsync("what it started is ended", () => !IsRunning(child));
        Directory.Exists(own).ShouldBeFalse();
    }

    [Fact]
    public async Task A_reader_who_goes_ends_the_printing_and_the_next_one_has_the_turn()
    {
        using var folder = new TemporaryFolder();
        using var printer = new Printer(Pretended(folder, """[ -e ../went ] || sleep 300; echo "%PDF-" > "$pdf" """.Replace("../went", Path.Combine(folder.Path, "went"), StringComparison.Ordinal)), NullLogger<Printer>.Instance);
        using var gone = new CancellationTokenSource(TimeSpan.FromSeconds(1));

        await Should.ThrowAsync<OperationCanceledException>(() => printer.PrintAsync("Prøve", Page, gone.Token));
        await File.WriteAllTextAsync(Path.Combine(folder.Path, "went"), "", Cancel);

        (await printer.PrintAsync("Prøve", Page, Cancel)).FileName.ShouldBe("Prøve.pdf");
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>A program in the browser's place; $pdf is the file that it should write.</summary>
    private static PrintingBrowser Pretended(TemporaryFolder folder, string does, TimeSpan? longest = null)
    {
        var program = Path.Combine(folder.Path, $"browser-{Guid.NewGuid():N}");
        File.WriteAllText(program, $"#!/bin/sh\nfor a in \"$@\"; do case \"$a\" in --print-to-pdf=*) pdf=\"${{a#*=}}\";; esac; done\n{does}\n");
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The program in its place is a shell script.");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return new PrintingBrowser(program, longest ?? TimeSpan.FromSeconds(20));
    }

    /// <summary>True as long as it does anything: one that has ended can stay in the list until somebody asks how.</summary>
    private static bool IsRunning(int id)
    {
        try
        {
            using var process = Process.GetProcessById(id);
            return !process.HasExited && !(File.Exists($"/proc/{id}/stat") && File.ReadAllText($"/proc/{id}/stat").Contains(") Z ", StringComparison.Ordinal));
        }
        catch (Exception e) when (e is ArgumentException or IOException)
        {
            return false;
        }
    }
}
