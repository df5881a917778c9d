using Npgsql;

namespace HousingBank.Store;

/// <summary>
/// Whether a commit was held back until the standby had it, where PostgreSQL is told to (synchronous_standby_names). A wait that is cancelled, because the
/// caller has gone or waited too long, ends like any other commit, with a warning beside it: the transaction stands here and may be lost with this server.
/// </summary>
internal sealed class StandbyWait
{
    // The warning's text may be in any language; the routine that gives it has one name.
    private const string Routine = "SyncRepWaitForLSN";

    private bool _cutShort;

    /// <summary>Of what is committed on this connection from now on.</summary>
    public static StandbyWait On(NpgsqlConnection connection)
    {
        var wait = new StandbyWait();
        connection.Notice += (_, told) => wait._cutShort |= told.Notice.Routine == Routine;
        return wait;
    }

    /// <summary>Waits until the standby has everything that is committed by now; at once where none is waited for.</summary>
    /// <remarks>What was cancelled once is seen by all from then on, and must not be acknowledged before it is safe.</remarks>
    /// <exception cref="NotConfirmedException">This wait was cancelled as well.</exception>
    public static async Task UntilAllAsync(NpgsqlDataSource source, CancellationToken cancel)
    {
        await using var connection = await source.OpenConnectionAsync(cancel);
        // A transaction that writes nothing waits for nobody.
        await using var command = new NpgsqlCommand(
            "select case when current_setting('synchronous_standby_names') <> '' then pg_logical_emit_message(true, 'programme', '') end", connection);
        var wait = On(connection);
        await command.ExecuteNonQueryAsync(cancel);
        wait.EnsureNotCutShort();
    }

    /// <exception cref="NotConfirmedException">It was.</exception>
    public void EnsureNotCutShort()
    {
        if (_cutShort)
            throw new NotConfirmedException();
    }
}

/// <summary>What was decided is written, but not known to be safe: the standby did not say that it has it. Asked again with the same id, it is answered once it is.</summary>
public sealed class NotConfirmedException() : Exception("The decision is written, but no standby has confirmed it.");
