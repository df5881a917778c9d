using System.CommandLine;
using HousingBank.Cli.Sealing;
using HousingBank.Cli.Terminal;
using HousingBank.Store.Seals;

namespace HousingBank.Cli.Commands;

/// <summary>verify: hashes the whole log again and says what is not as it was sealed; asked to, also which rows of the tables are not what the log gives.</summary>
internal static class VerifyCommand
{
    public static Command Build(DatabaseOption database)
    {
        var keys = KeyFiles.Option();
        var heads = new Option<string[]>("--head")
        {
            Description = "Published heads to compare with: a file of heads, one on each line, or the address of one. Can be given several times.",
            AllowMultipleArgumentsPerToken = true,
        };
        var tables = new Option<bool>("--tables") { Description = "Fold the log anew as well, and compare every row of the tables made from it. Takes as long and as much room as a rebuild." };
        var command = new Command("verify", "Hash the whole log again and compare it with its seals, attachments and published heads.") { keys, heads, tables };
        command.SetAction(async (line, interrupted) =>
        {
            var progress = Progress.On(line);
            var connection = await database.OfMigratedAsync(line, interrupted);
            await using var verification = new Verification(connection, KeyFiles.Of(line, keys));
            var published = new Heads(line.GetValue(heads) ?? []);
            VerificationResult result;
            try
            {
                result = await verification.RunAsync(published.ReadAsync(interrupted), events => progress.Report("Events", events, null), interrupted);
            }
            catch (InvalidDataException e)
            {
                throw new UserException(e.Message);
            }

            foreach (var sentence in Report.Of(result, published.PlacesWithout))
                progress.Say(sentence);
            var areAsGiven = !line.GetValue(tables) || await CompareTablesAsync(connection, progress, interrupted);
            return (int)(result.IsWhole && published.PlacesWithout.Count == 0 && areAsGiven ? ExitCode.Done : ExitCode.NotWhole);
        });
        return command;
    }

    private static async Task<bool> CompareTablesAsync(string connectionString, Progress progress, CancellationToken cancel)
    {
        var compared = await ProgrammeTables.BuilderOn(connectionString).CompareAsync(TableReports.On(progress), cancel);
        foreach (var sentence in Report.Of(compared))
            progress.Say(sentence);
        return compared.AreAsGiven;
    }
}
