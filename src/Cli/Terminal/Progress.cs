using System.CommandLine;
using System.Globalization;

namespace HousingBank.Cli.Terminal;

/// <summary>Says how far long work has come: on a terminal one line that rewrites itself, elsewhere a plain line now and then.</summary>
/// <param name="rewriting">True when <paramref name="output"/> is a terminal that takes carriage returns.</param>
public sealed class Progress(TextWriter output, bool rewriting, TimeProvider clock)
{
    private static readonly TimeSpan TerminalPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan PlainPause = TimeSpan.FromSeconds(5);

    private long _said = long.MinValue;
    private int _shownWidth;

    /// <summary>On the output of a command line.</summary>
    public static Progress On(ParseResult line)
    {
        var output = line.InvocationConfiguration.Output;
        return new(output, output == Console.Out && !Console.IsOutputRedirected, TimeProvider.System);
    }

    /// <param name="total">Null when it is not known beforehand.</param>
    public void Report(string doing, long done, long? total, string? now = null)
    {
        var pause = rewriting ? TerminalPause : PlainPause;
        if (done != total && _said != long.MinValue && clock.GetElapsedTime(_said) < pause)
            return;
        _said = clock.GetTimestamp();

        var line = total is { } all
            ? $"{doing}: {Number(done)} of {Number(all)} ({(all == 0 ? 100 : done * 100 / all)} %)"
            : $"{doing}: {Number(done)}";
        if (now is not null)
            line += $" – {now}";
        if (rewriting)
            Rewrite(line);
        else
            output.WriteLine(line);
    }

    /// <summary>A line that stays.</summary>
    public void Say(string line)
    {
        EndLine();
        output.WriteLine(line);
    }

    /// <summary>Ends the rewriting line, so that what is written next starts on its own.</summary>
    public void EndLine()
    {
        if (_shownWidth > 0)
            output.WriteLine();
        _shownWidth = 0;
        _said = long.MinValue;
    }

    private void Rewrite(string line)
    {
        var room = output == Console.Out && Console.WindowWidth > 1 ? Console.WindowWidth - 1 : 79;
        var shown = line.Length > room ? line[..room] : line;
        output.Write("\r" + shown.PadRight(_shownWidth));
        _shownWidth = shown.Length;
    }

    private static string Number(long value) => value.ToString("N0", CultureInfo.InvariantCulture);
}
