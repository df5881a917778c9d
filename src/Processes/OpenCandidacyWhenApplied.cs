using HousingBank.Domain.Applications;
using HousingBank.Domain.IntakeRounds;
using HousingBank.Domain.Participations;
using HousingBank.Domain.Vocabulary;
using HousingBank.Store;

namespace HousingBank.Processes;

/// <summary>In a round that is open to all, a municipality is a candidate from the day it begins an application.</summary>
public sealed class OpenCandidacyWhenApplied(HistoryReader histories) : IReaction
{
    public string Name => "open-candidacy-of-applicant";

    public async Task<Command?> ToAsync(StoredFact fact, CancellationToken cancel)
    {
        if (fact.Fact is not ApplicationDrafted drafted)
            return null;
        var round = await histories.StateAsync<IntakeRoundState>(fact.Tenant, drafted.Round.Stream, cancel);
        if (round.Opened is not { OpenToAll: true } opened)
            return null;
        return new OpenCandidacy(opened.Programme, drafted.Round, drafted.Municipality)
        {
            On = drafted.On.Stated,
            Grounds = Reactions.GroundsOf(fact),
        };
    }
}
