using System.Security.Cryptography;
using Npgsql;
using static HousingBank.Store.Sql;

namespace HousingBank.Store;

/// <summary>Ciphertext attached to events, kept under its own hash. What is there stays, and is never changed.</summary>
/// <remarks>
/// Content first, event second: an attachment that no event names harms nothing, and adding it again finds it there. The event carries the hash in its body
/// as <see cref="HashProperty"/>, so that the seal over the event covers the content as well.
/// </remarks>
/// <param name="source">Connections as <see cref="StoreRole.App"/>.</param>
public sealed class AttachmentStore(NpgsqlDataSource source)
{
    /// <summary>The name, at any depth of a body, of the one property that an attachment is named by.</summary>
    public const string HashProperty = "ciphertextSha256";

    /// <summary>Keeps it in the scope's own tenant; does nothing when the same content is there already.</summary>
    /// <returns>SHA-256 of the content in small hexadecimal digits.</returns>
    public async Task<string> AddAsync(Scope scope, byte[] ciphertext, CancellationToken cancel)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(ciphertext));
        await using var batch = source.CreateBatch();
        batch.BatchCommands.Add(scope.Setting());
        batch.BatchCommands.Add(Statement(
            "insert into store.attachments (tenant, sha256, content) values ($1, $2, $3) on conflict do nothing",
            Text(scope.Tenant), Text(hash), Bytes(ciphertext)));
        await batch.ExecuteNonQueryAsync(cancel);
        return hash;
    }

    /// <returns>Null when there is none, or its tenant may not be read.</returns>
    /// <exception cref="InvalidDataException">The content is another than the one that was stored.</exception>
    public async Task<byte[]?> ReadAsync(Scope scope, string sha256, CancellationToken cancel)
    {
        await using var batch = source.CreateBatch();
        batch.BatchCommands.Add(scope.Setting());
        batch.BatchCommands.Add(Statement(
            "select content from store.attachments where tenant = any ($1) and sha256 = $2 limit 1", Texts(scope.Readable), Text(sha256)));
        await using var reader = await batch.ExecuteReaderAsync(cancel);
        await reader.NextResultAsync(cancel);
        if (!await reader.ReadAsync(cancel))
            return null;
        var content = reader.GetFieldValue<byte[]>(0);
        return Convert.ToHexStringLower(SHA256.HashData(content)) == sha256
            ? content
            : throw new InvalidDataException($"The attachment {sha256} holds another content than the one that was stored.");
    }
}
