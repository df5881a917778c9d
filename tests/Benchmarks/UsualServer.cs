using HousingBank.EmbeddedPostgres;

namespace HousingBank.Benchmarks;

/// <summary>PostgreSQL with durable settings and the memory that a server of its own would be given; no checkpoint falls into one round and not into another.</summary>
internal static class UsualServer
{
    private static readonly Dictionary<string, string> s_settings = new() { ["shared_buffers"] = "512MB", ["max_wal_size"] = "8GB", ["checkpoint_timeout"] = "30min" };

    public static Task<PostgresServer> StartAsync(CancellationToken cancel) => PostgresServer.StartAsync(new PostgresServerOptions { Settings = s_settings }, cancel);
}
