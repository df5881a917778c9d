using System.CommandLine;
using HousingBank.Cli.Terminal;
using HousingBank.Store;

namespace HousingBank.Cli.Commands;

/// <summary>migrate: makes the schema and the tables, or brings them forward to the version of this program.</summary>
internal static class MigrateCommand
{
    public static Command Build(DatabaseOption database)
    {
        var command = new Command("migrate", "Make the database's schema and tables, or bring them forward to this program's version.");
        command.SetAction(async (line, interrupted) =>
        {
            var progress = Progress.On(line);
            await new SchemaMigrator(database.Of(line)).MigrateAsync(progress.Say, interrupted);
            var newer = await ProgrammeTables.BuilderOn(database.Of(line)).BuildAsync(TableReports.On(progress), interrupted);
            progress.Say($"The database has schema version {SchemaMigrator.NewestVersion}.");
            if (newer.Count == 0)
                return (int)ExitCode.Done;

            progress.Say($"It has tables of a newer program: {string.Join(", ", newer)}. This one can read, but not write.");
            return (int)ExitCode.Failed;
        });
        return command;
    }
}
