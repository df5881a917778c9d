namespace HousingBank.EmbeddedPostgres;

public sealed record PostgresServerOptions
{
    /// <summary>The folder that keeps the data between runs. Null: a temporary one, deleted when the server stops.</summary>
    public string? DataRoot { get; init; }

    /// <summary>Null: no TCP, a unix socket only, which no other user can reach. 0: a free loopback port. Windows always uses TCP.</summary>
    public int? Port { get; init; }

    /// <summary>False for tests: a crash of the machine may then lose data.</summary>
    public bool Durable { get; init; } = true;

    /// <summary>The folder with postgres and initdb. Null: the first place of <see cref="PostgresBinaries.Find"/>.</summary>
    public string? BinDirectory { get; init; }

    /// <summary>Server settings beside our own, by name; they win.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>();

    public TimeSpan StartTimeout { get; init; } = TimeSpan.FromSeconds(30);

    public static PostgresServerOptions ForTests { get; } = new() { Durable = false };
}
