namespace HousingBank.Cli.Terminal;

/// <summary>A file that gets its name when it is whole: whatever breaks off its writing leaves what was there before.</summary>
internal static class WholeFile
{
    private const string Unfinished = ".unfinished";

    // /dev/stdout and its like are written to, never replaced.
    private static readonly string s_devices = Path.GetFullPath("/dev/");

    /// <param name="write">Writes all of it; throws when it cannot.</param>
    public static async Task WriteAsync(string path, Func<Stream, Task> write)
    {
        if (Path.GetFullPath(path).StartsWith(s_devices, StringComparison.Ordinal))
        {
            await using var device = new BufferedStream(File.OpenWrite(path));
            await write(device);
            return;
        }

        // The same name each time: what a killed program has left is written over by the next.
        var unfinished = path + Unfinished;
        try
        {
            await using (var file = File.Create(unfinished))
            {
                await using var buffered = new BufferedStream(file);
                await write(buffered);
                await buffered.FlushAsync();
                // On the disk before it has the name.
                file.Flush(flushToDisk: true);
            }

            File.Move(unfinished, path, overwrite: true);
        }
        catch
        {
            File.Delete(unfinished);
            throw;
        }
    }
}
