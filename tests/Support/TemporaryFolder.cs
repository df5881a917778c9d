namespace HousingBank.Support;

/// <summary>A folder for one test.</summary>
public sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("housingbank-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
