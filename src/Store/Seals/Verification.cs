using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using Npgsql;
using static HousingBank.Store.Sql;

namespace HousingBank.Store.Seals;

/// <summary>Hashes the whole log again and compares it with its seals, and with what has been published of them.</summary>
/// <remarks>
/// It reads in short statements while others write, and holds the hashes of some seals and the rows of one in memory. It trusts the server to say what its
/// tables hold, and nothing else in it: no function, cast, view or trigger of the database takes part, and what an index leaves out is found by reading the tables.
/// </remarks>
public sealed class Verification : IAsyncDisposable
{
    private const int SealsAtATime = 64;
    private const int Listed = 20;
    private const string Early = "was recorded more than a day before the one that stands before it in the log: it was added past the application, or its moment forged";
    private const string Ahead = "has a moment more than a day ahead of the database's clock: it was added past the application, or its moment forged";

    /// <summary>
    /// No transaction is open for that long: an event whose moment lies further back than that behind the one before it was not recorded by the application.
    /// </summary>
    private static readonly TimeSpan s_mostOutOfOrder = TimeSpan.FromDays(1);

    private readonly NpgsqlDataSource _source;
    private readonly NpgsqlDataSource _withoutIndexes;
    private readonly IReadOnlyList<PublicKey> _keys;
    private readonly List<Finding> _wrong = [];
    private readonly AttachmentCheck _attachments;
    private readonly Dictionary<string, (string? Stream, double Since)> _carriedOver = [];
    private double _lastRecorded = double.NegativeInfinity;
    private double _now;
    private long _wrongInAll;
    private long _verified;
    private long _unchecked;

