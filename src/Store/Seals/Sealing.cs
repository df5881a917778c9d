using Npgsql;
using static HousingBank.Store.Sql;

namespace HousingBank.Store.Seals;

/// <summary>Seals what has its ordinal. Any number of processes may run it; one at a time does.</summary>
/// <remarks>
/// Appends know nothing of it and wait for nothing: it reads what is numbered and adds a row. Each seal is a short transaction that holds a lock of its own;
/// a process that dies leaves none behind.
/// </remarks>
/// <param name="source">Connections as <see cref="StoreRole.Sealer"/>.</param>
/// <param name="key">Null: heads are not signed.</param>
/// <param name="publishTo">Gets each head outside the database; null for nowhere.</param>
public sealed class Sealing(NpgsqlDataSource source, SigningKey? key, PublishedHeads? publishTo) : IDisposable
{
    /// <summary>At most so many events are sealed at once: what has to be read again to prove one of them.</summary>
    public const int AtMost = 1_024;

    // Any number will do, as long as it stays the same and differs from the others of the store.
    private const long OneAtATime = 4_801_201_012;

    private static readonly TimeSpan s_pause = TimeSpan.FromSeconds(1);

    private GrowingTree _tree = new();

    /// <summary>Hash of the newest seal in <see cref="_tree"/>.</summary>
    private byte[] _last = Seal.NoneBefore;

    private SignedHead? _unpublished;
    private bool _isCompared;

    /// <summary>Goes on until it is cancelled. A database that does not answer is asked again.</summary>
    /// <param name="report">Gets what went wrong.</param>
    public Task RunAsync(Action<Exception> report, CancellationToken cancel) => UntilCancelled.RunAsync(
        async stop =>
        {
            await RunOnceAsync(stop);
            return false;
        },
        s_pause, report, cancel);

    /// <summary>Seals what can be sealed now.</summary>
    /// <returns>How many events were sealed; null when another process is at it.</returns>
    /// <exception cref="LogChangedException">Something in the database is not as it was left; said once, then sealing goes on from what is there if it can.</exception>
    public async Task<long?> RunOnceAsync(CancellationToken cancel)
    {
        await CompareAsync(cancel);
        await PublishAsync(cancel);
        var total = 0L;
        while (true)
        {
            if (await StepAsync(cancel) is not { } made)
                return null;
            total += made;
            if (made < AtMost)
                return total;
        }
    }

    public void Dispose() => key?.Dispose();

    private async Task<int?> StepAsync(CancellationToken cancel)
    {
        await using var connection = await source.OpenConnectionAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        var (isAlone, sealedAt) = await LockAsync(connection, cancel);
        if (!isAlone)
            return null;

        var last = await CatchUpAsync(connection, cancel);
        var leaves = await NextAsync(connection, last, cancel);
        if (leaves.Count == 0)
            return 0;

        var seal = Make(last + 1, [.. leaves.SelectMany(l => l)], sealedAt);
        await AddAsync(connection, seal, cancel);
        await transaction.CommitAsync(cancel);
        // Not before the commit: what was not committed must not be in the tree.
        Remember(seal.Hash);
        _unpublished = seal.Head;
        await PublishAsync(cancel);
        return leaves.Count;
    }

    private async Task PublishAsync(CancellationToken cancel)
    {
        if (publishTo is not null && _unpublished is { } head)
            await publishTo.AddAsync(head, cancel);
        _unpublished = null;
    }

    private static async Task<(bool IsAlone, string SealedAt)> LockAsync(NpgsqlConnection connection, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand($"select pg_try_advisory_xact_lock({OneAtATime}), to_json(clock_timestamp())::text", connection);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        await reader.ReadAsync(cancel);
        return (reader.GetBoolean(0), reader.GetString(1).Trim('"'));
    }

    /// <summary>
    /// Once, before anything is signed: what was published last must be there. Whoever can write to the database could otherwise take seals away while this
    /// program is down, and have it sign others in their place without a word.
    /// </summary>
    private async Task CompareAsync(CancellationToken cancel)
    {
        if (_isCompared || publishTo is null)
            return;
        try
        {
            var published = (await publishTo.LastAsync(cancel))?.Head;
            if (published is not null && await HeadAsync(published.Seals, cancel) != published)
                throw ChangedAt(published.Seals, "was published and is not there");
            // Whoever made the newest seal may have died before it was published.
            if (await new SealLog(source).NewestAsync(cancel) is { } newest && newest.Head.Seals > (published?.Seals ?? 0))
                _unpublished = newest;
            _isCompared = true;
        }
        catch (Exception e) when (e is LogChangedException or InvalidDataException)
        {
            // Said once, a line that is no head as well; sealing goes on.
            _isCompared = true;
            throw;
        }
    }

