using Npgsql;
using NpgsqlTypes;

namespace HousingBank.Store;

/// <summary>The name of a stream within its tenant, as stored: "round/0199c8f0-…".</summary>
public readonly record struct StreamKey(string Name)
{
    /// <summary>The part before the slash; what tables and subscriptions choose streams by.</summary>
    public string Kind => Name[..Name.IndexOf('/', StringComparison.Ordinal)];

    /// <summary>The part after the slash.</summary>
    public string Id => Name[(Name.IndexOf('/', StringComparison.Ordinal) + 1)..];

    public override string ToString() => Name;
}

/// <summary>Whose history a question or a decision is about.</summary>
/// <param name="Tenant">The tenant written to and read first.</param>
/// <param name="AlsoReads">Other tenants whose rows may be read; the tenant "national" always may.</param>
public sealed record Scope(string Tenant, IReadOnlyList<string> AlsoReads)
{
    public const string National = "national";

    /// <summary>Every tenant whose rows may be read.</summary>
    public string[] Readable => [.. new[] { Tenant, National }.Concat(AlsoReads).Distinct()];

    public static Scope Of(string tenant) => new(tenant, []);

    /// <summary>
    /// The first command of every batch that touches rows of tenants: without it row-level security shows nothing.
    /// It holds until the batch, which is a transaction, ends.
    /// </summary>
    public NpgsqlBatchCommand Setting() => Setting("");

    /// <summary>The same for a batch that finds rows by whole keys: its plans are made once.</summary>
    /// <remarks>
    /// PostgreSQL takes a list of keys to be longer than it is, so plans anew for each list, which takes longer than finding the rows. The kept plan must not be one for
    /// tables that were nearly empty when it was made.
    /// </remarks>
    internal NpgsqlBatchCommand SettingForKeys() => Setting(", set_config('plan_cache_mode', 'force_generic_plan', true), set_config('enable_seqscan', 'off', true)");

    private NpgsqlBatchCommand Setting(string more) => new($"select set_config('store.tenant', $1, true), set_config('store.readable', $2::text[]::text, true){more}")
    {
        Parameters = { new() { Value = Tenant, NpgsqlDbType = NpgsqlDbType.Text }, new() { Value = Readable, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text } },
    };
}

/// <summary>Where in history to look: what was true on a day, as it was known at a moment.</summary>
/// <param name="AsOf">A calendar day in Norway.</param>
/// <param name="KnownAt">A moment, microseconds counted; what was recorded at it is known. <see cref="DateTimeOffset.MaxValue"/>: all that is known when it is asked.</param>
public readonly record struct PointInHistory(DateOnly AsOf, DateTimeOffset KnownAt)
{
    /// <summary>By all that is known when it is asked; quicker than by the moment it is now.</summary>
    public static PointInHistory AsKnownNow(DateOnly asOf) => new(asOf, DateTimeOffset.MaxValue);
}
