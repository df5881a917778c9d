using System.Net.Sockets;
using Npgsql;

namespace HousingBank.Store;

/// <summary>
/// What says nothing about what was asked for: the database is away, full, overtaken, a standby, or not prepared yet. The same may succeed in a moment.
/// </summary>
/// <remarks>A write that ends so may have been carried out all the same, when the connection was lost under it. Its receipt tells.</remarks>
public static class PassingFaults
{
    /// <summary>True also when such a fault lies within another.</summary>
    public static bool Includes(Exception? fault) => fault switch
    {
        null => false,
        StoreNotReadyException or TableNotReadyException or NotConfirmedException => true,
        PostgresException e => IsPassing(e),
        NpgsqlException => true,
        // The server's name is not known at the moment: Npgsql says so without a word of its own.
        SocketException => true,
        _ => Includes(fault.InnerException),
    };

    /// <summary>The database answers, but takes nothing: its disk is full, or it is a standby.</summary>
    public static bool TakesNothing(PostgresException e) => e.SqlState is PostgresErrorCodes.DiskFull or PostgresErrorCodes.ReadOnlySqlTransaction;

    /// <remarks>What ends the connection ends it for everybody: no login, no such role or database, a server that is starting or stopping.</remarks>
    private static bool IsPassing(PostgresException e) =>
        e.InvariantSeverity is "FATAL" or "PANIC"
        || e.SqlState[..2] is "08" or "53" or "57" or "58"
        || e.SqlState is PostgresErrorCodes.DeadlockDetected
            or PostgresErrorCodes.SerializationFailure
            or PostgresErrorCodes.StatementCompletionUnknown
            or PostgresErrorCodes.LockNotAvailable
            // Asked again on new connections once already: FreshStatements.
            or PostgresErrorCodes.InvalidSqlStatementName
            or PostgresErrorCodes.ReadOnlySqlTransaction;
}
