using System.CommandLine;
using HousingBank.Cli.Terminal;
using HousingBank.Processes;
using HousingBank.ReadModels;
using HousingBank.Store;

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
        };
        tables.AcceptOnlyFromAmong([.. ReadModelTables.All.Select(t => t.Name)]);

        var command = new Command("rebuild", "Make tables anew from the log, while others go on. Interrupted, it goes on where it was.") { tables };
        command.SetAction(async (line, interrupted) =>
        {
            var progress = Progress.On(line);
            await new TableBuilder(database.Of(line), new TwoClockTables(ReadModelTables.All), FactCodec.OfDomain())
                .RebuildAsync(line.GetValue(tables) ?? [], TableReports.On(progress), interrupted);
            progress.EndLine();
            return (int)ExitCode.Done;
        });
        return command;
    }
}
