using HousingBank.Domain.Applications;
using HousingBank.Domain.IntakeRounds;
using HousingBank.Domain.Letters;
using HousingBank.Domain.Municipalities;
using HousingBank.Domain.Vocabulary;
using HousingBank.ReadModels.Letters;

namespace HousingBank.ReadModels.Tests.Screens;

public sealed class LetterScreenTests(ImportedHistory history) : IClassFixture<ImportedHistory>
{
    private static readonly DateOnly Asked = new(2012, 2, 20);
    private static readonly MunicipalityId Trondheim = new("trondheim");
    private static readonly MunicipalityId Hamar = new("hamar");

    [Fact]
    public async Task Letters_are_there_from_their_day_on_and_from_the_moment_they_are_known()
    {
        await using var screens = await history.CopyAsync();
        (await LettersAsync(screens, new Question(Asked))).ShouldBeEmpty("what is imported has letters of its own time");
        var round = await RoundAsync(screens);
        var before = (await screens.Letters.AskAsync(Screens.East, new(), new Question(Asked), Screens.Cancel)).KnownAt;
        await AskAsync(screens, round, Trondheim, Asked);
        await AskAsync(screens, round, Hamar, Asked.AddDays(1));

        (await LettersAsync(screens, new Question(Asked.AddDays(-1)))).ShouldBeEmpty();
        (await LettersAsync(screens, new Question(Asked))).Select(l => l.Municipality.Key).ShouldBe(["trondheim"]);
        (await LettersAsync(screens, new Question(Asked.AddDays(1)))).Select(l => l.Municipality.Key).ShouldBe(["hamar", "trondheim"]);
        (await LettersAsync(screens, new Question(Asked.AddDays(1), before))).ShouldBeEmpty();
        (await LettersAsync(screens, new Question(Asked.AddDays(1), SeesOnly: Hamar))).Select(l => l.Municipality.Key).ShouldBe(["hamar"]);
    }

