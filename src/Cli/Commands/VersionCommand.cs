using System.CommandLine;
using HousingBank.Cli.Terminal;
using HousingBank.ReadModels;
using HousingBank.Store;

namespace HousingBank.Cli.Commands;

/// <summary>version: of the schema in the database, and of what this program works with.</summary>
internal static class VersionCommand
{
    public static Command Build(DatabaseOption database)
    {
        var command = new Command("version", "Show the version of the database's schema and of this program's tables.");
        command.SetAction(async (line, interrupted) =>
        {
            var progress = Progress.On(line);
            var found = await new SchemaMigrator(database.Of(line)).CurrentVersionAsync(interrupted);
            progress.Say(found == 0 ? "Database: no schema yet; migrate makes it." : $"Database: schema version {found}.");
            progress.Say($"Program: schema version {SchemaMigrator.NewestVersion}.");
            progress.Say($"Program: tables {string.Join(", ", ReadModelTables.All.Select(t => $"{t.Name} version {t.Version}"))}.");
            return (int)(found > SchemaMigrator.NewestVersion ? ExitCode.Failed : ExitCode.Done);
        });
        return command;
    }
}
