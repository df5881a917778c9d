using HousingBank.Domain.Applications;
using HousingBank.Domain.IntakeRounds;
using HousingBank.Domain.Participations;
using HousingBank.Domain.Programmes;
using HousingBank.Domain.Vocabulary;

namespace HousingBank.Processes.Tests;

public sealed class ReactionTests(Desk desk) : IClassFixture<Desk>
{
    [Fact]
    public async Task An_invitation_makes_a_candidate_in_preparation_from_the_same_day()
    {
        var hamar = await desk.MunicipalityAsync();
        var round = await desk.RoundAsync(capacity: 4, hamar);

        var candidate = await CourseAsync(round, hamar);

        candidate.Candidacy.ShouldNotBeNull();
        candidate.CurrentPhase!.Phase.ShouldBe(Phase.Preparation);
    }

    [Fact]
    public async Task An_admission_makes_the_candidate_a_participant_once_however_often_it_is_asked_for()
    {
        var hamar = await desk.MunicipalityAsync();
        var round = await desk.RoundAsync(capacity: 4, hamar);
        await desk.RecommendedAsync(round, hamar);

        // Killed between the admission and what follows from it: the subscription comes, twice.
        var admitted = (await desk.NewDesk(reacts: false).RunAsync(
            Desk.Secretariat, new AdmitMunicipality(round, hamar) { On = Desk.October }, Guid.CreateVersion7(), null, Cancel)).ShouldBeOfType<Outcome.Done>();
        (await CourseAsync(round, hamar)).AdmittedOn.ShouldBeNull();
        var handler = new ReactionHandler(desk.NewDesk(), desk.AllReactions());
        for (var i = 0; i < 2; i++)
        {
            foreach (var fact in admitted.Facts)
                await handler.HandleAsync(fact, Cancel);
        }

        (await CourseAsync(round, hamar)).AdmittedOn.ShouldBe(Desk.October);
        (await FactsAsync(round, hamar)).Count(f => f is ParticipantAdmitted).ShouldBe(1);
    }

    [Fact]
    public async Task A_submitted_application_meets_the_criteria_of_preparation_that_it_holds()
    {
        var hamar = await desk.MunicipalityAsync();
        var round = await desk.RoundAsync(capacity: 4, hamar);

        await desk.RecommendedAsync(round, hamar);

        (await FactsAsync(round, hamar)).OfType<CriterionMet>().Select(c => c.Criterion)
            .ShouldBe([GateCriteria.NeedsAssessed, GateCriteria.FocusAreasChosen, GateCriteria.ApplicationWithResolution]);
    }

    [Fact]
    public async Task A_declined_candidate_ends_there()
    {
        var hamar = await desk.MunicipalityAsync();
        var round = await desk.RoundAsync(capacity: 4, hamar);
        await desk.RecommendedAsync(round, hamar);

        await desk.DoneAsync(Desk.Secretariat, new DeclineApplication(round, hamar, "Svak forankring.", [], "Rammen er brukt opp.") { On = Desk.October });

        (await FactsAsync(round, hamar)).OfType<CandidacyEnded>().ShouldHaveSingleItem().Outcome.ShouldBe(CandidacyOutcome.Declined);
    }

    [Fact]
    public async Task What_follows_keeps_the_grounds_and_the_correlation_of_what_it_follows_from()
    {
        var hamar = await desk.MunicipalityAsync();
        var round = await desk.RoundAsync(capacity: 4);
        var id = Guid.CreateVersion7();

        await desk.RunAsync(Desk.Import, new InviteMunicipality(round, hamar)
        {
            On = Desk.Spring,
            Grounds = Grounds.None with { Basis = new Basis(BasisKind.Source, "delrapport 2010, kapittel 1") },
        }, id: id);

        var opened = (await desk.Store.StreamAsync(Store.Scope.Of(Desk.Tenant), Key(round, hamar), Cancel))[0];
        (opened.Circumstances.BasisKind, opened.Circumstances.Basis, opened.Circumstances.Correlation).ShouldBe(("source", "delrapport 2010, kapittel 1", id));
        opened.Circumstances.Actor.ShouldBe("process:open-candidacy");
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static Store.StreamKey Key(RoundId round, MunicipalityId municipality) => new(ParticipationId.Of(round, municipality).Stream.ToString());

    private Task<ParticipationState> CourseAsync(RoundId round, MunicipalityId municipality) =>
        desk.Histories.StateAsync<ParticipationState>(Desk.Tenant, ParticipationId.Of(round, municipality).Stream, Cancel);

    private async Task<IEnumerable<object>> FactsAsync(RoundId round, MunicipalityId municipality) =>
        (await desk.Store.LoadAsync(Store.Scope.Of(Desk.Tenant), [Key(round, municipality)], null, Cancel)).Streams.Single().Value.Select(f => f.Fact);
}