    private async Task<Head?> HeadAsync(long seal, CancellationToken cancel)
    {
        await using var command = source.CreateCommand($"select {Seal.HeadColumns} from store.seals s where s.number = $1");
        command.Parameters.Add(Long(seal));
        await using var reader = await command.ExecuteReaderAsync(cancel);
        return await reader.ReadAsync(cancel) ? Seal.HeadFrom(reader).Head : null;
    }

    private static LogChangedException ChangedAt(long seal, string what) => new(
        $"Seal {seal} {what} any more as it was made: the database was brought back to an earlier moment, or somebody has changed it. Run verify with the published heads.")
    { SealingGoesOn = true };

    /// <summary>Takes in the seals that other processes have made.</summary>
    /// <returns>The last ordinal that is sealed.</returns>
    private async Task<long> CatchUpAsync(NpgsqlConnection connection, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand("select hash, last_ordinal from store.seals where number >= $1 order by number", connection)
        {
            Parameters = { Long(Math.Max(_tree.Size, 1)) },
        };
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var last = 0L;
        // The newest seal of the tree is read again: it says where to go on.
        var isKnown = _tree.Size > 0;
        while (await reader.ReadAsync(cancel))
        {
            var hash = reader.GetFieldValue<byte[]>(0);
            if (isKnown && !hash.AsSpan().SequenceEqual(_last))
                break;
            if (!isKnown)
                Remember(hash);
            isKnown = false;
            last = reader.GetInt64(1);
        }

        if (isKnown)
        {
            var gone = _tree.Size;
            (_tree, _last) = (new GrowingTree(), Seal.NoneBefore);
            throw ChangedAt(gone, "is not there");
        }

        return last;
    }

    private void Remember(byte[] hash)
    {
        _tree.Add(hash);
        _last = hash;
    }

    private static async Task<List<byte[]>> NextAsync(NpgsqlConnection connection, long after, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(
            $"""
            select o.ordinal, e.salt, {CanonicalEvent.Line}
              from store.ordinals o
              join store.events e on e.transaction = o.transaction and e.position = o.position
             where o.ordinal > $1 and o.ordinal <= $1 + {AtMost}
             order by o.ordinal
            """,
            connection)
        { Parameters = { Long(after) } };
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var leaves = new List<byte[]>();
        while (await reader.ReadAsync(cancel))
        {
            if (reader.GetInt64(0) != after + leaves.Count + 1)
                throw new LogChangedException($"There is no event with the ordinal {after + leaves.Count + 1}, though there are later ones: nothing more can be sealed. Run verify.");
            leaves.Add(CanonicalEvent.Hash(reader.GetFieldValue<byte[]>(1), reader.GetFieldValue<byte[]>(2)));
        }

        return leaves;
    }

    private Seal Make(long first, byte[] leaves, string sealedAt)
    {
        var number = _tree.Size + 1;
        var last = first - 1 + (leaves.Length / Merkle.HashSize);
        var root = Merkle.Root(leaves);
        var hash = Seal.HashOf(Seal.HeaderOf(CanonicalEvent.Form, number, first, last, root, _last, sealedAt));
        var head = new Head(CanonicalEvent.Form, number, last, Convert.ToHexStringLower(_tree.RootWith(hash)), sealedAt);
        return new Seal(CanonicalEvent.Form, number, first, last, leaves, root, _last, sealedAt, hash, key?.Sign(head) ?? new SignedHead(head, null, null));
    }

    private static async Task AddAsync(NpgsqlConnection connection, Seal seal, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(
            """
            insert into store.seals (form, number, first_ordinal, last_ordinal, leaves, root, previous, sealed_at, hash, tree, key, signature)
            values ($1, $2, $3, $4, $5, $6, $7, $8::timestamptz, $9, decode($10, 'hex'), $11, $12)
            """,
            connection)
        {
            Parameters =
            {
                Integer(seal.Form), Long(seal.Number), Long(seal.First), Long(seal.Last), Bytes(seal.Leaves), Bytes(seal.Root), Bytes(seal.Previous),
                Text(seal.SealedAt), Bytes(seal.Hash), Text(seal.Head.Head.Tree), Text(seal.Head.Key), Bytes(seal.Head.Signature),
            },
        };
        await command.ExecuteNonQueryAsync(cancel);
    }
}

/// <summary>The log or its seals are not as this program left them.</summary>
public sealed class LogChangedException(string message) : Exception(message)
{
    /// <summary>True when what is there now is sealed all the same.</summary>
    public bool SealingGoesOn { get; init; }
}
