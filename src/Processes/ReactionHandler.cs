using HousingBank.Store;

namespace HousingBank.Processes;

/// <summary>Carries out what follows from each event of the log: the subscription's handler.</summary>
public sealed class ReactionHandler(CommandDesk desk, Reactions reactions)
{
    /// <summary>The subscription's name: its place in the log is kept under it.</summary>
    public const string Subscription = "reactions";

    /// <exception cref="ReactionRefusedException">A rule stands in the way: the event is parked, for somebody to see to.</exception>
    /// <exception cref="TableNotReadyException">Another program's tables are in use: the event waits for a process that knows them.</exception>
    public async Task HandleAsync(StoredFact fact, CancellationToken cancel)
    {
        using var span = DecisionTelemetry.Follow(Subscription, fact.Ordinal, fact.Circumstances.Correlation);
        foreach (var next in await reactions.ToAsync(fact, cancel))
        {
            var outcome = await desk.RunAsync(next.Caller, next.Command, next.CommandId, null, cancel, fact.Circumstances.Correlation);
            if (outcome is Outcome.TablesMoved moved)
                throw new TableNotReadyException(moved.Table);
            if (outcome is not Outcome.Done)
                throw new ReactionRefusedException(next, outcome);
        }
    }
}

/// <summary>What should follow from a fact could not.</summary>
public sealed class ReactionRefusedException(FollowUp asked, Outcome outcome)
    : Exception($"{asked.Caller.Actor} asked for {asked.Command.GetType().Name} and got {outcome}.");
