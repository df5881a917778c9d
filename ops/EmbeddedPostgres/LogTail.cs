namespace HousingBank.EmbeddedPostgres;

/// <summary>The last lines a process wrote, for the message when it fails.</summary>
internal sealed class LogTail
{
    private const int Kept = 200;
    private readonly Queue<string> _lines = new();
    private readonly Lock _gate = new();

    public async Task FollowAsync(StreamReader reader)
    {
        while (await reader.ReadLineAsync() is { } line)
        {
            lock (_gate)
            {
                _lines.Enqueue(line);
                if (_lines.Count > Kept)
                {
                    _lines.Dequeue();
                }
            }
        }
    }

    public override string ToString()
    {
        lock (_gate)
        {
            return string.Join(Environment.NewLine, _lines);
        }
    }
}
