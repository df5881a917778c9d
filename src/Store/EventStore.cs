using Npgsql;

namespace HousingBank.Store;

/// <summary>Events on PostgreSQL: loads what a decision looks at, writes what it gives, each in one round trip.</summary>
public sealed class EventStore(NpgsqlDataSource source, IFactCodec codec, TwoClockTables tables)
{
    public NpgsqlDataSource Source => source;

    public IFactCodec Codec => codec;

    public TwoClockTables Tables => tables;

    /// <summary>First round trip: tenant setting, receipt and streams.</summary>
    public Task<Loaded> LoadAsync(Scope scope, IReadOnlyList<StreamKey> streams, ReceiptKey? receipt, CancellationToken cancel) =>
        throw new NotImplementedException();

    /// <summary>Second round trip: tenant setting, stream rows, facts, receipt and the segments of the two-clock tables, in one transaction.</summary>
    /// <param name="loaded">What the decision looked at; the tables' segments are computed from it.</param>
    /// <param name="answer">JSON of the receipt, made when the moment is known; null leaves no receipt.</param>
    public Task<WriteResult> WriteAsync(
        Scope scope,
        Loaded loaded,
        IReadOnlyList<StreamWrite> writes,
        Circumstances circumstances,
        ReceiptKey? receipt,
        string? answer,
        CancellationToken cancel) =>
        throw new NotImplementedException();
}
