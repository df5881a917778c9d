using System.Diagnostics;

namespace HousingBank.Support;

/// <summary>The demo history, loaded by the operator's own commands. For test projects that reference the Cli.</summary>
public static class DemoHistory
{
    private static readonly string[][] Commands =
    [
        ["migrate"],
        ["import", "ops/demo/boso-ost-2009-2010.json", "ops/demo/municipalities.csv", "--tenant", "region-ost"],
        ["simulate", "--tenant", "simulert", "--municipalities", "6", "--seed", "1"],
    ];

    /// <summary>Migrates an empty database, imports the real programme into region-ost and simulates one of six municipalities in simulert.</summary>
    public static async Task LoadAsync(string connectionString)
    {
        foreach (var command in Commands)
            await RunCliAsync(connectionString, command);
    }

    /// <returns>What it wrote.</returns>
    /// <exception cref="InvalidOperationException">It ended with another exit code than 0.</exception>
    public static async Task<string> RunCliAsync(string connectionString, params string[] arguments)
    {
        var info = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "HousingBank.Cli.dll"), .. arguments])
        {
            WorkingDirectory = Checkout.Root,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        info.Environment["ConnectionStrings__Programme"] = connectionString;
        using var process = Process.Start(info)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0
            ? await output
            : throw new InvalidOperationException($"'{string.Join(' ', arguments)}' ended with exit code {process.ExitCode}:\n{await output}{await error}");
    }
}
