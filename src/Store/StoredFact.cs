namespace HousingBank.Store;

/// <summary>The day a fact took effect, as the columns of an event hold it.</summary>
/// <param name="Placed">The day folds and questions use.</param>
/// <param name="First">The earliest day it can have been.</param>
/// <param name="Last">The latest day it can have been.</param>
/// <param name="Precision">day, month, season, year or between.</param>
/// <param name="AssumedBecause">Why the day is assumed; null when the source gives it.</param>
public sealed record EffectiveSpan(DateOnly Placed, DateOnly First, DateOnly Last, string Precision, string? AssumedBecause)
{
    /// <summary>True for a day that is given, and not a span or assumed.</summary>
    internal bool IsExact => First == Placed && Last == Placed && Precision == "day" && AssumedBecause is null;
}

/// <summary>An event as it was recorded: the fact and everything beside it.</summary>
/// <param name="Version">1, 2, 3 … within the stream.</param>
/// <param name="Fact">The fact, read by the codec, upcast to today's shape.</param>
/// <param name="RecordedAt">The second clock; the same for all facts of a transaction.</param>
/// <param name="Replaces">The version of the same stream that this one replaces or strikes.</param>
/// <param name="Position">Order of insertion; unique, not commit order. 0 as long as it is not read from the log.</param>
/// <param name="Ordinal">Place in the log, 1, 2, 3 … without holes; null until it is numbered.</param>
public sealed record StoredFact(
    string Tenant,
    StreamKey Stream,
    int Version,
    string Type,
    object Fact,
    EffectiveSpan On,
    DateTimeOffset RecordedAt,
    Circumstances Circumstances,
    int? Replaces,
    long Position,
    long? Ordinal);

/// <summary>Who recorded something, in which role, decided by whom, on what basis, in answer to what.</summary>
/// <param name="Actor">A reference to a person or a program; never a name.</param>
/// <param name="Role">The role acted in, camelCase.</param>
/// <param name="BasisKind">none, law, case, source or simulation.</param>
/// <param name="EntryReason">Why it was recorded late or although it contradicts; null in the ordinary course.</param>
/// <param name="NotDocumented">Prerequisites on which an imported source is silent.</param>
/// <param name="Correlation">The same for all that followed from one command.</param>
/// <param name="LookedAt">The streams that the decision looked at, with the versions they had; stored with each of its facts.</param>
public sealed record Circumstances(
    string Actor,
    string Role,
    string? DecidedBy,
    string BasisKind,
    string? Basis,
    string? EntryReason,
    IReadOnlyList<string> NotDocumented,
    Guid CommandId,
    Guid Correlation,
    IReadOnlyDictionary<string, int> LookedAt)
{
    /// <summary>What a decision has looked at that looked at no other stream.</summary>
    internal static readonly IReadOnlyDictionary<string, int> Nothing = new Dictionary<string, int>();

    /// <summary>What a fold may ask for. The rest is not loaded for a decision or for tables, and empty.</summary>
    public static Circumstances Folded(string basisKind, IReadOnlyList<string> notDocumented) =>
        new("", "", null, basisKind, null, null, notDocumented, Guid.Empty, Guid.Empty, Nothing);
}

/// <summary>A fact to be written.</summary>
public sealed record FactToWrite(object Fact, EffectiveSpan On, int? Replaces = null);

/// <summary>Facts for one stream, guarded by the version it had when it was loaded.</summary>
/// <param name="ExpectedVersion">0 for a stream that is not there yet.</param>
/// <param name="Facts">Empty when the stream was only looked at: its version is then checked under a shared lock.</param>
public sealed record StreamWrite(StreamKey Stream, int ExpectedVersion, IReadOnlyList<FactToWrite> Facts);

/// <summary>A command as its receipt knows it.</summary>
/// <param name="RequestHash">SHA-256 of route and body; the same id with another hash is refused.</param>
public sealed record ReceiptKey(string Actor, Guid CommandId, byte[] RequestHash);

/// <summary>The answer kept for an accepted command.</summary>
/// <param name="Answer">JSON.</param>
public sealed record Receipt(byte[] RequestHash, string Answer, DateTimeOffset RecordedAt);

/// <summary>What the first round trip brings.</summary>
/// <param name="Receipt">Of an earlier, accepted twin; null when there is none.</param>
/// <param name="Streams">
/// Every stream asked for, in recorded order, replaced facts included; empty for one that is not there. Of the circumstances there is what <see cref="Circumstances.Folded"/> keeps.
/// </param>
public sealed record Loaded(Receipt? Receipt, IReadOnlyDictionary<StreamKey, IReadOnlyList<StoredFact>> Streams);

/// <summary>How a write ended.</summary>
public abstract record WriteResult
{
    private WriteResult()
    {
    }

    /// <param name="RecordedAt">The transaction's one moment.</param>
    /// <param name="Facts">The facts as recorded.</param>
    public sealed record Written(DateTimeOffset RecordedAt, IReadOnlyList<StoredFact> Facts) : WriteResult;

    /// <summary>A stream had moved on since it was loaded: nothing was written.</summary>
    public sealed record Stale(StreamKey Stream, int Expected, int Actual) : WriteResult;

    /// <summary>A twin of the same command id was first: nothing was written; its receipt says what it got.</summary>
    public sealed record AlreadyDone(Receipt Receipt) : WriteResult;

    /// <summary>The tables are of another version than this process knows: nothing was written; the process should restart.</summary>
    public sealed record TablesMoved(string Table) : WriteResult;
}

/// <summary>Turns facts into stored text and back. The store knows no type of the domain.</summary>
public interface IFactCodec
{
    /// <returns>Stored name, version of its shape, body as JSON text.</returns>
    (string Type, int Version, string Body) Write(object fact);

    /// <summary>The stored name alone, for those who have no use for the body.</summary>
    string NameOf(object fact) => Write(fact).Type;

    /// <summary>Reads a body of any version ever written, in today's shape.</summary>
    /// <param name="body">JSON in UTF-8.</param>
    /// <exception cref="InvalidDataException">The name is unknown or the body does not fit.</exception>
    object Read(string type, int version, ReadOnlySpan<byte> body, EffectiveSpan on);
}
