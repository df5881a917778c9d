using HousingBank.Domain.Applications;
using HousingBank.Domain.IntakeRounds;
using HousingBank.Domain.Letters;
using HousingBank.Domain.Participations;
using HousingBank.Domain.Vocabulary;
using HousingBank.Store;

namespace HousingBank.Processes;

/// <summary>What the bank decides on an application is told in a letter: that it is admitted, declined or deferred, what is wanted to it, later that a phase is given more time.</summary>
/// <remarks>What is imported was told in letters of its time, which are not ours to make up.</remarks>
public sealed class WriteLetterWhenAnswered(HistoryReader histories) : IReaction
{
    public string Name => "write-letter";

    public async Task<Command?> ToAsync(StoredFact fact, CancellationToken cancel)
    {
        if (MatterOf(fact.Fact) is not { } matter || fact.Circumstances.BasisKind == "source")
            return null;
        if (await AboutAsync(fact, cancel) is not var (round, municipality))
            return null;
        if ((await histories.StateAsync<IntakeRoundState>(fact.Tenant, round.Stream, cancel)).Opened is not { } opened)
            return null;
        return new WriteLetter(round, municipality, opened.Programme, matter, fact.Version, fact.Replaces)
        {
            On = ((Fact)fact.Fact).On.Stated,
            Grounds = Reactions.GroundsOf(fact),
        };
    }

    /// <returns>Null for what has been struck meanwhile.</returns>
    private async Task<(RoundId Round, MunicipalityId Municipality)?> AboutAsync(StoredFact fact, CancellationToken cancel)
    {
        var stream = StreamId.Parse(fact.Stream.Name);
        if (fact.Fact is ParticipationEvent)
            return (await histories.StateAsync<ParticipationState>(fact.Tenant, stream, cancel)).Candidacy is { } candidacy ? (candidacy.Round, candidacy.Municipality) : null;
        return (await histories.StateAsync<ApplicationState>(fact.Tenant, stream, cancel)).Drafted is { } drafted ? (drafted.Round, drafted.Municipality) : null;
    }

    private static LetterMatter? MatterOf(object fact) => fact switch
    {
        ApplicationDecided { Outcome: ApplicationOutcome.Admitted } e => new(LetterKind.Admission, e.Reason, e.CriterionReasons),
        ApplicationDecided { Outcome: ApplicationOutcome.Declined } e => new(LetterKind.Refusal, e.Reason, e.CriterionReasons),
        ApplicationDecided { Outcome: ApplicationOutcome.Deferred } e => new(LetterKind.Deferral, e.Reason, e.CriterionReasons),
        SupplementRequested e => new(LetterKind.SupplementWanted, null, [], e.What, e.Due),
        PhaseExtended e => new(LetterKind.Extension, e.Reason, [], Extended: e.Phase, Months: e.Months),
        _ => null,
    };
}
