using System.CommandLine;
using System.Globalization;
using HousingBank.Cli.Terminal;
using HousingBank.Store;

namespace HousingBank.Cli.Commands;

/// <summary>parked: what a subscription could not handle, and a stream of it to be tried again.</summary>
internal static class ParkedCommand
{
    public static Command Build(DatabaseOption database)
    {
        var retry = new Option<string?>("--retry") { Description = "A stream (kind/id) of which everything parked is to be tried again; the web process does it next." };
        var command = new Command("parked", "Show what subscriptions could not handle, or have it tried again.") { retry };
        command.SetAction(async (line, cancel) =>
        {
            await using var source = StoreDataSource.Create(await database.OfMigratedAsync(line, cancel), StoreRole.Subscriber);
            var parked = new ParkedEvents(source);
            var output = line.InvocationConfiguration.Output;
            var asked = line.GetValue(retry);
            var found = (await parked.ListAsync(cancel)).Where(p => asked is null || p.Stream.Name == asked).ToList();
            if (found.Count == 0)
                await output.WriteLineAsync(asked is null ? "Nothing is parked." : $"Nothing of {asked} is parked.");
            foreach (var stream in found.Where(_ => asked is not null).DistinctBy(p => (p.Subscription, p.Tenant)))
                await parked.RetryAsync(stream.Subscription, stream.Tenant, stream.Stream, cancel);
            foreach (var each in found)
            {
                await output.WriteLineAsync(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{each.Subscription}, event {each.Ordinal}, {each.Tenant}/{each.Stream}: {each.Reason ?? "waits behind the one before"}{(asked is null ? "" : " To be tried again.")}"));
            }

            return (int)(found.Count == 0 && asked is not null ? ExitCode.Failed : ExitCode.Done);
        });
        return command;
    }
}
