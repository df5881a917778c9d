namespace HousingBank.Store;

/// <summary>What a decision needs of a store: to load what it looks at, and to write what it gives.</summary>
public interface IEventStore
{
    IFactCodec Codec { get; }

    /// <inheritdoc cref="EventStore.LoadAsync"/>
    Task<Loaded> LoadAsync(Scope scope, IReadOnlyList<StreamKey> streams, ReceiptKey? receipt, CancellationToken cancel);

    /// <inheritdoc cref="EventStore.WriteAsync"/>
    Task<WriteResult> WriteAsync(
        Scope scope,
        Loaded loaded,
        IReadOnlyList<StreamWrite> writes,
        Circumstances circumstances,
        ReceiptKey? receipt,
        string? answer,
        CancellationToken cancel);
}
