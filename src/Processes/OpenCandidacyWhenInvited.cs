using HousingBank.Domain.IntakeRounds;
using HousingBank.Domain.Participations;
using HousingBank.Domain.Vocabulary;
using HousingBank.Store;

namespace HousingBank.Processes;

/// <summary>A municipality invited to a round is a candidate from that day.</summary>
public sealed class OpenCandidacyWhenInvited(HistoryReader histories) : IReaction
{
    public string Name => "open-candidacy";

    public async Task<Command?> ToAsync(StoredFact fact, CancellationToken cancel)
    {
        if (fact.Fact is not MunicipalityInvited invited)
            return null;
        var stream = StreamId.Parse(fact.Stream.Name);
        var round = await histories.StateAsync<IntakeRoundState>(fact.Tenant, stream, cancel);
        if (round.Opened is not { } opened)
            return null;
        return new OpenCandidacy(opened.Programme, RoundId.From(Guid.Parse(stream.Id)), invited.Municipality)
        {
            On = invited.On.Stated,
            Grounds = Reactions.GroundsOf(fact),
        };
    }
}
