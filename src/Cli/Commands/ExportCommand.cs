using System.CommandLine;
using System.Globalization;
using HousingBank.Cli.Terminal;
using HousingBank.ReadModels;
using HousingBank.Store;
using HousingBank.Store.Seals;

namespace HousingBank.Cli.Commands;

/// <summary>export: sealed events of a tenant with the hashes that prove them.</summary>
internal static class ExportCommand
{
    public static Command Build(DatabaseOption database)
    {
        var file = new Argument<string>("file") { Description = "Where the export is written; a file that is there is replaced once the export is whole." };
        var tenant = new Option<string>("--tenant") { Description = "The office whose events, with the national ones, are exported.", DefaultValueFactory = _ => "region-ost" };
        var streams = new Option<string[]>("--stream") { Description = "Only these streams (kind/id).", AllowMultipleArgumentsPerToken = true };
        var kinds = new Option<string[]>("--kind") { Description = "Only streams of these kinds.", AllowMultipleArgumentsPerToken = true };
        var from = new Option<DateOnly?>("--recorded-from") { Description = "First day of recording by the calendar in Norway (2009-06-01), included." };
        var to = new Option<DateOnly?>("--recorded-to") { Description = "Last day of recording, included." };
        var command = new Command("export", "Write sealed events with the hashes that prove them, to be checked by ops/seals/check-export.mjs.") { file, tenant, streams, kinds, from, to };
        command.SetAction(async (line, interrupted) =>
        {
            await using var source = StoreDataSource.Create(await database.OfMigratedAsync(line, interrupted), StoreRole.App);
            var head = await new SealLog(source).NewestAsync(interrupted) ?? throw new UserException("Nothing is sealed yet: the web process seals what it has numbered.");
            var (first, before) = RecordedDays.Between(line.GetValue(from), line.GetValue(to));
            var filter = new ExportFilter(NullWhenEmpty(line.GetValue(streams)), NullWhenEmpty(line.GetValue(kinds)), first, before);
            try
            {
                var count = 0L;
                await WholeFile.WriteAsync(
                    line.GetValue(file)!,
                    async output => count = await new ProvenExport(source).WriteAsync(Scope.Of(line.GetValue(tenant)!), filter, head, output, interrupted));
                Progress.On(line).Say(string.Create(CultureInfo.InvariantCulture, $"{count} events, proven against head {head.Head.Seals}."));
                return (int)ExitCode.Done;
            }
            catch (LogChangedException e)
            {
                throw new UserException(e.Message);
            }
        });
        return command;
    }

    private static string[]? NullWhenEmpty(string[]? values) => values is { Length: > 0 } ? values : null;
}
