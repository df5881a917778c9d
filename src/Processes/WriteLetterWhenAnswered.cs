using HousingBank.Domain.Applications;
using HousingBank.Domain.IntakeRounds;
using HousingBank.Domain.Letters;
using HousingBank.Domain.Vocabulary;
using HousingBank.Store;

namespace HousingBank.Processes;

/// <summary>What the bank answers an application is told in a letter: that it is admitted, declined or deferred, or what is wanted to it.</summary>
/// <remarks>What is imported was told in letters of its time, which are not ours to make up.</remarks>
public sealed class WriteLetterWhenAnswered(HistoryReader histories) : IReaction
{
    public string Name => "write-letter";

    public async Task<Command?> ToAsync(StoredFact fact, CancellationToken cancel)
    {
        if (MatterOf(fact.Fact) is not { } matter || fact.Circumstances.BasisKind == "source")
            return null;
        var application = await histories.StateAsync<ApplicationState>(fact.Tenant, StreamId.Parse(fact.Stream.Name), cancel);
        if (application.Drafted is not { } drafted)
            return null;
        var round = await histories.StateAsync<IntakeRoundState>(fact.Tenant, drafted.Round.Stream, cancel);
        if (round.Opened is not { } opened)
            return null;
        return new WriteLetter(drafted.Round, drafted.Municipality, opened.Programme, matter, fact.Version, fact.Replaces)
        {
            On = ((Fact)fact.Fact).On.Stated,
            Grounds = Reactions.GroundsOf(fact),
        };
    }

    private static LetterMatter? MatterOf(object fact) => fact switch
    {
        ApplicationDecided { Outcome: ApplicationOutcome.Admitted } e => new(LetterKind.Admission, e.Reason, e.CriterionReasons),
        ApplicationDecided { Outcome: ApplicationOutcome.Declined } e => new(LetterKind.Refusal, e.Reason, e.CriterionReasons),
        ApplicationDecided { Outcome: ApplicationOutcome.Deferred } e => new(LetterKind.Deferral, e.Reason, e.CriterionReasons),
        SupplementRequested e => new(LetterKind.SupplementWanted, null, [], e.What, e.Due),
        _ => null,
    };
}
