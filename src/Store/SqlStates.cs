namespace HousingBank.Store;

/// <summary>What the store's functions raise, beside PostgreSQL's own states.</summary>
internal static class SqlStates
{
    /// <summary>A stream has another version than expected; the hint is JSON: stream, expected, actual.</summary>
    public const string StaleStream = "HB001";

    /// <summary>The command has a receipt.</summary>
    public const string AlreadyDone = "HB002";

    /// <summary>The cluster was restored from a dump and the log is not numbered yet.</summary>
    public const string NotNumberedHere = "HB003";

    /// <summary>A two-clock table is of another version than the writer computed with; the hint is the table's name.</summary>
    public const string TablesMoved = "HB004";

    /// <summary>Recording moments cannot be carried over into the tenant.</summary>
    public const string NotCarriedOver = "HB005";

    /// <summary>Whether it is about the server (its connections, what it has left, who ends it), and not about what was asked.</summary>
    public static bool IsAboutTheServer(string state) => state[..2] is "08" or "53" or "57";
}
