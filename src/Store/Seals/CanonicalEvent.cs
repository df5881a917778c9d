using System.Security.Cryptography;

namespace HousingBank.Store.Seals;

/// <summary>The form in which an event is hashed and exported: one line of JSON with every column (docs/reference/seals.md).</summary>
/// <remarks>
/// PostgreSQL writes it, whatever a column holds: no value is read into a type that could lose something. The line depends on nothing but the columns and on
/// what <see cref="StoreDataSource"/> sets on its connections (time zone UTC). There is no cast in it: who owns the database can say what a cast does, and what
/// it finds on no path of names. A column that is added to the table needs a form with a new number.
/// </remarks>
internal static class CanonicalEvent
{
    /// <summary>Number of the form; seals are made in the newest.</summary>
    public const int Form = 1;

    public const int SaltSize = 16;

    /// <summary>The line as JSON, for a query over <c>store.events e</c>. An array that does not begin at 1 is written as text: as JSON it would look like one that does.</summary>
    public const string Line = """
        (select row_to_json(line) from (select
          e.position, e.transaction, e.tenant, e.stream, e.version, e.type, e.type_version as "typeVersion", e.body,
          e.effective_on as "effectiveOn", e.effective_first as "effectiveFirst", e.effective_last as "effectiveLast", e.precision,
          e.assumed_because as "assumedBecause", e.recorded_at as "recordedAt", e.actor, e.role, e.decided_by as "decidedBy",
          e.basis_kind as "basisKind", e.basis, e.entry_reason as "entryReason",
          case when format('%s', e.not_documented) like '[%' then to_json(format('%s', e.not_documented)) else to_json(e.not_documented) end as "notDocumented",
          e.looked_at as "lookedAt", e.replaces, e.command_id as "commandId", e.correlation, encode(e.salt, 'hex') as salt) line)
        """;

    /// <summary>The columns that the line is made of, with their types and defaults; the table has these and no others.</summary>
    public static readonly string[] Columns =
    [
        "position bigint", "tenant text", "stream text", "version integer", "type text", "type_version integer", "body jsonb",
        "effective_on date", "effective_first date", "effective_last date", "precision text", "assumed_because text",
        "recorded_at timestamp with time zone", "transaction xid8", "actor text", "role text", "decided_by text", "basis_kind text", "basis text",
        "entry_reason text", "not_documented text[]", "looked_at jsonb", "replaces integer", "command_id uuid", "correlation uuid", "salt bytea default uuid_send(gen_random_uuid())",
    ];

    private const byte Event = 0;

    /// <summary>SHA-256 of a zero byte, the salt and the line.</summary>
    public static byte[] Hash(ReadOnlySpan<byte> salt, ReadOnlySpan<byte> line)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData([Event]);
        hash.AppendData(salt);
        hash.AppendData(line);
        return hash.GetHashAndReset();
    }
}
