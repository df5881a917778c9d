using HousingBank.Rehearse;
using HousingBank.Support;

namespace HousingBank.Web.Tests;

/// <summary>The web process in a folder of its own, rehearsed there as what is deployed is.</summary>
public sealed class RehearsedProgram : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();

    public string Folder => _folder.Path;

    public byte[] Notes { get; private set; } = [];

    /// <summary>Where the build has put it.</summary>
    public static string Built { get; } = Path.Combine(
        Checkout.Root, "src", "Web", Path.GetRelativePath(Path.Combine(Checkout.Root, "tests", "Web"), AppContext.BaseDirectory));

    public async ValueTask InitializeAsync()
    {
        foreach (var file in Directory.EnumerateFiles(Built))
            File.Copy(file, Path.Combine(Folder, Path.GetFileName(file)));
        Notes = await File.ReadAllBytesAsync((await Rehearsal.RunAsync(Folder, CancellationToken.None)).FullName);
    }

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }
}
