using System.CommandLine;
using HousingBank.Cli.Terminal;
using HousingBank.ReadModels;

namespace HousingBank.Cli.Commands;

/// <summary>rebuild: makes tables anew from the log while others read and write.</summary>
internal static class RebuildCommand
{
    public static Command Build(DatabaseOption database)
    {
        var tables = new Argument<string[]>("table")
        {
            Description = "The tables to make anew; all when none is named.",
            Arity = ArgumentArity.ZeroOrMore,
            // Otherwise it is all their names, on every line of the help.
            HelpName = "table",
        };
        tables.AcceptOnlyFromAmong([.. ReadModelTables.All.Select(t => t.Name)]);

        var command = new Command("rebuild", "Make tables anew from the log, while others go on. Interrupted, it goes on where it was.") { tables };
        command.SetAction(async (line, interrupted) =>
        {
            var progress = Progress.On(line);
            await ProgrammeTables.BuilderOn(await database.OfMigratedAsync(line, interrupted))
                .RebuildAsync(line.GetValue(tables) ?? [], TableReports.On(progress), interrupted);
            progress.EndLine();
            return (int)ExitCode.Done;
        });
        return command;
    }
}
