using System.Diagnostics;

namespace HousingBank.Support;

/// <summary>The working copy the tests run in.</summary>
public static class Checkout
{
    public static string Root { get; } = FindRoot();

    /// <summary>Paths of the files that are, or are about to be, part of the repository; relative to its root, with forward slashes.</summary>
    public static IReadOnlyList<string> Files { get; } = ListFiles();

    public static string Read(string file) => File.ReadAllText(Path.Combine(Root, file));

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Programme.sln")))
                return folder.FullName;
        }

        throw new InvalidOperationException($"{AppContext.BaseDirectory} lies in no checkout of this repository.");
    }

    private static string[] ListFiles()
    {
        // A checkout may belong to another user than the one who tests it, as in CI.
        string[] arguments = ["-c", "safe.directory=*", "-C", Root, "ls-files", "--cached", "--others", "--exclude-standard"];
        using var git = Process.Start(new ProcessStartInfo("git", arguments) { RedirectStandardOutput = true })!;
        var lines = git.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        git.WaitForExit();
        return git.ExitCode == 0
            ? [.. lines.Where(file => File.Exists(Path.Combine(Root, file))).Order(StringComparer.Ordinal)]
            : throw new InvalidOperationException($"git could not list the files of {Root}.");
    }
}
