namespace HousingBank.EmbeddedPostgres;

/// <summary>No database server could be started. The message is one plain sentence and how to mend it.</summary>
public sealed class PostgresUnavailableException : Exception
{
    public PostgresUnavailableException(string message)
        : base(message)
    {
    }

    public PostgresUnavailableException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
