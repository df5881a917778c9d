using HousingBank.Domain.Applications;
using HousingBank.Domain.Vocabulary;
using static HousingBank.Domain.Applications.ApplicationRefusals;
using static HousingBank.Domain.Tests.Some;

namespace HousingBank.Domain.Tests.Applications;

/// <summary>Files sent in with an application.</summary>
public class AttachmentTests
{
    private const string Pdf = "application/pdf";

    private static readonly ApplicationId Id = ApplicationId.Of(Some.Round, Hamar);
    private static readonly SealedFile File = new(Id.Case, new string('a', 64), "mark");

    private static Scenario Application(params ReadOnlySpan<Fact> facts) => Scenario.Given(ApplicationOf(Hamar), facts);

    private static AddAttachment Add(string name = "vedtak.pdf") => new(Some.Round, Hamar, name, Pdf, 1_000, File) { On = Day(2009, 5, 20) };

    private static RemoveAttachment Remove() => new(Some.Round, Hamar, Added().Attachment, "Feil fil") { On = Day(2009, 5, 21) };

    private static AttachmentAdded Added(string name = "vedtak.pdf") => new(AttachmentId.Of(Id, name, File), name, Pdf, 1_000, File) { On = new DateOnly(2009, 5, 20) };

    private static AttachmentRemoved Removed() => new(Added().Attachment, "Feil fil") { On = new DateOnly(2009, 5, 21) };

    [Fact]
    public void A_file_is_added_to_a_draft_and_to_what_was_submitted()
    {
        Application(Drafted(Hamar)).When(Add()).Then(Added());
        Application(Drafted(Hamar), Submitted()).When(Add()).Then(Added());
    }

    [Fact]
    public void The_same_file_twice_is_one_attachment_however_it_was_sealed()
    {
        Application(Drafted(Hamar), Added()).When(Add() with { File = File with { CiphertextSha256 = new string('b', 64) } }).ThenNothing();
        Application(Drafted(Hamar), Added()).When(Add("kart.pdf")).Then(Added("kart.pdf"));
        ApplicationDecider.Broken(new[] { (ApplicationEvent)Drafted(Hamar), Added() }.Aggregate(ApplicationState.Initial, ApplicationState.Evolve), Added())
            .ShouldBe([AttachmentAddedAlready]);
    }

    [Theory]
    [InlineData("a/b.pdf")]
    [InlineData("..\\b.pdf")]
    [InlineData("C:b.pdf")]
    [InlineData("..")]
    [InlineData("a\nb.pdf")]
    [InlineData("a\u202Efdp.pdf")]
    [InlineData(" a.pdf")]
    public void A_file_name_is_no_path_and_hides_nothing(string name) => Application(Drafted(Hamar)).When(Add(name)).ThenRefused(FileNameNotAllowed);

    [Fact]
    public void What_is_wrong_with_a_file_is_told_by_its_field()
    {
        Application(Drafted(Hamar)).When(Add("")).ThenRefused(Fields.Missing, "fileName");
        Application(Drafted(Hamar)).When(Add(new string('a', 201))).ThenRefused(Fields.TooLong, "fileName");
        Application(Drafted(Hamar)).When(Add() with { MediaType = "text/html" }).ThenRefused(MediaTypeNotAllowed);
        Application(Drafted(Hamar)).When(Add() with { Size = 0 }).ThenRefused(Fields.OutOfRange, "size");
        Application(Drafted(Hamar)).When(Add() with { Size = AttachmentRules.LargestFile + 1 }).ThenRefused(Fields.OutOfRange, "size");
        Application(Drafted(Hamar)).When(Add() with { Size = AttachmentRules.LargestFile }).Then(Added() with { Size = AttachmentRules.LargestFile });
    }

    [Fact]
    public void There_are_at_most_fifty()
    {
        var many = Enumerable.Range(1, AttachmentRules.Most).Select(i => Added($"{i}.pdf")).ToArray();

        Application([Drafted(Hamar), .. many[1..]]).When(Add()).Then(Added());
        Application([Drafted(Hamar), .. many]).When(Add()).ThenRefused(TooManyAttachments);
    }

    [Fact]
    public void What_was_added_is_removed_with_a_reason_and_may_come_again()
    {
        Application(Drafted(Hamar), Added()).When(Remove()).Then(Removed());
        Application(Drafted(Hamar), Added()).When(Remove() with { Reason = "" }).ThenRefused(Fields.Missing, "reason");
        Application(Drafted(Hamar)).When(Remove()).ThenRefused(AttachmentUnknown);
        Application(Drafted(Hamar), Added(), Removed()).When(Remove()).ThenRefused(AttachmentUnknown);
        Application(Drafted(Hamar), Added(), Removed()).When(Add() with { On = Day(2009, 5, 22) }).Then(Added() with { On = new DateOnly(2009, 5, 22) });
    }

    [Fact]
    public void Nothing_is_added_or_removed_before_the_draft_or_after_the_end()
    {
        var withdrawn = new ApplicationWithdrawn("Mangler midler") { On = new DateOnly(2009, 5, 20) };
        var decided = new ApplicationDecided(ApplicationOutcome.Admitted, null, null, [], []) { On = new DateOnly(2009, 5, 20) };

        Application().When(Add()).ThenRefused(ApplicationUnknown);
        Application(Drafted(Hamar), withdrawn).When(Add()).ThenRefused(ApplicationIsWithdrawn);
        Application(Drafted(Hamar), Added(), withdrawn).When(Remove()).ThenRefused(ApplicationIsWithdrawn);
        Application(Drafted(Hamar), decided).When(Add()).ThenRefused(ApplicationDecidedAlready);
        Application(Drafted(Hamar), Added(), decided).When(Remove()).ThenRefused(ApplicationDecidedAlready);
    }
}
