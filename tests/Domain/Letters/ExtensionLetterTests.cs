using HousingBank.Domain.Letters;
using HousingBank.Domain.Municipalities;
using HousingBank.Domain.Participations;
using HousingBank.Domain.Tests.Participations;
using HousingBank.Domain.Vocabulary;

namespace HousingBank.Domain.Tests.Letters;

public class ExtensionLetterTests
{
    private static readonly DateOnly s_day = new(2010, 2, 15);

    private static Scenario Extended(params ReadOnlySpan<Fact> more) =>
        Course.EarlyInPlanning(new PhaseExtended(Phase.Planning, 2, "Valg i høst.") { On = s_day }).And(Some.Hamar.Stream, Some.Registered(Some.Hamar)).And(Course.Hamar.Stream, more);

    private static WriteLetter Write() => new(Some.Round, Some.Hamar, Some.Programme, new(LetterKind.Extension, "Valg i høst.", [], Extended: Phase.Planning, Months: 2), 8) { On = s_day };

    [Fact]
    public void It_tells_how_much_more_and_until_when()
    {
        var letter = Sent(Extended());

        (letter.Kind, letter.Answers, letter.Subject).ShouldBe((LetterKind.Extension, 8, "Lengre tid i Boligsosialt utviklingsprogram"));
        letter.Paragraphs.ShouldBe(
        [
            "hamar kommune har fått 2 måneder mer til planleggingsfasen i Boligsosialt utviklingsprogram. Vedtaket er fra 15. februar 2010.",
            "Fasen skal nå være ferdig senest 30. juni 2010.",
            "Begrunnelse: Valg i høst.",
            "Med vennlig hilsen\nHusbanken Region Øst",
        ]);
    }

    [Fact]
    public void The_days_on_which_the_phase_stood_still_are_given_back() =>
        Sent(Extended(new ParticipationSuspended("Streik") { On = new DateOnly(2010, 1, 1) }, new ParticipationResumed { On = new DateOnly(2010, 1, 11) }))
            .Paragraphs[1].ShouldBe("Fasen skal nå være ferdig senest 10. juli 2010.");

    [Fact]
    public void It_is_written_in_the_form_that_the_municipality_had_chosen()
    {
        var letter = Sent(Extended().And(Some.Hamar.Stream, new WrittenFormChosen(WrittenForm.Nynorsk) { On = Some.LaunchDay }), Write() with { Matter = Write().Matter with { Months = 1 } });

        letter.Paragraphs[0].ShouldStartWith("hamar kommune har fått 1 månad meir til planleggingsfasen");
        letter.Paragraphs[1].ShouldBe("Fasen skal no vere ferdig seinast 30. juni 2010.");
    }

    [Fact]
    public void Of_a_course_that_is_not_there_nothing_is_written() =>
        Scenario.Given(Some.Programme.Stream, Some.Launched()).When(Write()).ThenRefused(ParticipationRefusals.ParticipationUnknown);

    private static LetterWritten Sent(Scenario scenario, WriteLetter? write = null) =>
        (LetterWritten)scenario.When(write ?? Write()).Decision.ShouldBeOfType<Decision.Accepted>().Facts.ShouldHaveSingleItem().Fact;
}
