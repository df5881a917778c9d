using HousingBank.Domain.Applications;
using HousingBank.Domain.IntakeRounds;
using HousingBank.Domain.Letters;
using HousingBank.Domain.Municipalities;
using HousingBank.Domain.Programmes;
using HousingBank.Domain.Vocabulary;
using static HousingBank.Domain.Tests.Some;

namespace HousingBank.Domain.Tests.Letters;

public class LetterTests
{
    private static readonly DateOnly DecisionDay = new(2009, 10, 15);
    private static readonly ApplicationId HamarsApplication = ApplicationId.Of(Round, Hamar);
    private static readonly StreamId Letter = LetterId.Of(HamarsApplication.Stream, 6).Stream;

    private static readonly LetterMatter Declined = new(LetterKind.Refusal, "Rammen er brukt opp.", []);

    private static Scenario Ground(params ReadOnlySpan<Fact> ofHamar) => Scenario
        .Given(Programme.Stream, Launched())
        .And(Hamar.Stream, Registered(Hamar))
        .And(Hamar.Stream, ofHamar)
        .And(Round.Stream, Opened())
        .And(HamarsApplication.Stream, Drafted(Hamar), Submitted());

    private static WriteLetter Write() => new(Round, Hamar, Programme, Declined, 6) { On = DecisionDay };

    private static LetterWritten Written() => new(
        LetterKind.Refusal,
        Round,
        Hamar,
        6,
        WrittenForm.Bokmal,
        0,
        "Husbanken Region Øst",
        "hamar kommune",
        "Servicekontoret",
        "Svar på søknad om opptak i Boligsosialt utviklingsprogram",
        [
            "Søknaden fra hamar kommune om opptak i Boligsosialt utviklingsprogram, opptaksrunde 1, er avslått. Vedtaket er fra 15. oktober 2009.",
            "Begrunnelse: Rammen er brukt opp.",
            "Kommunen kan søke igjen i en senere opptaksrunde.",
            "Med vennlig hilsen\nHusbanken Region Øst",
        ],
        null)
    {
        On = DecisionDay,
    };

    private static WrittenFormChosen Chosen(WrittenForm form, DateOnly on) => new(form) { On = on };

    private static LetterTemplateAdopted Adopted(int version, params ValueList<string> paragraphs) =>
        new(Programme, LetterKind.Refusal, WrittenForm.Bokmal, version, "Avslag", paragraphs, "Nytt") { On = DecisionDay.AddDays(-10) };

    private static StreamId Template => LetterTemplateId.Of(Programme, LetterKind.Refusal, WrittenForm.Bokmal).Stream;

    [Fact]
    public void A_letter_is_written_from_the_fact_it_tells_of() => Ground().When(Write()).Then(Written());

    [Fact]
    public void A_letter_about_the_same_fact_is_nothing_new_whatever_has_changed_meanwhile()
    {
        Ground().And(Letter, Written()).When(Write()).ThenNothing();
        Ground(Chosen(WrittenForm.Nynorsk, LaunchDay)).And(Template, Adopted(1, "Nei.")).And(Letter, Written()).When(Write()).ThenNothing();
    }

    [Fact]
    public void A_second_letter_in_the_same_stream_is_a_contradiction() =>
        LetterAggregate.Instance.Contradictions([new(1, Written()), new(2, Written())]).Select(c => c.Code).ShouldBe([LetterRefusals.LetterWrittenAlready.Code]);

    [Fact]
    public void Nothing_is_written_about_what_is_not_there()
    {
        Scenario.Nothing.When(Write()).ThenRefused(ApplicationRefusals.ApplicationUnknown);
        Scenario.Given(HamarsApplication.Stream, Drafted(Hamar)).When(Write()).ThenRefused(IntakeRoundRefusals.RoundUnknown);
        Scenario.Given(HamarsApplication.Stream, Drafted(Hamar)).And(Round.Stream, Opened()).When(Write()).ThenRefused(ProgrammeRefusals.ProgrammeUnknown);
        Scenario.Given(HamarsApplication.Stream, Drafted(Hamar)).And(Round.Stream, Opened()).And(Programme.Stream, Launched())
            .When(Write()).ThenRefused(MunicipalityRefusals.MunicipalityUnknown);
    }

    [Fact]
    public void A_letter_is_written_in_the_form_that_the_municipality_had_chosen_by_its_day()
    {
        Sent(Ground(Chosen(WrittenForm.Nynorsk, DecisionDay))).Paragraphs[1].ShouldBe("Grunngjeving: Rammen er brukt opp.");
        Sent(Ground(Chosen(WrittenForm.Nynorsk, DecisionDay.AddDays(1)))).Form.ShouldBe(WrittenForm.Bokmal);
        Sent(Ground(Chosen(WrittenForm.Nynorsk, LaunchDay), Chosen(WrittenForm.Neutral, DecisionDay))).Form.ShouldBe(WrittenForm.Bokmal);
        // Recorded last, but chosen first.
        Sent(Ground(Chosen(WrittenForm.Bokmal, DecisionDay), Chosen(WrittenForm.Nynorsk, LaunchDay))).Form.ShouldBe(WrittenForm.Bokmal);
    }