    /// <param name="connectionString">A login that may act as the sealer.</param>
    /// <param name="keys">By which heads must be signed; none: signatures are counted, not checked.</param>
    public Verification(string connectionString, IReadOnlyList<PublicKey> keys)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString) { CommandTimeout = 0 };
        _source = StoreDataSource.CreateForAudit(settings.ConnectionString, StoreRole.Sealer);
        settings.Options = $"{settings.Options} -c enable_indexscan=off -c enable_indexonlyscan=off -c enable_bitmapscan=off -c enable_seqscan=on -c enable_sort=on".Trim();
        _withoutIndexes = StoreDataSource.CreateForAudit(settings.ConnectionString, StoreRole.Sealer);
        _keys = keys;
        _attachments = new AttachmentCheck(_source, Say);
    }

    public async ValueTask DisposeAsync()
    {
        await _source.DisposeAsync();
        await _withoutIndexes.DisposeAsync();
    }

    /// <param name="published">Heads kept outside the database; null for none.</param>
    /// <param name="report">Gets how many events have been read, now and then.</param>
    public async Task<VerificationResult> RunAsync(IAsyncEnumerable<SignedHead>? published, Action<long> report, CancellationToken cancel)
    {
        List<Finding> tables = [];
        var (notSealed, notNumbered, compared) = (0L, 0L, 0L);
        var walk = new SealWalk();
        await AsFarAsReadableAsync(async () => tables = await TableCheck.RunAsync(_source, cancel));
        _now = await NowAsync(cancel);
        await AsFarAsReadableAsync(() => FindCarriedOverAsync(cancel));
        await AsFarAsReadableAsync(async () =>
        {
            for (var page = await SealsAsync(0, cancel); page.Count > 0; page = await SealsAsync(page[^1].Number, cancel))
                await CheckAsync(page, walk, report, cancel);
        });
        await AsFarAsReadableAsync(async () => notSealed = await CheckUnsealedAsync(walk.NextOrdinal, report, cancel));
        if (_keys.Count > 0 && _verified == 0 && _wrongInAll == 0 && walk.Seals + notSealed > 0)
            Say(Finding.About(walk.Seals > 0 ? "no head is signed by the key that was given" : "nothing is sealed: no seal has been made yet, or all were taken away"));
        await AsFarAsReadableAsync(async () => notNumbered = await LogCheck.RunAsync(_withoutIndexes, Say, cancel));
        await AsFarAsReadableAsync(() => CountSealsAsync(walk, cancel));
        if (published is not null)
            await AsFarAsReadableAsync(async () => compared = await CompareAsync(published, cancel));
        foreach (var finding in tables)
            Say(finding);

        return new VerificationResult(
            _wrong, _wrongInAll, walk.Seals, walk.NextOrdinal - 1, notSealed, notNumbered, _attachments.Count, _verified, _unchecked, compared, walk.Newest);
    }

    /// <summary>Tables that were given another form are told like anything else that was changed, and what can be read beside them is.</summary>
    private async Task AsFarAsReadableAsync(Func<Task> check)
    {
        try
        {
            await check();
        }
        catch (Exception e) when (e is InvalidCastException or OverflowException or DecoderFallbackException || e is PostgresException refused && !SqlStates.IsAboutTheServer(refused.SqlState))
        {
            Say(Finding.About($"the tables of the log have another form, and it cannot be read any further: {(e as PostgresException)?.MessageText ?? e.Message}"));
        }
    }

    private void Say(Finding finding)
    {
        _wrongInAll++;
        if (_wrong.Count < Listed)
            _wrong.Add(finding);
    }

    private async Task<List<Seal>> SealsAsync(long after, CancellationToken cancel)
    {
        await using var command = _source.CreateCommand($"select {Seal.Columns} from store.seals s where s.number > $1 order by s.number limit {SealsAtATime}");
        command.Parameters.Add(Long(after));
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var seals = new List<Seal>();
        while (await reader.ReadAsync(cancel))
            seals.Add(Seal.From(reader));
        return seals;
    }

    /// <summary>Seals are read by their numbers, some at a time: what has no number, or one of another, may not have been among them.</summary>
    private async Task CountSealsAsync(SealWalk walk, CancellationToken cancel)
    {
        await using var command = _withoutIndexes.CreateCommand("select count(*) from store.seals where number is null or number <= $1");
        command.Parameters.Add(Long(walk.Newest?.Seals ?? 0));
        var more = (long)(await command.ExecuteScalarAsync(cancel))! - walk.Seals;
        if (more != 0)
            Say(Finding.About($"store.seals has {walk.Seals + more} rows, and {walk.Seals} seals that follow on each other"));
    }

    private async Task CheckAsync(List<Seal> seals, SealWalk walk, Action<long> report, CancellationToken cancel)
    {
        // What a seal says of itself may be wrong: events are read in the order of the log, each once, whatever it says.
        await using var events = EventsAsync(walk.NextOrdinal, seals.Max(s => s.Last), cancel).GetAsyncEnumerator(cancel);
        var isThere = await events.MoveNextAsync();
        foreach (var seal in seals)
        {
            var (what, isReadable) = walk.Follow(seal);
            what ??= CheckSignature(seal, walk);

            var found = new List<FoundEvent>();
            while (isReadable && isThere && events.Current.Ordinal <= seal.Last)
            {
                if (events.Current.Ordinal >= seal.First)
                    found.Add(events.Current);
                isThere = await events.MoveNextAsync();
            }

            var unlike = isReadable && (what is null || !SealedEvents.GiveHash(seal, found)) ? SealedEvents.Compare(seal, found) : [];
            if (what is not null && unlike.Count == 0)
                Say(new Finding(walk.FirstMeant, null, null, null, $"seal {seal.Number}, which covers events {seal.First} to {seal.Last}, {what}"));
            var moments = MomentsOf(found, seal);
            foreach (var finding in unlike.Count == 0 ? moments : [])
                Say(finding);
            foreach (var finding in unlike)
                Say(finding.Stream is null && finding.Ordinal is not null ? await NameAsync(finding, cancel) : finding);
            await _attachments.RunAsync(cancel);
            report(walk.NextOrdinal - 1);
        }
    }

    private string? CheckSignature(Seal seal, SealWalk walk)
    {
        if (_keys.Count == 0)
        {
            _unchecked += seal.Head.IsSigned ? 1 : 0;
            return null;
        }

        if (!seal.Head.IsSigned)
            return walk.WasSigned ? "is not signed, though earlier ones are" : null;
        walk.WasSigned = true;
        if (_keys.All(k => k.Id != seal.Head.Key))
            return $"is signed with the key {seal.Head.Key}, which is not among those given";
        if (!_keys.Any(k => k.Verifies(seal.Head)))
            return "has a signature that does not belong to it: it, or something before it, was made anew without the key";
        _verified++;
        return null;
    }

    /// <summary>Tenants with moments of another system, until when, and the stream that was begun here to tell so.</summary>
    private async Task FindCarriedOverAsync(CancellationToken cancel)
    {
        await using var command = _source.CreateCommand(
            """
            select c.tenant, c.stream, date_part('epoch', c.since) from store.carried_over c
             where exists (select from store.events e where e.tenant = c.tenant and e.stream = c.stream and e.recorded_at = c.since)
            """);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        while (await reader.ReadAsync(cancel))
            _carriedOver[reader.AnyTextOrNull(0)!] = (reader.AnyTextOrNull(1), reader.GetDouble(2));
    }

    private async Task<double> NowAsync(CancellationToken cancel)
    {
        await using var command = _source.CreateCommand("select date_part('epoch', clock_timestamp())");
        return (double)(await command.ExecuteScalarAsync(cancel))!;
    }

    private List<Finding> MomentsOf(List<FoundEvent> found, Seal seal)
    {
        var sealedAt = DateTimeOffset.TryParse(seal.SealedAt, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment)
            ? (moment - DateTimeOffset.UnixEpoch).TotalSeconds
            : _now;
        return [.. found.Select(f => CheckMoment(f, sealedAt)).OfType<Finding>()];
    }

    /// <summary>Of one event after the other, in the order of the log.</summary>
    /// <param name="latest">It was there by then: a later moment says nothing about those that follow.</param>
    private Finding? CheckMoment(FoundEvent found, double latest)
    {
        if (found.Recorded is not { } recorded)
            return null;
        if (found.Tenant is not null && _carriedOver.TryGetValue(found.Tenant, out var carried))
        {
            if (recorded < carried.Since)
                return null;
            // Anything else that is recorded in the tenant ends the carrying over.
            if (found.Stream != carried.Stream)
                _carriedOver.Remove(found.Tenant);
        }

        var isEarly = recorded < _lastRecorded - s_mostOutOfOrder.TotalSeconds;
        if (recorded <= latest + s_mostOutOfOrder.TotalSeconds)
            _lastRecorded = Math.Max(_lastRecorded, recorded);
        return recorded > _now + s_mostOutOfOrder.TotalSeconds ? found.Is(Ahead) : isEarly ? found.Is(Early) : null;
    }

    /// <summary>Events by ordinal; their attachments are noted to be checked.</summary>
    private async IAsyncEnumerable<FoundEvent> EventsAsync(
        long from, long to, [EnumeratorCancellation] CancellationToken cancel)
    {
        await using var command = _source.CreateCommand(
            $"""
            select o.ordinal, e.position is null, e.tenant, e.stream, e.version, e.salt, {CanonicalEvent.Line}, date_part('epoch', e.recorded_at)
              from store.ordinals o
              left join store.events e on e.transaction = o.transaction and e.position = o.position
             where o.ordinal between $1 and $2
             order by o.ordinal
            """);
        command.Parameters.AddRange(new[] { Long(from), Long(to) });
        await using var reader = await command.ExecuteReaderAsync(cancel);
        while (await reader.ReadAsync(cancel))
        {
            if (reader.GetBoolean(1))
            {
                yield return new FoundEvent(reader.GetInt64(0), null, null, null, null, null);
                continue;
            }

            var salt = reader.IsDBNull(5) ? [] : reader.GetFieldValue<byte[]>(5);
            var line = reader.GetFieldValue<byte[]>(6);
            var found = new FoundEvent(
                reader.GetInt64(0), reader.AnyTextOrNull(2), reader.AnyTextOrNull(3), reader.IsDBNull(4) ? null : reader.GetInt32(4),
                salt.Length == CanonicalEvent.SaltSize ? CanonicalEvent.Hash(salt, line) : [],
                reader.IsDBNull(7) ? null : reader.GetDouble(7));
            _attachments.Note(found, line);
            yield return found;
        }
    }

    /// <returns>How many events have an ordinal and no seal.</returns>
    private async Task<long> CheckUnsealedAsync(long from, Action<long> report, CancellationToken cancel)
    {
        var next = from;
        await foreach (var found in EventsAsync(from, long.MaxValue, cancel))
        {
            if (found.Ordinal > next)
                Say(new Finding(next, null, null, null, found.Ordinal == next + 1 ? "the ordinal is gone" : $"the ordinals up to {found.Ordinal - 1} are gone"));
            else if (found.Ordinal < next)
                Say(found.Is("the ordinal is there twice"));
            if (found.Leaf is null)
                Say(await NameAsync(found.Is("the event is gone"), cancel));
            else if (CheckMoment(found, _now) is { } finding)
                Say(finding);
            next = found.Ordinal + 1;
            if (next % Sealing.AtMost == 0)
            {
                await _attachments.RunAsync(cancel);
                report(found.Ordinal);
            }
        }

        await _attachments.RunAsync(cancel);
        return next - from;
    }

    /// <summary>An event that is gone leaves a hole in its stream; when there is one hole only, that is the one.</summary>
    private async Task<Finding> NameAsync(Finding gone, CancellationToken cancel)
    {
        if (_wrong.Count == Listed)
            return gone;
        await using var command = _source.CreateCommand(
            """
            select v.tenant, v.stream, v.before + 1, v.version - v.before
              from (select e.tenant, e.stream, e.version, lag(e.version, 1, 0) over (partition by e.tenant, e.stream order by e.version) as before
                      from (select tenant, stream, version from store.events union all select tenant, stream, version + 1 from store.streams) e) v
             where v.version > v.before + 1
             limit 2
            """);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        if (!await reader.ReadAsync(cancel) || reader.GetInt32(3) > 2)
            return gone;
        var named = gone with { Tenant = reader.AnyTextOrNull(0), Stream = reader.AnyTextOrNull(1), Version = reader.GetInt32(2) };
        return await reader.ReadAsync(cancel) ? gone : named;
    }

    private async Task<long> CompareAsync(IAsyncEnumerable<SignedHead> published, CancellationToken cancel)
    {
        var count = 0L;
        await foreach (var head in published.WithCancellation(cancel))
        {
            count++;
            if (_keys.Count > 0 && head.IsSigned && !_keys.Any(k => k.Verifies(head)))
                Say(Finding.About($"the published head of seal {head.Head.Seals} has a signature that none of the keys given has made"));
            var stored = await HeadAsync(head.Head.Seals, cancel);
            if (stored is null)
            {
                Say(Finding.About($"seal {head.Head.Seals} was published and is not there: the end of the log, {head.Head.Events} events then, was taken away, or the database brought back to an earlier moment"));
            }
            else if (stored != head.Head)
            {
                Say(Finding.About($"seal {head.Head.Seals} is another than the one that was published: the log, {head.Head.Events} events then, was written anew after that"));
            }
        }

        return count;
    }

    private async Task<Head?> HeadAsync(long number, CancellationToken cancel)
    {
        await using var command = _source.CreateCommand($"select {Seal.HeadColumns} from store.seals s where s.number = $1");
        command.Parameters.Add(Long(number));
        await using var reader = await command.ExecuteReaderAsync(cancel);
        return await reader.ReadAsync(cancel) ? Seal.HeadFrom(reader).Head : null;
    }
}

/// <summary>An event as it stands in the log now.</summary>
/// <param name="Leaf">Its hash; empty when it cannot have been sealed, null when there is no event.</param>
/// <param name="Recorded">In seconds since 1970; a moment that no calendar has is one too.</param>
internal sealed record FoundEvent(long Ordinal, string? Tenant, string? Stream, int? Version, byte[]? Leaf, double? Recorded)
{
    public Finding Is(string what) => new(Ordinal, Tenant, Stream, Version, what);
}
