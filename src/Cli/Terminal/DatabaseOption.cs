using System.CommandLine;
using HousingBank.Store;

namespace HousingBank.Cli.Terminal;

/// <summary>Where the database is: said on the command line, or in the environment as the web process reads it.</summary>
internal sealed class DatabaseOption() : Option<string?>("--database")
{
    // The web process reads the same as ConnectionStrings:Programme.
    private const string Variable = "ConnectionStrings__Programme";

    public static DatabaseOption Build() => new()
    {
        Description = $"Connection string of the database; otherwise that in the environment variable {Variable}.",
        Recursive = true,
    };

    /// <exception cref="UserException">Neither says it.</exception>
    public string Of(ParseResult line) => (line.GetValue(this) ?? Environment.GetEnvironmentVariable(Variable)) is { Length: > 0 } found
        ? found
        : throw new UserException($"No database is given: set {Variable}, or say --database \"Host=…;Database=…\".");

    /// <summary>For what works on a schema that is there, whatever its version.</summary>
    /// <exception cref="UserException">Neither says it, or the database has no schema of this program.</exception>
    public async Task<string> OfMigratedAsync(ParseResult line, CancellationToken cancel)
    {
        var database = Of(line);
        return await new SchemaMigrator(database).IsMadeAsync(cancel)
            ? database
            : throw new UserException("The database has no schema of this program: look whether it is the right one, or run migrate first.");
    }
}

/// <summary>Something the user can mend; the message is all they need to see.</summary>
internal sealed class UserException(string message) : Exception(message);
