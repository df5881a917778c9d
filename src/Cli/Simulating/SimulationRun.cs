using HousingBank.Cli.Importing;
using HousingBank.Cli.Terminal;
using HousingBank.Domain.Imports;
using HousingBank.Domain.Vocabulary;
using HousingBank.Processes;
using HousingBank.Store;
using Microsoft.Extensions.Logging.Abstractions;

namespace HousingBank.Cli.Simulating;

/// <summary>
/// Thinks of a simulation programme by programme, at the same desk where everybody's commands are carried out but over memory, and carries each over whole.
/// </summary>
internal sealed class SimulationRun(string database, Simulation simulation, Progress progress, TimeProvider clock)
{
    private readonly FactCodec _codec = FactCodec.OfDomain();

    private Caller Caller => new("program:simulate", Role.Import, simulation.Tenant);

    private Scope Scope => Scope.Of(simulation.Tenant);

    /// <param name="interrupted">Heeded between two programmes: the one under way is finished.</param>
    /// <exception cref="UserException">The tenant holds something else, or the simulated years are not over.</exception>
    public async Task<ExitCode> RunAsync(CancellationToken interrupted)
    {
        if (simulation.Until > DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime))
            throw new UserException($"The simulated years end on {simulation.Until:yyyy-MM-dd}, which is still to come: say --from an earlier day, or fewer --years.");

        await using var desk = await Desk.OpenAsync(database, interrupted);
        await BeginAsync(desk, interrupted);
        var (events, programmes) = (0L, 0);
        foreach (var programme in simulation.Programmes())
        {
            if (interrupted.IsCancellationRequested)
            {
                progress.Say($"Interrupted before programme {programme.Number} of {simulation.ProgrammeCount}. What was recorded stands; run the same command again to go on.");
                return ExitCode.Interrupted;
            }

            progress.Report("Simulating, programmes", programme.Number - 1, simulation.ProgrammeCount, $"{events:N0} events");
            if (await desk.Store.FactAsync(Scope, new StreamKey(programme.Id.Stream.ToString()), 1, interrupted) is not null)
                continue;

            var streams = await ThinkOfAsync(programme);
            await desk.Carrier.WriteAsync(Scope, streams, CancellationToken.None);
            events += streams.Sum(s => (long)s.Count);
            programmes++;
        }

        progress.Report("Simulating, programmes", simulation.ProgrammeCount, simulation.ProgrammeCount);
        progress.Say($"{simulation.Description}. New: {events} events in {programmes} programmes, already there: {simulation.ProgrammeCount - programmes} programmes.");
        return ExitCode.Done;
    }

    private async Task<IReadOnlyList<IReadOnlyList<StoredFact>>> ThinkOfAsync(SimulatedProgramme programme)
    {
        var store = new MemoryStore(_codec);
        var commands = new CommandDesk(store, Reactions.All(new HistoryReader(store)), NullLogger<CommandDesk>.Instance);
        foreach (var scheduled in programme.Plan())
        {
            store.Moment = scheduled.At;
            var id = NamedUuid.Make(programme.Id.Value, $"command:{scheduled.Number}");
            // The simulation only asks for what the rules allow and what is not so yet: anything else is a fault of its own.
            if (await commands.RunAsync(Caller, scheduled.Command, id, null, CancellationToken.None) is var outcome && outcome is not Outcome.Done { Facts.Count: > 0 })
                throw new InvalidOperationException($"{scheduled.Command} at {scheduled.At:O}: {outcome}");
        }

        return store.Streams;
    }

    /// <summary>Records that a history is carried over; only in a tenant that holds nothing, or this simulation.</summary>
    private async Task BeginAsync(Desk desk, CancellationToken cancel)
    {
        var told = new StreamKey(simulation.Import.Stream.ToString());
        // Asked first: the first that another program with the same simulation records is what is told, which is then found below.
        var holdsAnything = await desk.HoldsAnythingAsync(simulation.Tenant, cancel);
        if (await desk.Store.FactAsync(Scope, told, 1, cancel) is null)
        {
            if (holdsAnything)
                throw new UserException($"Tenant {simulation.Tenant} holds something else already: a simulation needs one of its own, say --tenant with another name.");
            var command = new CarryHistoryOver(simulation.Import, simulation.Description) { On = simulation.From, Grounds = Grounds.None with { Basis = simulation.Basis } };
            if (await desk.Commands.RunAsync(Caller, command, NamedUuid.Make(simulation.Id, "begin"), null, cancel) is var outcome && outcome is not Outcome.Done)
                throw new InvalidOperationException($"{command}: {outcome}");
        }

        if (await desk.IsCarryingOverAsync(simulation.Tenant, cancel))
            return;
        try
        {
            await desk.Store.BeginCarryingOverAsync(Scope, told, cancel);
        }
        catch (CarryOverException)
        {
            // Another program may have begun, and carried some of it over, since: this one goes on beside it.
            if (!await desk.IsCarryingOverAsync(simulation.Tenant, cancel))
                throw;
        }
    }
}
