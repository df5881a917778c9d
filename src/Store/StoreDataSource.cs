using Npgsql;

namespace HousingBank.Store;

/// <summary>What a program does in the database; each is a role there with only the privileges it needs.</summary>
public enum StoreRole
{
    Owner,
    App,
    Numbering,
    Subscriber,
    Import,
    Rebuild,
    Sealer,
    Keys,
}

public static class StoreDataSource
{
    // A machine that went away without a word is noticed within a minute, on either side: its sessions hold connections, and locks while tables are built.
    private const int SilentSeconds = 30;
    private const int AskAgainSeconds = 10;
    private const int AskTimes = 3;

    // Whoever asks for a page is told well within half a minute, also over a network that swallows everything. There a question takes the time for an answer
    // and then twice that for a connection: Npgsql wants to cancel it by another one, waits for that twice, and blocks a thread meanwhile (tried).
    private const int ConnectSeconds = 3;
    private const int AnswerSeconds = 10;

    /// <summary>Connections that log in as the connection string says and act as one role of the store.</summary>
    /// <remarks>
    /// The role comes with the start-up packet and so is the connection's default: nothing that resets a connection ends it (tried on 15 and 18). Resetting would
    /// only cost a message each time, so it is left out, and nobody may set anything on these connections that outlives its transaction.
    /// Statements are prepared from their second use on.
    /// </remarks>
    public static NpgsqlDataSource Create(string connectionString, StoreRole role) => Create(OnPrimary(connectionString), role, atItsStart: null);

    /// <summary>The same for whoever trusts nobody: names mean PostgreSQL's own, and what the database makes of a connection at its login is undone.</summary>
    /// <remarks>
    /// Whoever owns the database could have put functions of the same names before PostgreSQL's own, or a trigger on logins that sets another path or role; have
    /// it end questions that take long, quote names that need it not, or answer a condition by a constraint that does not hold.
    /// </remarks>
    public static NpgsqlDataSource CreateForAudit(string connectionString, StoreRole role)
    {
        var settings = OnPrimary(connectionString);
        settings.Options = $"{settings.Options} -c search_path=pg_catalog,pg_temp -c row_security=on -c statement_timeout=0 -c lock_timeout=0 -c quote_all_identifiers=off -c constraint_exclusion=off".Trim();
        return Create(settings, role, AsItStartedAsync);
    }

    /// <param name="atItsStart">What is done to each connection first.</param>
    private static NpgsqlDataSource Create(NpgsqlConnectionStringBuilder settings, StoreRole role, Func<NpgsqlConnection, Task>? atItsStart)
    {
        settings.NoResetOnClose = true;
        settings.MaxAutoPrepare = 200;
        settings.AutoPrepareMinUsages = 2;
        settings.ApplicationName ??= $"programme {NameOf(role)}";
        if (role is StoreRole.App or StoreRole.Numbering or StoreRole.Subscriber or StoreRole.Sealer && !IsSaid(settings, "Timeout"))
            settings.Timeout = ConnectSeconds;
        if (role == StoreRole.App && !IsSaid(settings, "Command Timeout"))
            settings.CommandTimeout = AnswerSeconds;
        if (!IsOnThisMachine(settings))
        {
            settings.TcpKeepAliveTime = SilentSeconds;
            settings.TcpKeepAliveInterval = AskAgainSeconds;
        }

        // What the connection string says of the network holds. No transaction of ours is open for more than seconds: numbering waits for the oldest.
        settings.Options = $"-c tcp_keepalives_idle={SilentSeconds} -c tcp_keepalives_interval={AskAgainSeconds} -c tcp_keepalives_count={AskTimes} {settings.Options} -c role={NameOf(role)} -c idle_in_transaction_session_timeout=10s -c timezone=UTC -c jit=off";
        if (!HasSeveralHosts(settings))
        {
            var builder = new NpgsqlDataSourceBuilder(settings.ConnectionString);
            if (atItsStart is not null)
                builder.UsePhysicalConnectionInitializer(connection => atItsStart(connection).GetAwaiter().GetResult(), atItsStart);
            return builder.Build();
        }

        var session = Enum.Parse<TargetSessionAttributes>(settings.TargetSessionAttributes!.Replace("-", "", StringComparison.Ordinal), ignoreCase: true);
        settings.TargetSessionAttributes = null;
        return Servers.Of(settings).Build(new NpgsqlDataSourceBuilder(settings.ConnectionString), atItsStart).WithTargetSession(session);
    }

    /// <summary>Which of several hosts ("Host=a,b") say that they are the primary: the one in use first, and any other is a former one to be stopped.</summary>
    /// <remarks>Whoever asks, again and again, also sees to it that all connections of this program leave a former primary.</remarks>
    /// <returns>Empty with one host, which need not be asked.</returns>
    public static async Task<IReadOnlyList<PrimaryServer>> PrimariesAsync(string connectionString, CancellationToken cancel)
    {
        var settings = OnPrimary(connectionString);
        return HasSeveralHosts(settings) ? await Servers.Of(settings).LookAsync(cancel) : [];
    }

    /// <summary>What the start-up packet says stays.</summary>
    private static async Task AsItStartedAsync(NpgsqlConnection connection)
    {
        await using var command = new NpgsqlCommand("discard all", connection);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>
    /// With several hosts ("Host=a,b"): whichever of them is the primary, looked for again every two seconds, unless the connection string says otherwise.
    /// </summary>
    internal static NpgsqlConnectionStringBuilder OnPrimary(string connectionString)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString);
        if (HasSeveralHosts(settings))
        {
            settings.TargetSessionAttributes ??= "primary";
            if (!IsSaid(settings, "Host Recheck Seconds"))
                settings.HostRecheckSeconds = 2;
        }

        return settings;
    }

    /// <remarks>ContainsKey would say whether there is such a setting at all.</remarks>
    private static bool IsSaid(NpgsqlConnectionStringBuilder settings, string keyword) => settings.ShouldSerialize(keyword);

    private static bool HasSeveralHosts(NpgsqlConnectionStringBuilder settings) => settings.Host?.Contains(',', StringComparison.Ordinal) == true;

    /// <summary>By a Unix socket, for which the settings of TCP cannot be made.</summary>
    private static bool IsOnThisMachine(NpgsqlConnectionStringBuilder settings) => settings.Host?.Split(',').Any(host => host.Trim() is ['/' or '@', ..]) == true;

    private static string NameOf(StoreRole role) => role switch
    {
        StoreRole.Owner => "programme_owner",
        StoreRole.App => "programme_app",
        StoreRole.Numbering => "programme_numbering",
        StoreRole.Subscriber => "programme_subscriber",
        StoreRole.Import => "programme_import",
        StoreRole.Rebuild => "programme_rebuild",
        StoreRole.Sealer => "programme_sealer",
        StoreRole.Keys => "programme_keys",
        _ => throw new ArgumentOutOfRangeException(nameof(role), role, null),
    };
}
