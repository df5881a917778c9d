using HousingBank.Domain.Letters;
using HousingBank.Domain.Municipalities;
using HousingBank.Domain.Programmes;
using HousingBank.Domain.Vocabulary;
using static HousingBank.Domain.Letters.LetterTemplateRefusals;
using static HousingBank.Domain.Tests.Some;

namespace HousingBank.Domain.Tests.Letters;

public class LetterTemplateTests
{
    private static readonly DateOnly AdoptionDay = new(2009, 9, 1);
    private static readonly StreamId Template = LetterTemplateId.Of(Programme, LetterKind.Refusal, WrittenForm.Bokmal).Stream;

    private static Scenario Ground(params ReadOnlySpan<Fact> adopted) => Scenario.Given(Programme.Stream, Launched()).And(Template, adopted);

    private static AdoptLetterTemplate Adopt() => new(
        Programme, LetterKind.Refusal, WrittenForm.Bokmal, "Svar til {municipality}", ["Søknaden er avslått.", "{reason}"], "Klarere språk")
    {
        On = AdoptionDay,
    };

    private static LetterTemplateAdopted Adopted(int version = 1) => new(
        Programme, LetterKind.Refusal, WrittenForm.Bokmal, version, "Svar til {municipality}", ["Søknaden er avslått.", "{reason}"], "Klarere språk")
    {
        On = AdoptionDay,
    };

    [Fact]
    public void A_template_is_adopted_in_versions()
    {
        Ground().When(Adopt()).Then(Adopted());
        Ground(Adopted()).When(Adopt() with { Subject = "Svar" }).Then(Adopted(2) with { Subject = "Svar" });
    }

    [Fact]
    public void A_template_adopted_twice_is_adopted_once() => Ground(Adopted()).When(Adopt() with { Reason = "En gang til" }).ThenNothing();

    [Fact]
    public void What_the_program_comes_with_holds_already()
    {
        var shipped = LetterDefaults.Of(LetterKind.Refusal, WrittenForm.Bokmal);
        Ground().When(Adopt() with { Subject = shipped.Subject, Paragraphs = shipped.Paragraphs }).ThenNothing();
        Ground(Adopted()).When(Adopt() with { Subject = shipped.Subject, Paragraphs = shipped.Paragraphs })
            .Then(Adopted(2) with { Subject = shipped.Subject, Paragraphs = shipped.Paragraphs });
    }

    [Theory]
    [InlineData("Hei {name}", "name")]
    [InlineData("Hei {}", "")]
    [InlineData("Hei { municipality }", " municipality ")]
    [InlineData("Fristen er {due}", "due")]
    [InlineData("{reason} {Reason}", "Reason")]
    public void A_placeholder_that_letters_of_the_kind_do_not_have_is_refused(string text, string unknown)
    {
        var answer = Ground().When(Adopt() with { Paragraphs = ["Hei", text] });
        answer.ThenRefused(PlaceholderUnknown);
        ((Decision.Refused)answer.Decision).Reason.Values.Values.ShouldBe(new Dictionary<string, string> { ["placeholder"] = unknown });
        Ground().When(Adopt() with { Subject = text }).ThenRefused(PlaceholderUnknownInSubject);
    }

    [Fact]
    public void A_subject_names_only_what_every_letter_has() => Ground().When(Adopt() with { Subject = "Avslag: {reason}" }).ThenRefused(PlaceholderUnknownInSubject);

    [Fact]
    public void Braces_that_hold_no_name_are_text() =>
        Ground().When(Adopt() with { Paragraphs = ["} {{municipality}"] }).Then(Adopted() with { Paragraphs = ["} {{municipality}"] });

    [Fact]
    public void Wrong_fields_of_a_template_are_named()
    {
        Ground().When(Adopt() with { Kind = (LetterKind)9 }).ThenRefused(Fields.UnknownValue, "kind");
        Ground().When(Adopt() with { Form = (WrittenForm)9 }).ThenRefused(Fields.UnknownValue, "form");
        Ground().When(Adopt() with { Form = WrittenForm.Neutral }).ThenRefused(LetterFormIsNeutral);
        Ground().When(Adopt() with { Subject = " " }).ThenRefused(Fields.Missing, "subject");
        Ground().When(Adopt() with { Subject = TooLongForAName }).ThenRefused(Fields.TooLong, "subject");
        Ground().When(Adopt() with { Paragraphs = [] }).ThenRefused(Fields.Missing, "paragraphs");
        Ground().When(Adopt() with { Paragraphs = ["a", ""] }).ThenRefused(Fields.Missing, "paragraphs[1]");
        Ground().When(Adopt() with { Paragraphs = [TooLongForAReason] }).ThenRefused(Fields.TooLong, "paragraphs[0]");
        Ground().When(Adopt() with { Reason = "" }).ThenRefused(Fields.Missing, "reason");
    }

    [Fact]
    public void A_template_belongs_to_a_programme_that_is_there() => Scenario.Nothing.When(Adopt()).ThenRefused(ProgrammeRefusals.ProgrammeUnknown);

    [Fact]
    public void A_later_version_that_holds_from_an_earlier_day_is_a_contradiction()
    {
        LetterTemplateAggregate.Instance.Contradictions([new(2, Adopted(2)), new(1, Adopted())]).Select(c => c.Code).ShouldBe([TemplateVersionNotNewer.Code]);
    }

    [Fact]
    public void The_version_of_the_day_holds()
    {
        var template = (LetterTemplateState)LetterTemplateAggregate.Instance.Fold([Adopted(), Adopted(2) with { On = AdoptionDay.AddDays(10) }]);

        int On(DateOnly day) => template.On(day, LetterKind.Refusal, WrittenForm.Bokmal).Version;

        (On(AdoptionDay.AddDays(-1)), On(AdoptionDay), On(AdoptionDay.AddDays(9)), On(AdoptionDay.AddDays(10))).ShouldBe((0, 1, 1, 2));
    }

    [Fact]
    public void Every_kind_has_a_text_in_both_written_forms_that_could_have_been_adopted()
    {
        foreach (var kind in Enum.GetValues<LetterKind>())
        {
            foreach (var form in new[] { WrittenForm.Bokmal, WrittenForm.Nynorsk })
            {
                var shipped = LetterDefaults.Of(kind, form);
                LetterPlaceholders.In(shipped.Subject).Except(LetterPlaceholders.AlwaysIn(kind)).ShouldBeEmpty();
                shipped.Paragraphs.SelectMany(LetterPlaceholders.In).Except(LetterPlaceholders.Of(kind)).ShouldBeEmpty();
                shipped.Version.ShouldBe(0);
            }
        }
    }
}
