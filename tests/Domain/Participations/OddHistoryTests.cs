using FsCheck;
using FsCheck.Fluent;
using HousingBank.Domain.Agreements;
using HousingBank.Domain.Participations;
using HousingBank.Domain.Tests.Agreements;
using HousingBank.Domain.Vocabulary;
using static HousingBank.Domain.Tests.Participations.Course;

namespace HousingBank.Domain.Tests.Participations;

/// <summary>Corrections and late facts can give any order: it is folded without a fault, and what contradicts is told.</summary>
public sealed class OddHistoryTests
{
    private static readonly Fact[] Facts =
    [
        Opened, PreparationStarted, Admitted, LeaderAppointed, SteeringGroup, ProjectGroup, PreAnalysis, ActionPlanApproved,
        new CandidacyEnded(CandidacyOutcome.Deferred, null),
        Started(Phase.Planning, PlanningDay),
        Started(Phase.Implementation, ImplementationDay, PhaseGround.ByModel, "actionPlanApproved"),
        Started(Phase.Implementation, ImplementationDay),
        Started(Phase.PhaseOut, PhaseOutDay),
        Completed(Phase.Planning, ImplementationDay),
        Completed(Phase.PhaseOut, LastDay),
        new PhaseExtended(Phase.Planning, 3, "Fordi."),
        Suspended(default),
        Resumed(default),
        new FrameworkModelChanged(2, "Fordi.", [new(Phase.Planning, 12, null, [])]),
        new ParticipationEnded(ParticipationOutcome.Completed, null),
        new ParticipationEnded(ParticipationOutcome.Withdrawn, "Fordi."),
        new AnchoringAssessed(AnchoringDimension.Users, null, null, null, ["ikke avklart"], [], AnchoringAssessor.Evaluator),
        new MainGoalsDescribed(["boligtilbud"], null),
    ];

    private static readonly Fact[] AgreementFacts =
    [
        SomeAgreement.Drafted, .. SomeAgreement.SignedByBoth, new AgreementRevised(SomeAgreement.Content), new AgreementReportedInForce(), new AgreementEnded("Fordi.", null),
    ];

    [Fact]
    public void Every_kind_of_fact_is_tried()
    {
        Facts.Select(f => f.GetType()).Distinct().ShouldBe(ParticipationAggregate.Instance.FactTypes, ignoreOrder: true);
        AgreementFacts.Select(f => f.GetType()).Distinct().ShouldBe(AgreementAggregate.Instance.FactTypes, ignoreOrder: true);
    }

    [Fact]
    public void A_participation_is_folded_in_any_order() => FoldsInAnyOrder(ParticipationAggregate.Instance, Facts);

    [Fact]
    public void An_agreement_is_folded_in_any_order() => FoldsInAnyOrder(AgreementAggregate.Instance, AgreementFacts);

    [Fact]
    public void Every_fact_before_the_first_contradicts()
    {
        foreach (var fact in Facts.Where(f => f is not CandidacyOpened))
            ParticipationAggregate.Instance.Contradictions([new(1, fact)]).ShouldHaveSingleItem().Code.ShouldBe(ParticipationRefusals.ParticipationUnknown.Code);
        foreach (var fact in AgreementFacts.Where(f => f is not AgreementDrafted))
            AgreementAggregate.Instance.Contradictions([new(1, fact)]).ShouldHaveSingleItem().Code.ShouldBe(AgreementRefusals.AgreementUnknown.Code);
    }

    private static void FoldsInAnyOrder(IAggregate aggregate, Fact[] facts)
    {
        var histories =
            from picked in Gen.Choose(0, facts.Length - 1).ListOf()
            from days in Gen.Choose(0, 3000).ListOf(picked.Count)
            select picked.Zip(days, (fact, day) => facts[fact] with { On = new DateOnly(2009, 1, 1).AddDays(day) }).ToList();

        Prop.ForAll(histories.ToArbitrary(), history =>
        {
            aggregate.Fold(history);
            aggregate.Contradictions([.. history.Select((fact, i) => new StandingFact(i + 1, fact)).OrderBy(f => f.Fact.On.Placed).ThenBy(f => f.Version)]);
        }).QuickCheckThrowOnFailure();
    }
}
