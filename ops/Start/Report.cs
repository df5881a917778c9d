using System.Diagnostics;

namespace HousingBank.Start;

/// <summary>Says what is being done while it is being done, with the seconds since the start.</summary>
internal sealed class Report
{
    private readonly Stopwatch _sinceStart = Stopwatch.StartNew();

    public void Say(string what) => Console.WriteLine($"[{_sinceStart.Elapsed.TotalSeconds,5:0.0} s] {what}");

    public static void Fail(string sentence)
    {
        Console.Error.WriteLine();
        Console.Error.WriteLine(sentence);
    }

    public void Welcome(Uri address, string whereTheDataIs)
    {
        Say("Ready");
        Console.WriteLine($"""

              Open      {address}
              Sign in   as a demo person, by a click: the secretariat of region-ost sees the real programme,
                        the one of simulert a simulated programme
              Look at   the board, today and, with the time bar, on 10 December 2010
              Stop      with Ctrl-C; the data stays in {whereTheDataIs}

            """);
    }
}