    [Fact]
    public async Task A_letter_is_found_by_round_municipality_and_kind_and_only_by_who_may_see_it()
    {
        await using var screens = await history.CopyAsync();
        var round = await RoundAsync(screens);
        await AskAsync(screens, round, Trondheim, Asked);
        var question = new Question(Asked);
        var letter = (await LettersAsync(screens, question)).ShouldHaveSingleItem();

        (await LettersAsync(screens, question, new(Round: round.Value, Municipality: "trondheim", Kind: "supplementWanted"))).ShouldHaveSingleItem();
        (await LettersAsync(screens, question, new(Kind: "refusal"))).ShouldBeEmpty();
        (await LettersAsync(screens, question, new(Municipality: "hamar"))).ShouldBeEmpty();
        (await LettersAsync(screens, question, new(Round: Guid.NewGuid()))).ShouldBeEmpty();

        var one = (await screens.Letters.OneAsync(Screens.East, new(letter.Id), question, Screens.Cancel)).ShouldNotBeNull().Value;
        one.Paragraphs.ShouldContain("Saksnummer <script>{due}</script>");
        one.Answers.Stream.ShouldBe(Domain.Vocabulary.ApplicationId.Of(round, Trondheim).Stream.ToString());
        (await screens.Letters.OneAsync(Screens.East, new(letter.Id), question with { SeesOnly = Hamar }, Screens.Cancel)).ShouldBeNull();
        (await screens.Decisions.AskAsync(Screens.East, new(Kinds: ["letter"]), null, null, question with { SeesOnly = Hamar }, Screens.Cancel)).Value.Entries.ShouldBeEmpty();
        (await screens.Decisions.AskAsync(Screens.East, new(Municipality: "trondheim", Kinds: ["letter"]), null, null, question, Screens.Cancel)).Value.Entries.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_letter_about_what_has_been_struck_says_so_from_the_moment_it_was()
    {
        await using var screens = await history.CopyAsync();
        var round = await RoundAsync(screens);
        await AskAsync(screens, round, Trondheim, Asked);
        await AskAsync(screens, round, Hamar, Asked);
        var before = (await screens.Letters.AskAsync(Screens.East, new(), new Question(Asked), Screens.Cancel)).KnownAt;

        await screens.DoneAsync(new StrikeFact(Domain.Vocabulary.ApplicationId.Of(round, Trondheim).Stream, 3, "Feil kommune") { On = Asked });

        (await LettersAsync(screens, new Question(Asked))).Select(l => (l.Municipality.Key, l.IsOfStruck)).ShouldBe([("trondheim", true), ("hamar", false)], ignoreOrder: true);
        (await LettersAsync(screens, new Question(Asked, before))).ShouldAllBe(l => !l.IsOfStruck);
    }

    [Fact]
    public async Task Templates_stand_with_every_version_by_the_day()
    {
        await using var screens = await history.CopyAsync();
        var programme = new ProgrammeId((await screens.Programme.ListAsync(Screens.East, new Question(Asked), Screens.Cancel)).Value.ShouldHaveSingleItem().Id);
        var id = LetterTemplateId.Of(programme, LetterKind.Admission, WrittenForm.Nynorsk);
        await screens.DoneAsync(new AdoptLetterTemplate(programme, LetterKind.Admission, WrittenForm.Nynorsk, "Velkomen", ["Hei {municipality}"], "Venlegare") { On = Asked });

        var all = (await screens.LetterTemplates.AskAsync(Screens.East, new Question(Asked), Screens.Cancel)).Value;
        all.Templates.Count.ShouldBe(10);
        all.Rows().Rows.Count.ShouldBe(10);
        all.Templates.Where(t => t.InForce.Version > 0).ShouldHaveSingleItem().Id.ShouldBe(id.Value);
        var now = (await screens.LetterTemplates.OneAsync(Screens.East, id, new Question(Asked), Screens.Cancel)).ShouldNotBeNull().Value;
        now.Versions.Select(v => v.Version).ShouldBe([0, 1]);
        (now.Version, now.InForce.Subject, now.InForce.Reason).ShouldBe((1, "Velkomen", "Venlegare"));
        var earlier = (await screens.LetterTemplates.OneAsync(Screens.East, id, new Question(Asked.AddDays(-1)), Screens.Cancel)).ShouldNotBeNull().Value;
        (earlier.InForce.Version, earlier.Version).ShouldBe((0, 1));
        (await screens.LetterTemplates.OneAsync(Screens.East, new(Guid.NewGuid()), new Question(Asked), Screens.Cancel)).ShouldBeNull();
    }

    private static async Task<IReadOnlyList<LetterInList>> LettersAsync(Screens screens, Question question, LetterFilter? filter = null) =>
        (await screens.Letters.AskAsync(Screens.East, filter ?? new(), question, Screens.Cancel)).Value.Letters;

    private static async Task<RoundId> RoundAsync(Screens screens)
    {
        var programme = (await screens.Programme.ListAsync(Screens.East, new Question(Asked), Screens.Cancel)).Value.ShouldHaveSingleItem();
        var round = new RoundId(Guid.CreateVersion7());
        await screens.DoneAsync(new OpenRound(round, new(programme.Id), 9, new DateOnly(2012, 3, 1), 2, true, []) { On = new DateOnly(2012, 1, 10) });
        return round;
    }

    /// <summary>An application to which something is wanted.</summary>
    private static async Task AskAsync(Screens screens, RoundId round, MunicipalityId municipality, DateOnly on)
    {
        var content = new ApplicationContent(
            new Resolution("bystyret", new DateOnly(2012, 1, 20), "12/7"), "Mangler egnede boliger.", ["Bosetting"], "Styringsgruppe.", "Fagstaben");
        await screens.DoneAsync(new DraftApplication(round, municipality) { On = new DateOnly(2012, 2, 1) });
        await screens.DoneAsync(new SubmitApplication(round, municipality, content, new SignOff(Signatory.ChiefExecutive, null)) { On = new DateOnly(2012, 2, 10) });
        await screens.DoneAsync(new RequestSupplement(round, municipality, "Saksnummer <script>{due}</script>", new DateOnly(2012, 3, 15)) { On = on });
    }
}
