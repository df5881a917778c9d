using HousingBank.Cli.Importing;
using HousingBank.Cli.Terminal;
using HousingBank.Domain.Imports;
using HousingBank.Domain.Vocabulary;
using HousingBank.Processes;
using HousingBank.Store;

namespace HousingBank.Cli.Simulating;

/// <summary>Carries out a simulation at the desk where everybody's commands are carried out, each at the moment it is meant to have been recorded.</summary>
internal sealed class SimulationRun(string database, Simulation simulation, Progress progress, TimeProvider clock)
{
    private Caller Caller => new("program:simulate", Role.Import, simulation.Tenant);

    /// <param name="interrupted">Heeded between two commands: the one under way is finished.</param>
    /// <exception cref="UserException">The tenant holds something else, or the simulated years are not over.</exception>
    public async Task<ExitCode> RunAsync(CancellationToken interrupted)
    {
        if (simulation.Until > DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime))
            throw new UserException($"The simulated years end on {simulation.Until:yyyy-MM-dd}, which is still to come: say --from an earlier day, or fewer --years.");

        await BeginAsync(interrupted);
        var moment = DateTimeOffset.MinValue;
        await using var desk = await Desk.OpenAsync(database, interrupted, () => moment);
        var (added, there, number) = (0, 0, 0);
        foreach (var programme in simulation.Programmes())
        {
            foreach (var scheduled in programme.Plan())
            {
                if (interrupted.IsCancellationRequested)
                {
                    progress.Say($"Interrupted after {added + there:N0} commands. What was recorded stands; run the same command again to go on.");
                    return ExitCode.Interrupted;
                }

                progress.Report("Simulating, commands", added + there, null, $"programme {programme.Number} of {simulation.ProgrammeCount}");
                moment = scheduled.At;
                number++;
                switch (await desk.Commands.RunAsync(Caller, scheduled.Command, NamedUuid.Make(simulation.Id, $"command:{number}"), null, CancellationToken.None))
                {
                    case Outcome.Done { Facts.Count: > 0 }:
                        added++;
                        break;
                    case Outcome.Done:
                        there++;
                        break;
                    case var other:
                        // The simulation only asks for what the rules allow: whatever is refused is a fault of its own.
                        throw new InvalidOperationException($"{scheduled.Command} at {scheduled.At:O}: {other}");
                }
            }
        }

        progress.Say($"{simulation.Description}. New: {added}, already there: {there}.");
        return ExitCode.Done;
    }

    /// <summary>Records that a history is carried over; only in a tenant that holds nothing, or this simulation.</summary>
    private async Task BeginAsync(CancellationToken cancel)
    {
        await using var desk = await Desk.OpenAsync(database, cancel);
        var scope = Scope.Of(simulation.Tenant);
        var told = new StreamKey(simulation.Import.Stream.ToString());
        if (await desk.Store.FactAsync(scope, told, 1, cancel) is null)
        {
            if (await desk.HoldsAnythingAsync(simulation.Tenant, cancel))
                throw new UserException($"Tenant {simulation.Tenant} holds something else already: a simulation needs one of its own, say --tenant with another name.");
            var command = new CarryHistoryOver(simulation.Import, simulation.Description) { On = simulation.From, Grounds = Grounds.None with { Basis = simulation.Basis } };
            await desk.Commands.RunAsync(Caller, command, NamedUuid.Make(simulation.Id, "begin"), null, cancel);
        }

        if (!await desk.IsCarryingOverAsync(simulation.Tenant, cancel))
            await desk.Store.BeginCarryingOverAsync(scope, told, cancel);
    }
}
