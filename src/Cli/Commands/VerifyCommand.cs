using System.CommandLine;
using HousingBank.Cli.Sealing;
using HousingBank.Cli.Terminal;
using HousingBank.Store.Seals;

namespace HousingBank.Cli.Commands;

/// <summary>verify: hashes the whole log again and says what is not as it was sealed.</summary>
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
        var command = new Command("verify", "Hash the whole log again and compare it with its seals, attachments and published heads.") { keys, heads };
        command.SetAction(async (line, interrupted) =>
        {
            var progress = Progress.On(line);
            await using var verification = new Verification(database.Of(line), KeyFiles.Of(line, keys));
            var published = line.GetValue(heads) is { Length: > 0 } given ? Heads.ReadAsync(given, interrupted) : null;
            VerificationResult result;
            try
            {
                result = await verification.RunAsync(published, events => progress.Report("Events", events, null), interrupted);
            }
            catch (InvalidDataException e)
            {
                throw new UserException(e.Message);
            }

            foreach (var sentence in Report.Of(result))
                progress.Say(sentence);
            return (int)(result.IsWhole ? ExitCode.Done : ExitCode.NotWhole);
        });
        return command;
    }
}
