using Npgsql;

namespace HousingBank.Store;

/// <summary>Transactions that change what others use. Whoever waits for a lock holds up all who come after, readers too: better to step back and try again.</summary>
internal static class LockPatience
{
    /// <param name="change">All that is done in it.</param>
    /// <returns>False when somebody held what it needs for more than two seconds; nothing is changed then.</returns>
    public static async Task<bool> TryAsync(NpgsqlConnection connection, Func<Task> change, CancellationToken cancel)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        try
        {
            await using (var patience = new NpgsqlCommand("set local lock_timeout = '2s'", connection))
                await patience.ExecuteNonQueryAsync(cancel);
            await change();
            await transaction.CommitAsync(cancel);
            return true;
        }
        catch (PostgresException e) when (e.SqlState is PostgresErrorCodes.LockNotAvailable or PostgresErrorCodes.DeadlockDetected)
        {
            await transaction.RollbackAsync(cancel);
            return false;
        }
    }
}
