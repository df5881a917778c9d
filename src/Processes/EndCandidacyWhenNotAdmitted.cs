using HousingBank.Domain.Applications;
using HousingBank.Domain.Participations;
using HousingBank.Domain.Vocabulary;
using HousingBank.Store;

namespace HousingBank.Processes;

/// <summary>A candidate whose application is declined, deferred or withdrawn ends or waits there.</summary>
public sealed class EndCandidacyWhenNotAdmitted(HistoryReader histories) : IReaction
{
    public string Name => "end-candidacy";

    public async Task<Command?> ToAsync(StoredFact fact, CancellationToken cancel)
    {
        (CandidacyOutcome Outcome, string? Reason)? ended = fact.Fact switch
        {
            ApplicationDecided { Outcome: ApplicationOutcome.Declined } e => (CandidacyOutcome.Declined, e.Reason),
            ApplicationDecided { Outcome: ApplicationOutcome.Deferred } e => (CandidacyOutcome.Deferred, e.Reason),
            ApplicationWithdrawn e => (CandidacyOutcome.Withdrawn, e.Reason),
            _ => null,
        };
        if (ended is not { } end)
            return null;
        var application = await histories.StateAsync<ApplicationState>(fact.Tenant, StreamId.Parse(fact.Stream.Name), cancel);
        if (application.Drafted is not { } drafted)
            return null;
        return new EndCandidacy(ParticipationId.Of(drafted.Round, drafted.Municipality), end.Outcome, end.Reason)
        {
            On = ((Fact)fact.Fact).On.Stated,
            Grounds = Reactions.GroundsOf(fact),
        };
    }
}
