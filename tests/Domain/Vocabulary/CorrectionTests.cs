using HousingBank.Domain.IntakeRounds;
using HousingBank.Domain.Vocabulary;
using static HousingBank.Domain.Tests.Some;

namespace HousingBank.Domain.Tests.Vocabulary;

/// <summary>What was recorded wrongly is replaced or struck, never changed.</summary>
public class CorrectionTests
{
    private static readonly CapacityRaised RaisedToSix = new(6, "Flere") { On = new DateOnly(2009, 9, 1) };

    private static Scenario ARound() => Scenario.Given(Round.Stream, Opened(), RaisedToSix);

    private static CorrectFact Correct(int version, int capacity) =>
        new(version, new RaiseCapacity(Round, capacity, "Feilskrevet") { On = Day(2009, 9, 1) }) { On = Day(2009, 9, 1) };

    private static StrikeFact Strike(int version, string reason = "Ført i feil runde") => new(Round.Stream, version, reason) { On = Day(2009, 9, 2) };

    [Fact]
    public void A_corrected_fact_is_decided_on_the_history_without_the_wrong_one()
    {
        var right = new CapacityRaised(5, "Feilskrevet") { On = new DateOnly(2009, 9, 1) };
        ARound().When(Correct(2, 5)).Decision.ShouldBe(new Decision.Accepted([new NewFact(Round.Stream, right, 2)]));
        ARound().When(Correct(2, 3)).ThenRefused(IntakeRoundRefusals.CapacityNotRaised);
    }

    [Fact]
    public void A_correction_says_something_about_a_fact_that_is_there()
    {
        ARound().When(Correct(3, 5)).ThenRefused(Refusal.Unknown("fact-unknown"));
        ARound().When(Correct(0, 5)).ThenRefused(Refusal.Unknown("fact-unknown"));
        ARound().When(Correct(2, 4)).ThenRefused(new Refusal("correction-says-nothing"));
    }

    [Fact]
    public void An_admission_is_too_wide_to_be_a_correction() =>
        Scenario.Given(Round.Stream, Opened(), Invited(Hamar), RaisedToSix)
            .And(ApplicationOf(Hamar), Drafted(Hamar), Submitted(), DeclaredComplete(), ReviewStarted(), Recommended())
            .When(new CorrectFact(3, new AdmitMunicipality(Round, Hamar) { On = Day(2009, 10, 15) }) { On = Day(2009, 10, 15) })
            .ThenRefused(new Refusal("correction-too-wide"));

    [Fact]
    public void A_fact_that_never_was_so_is_struck_with_a_reason()
    {
        ARound().When(Strike(2)).Decision.ShouldBe(
            new Decision.Accepted([new NewFact(Round.Stream, new FactStruck(2, "Ført i feil runde") { On = new DateOnly(2009, 9, 2) }, 2)]));
        ARound().When(Strike(2, " ")).ThenRefused(Refusal.OfField("reason-missing", "reason"));
        ARound().When(Strike(3)).ThenRefused(Refusal.Unknown("fact-unknown"));
    }

    [Fact]
    public void A_fact_struck_twice_is_struck_once() =>
        Strike(2).Decide(new Histories([new StreamHistory(Round.Stream, 3, [new StandingFact(1, Opened())])])).ShouldBe(Decision.Nothing);

    [Fact]
    public void A_fact_that_was_replaced_or_struck_is_not_corrected_again() =>
        Correct(2, 5).Decide(new Histories([new StreamHistory(Round.Stream, 3, [new StandingFact(1, Opened())])]))
            .ShouldBe(new Decision.Refused(new Refusal("fact-already-replaced")));

    [Fact]
    public void A_correction_is_itself_corrected_or_struck_by_the_version_it_was_recorded_at()
    {
        var corrected = new Histories([new StreamHistory(Round.Stream, 3, [new StandingFact(1, Opened()), new StandingFact(2, RaisedToSix, 3)])]);
        var right = new CapacityRaised(5, "Feilskrevet") { On = new DateOnly(2009, 9, 1) };
        var struck = new FactStruck(3, "Ført i feil runde") { On = new DateOnly(2009, 9, 2) };

        Correct(3, 5).Decide(corrected).ShouldBe(new Decision.Accepted([new NewFact(Round.Stream, right, 3)]));
        Strike(3).Decide(corrected).ShouldBe(new Decision.Accepted([new NewFact(Round.Stream, struck, 3)]));
    }
}
