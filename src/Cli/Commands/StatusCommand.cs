using System.CommandLine;
using System.Globalization;
using HousingBank.Cli.Terminal;
using HousingBank.Store;

namespace HousingBank.Cli.Commands;

/// <summary>status: how the log is doing, in a few lines, with what is wrong said as such.</summary>
internal static class StatusCommand
{
    private static readonly TimeSpan s_tooOld = TimeSpan.FromSeconds(30);

    public static Command Build(DatabaseOption database)
    {
        var command = new Command("status", "Show how the log is doing: what waits, what is parked, what holds it up. Fails when something needs to be seen to.");
        command.SetAction(async (line, cancel) =>
        {
            var output = line.InvocationConfiguration.Output;
            var schema = await new SchemaMigrator(database.Of(line)).CurrentVersionAsync(cancel);
            if (schema != SchemaMigrator.NewestVersion)
            {
                await output.WriteLineAsync($"To be seen to: the schema has version {schema}, this program's is {SchemaMigrator.NewestVersion}.");
                return (int)ExitCode.Failed;
            }

            await using var subscriber = StoreDataSource.Create(database.Of(line), StoreRole.Subscriber);
            await using var app = StoreDataSource.Create(database.Of(line), StoreRole.App);
            var figures = await LogFigures.ReadAsync(subscriber, app, cancel);
            var wrong = new List<string>();

            Task SayAsync(FormattableString said) => output.WriteLineAsync(said.ToString(CultureInfo.InvariantCulture));

            await SayAsync($"Schema version {schema}.");
            await SayAsync($"{figures.LastOrdinal} events are numbered, {figures.NotNumbered} wait to be. {figures.NotSealed} are not sealed yet.");
            await SayAsync($"Settled {When(figures.SettledAge)}.");
            foreach (var each in figures.Subscriptions)
                await SayAsync($"Subscription {each.Name}: {figures.LastOrdinal - each.Checkpoint} events behind, {each.Parked} parked.");

            if (figures.SettledAge is null || figures.SettledAge > s_tooOld)
                wrong.Add("The settled moment does not move: no web process numbers the log, or a transaction is left open.");
            if (figures.SettledAge < -s_tooOld)
                wrong.Add("The database's clock is behind the moments it gave before: it was put forward and back. Decisions are recorded from those moments on until it has caught up.");
            var primaries = await StoreDataSource.PrimariesAsync(database.Of(line), cancel);
            wrong.AddRange(primaries.Skip(1).Select(former => $"{former.Server} says that it is the primary as well as {primaries[0].Server}, which was promoted last and is used: stop the former one."));
            wrong.AddRange(figures.Subscriptions.Where(s => s.Parked > 0).Select(s => $"{s.Name} has parked events: see the command parked."));
            foreach (var each in wrong)
                await output.WriteLineAsync("To be seen to: " + each);
            return (int)(wrong.Count == 0 ? ExitCode.Done : ExitCode.Failed);
        });
        return command;
    }

    private static string When(TimeSpan? age) => age switch
    {
        null => "never yet",
        { Ticks: >= 0 } ago => string.Create(CultureInfo.InvariantCulture, $"{ago.TotalSeconds:0.0} s ago"),
        { } ahead => string.Create(CultureInfo.InvariantCulture, $"up to {-ahead.TotalSeconds:0.0} s ahead of the clock"),
    };
}
