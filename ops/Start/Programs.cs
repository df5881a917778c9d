using System.Diagnostics;
using HousingBank.EmbeddedPostgres;

namespace HousingBank.Start;

/// <summary>The programs of the system, run as processes of their own that know the database.</summary>
internal sealed class Programs(string connectionString, string masterKey)
{
    /// <exception cref="CannotStartException">It ended with an error; its own lines say which.</exception>
    public async Task RunCliAsync(IReadOnlyList<string> arguments, CancellationToken cancel)
    {
        using var process = Start(Checkout.Root, Checkout.AssemblyOf("Cli"), arguments);
        try
        {
            await process.WaitForExitAsync(cancel);
        }
        finally
        {
            await BoundProcess.StopAsync(process);
        }

        if (process.ExitCode != 0)
            throw new CannotStartException($"'{string.Join(' ', arguments)}' ended with exit code {process.ExitCode}; its lines above say why.");
    }

    public Process StartWeb(int port) =>
        Start(
            Path.Combine(Checkout.Root, "src", "Web"),
            Checkout.AssemblyOf("Web"),
            [
                "--environment", "Development",
                // Demo people sign in by a click: nobody else's machine may reach it.
                "--urls", $"http://localhost:{port}",
                "--Logging:LogLevel:Microsoft.Hosting.Lifetime", "Warning",
                "--Logging:LogLevel:Microsoft.Extensions.Diagnostics.HealthChecks", "None",
                "--Logging:LogLevel:Microsoft.AspNetCore.DataProtection", "Error",
            ]);

    private Process Start(string workingFolder, string assembly, IReadOnlyList<string> arguments)
    {
        var dotnet = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";
        var info = BoundProcess.Describe([dotnet, assembly, .. arguments], stopSignal: "TERM");
        info.WorkingDirectory = workingFolder;
        info.Environment["ConnectionStrings__Programme"] = connectionString;
        info.Environment[MasterKey.Variable] = masterKey;
        return Process.Start(info)!;
    }
}
