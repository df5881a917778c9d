namespace HousingBank.EmbeddedPostgres;

/// <summary>Data folders of servers that live no longer than their process. One whose process was killed stays behind: the next start removes it.</summary>
internal static class TemporaryFolders
{
    private const string Prefix = "pg-housingbank-";

    // A folder this young may belong to a server that is still starting or stopping.
    private static readonly TimeSpan Grace = TimeSpan.FromMinutes(10);

    public static string NewPath() => Path.Combine(Path.GetTempPath(), Prefix + Path.GetRandomFileName()[..8]);

    public static void RemoveAbandoned()
    {
        foreach (var folder in Directory.EnumerateDirectories(Path.GetTempPath(), Prefix + "*"))
        {
            try
            {
                if (TimeProvider.System.GetUtcNow() - Directory.GetLastWriteTimeUtc(folder) > Grace && !PostgresServer.IsRunningIn(folder))
                {
                    Directory.Delete(folder, recursive: true);
                }
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // Another user's, or another process is removing it at the same moment.
            }
        }
    }
}
