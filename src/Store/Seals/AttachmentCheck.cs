using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Npgsql;
using static HousingBank.Store.Sql;

namespace HousingBank.Store.Seals;

/// <summary>Hashes the attachments that events name.</summary>
/// <param name="say">Gets what is wrong.</param>
internal sealed class AttachmentCheck(NpgsqlDataSource source, Action<Finding> say)
{
    private static readonly byte[] s_property = Encoding.UTF8.GetBytes($"\"{AttachmentStore.HashProperty}\"");

    private readonly List<(FoundEvent Event, string Hash)> _noted = [];

    /// <summary>How many have been hashed.</summary>
    public long Count { get; private set; }

    /// <summary>Remembers what an event names until <see cref="RunAsync"/>.</summary>
    /// <param name="line">The event's canonical line.</param>
    public void Note(FoundEvent found, ReadOnlySpan<byte> line)
    {
        if (line.IndexOf(s_property) < 0)
            return;
        var reader = new Utf8JsonReader(line, new JsonReaderOptions { MaxDepth = int.MaxValue });
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.PropertyName && reader.ValueTextEquals(AttachmentStore.HashProperty) && reader.Read()
                && reader.TokenType == JsonTokenType.String)
                _noted.Add((found, reader.GetString()!));
        }
    }

    public async Task RunAsync(CancellationToken cancel)
    {
        foreach (var (found, hash) in _noted)
        {
            Count++;
            if (await WhatIsWrongAsync(found, hash, cancel) is { } what)
                say(found.Is(what));
        }

        _noted.Clear();
    }

    private async Task<string?> WhatIsWrongAsync(FoundEvent found, string hash, CancellationToken cancel)
    {
        await using var command = source.CreateCommand("select coalesce(content, '') from store.attachments where tenant = $1 and sha256 = $2");
        command.Parameters.AddRange(new[] { Text(found.Tenant), Text(hash) });
        await using var reader = await command.ExecuteReaderAsync(System.Data.CommandBehavior.SequentialAccess, cancel);
        if (!await reader.ReadAsync(cancel))
            return $"its attachment {hash} is gone";
        await using (var content = await reader.GetStreamAsync(0, cancel))
        {
            if (Convert.ToHexStringLower(await SHA256.HashDataAsync(content, cancel)) != hash)
                return $"its attachment {hash} was changed";
        }

        return await reader.ReadAsync(cancel) ? $"its attachment {hash} is there twice" : null;
    }
}
