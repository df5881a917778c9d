using Npgsql;
using static HousingBank.Store.Sql;

namespace HousingBank.Store.Seals;

/// <summary>What everybody may know of the seals: heads, and how far they reach. It says nothing of any event.</summary>
/// <param name="source">Connections as <see cref="StoreRole.App"/>.</param>
public sealed class SealLog(NpgsqlDataSource source)
{
    /// <summary>Heads by number, the newest first.</summary>
    /// <param name="before">Only those with a lower number; null from the newest on.</param>
    public async Task<IReadOnlyList<SignedHead>> HeadsAsync(long? before, int take, CancellationToken cancel)
    {
        await using var command = source.CreateCommand(
            $"select {Seal.HeadColumns} from store.seals s where s.number < $1 order by s.number desc limit $2");
        command.Parameters.AddRange(new[] { Long(before ?? long.MaxValue), Integer(take) });
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var heads = new List<SignedHead>();
        while (await reader.ReadAsync(cancel))
            heads.Add(Seal.HeadFrom(reader));
        return heads;
    }

    /// <returns>Null when nothing is sealed yet.</returns>
    public async Task<SignedHead?> NewestAsync(CancellationToken cancel) => await HeadsAsync(null, 1, cancel) is [var newest, ..] ? newest : null;

    /// <returns>Ordinal of the last event that has one.</returns>
    public async Task<long> LastOrdinalAsync(CancellationToken cancel)
    {
        await using var command = source.CreateCommand("select last_ordinal from store.numbering");
        return (long)(await command.ExecuteScalarAsync(cancel))!;
    }
}
