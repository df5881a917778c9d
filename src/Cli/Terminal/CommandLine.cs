using System.CommandLine;
using System.Net.Sockets;
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

    private const string GoOn = "What was done stands; run the same command again to go on.";

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
            return Say(configuration, $"Interrupted. {GoOn}", ExitCode.Interrupted);
        }
        catch (Exception e) when (e is UserException or SchemaTooNewException or StoreNotReadyException or CarryOverException or MasterKeyException or RowChangedException or IOException or UnauthorizedAccessException)
        {
            return Say(configuration, e.Message, ExitCode.Failed);
        }
        catch (NotConfirmedException)
        {
            return Say(configuration, $"It is written, but no standby has confirmed it. {GoOn}", ExitCode.Failed);
        }
        catch (PostgresException e)
        {
            return Say(configuration, $"The database refuses: {e.MessageText}{(IsOver(e) ? $". {GoOn}" : "")}", ExitCode.Failed);
        }
        catch (NpgsqlException e) when (e.InnerException is IOException or TimeoutException)
        {
            return Say(configuration, $"The database answers no longer: {e.InnerException.Message.TrimEnd('.')}. {GoOn}", ExitCode.Failed);
        }
        catch (Exception e) when (e is NpgsqlException or SocketException)
        {
            return Say(configuration, $"The database cannot be reached: {e.Message}", ExitCode.Failed);
        }
    }

    /// <summary>Not for what was asked for: the server is stopped, full, a standby or in trouble, or the connection or its transaction was ended.</summary>
    private static bool IsOver(PostgresException e) => e.SqlState[..2] is "25" or "53" or "57" or "58";

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
