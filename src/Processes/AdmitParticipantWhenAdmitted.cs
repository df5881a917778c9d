using HousingBank.Domain.IntakeRounds;
using HousingBank.Domain.Participations;
using HousingBank.Domain.Vocabulary;
using HousingBank.Store;

namespace HousingBank.Processes;

/// <summary>Admission makes the candidate a participant.</summary>
public sealed class AdmitParticipantWhenAdmitted : IReaction
{
    public string Name => "admit-participant";

    public Task<Command?> ToAsync(StoredFact fact, CancellationToken cancel) => Task.FromResult<Command?>(
        fact.Fact is not MunicipalityAdmitted admitted
            ? null
            : new AdmitParticipant(RoundId.From(Guid.Parse(fact.Stream.Id)), admitted.Municipality)
            {
                On = admitted.On.Stated,
                Grounds = Reactions.GroundsOf(fact),
            });
}
