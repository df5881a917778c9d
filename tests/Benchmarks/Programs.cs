using System.Diagnostics;
using HousingBank.EmbeddedPostgres;
using HousingBank.Rehearse;
using HousingBank.Support;

namespace HousingBank.Benchmarks;

/// <summary>What is measured, and what it is measured beside.</summary>
internal static class Programs
{
    /// <summary>Publishes a project as the image of the web process is made.</summary>
    /// <returns>The published program.</returns>
    public static async Task<string> PublishAsync(string project, CancellationToken cancel)
    {
        var folder = Path.Combine(Checkout.Root, project, "bin", "measured");
        await BoundProcess.RunToEndAsync(new ProcessStartInfo("dotnet", ["publish", Path.Combine(Checkout.Root, project), "-c", "Release", "-o", folder, "--nologo", "-v", "q"]), cancel);
        return Path.Combine(folder, $"HousingBank.{Path.GetFileName(project)}.dll");
    }

    public static Served StartEmpty(string program)
    {
        var address = Served.FreeAddress();
        return Served.Start(program, [], address, new() { ["ASPNETCORE_URLS"] = address.ToString() });
    }

    /// <summary><see cref="ByHand"/>, in this program's own assembly.</summary>
    public static Served StartByHand(string connectionString)
    {
        var address = Served.FreeAddress();
        return Served.Start(typeof(Programs).Assembly.Location, ["by-hand", connectionString, address.ToString()], address, []);
    }
}