    [Fact]
    public void A_municipality_is_called_what_it_was_called_on_the_day()
    {
        NumberAssigned Named(string name, DateOnly from) => new("0403", "Hedmark", name) { On = from };
        NumberEnded Ended(DateOnly last) => new("0403") { On = last };

        Sent(Ground(Named("Hamar", new(1992, 1, 1)))).Receiver.ShouldBe("Hamar kommune");
        Sent(Ground(Named("Hamar", new(1992, 1, 1)), Ended(DecisionDay), Named("Storhamar", DecisionDay.AddDays(1)))).Receiver.ShouldBe("Hamar kommune");
        Sent(Ground(Named("Hamar", new(1992, 1, 1)), Ended(DecisionDay.AddDays(-1)), Named("Storhamar", DecisionDay))).Receiver.ShouldBe("Storhamar kommune");
    }

    [Theory]
    [InlineData("2019-12-31", "rådmannen")]
    [InlineData("2020-01-01", "kommunedirektøren")]
    public void The_chief_executive_is_called_what_the_office_was_called_on_the_day(string day, string name) =>
        Sent(Ground(), Write() with { Matter = new(LetterKind.Admission, null, []), On = DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture) })
            .Paragraphs[1].ShouldContain($"Vi ber {name} om");

    [Fact]
    public void What_there_is_nothing_of_takes_its_paragraph_with_it() =>
        Sent(Ground(), Write() with { Matter = new(LetterKind.Admission, null, []) }).Paragraphs.ShouldNotContain(p => p.Contains("Begrunnelse", StringComparison.Ordinal));

    [Fact]
    public void Reasons_stand_for_each_criterion_by_its_name_in_the_written_form()
    {
        var matter = Declined with { CriterionReasons = [new("need", "Behovet er lite."), new("plan", "Planen {reason} mangler."), new("gone", "Ukjent.")] };
        var round = Opened() with { Criteria = [new("need", new LocalText("Behov"), 60), new("plan", new LocalText("Forankring", "Forankring i plan"), 40)] };
        Scenario Ground(params ReadOnlySpan<Fact> ofHamar) => Scenario.Given(Programme.Stream, Launched()).And(Hamar.Stream, Registered(Hamar)).And(Hamar.Stream, ofHamar)
            .And(Round.Stream, round).And(HamarsApplication.Stream, Drafted(Hamar), Submitted());

        Sent(Ground(), Write() with { Matter = matter }).Paragraphs[2]
            .ShouldBe("For hvert kriterium:\n– Behov: Behovet er lite.\n– Forankring: Planen {reason} mangler.\n– gone: Ukjent.");
        Sent(Ground(Chosen(WrittenForm.Nynorsk, LaunchDay)), Write() with { Matter = matter }).Paragraphs[2]
            .ShouldStartWith("For kvart kriterium:\n– Behov: Behovet er lite.\n– Forankring i plan: ");
    }

    [Fact]
    public void The_template_of_the_day_is_used()
    {
        var letter = Sent(Ground().And(Template, Adopted(1, "Nei til {municipality}: {reason}"), Adopted(2, "Senere") with { On = DecisionDay.AddDays(1) }));

        (letter.TemplateVersion, letter.Subject).ShouldBe((1, "Avslag"));
        letter.Paragraphs.ShouldBe(["Nei til hamar kommune: Rammen er brukt opp."]);
    }

    [Fact]
    public void Braces_in_what_somebody_wrote_are_text()
    {
        var letter = Sent(Ground(), Write() with { Matter = Declined with { Reason = "{municipality} <script>{reason}</script> {ukjent}" } });

        letter.Paragraphs[1].ShouldBe("Begrunnelse: {municipality} <script>{reason}</script> {ukjent}");
    }

    [Fact]
    public void A_supplement_is_asked_for_with_what_and_when() =>
        Sent(Ground(), Write() with { Matter = new(LetterKind.SupplementWanted, null, [], "Vedtak i kommunestyret.", Day(2009, 6, 20)) })
            .Paragraphs.ToArray()[1..3].ShouldBe(["Vedtak i kommunestyret.", "Frist: 20. juni 2009"]);

    [Fact]
    public void A_letter_that_corrects_another_says_so()
    {
        var first = LetterId.Of(HamarsApplication.Stream, 6);
        var second = Write() with { Answers = 7, Corrects = 6, Matter = new(LetterKind.Deferral, "Rammen er brukt opp i år.", []) };

        var letter = Sent(Ground().And(first.Stream, Written()), second);

        letter.Corrects.ShouldBe(first);
        letter.Paragraphs[0].ShouldBe("Dette brevet retter vårt brev av 15. oktober 2009.");
        // What was corrected before anything was told of it has no letter to correct.
        Sent(Ground(), second).Corrects.ShouldBeNull();
    }

    [Theory]
    [InlineData(DayPrecision.Month, "oktober 2009")]
    [InlineData(DayPrecision.Season, "hausten 2009")]
    [InlineData(DayPrecision.Year, "2009")]
    public void A_day_is_written_as_exactly_as_it_was_told(DayPrecision precision, string written) =>
        Sent(Ground(Chosen(WrittenForm.Nynorsk, LaunchDay)), Write() with { On = StatedDay.From(new(2009, 10, 1), precision) })
            .Paragraphs[0].ShouldEndWith($"Vedtaket er frå {written}.");

    private static LetterWritten Sent(Scenario scenario, WriteLetter? command = null) =>
        (LetterWritten)scenario.When(command ?? Write()).Decision.ShouldBeOfType<Decision.Accepted>().Facts.ShouldHaveSingleItem().Fact;
}
