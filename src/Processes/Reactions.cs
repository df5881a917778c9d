using HousingBank.Domain.Vocabulary;
using HousingBank.Store;

namespace HousingBank.Processes;

/// <summary>When this has happened, ask for that.</summary>
public interface IReaction
{
    /// <summary>Part of the command's id: never changed once it has run.</summary>
    string Name { get; }

    /// <summary>The command that follows from a fact; null when none does, also because what it rests on has been struck meanwhile.</summary>
    Task<Command?> ToAsync(StoredFact fact, CancellationToken cancel);
}

/// <summary>A command that follows from a fact, with the id that makes it happen once.</summary>
public sealed record FollowUp(Caller Caller, Command Command, Guid CommandId);

/// <summary>Everything that follows from facts. The desk asks at once, the subscription asks again: the command's id makes it happen once.</summary>
public sealed class Reactions(IReadOnlyList<IReaction> all)
{
    /// <summary>All that this program knows.</summary>
    public static Reactions All(HistoryReader histories) => new(
    [
        new OpenCandidacyWhenInvited(histories),
        new OpenCandidacyWhenApplied(histories),
        new MeetNeedsAssessedWhenSubmitted(histories),
        new MeetFocusAreasChosenWhenSubmitted(histories),
        new MeetApplicationWithResolutionWhenSubmitted(histories),
        new AdmitParticipantWhenAdmitted(),
        new EndCandidacyWhenNotAdmitted(histories),
        new WriteLetterWhenAnswered(histories),
    ]);

    public async Task<IReadOnlyList<FollowUp>> ToAsync(StoredFact fact, CancellationToken cancel)
    {
        var found = new List<FollowUp>();
        foreach (var reaction in all)
        {
            if (await reaction.ToAsync(fact, cancel) is { } command)
            {
                found.Add(new FollowUp(
                    new Caller($"process:{reaction.Name}", Role.Process, fact.Tenant),
                    command,
                    NamedUuid.Make(NamedUuid.Root, $"{reaction.Name}:{fact.Tenant}:{fact.Stream}:{fact.Version}")));
            }
        }

        return found;
    }

    /// <summary>The grounds of what follows: those of the fact it follows from.</summary>
    public static Grounds GroundsOf(StoredFact fact) => new(
        fact.Circumstances.DecidedBy,
        new Basis(Enum.Parse<BasisKind>(fact.Circumstances.BasisKind, ignoreCase: true), fact.Circumstances.Basis),
        fact.Circumstances.EntryReason,
        []);
}
