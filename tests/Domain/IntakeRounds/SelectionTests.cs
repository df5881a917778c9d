using HousingBank.Domain.Applications;
using HousingBank.Domain.IntakeRounds;
using HousingBank.Domain.Municipalities;
using HousingBank.Domain.Programmes;
using HousingBank.Domain.Vocabulary;
using static HousingBank.Domain.IntakeRounds.IntakeRoundRefusals;
using static HousingBank.Domain.Tests.Council;
using static HousingBank.Domain.Tests.Some;

namespace HousingBank.Domain.Tests.IntakeRounds;

/// <summary>What a round is decided by: criteria in versions, the figures of each municipality, the application window; and where council members belong.</summary>
public class SelectionTests
{
    private static readonly DateOnly Today = new(2009, 4, 1);

    private static readonly SelectionFigure Population = new("population", new LocalText("Innbyggere"), "persons", "2009", 28_000m, null);

    private static Scenario Round(params ReadOnlySpan<Fact> after) => Scenario.Given(Programme.Stream, Launched(), Appointed("member-2"))
        .And(Some.Round.Stream, OpenedWithCriteria(), Invited(Hamar))
        .And(Some.Round.Stream, after)
        .And(Hamar.Stream, Registered(Hamar));

    private static ReviseCriteria Revise() => new(Some.Round, [new("need", new LocalText("Behov"), 100)], GivenReviews.DoneAnew, "Evnen lar seg ikke sammenligne") { On = Today };

    private static CriteriaRevised Revised(int version = 2) => new(version, Revise().Criteria, GivenReviews.DoneAnew, "Evnen lar seg ikke sammenligne") { On = Today };

    private static KeepSelectionFigures Keep() => new(Some.Round, Hamar, [Population], "Statistisk sentralbyrå, tabell 07459") { On = Today };

    private static SetApplicationWindow Set() => new(Some.Round, Day(2009, 5, 1), Day(2009, 6, 15), "Påsken falt sent") { On = Today };

    private static ApplicationWindowSet WindowSet() => new(Day(2009, 5, 1), Day(2009, 6, 15), "Påsken falt sent") { On = Today };

    private static SubmitApplication Submit(DateOnly on) => new(Some.Round, Hamar, Content, SignedOff) { On = on };

    private static NoteCouncilAffiliation Belong() => new(Programme, "member-2", Hamar, "folkevalgt") { On = LaunchDay };

    [Fact]
    public void Criteria_are_revised_with_a_reason_and_say_what_becomes_of_reviews()
    {
        Round().When(Revise()).Then(Revised());
        Round(Revised()).When(Revise()).ThenNothing();
        Round(Revised()).When(Revise() with { Criteria = Criteria }).Then(new CriteriaRevised(3, Criteria, GivenReviews.DoneAnew, "Evnen lar seg ikke sammenligne") { On = Today });
        Round().When(Revise() with { Reason = "" }).ThenRefused(Fields.Missing, "reason");
        Round().When(Revise() with { Criteria = [] }).ThenRefused(Fields.Missing, "criteria");
        Scenario.Nothing.When(Revise()).ThenRefused(RoundUnknown);
    }

    [Fact]
    public void A_version_of_the_criteria_cannot_be_left_out() =>
        Aggregates.Of("round").Contradictions([new(1, OpenedWithCriteria()), new(2, Revised(3))]).Select(c => c.Code).ShouldBe([CriteriaVersionNotNext.Code]);

    [Fact]
    public void The_figures_a_municipality_was_chosen_by_stay_with_the_round()
    {
        var kept = new SelectionFiguresKept(Hamar, [Population], "Statistisk sentralbyrå, tabell 07459") { On = Today };

        Round().When(Keep()).Then(kept);
        Round(kept).When(Keep()).ThenNothing();
        Round(kept).When(Keep() with { Figures = [Population with { Value = 28_001m }] }).Then(kept with { Figures = [Population with { Value = 28_001m }] });
        Round().When(Keep() with { Figures = [Population, Population] }).ThenRefused(Fields.Repeated, "figures");
        Round().When(Keep() with { Municipality = Moss }).ThenRefused(MunicipalityRefusals.MunicipalityUnknown);
    }

    [Fact]
    public void A_figure_that_is_missing_says_why() =>
        Round().When(Keep() with { Figures = [Population with { Value = null }] }).ThenRefused(Fields.Missing, "figures[0].note");

    [Fact]
    public void The_window_moves_the_deadline_and_says_from_when_applications_are_taken()
    {
        Round().When(Set()).Then(WindowSet());
        Round(WindowSet()).When(Set()).ThenNothing();
        Round().When(Set() with { Deadline = Day(2009, 4, 30) }).ThenRefused(WindowReversed);

        Round(WindowSet()).And(ApplicationOf(Hamar), Drafted(Hamar)).When(Submit(new DateOnly(2009, 4, 30))).ThenRefused(ApplicationRefusals.ApplicationWindowNotOpen);
        Round(WindowSet()).And(ApplicationOf(Hamar), Drafted(Hamar)).When(Submit(new DateOnly(2009, 6, 15)))
            .Then(new ApplicationSubmitted(Content, false, SignedOff, []) { On = new DateOnly(2009, 6, 15) });
        Round(WindowSet()).And(ApplicationOf(Hamar), Drafted(Hamar)).When(Submit(new DateOnly(2009, 6, 16))).ThenRefused(ApplicationRefusals.DeadlinePassed);
    }

    [Fact]
    public void Where_a_member_belongs_is_noted_and_ended()
    {
        var noted = Affiliated("member-2", Hamar);
        var end = new EndCouncilAffiliation(Programme, "member-2", Hamar) { On = Today };
        var ended = new CouncilAffiliationEnded("member-2", Hamar) { On = Today };

        Round().When(Belong()).Then(noted);
        Round().And(Programme.Stream, noted).When(Belong()).ThenNothing();
        Round().And(Programme.Stream, noted).When(Belong() with { On = Today }).ThenRefused(ProgrammeRefusals.CouncilAffiliationNotedAlready);
        Round().And(Programme.Stream, noted).When(end).Then(ended);
        Round().And(Programme.Stream, noted, ended).When(end).ThenNothing();
        Round().When(end).ThenRefused(ProgrammeRefusals.CouncilAffiliationUnknown);
        Round().When(Belong() with { As = " " }).ThenRefused(Fields.Missing, "as");
    }
}
