using System.CommandLine;
using HousingBank.Cli.Commands;
using HousingBank.Processes.Persons;
using HousingBank.Store;
using Npgsql;

namespace HousingBank.Cli.Terminal;

/// <summary>Runs the command line: an interruption is passed on, a fault becomes one plain sentence.</summary>
internal static class CommandLine
{
    // Long enough for the step under way to be finished after Ctrl-C.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    /// <param name="output">Where everything is said; null for the console.</param>
    /// <param name="interrupted">Interrupts as Ctrl-C does.</param>
    public static async Task<int> RunAsync(string[] args, TextWriter? output = null, CancellationToken interrupted = default)
    {
        var configuration = new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = Patience };
        if (output is not null)
            (configuration.Output, configuration.Error) = (output, output);
        var line = Root().Parse(args);
        try
        {
            var code = await line.InvokeAsync(configuration, interrupted);
            return line.Errors.Count > 0 ? (int)ExitCode.Usage : code;
        }
        catch (OperationCanceledException)
        {
            return Say(configuration, "Interrupted. What was done stands; run the same command again to go on.", ExitCode.Interrupted);
        }
        catch (Exception e) when (e is UserException or SchemaTooNewException or StoreNotReadyException or CarryOverException or MasterKeyException or IOException or UnauthorizedAccessException)
        {
            return Say(configuration, e.Message, ExitCode.Failed);
        }
        catch (PostgresException e)
        {
            return Say(configuration, $"The database refuses: {e.MessageText}", ExitCode.Failed);
        }
        catch (NpgsqlException e)
        {
            return Say(configuration, $"The database cannot be reached: {e.Message}", ExitCode.Failed);
        }
    }

    private static RootCommand Root()
    {
        var database = DatabaseOption.Build();
        return new("Operates the programme system: its schema, its tables, imports and simulations.")
        {
            database,
            MigrateCommand.Build(database),
            VersionCommand.Build(database),
            RebuildCommand.Build(database),
            StatusCommand.Build(database),
            ParkedCommand.Build(database),
            VerifyCommand.Build(database),
            PersonalDataCommand.Build(database),
            ExportCommand.Build(database),
            ImportCommand.Build(database),
            SimulateCommand.Build(database),
        };
    }

    private static int Say(InvocationConfiguration configuration, string message, ExitCode code)
    {
        configuration.Error.WriteLine(message);
        return (int)code;
    }
}
