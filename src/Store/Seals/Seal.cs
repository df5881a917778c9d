using System.Security.Cryptography;
using System.Text;
using Npgsql;

namespace HousingBank.Store.Seals;

/// <summary>A stretch of the log, sealed.</summary>
/// <param name="Number">1, 2, 3 … without holes.</param>
/// <param name="Leaves">Hash of each event, one after the other, in the order of the log.</param>
/// <param name="Previous">Hash of the seal before; zeros in the first.</param>
/// <param name="SealedAt">As PostgreSQL writes a moment in JSON; kept as text so that it is hashed as it is stored.</param>
/// <param name="Hash">As stored; what it should be says <see cref="ComputeHash"/>.</param>
/// <param name="Head">What is signed and published.</param>
internal sealed record Seal(
    int Form, long Number, long First, long Last, byte[] Leaves, byte[] Root, byte[] Previous, string SealedAt, byte[] Hash, SignedHead Head)
{
    /// <summary>For a query over <c>store.seals s</c>. Nothing in the table is null; what somebody has made null is to be found out and not to stop the reading.</summary>
    public const string Columns = """
        coalesce(s.form, 0), s.number, coalesce(s.first_ordinal, 0), coalesce(s.last_ordinal, 0), coalesce(s.leaves, ''), coalesce(s.root, ''),
        coalesce(s.previous, ''), to_json(coalesce(s.sealed_at, '-infinity')), coalesce(s.hash, ''), coalesce(s.tree, ''), s.key, s.signature
        """;

    /// <summary>What <see cref="HeadFrom"/> reads.</summary>
    public const string HeadColumns =
        "coalesce(s.form, 0), s.number, coalesce(s.last_ordinal, 0), coalesce(s.tree, ''), to_json(coalesce(s.sealed_at, '-infinity')), s.key, s.signature";

    private const byte Kind = 2;

    public static byte[] NoneBefore => new byte[Merkle.HashSize];

    /// <summary>One line of JSON, which <see cref="Hash"/> is made of.</summary>
    public string Header => HeaderOf(Form, Number, First, Last, Root, Previous, SealedAt);

    public static string HeaderOf(int form, long number, long first, long last, byte[] root, byte[] previous, string sealedAt) =>
        $$"""{"form":{{form}},"number":{{number}},"first":{{first}},"last":{{last}},"root":"{{Hex(root)}}","previous":"{{Hex(previous)}}","sealedAt":"{{sealedAt}}"}""";

    public static byte[] HashOf(string header) => SHA256.HashData([Kind, .. Encoding.UTF8.GetBytes(header)]);

    public byte[] ComputeHash() => HashOf(Header);

    public static Seal From(NpgsqlDataReader row)
    {
        var sealedAt = row.GetString(7).Trim('"');
        return new Seal(
            row.GetInt32(0), row.GetInt64(1), row.GetInt64(2), row.GetInt64(3), row.GetFieldValue<byte[]>(4), row.GetFieldValue<byte[]>(5),
            row.GetFieldValue<byte[]>(6), sealedAt, row.GetFieldValue<byte[]>(8), HeadOf(row, sealedAt));
    }

    public static SignedHead HeadFrom(NpgsqlDataReader row) => new(
        new Head(row.GetInt32(0), row.GetInt64(1), row.GetInt64(2), Hex(row.GetFieldValue<byte[]>(3)), row.GetString(4).Trim('"')),
        row.TextOrNull(5),
        row.IsDBNull(6) ? null : row.GetFieldValue<byte[]>(6));

    private static SignedHead HeadOf(NpgsqlDataReader row, string sealedAt) => new(
        new Head(row.GetInt32(0), row.GetInt64(1), row.GetInt64(3), Hex(row.GetFieldValue<byte[]>(9)), sealedAt),
        row.TextOrNull(10),
        row.IsDBNull(11) ? null : row.GetFieldValue<byte[]>(11));

    private static string Hex(byte[] bytes) => Convert.ToHexStringLower(bytes);
}
