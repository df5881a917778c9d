using System.Diagnostics;
using HousingBank.EmbeddedPostgres;

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
    public static Task<string> RunCliAsync(string connectionString, params string[] arguments) => BoundProcess.RunToEndAsync(Cli(connectionString, arguments));

    /// <summary>The operator's program, to be started.</summary>
    public static ProcessStartInfo Cli(string connectionString, params IEnumerable<string> arguments)
    {
        var info = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "HousingBank.Cli.dll"), .. arguments]) { WorkingDirectory = Checkout.Root };
        info.Environment["ConnectionStrings__Programme"] = connectionString;
        return info;
    }
}
