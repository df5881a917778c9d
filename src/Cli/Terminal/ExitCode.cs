namespace HousingBank.Cli.Terminal;

/// <summary>How the program ended, for scripts.</summary>
public enum ExitCode
{
    Done = 0,

    /// <summary>A fault: the database cannot be reached, a file cannot be opened.</summary>
    Failed = 1,

    /// <summary>The command line was not understood.</summary>
    Usage = 2,

    /// <summary>The source has lines that cannot be read: nothing was written.</summary>
    BrokenSource = 3,

    /// <summary>Some of it was refused by a rule or says something else than what was imported before; the rest is written.</summary>
    Refused = 4,

    /// <summary>The log is not as it was recorded and sealed.</summary>
    NotWhole = 5,

    /// <summary>Interrupted by the user; what was done is kept, and running it again goes on.</summary>
    Interrupted = 130,
}
