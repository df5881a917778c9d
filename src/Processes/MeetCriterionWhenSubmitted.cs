using HousingBank.Domain.Applications;
using HousingBank.Domain.IntakeRounds;
using HousingBank.Domain.Participations;
using HousingBank.Domain.Programmes;
using HousingBank.Domain.Vocabulary;
using HousingBank.Store;

namespace HousingBank.Processes;

/// <summary>What an application holds when it is submitted meets a criterion of the gate out of preparation.</summary>
public abstract class MeetCriterionWhenSubmitted(HistoryReader histories, string criterion) : IReaction
{
    public string Name => "meet-" + criterion;

    /// <summary>True when the content is what the criterion asks for.</summary>
    protected abstract bool IsMetBy(ApplicationContent content);

    public async Task<Command?> ToAsync(StoredFact fact, CancellationToken cancel)
    {
        if (fact.Fact is not ApplicationSubmitted submitted || !IsMetBy(submitted.Content))
            return null;
        var application = await histories.StateAsync<ApplicationState>(fact.Tenant, StreamId.Parse(fact.Stream.Name), cancel);
        if (application.Drafted is not { } drafted)
            return null;
        var round = await histories.StateAsync<IntakeRoundState>(fact.Tenant, drafted.Round.Stream, cancel);
        if (round.Opened is not { } opened)
            return null;
        var participation = ParticipationId.Of(drafted.Round, drafted.Municipality);
        var course = await histories.StateAsync<ParticipationState>(fact.Tenant, participation.Stream, cancel);
        var programme = await histories.StateAsync<ProgrammeState>(fact.Tenant, opened.Programme.Stream, cancel);
        if (programme.Model(course.ModelVersion)?.Of(Phase.Preparation).Criteria.Contains(criterion) != true)
            return null;
        return new MeetCriterion(
            participation, opened.Programme, Phase.Preparation, criterion, null,
            criterion == GateCriteria.ApplicationWithResolution ? submitted.Content.Resolution : null)
        {
            On = submitted.On.Stated,
            Grounds = Reactions.GroundsOf(fact),
        };
    }
}

public sealed class MeetNeedsAssessedWhenSubmitted(HistoryReader histories) : MeetCriterionWhenSubmitted(histories, GateCriteria.NeedsAssessed)
{
    protected override bool IsMetBy(ApplicationContent content) => content.NeedsAssessment is not null;
}

public sealed class MeetFocusAreasChosenWhenSubmitted(HistoryReader histories) : MeetCriterionWhenSubmitted(histories, GateCriteria.FocusAreasChosen)
{
    protected override bool IsMetBy(ApplicationContent content) => content.FocusAreas.Count > 0;
}

public sealed class MeetApplicationWithResolutionWhenSubmitted(HistoryReader histories)
    : MeetCriterionWhenSubmitted(histories, GateCriteria.ApplicationWithResolution)
{
    protected override bool IsMetBy(ApplicationContent content) => content.Resolution is { On: not null, CaseNumber: not null };
}
