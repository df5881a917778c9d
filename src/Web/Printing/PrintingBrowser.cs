using System.Collections;
using System.Diagnostics;

namespace HousingBank.Web.Printing;

/// <summary>A Chromium that prints one document to PDF and ends.</summary>
/// <remarks>
/// It gets a folder of its own that only this program may enter and that is removed afterwards, none of this program's environment (where the secrets are),
/// and no network: names lead nowhere, and there is no proxy.
/// </remarks>
/// <param name="program">Path of the browser.</param>
/// <param name="longest">How long a printing may take.</param>
public sealed class PrintingBrowser(string program, TimeSpan longest)
{
    // Whoever waits for another's printing and then for the own one has the answer before the request is given up.
    private static readonly TimeSpan s_longest = TimeSpan.FromSeconds(25);

    /// <summary>What it is called on the path of programs.</summary>
    private static readonly string[] s_names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge"];

    private static readonly string[] s_flags =
    [
        "--headless", "--disable-gpu", "--disable-quic", "--disable-dev-shm-usage", "--disable-extensions", "--disable-background-networking",
        "--disable-component-update", "--disable-sync", "--disable-default-apps", "--no-first-run", "--no-default-browser-check", "--no-pdf-header-footer",
        "--host-resolver-rules=MAP * ~NOTFOUND", "--no-proxy-server",
    ];

    /// <summary>What a browser needs of the environment; the rest is none of its business.</summary>
    private static readonly string[] s_environment = ["PATH", "LANG", "LC_ALL", "SystemRoot", "windir"];

    /// <param name="configured">The path that the setting names; anything that is not there means that nothing is printed. Null: the first one on the path of programs.</param>
    /// <returns>Null when there is none.</returns>
    public static PrintingBrowser? Find(string? configured) => (string.IsNullOrWhiteSpace(configured) ? OnPath() : File.Exists(configured) ? configured : null) is { } found
        ? new(found, s_longest)
        : null;

    /// <summary>How long a printing may take.</summary>
    public TimeSpan Longest => longest;

    /// <exception cref="PrintingFailedException">It could not be started, took too long or wrote nothing.</exception>
    public async Task<byte[]> PrintAsync(string html, CancellationToken cancel)
    {
        // Made for its owner only.
        var folder = Directory.CreateTempSubdirectory("print-").FullName;
        try
        {
            var (page, pdf) = (Path.Combine(folder, "page.html"), Path.Combine(folder, "page.pdf"));
            await File.WriteAllTextAsync(page, html, cancel);
            await RunAsync(folder, page, pdf, cancel);
            return File.Exists(pdf) ? await File.ReadAllBytesAsync(pdf, cancel) : throw new PrintingFailedException($"{program} wrote nothing.");
        }
        finally
        {
            await RemoveAsync(folder);
        }
    }

    private async Task RunAsync(string folder, string page, string pdf, CancellationToken cancel)
    {
        using var process = Started(folder, page, pdf);
        var said = "";
        // Read as it comes, or the browser waits for somebody to read.
        process.ErrorDataReceived += (_, line) => said = line.Data ?? said;
        process.BeginErrorReadLine();
        process.BeginOutputReadLine();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(longest);
        try
        {
            await process.WaitForExitAsync(limit.Token);
            if (process.ExitCode != 0)
                throw new PrintingFailedException($"{program} ended with exit code {process.ExitCode}: {said}");
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            throw new PrintingFailedException($"{program} was not done after {longest.TotalSeconds:0} seconds.");
        }
        finally
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
        }
    }

    private Process Started(string folder, string page, string pdf)
    {
        var start = new ProcessStartInfo(program)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var flag in s_flags)
            start.ArgumentList.Add(flag);
        // The sandbox cannot be made by root; everybody else has it.
        if (OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess)
            start.ArgumentList.Add("--no-sandbox");
        start.ArgumentList.Add($"--user-data-dir={Path.Combine(folder, "profile")}");
        start.ArgumentList.Add($"--print-to-pdf={pdf}");
        start.ArgumentList.Add(new Uri(page).AbsoluteUri);

        start.Environment.Clear();
        foreach (DictionaryEntry variable in Environment.GetEnvironmentVariables())
        {
            if (s_environment.Contains((string)variable.Key, StringComparer.OrdinalIgnoreCase))
                start.Environment[(string)variable.Key] = (string?)variable.Value;
        }

        foreach (var home in new[] { "HOME", "TMPDIR", "TEMP", "TMP", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_RUNTIME_DIR" })
            start.Environment[home] = folder;
        try
        {
            return Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            throw new PrintingFailedException($"{program} cannot be started: {e.Message}");
        }
    }

    private static string? OnPath() => (
        from name in s_names
        from folder in (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        select Path.Combine(folder, OperatingSystem.IsWindows() ? name + ".exe" : name)).FirstOrDefault(File.Exists);

    /// <summary>A browser that was ended may still be writing its last files.</summary>
    private static async Task RemoveAsync(string folder)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                Directory.Delete(folder, recursive: true);
                return;
            }
            catch (DirectoryNotFoundException)
            {
                return;
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException && attempt < 20)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(50));
            }
        }
    }
}

/// <summary>The browser did not print; the message says why.</summary>
public sealed class PrintingFailedException(string reason) : Exception(reason);
