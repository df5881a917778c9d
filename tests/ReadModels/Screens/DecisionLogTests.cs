using HousingBank.Domain.Vocabulary;
using HousingBank.ReadModels.DecisionLog;

namespace HousingBank.ReadModels.Tests.Screens;

public sealed class DecisionLogTests(ImportedHistory history) : IClassFixture<ImportedHistory>
{
    private static readonly DateOnly Report = new(2010, 12, 10);

    private Screens Screens => history.Shared;

    [Theory]
    [InlineData(null)]
    [InlineData("hamar")]
    public async Task Page_by_page_it_is_the_same_as_all_at_once(string? seesOnly)
    {
        var question = new Question(new(2030, 1, 1), SeesOnly: seesOnly is null ? null : new MunicipalityId(seesOnly));
        var all = (await AskAsync(new(), null, null, question)).Entries;
        var paged = new List<LoggedDecision>();
        string? cursor = null;
        do
        {
            var page = await AskAsync(new(), cursor, 7, question);
            page.Entries.Count.ShouldBeLessThanOrEqualTo(7);
            paged.AddRange(page.Entries);
            cursor = page.NextCursor;
        }
        while (cursor is not null);

        all.Count.ShouldBeGreaterThan(20);
        paged.Select(e => (e.Stream, e.Version)).ShouldBe(all.Select(e => (e.Stream, e.Version)));
    }

    [Fact]
    public async Task A_municipalitys_events_are_those_of_all_its_streams()
    {
        var entries = (await AskAsync(new(Municipality: "hamar"), null, null)).Entries;

        entries.Select(e => e.Stream.Split('/')[0]).Distinct().ShouldBe(["participation", "application", "agreement", "municipality"], ignoreOrder: true);
        entries.ShouldAllBe(e => e.Municipality!.Name == "Hamar");
    }

    [Fact]
    public async Task A_phase_by_the_model_says_what_was_not_met_and_where_it_is_told()
    {
        var entries = (await AskAsync(new(Types: ["phase-started"], Municipality: "hamar"), null, null)).Entries;

        var byModel = entries.Single(e => e.Values["phase"] == "implementation");
        byModel.Values["ground"].ShouldBe("byModel");
        byModel.Values["criteriaNotMet"].ShouldBe("actionPlanApproved");
        byModel.BasisKind.ShouldBe("source");
        byModel.EffectiveOn.AssumedBecause.ShouldNotBeNull();
        byModel.IsRecordedLate.ShouldBeFalse();
    }

    [Fact]
    public async Task A_card_leads_to_its_facts()
    {
        var card = (await Screens.Board.AskAsync(Screens.East, new Question(Report), Screens.Cancel)).Value.All().First();
        var facts = (await Screens.Decisions.BehindAsync(Screens.East, card.Facts, new Question(Report), Screens.Cancel)).Value;

        facts.Select(f => f.Version).ShouldBe(card.Facts.Versions);
        facts.Select(f => f.Type).ShouldContain("phase-started");
    }

    [Fact]
    public async Task A_struck_fact_says_by_what_it_was_struck()
    {
        await using var screens = await history.CopyAsync();
        var card = (await screens.Board.AskAsync(Screens.East, new Question(Report), Screens.Cancel)).Value.All().Single(c => c.Municipality.Key == "hamar");
        var stream = StreamId.Parse(card.Facts.Stream);
        var leader = (await screens.Decisions.StreamAsync(Screens.East, stream, new Question(Report), Screens.Cancel)).Value.Single(e => e.Type == "programme-leader-appointed");

        var strike = await screens.DoneAsync(new StrikeFact(stream, leader.Version, "fant ikke sted") { On = Report, Grounds = Grounds.None with { EntryReason = "rettet" } });
        var now = (await screens.Decisions.StreamAsync(Screens.East, stream, new Question(Report), Screens.Cancel)).Value;
        var before = (await screens.Decisions.StreamAsync(Screens.East, stream, new Question(Report, strike.RecordedAt.AddMicroseconds(-1)), Screens.Cancel)).Value;
        var page = await screens.Municipality.AskAsync(Screens.East, new("hamar"), new Question(Report), Screens.Cancel);

        now.Single(e => e.Version == leader.Version).StruckBy.ShouldBe(strike.Version);
        before.Single(e => e.Version == leader.Version).StruckBy.ShouldBeNull();
        var course = page.ShouldNotBeNull().Value.Courses.ShouldHaveSingleItem();
        course.Organisation.ProgrammeLeader.ShouldBeNull();
        course.Contradictions.ShouldHaveSingleItem().Rule.ShouldBe("gate-not-met");
        course.Card.Contradictions.ShouldBe(1);
    }

    [Theory]
    [InlineData("x")]
    [InlineData("1-2-3")]
    [InlineData("99999999999999999999-1")]
    public async Task A_cursor_that_is_not_ours_is_refused(string cursor) =>
        await Should.ThrowAsync<FormatException>(() => AskAsync(new(), cursor, 10));

    private async Task<LoggedDecisions> AskAsync(DecisionFilter filter, string? cursor, int? take, Question? question = null) =>
        (await Screens.Decisions.AskAsync(Screens.East, filter, cursor, take, question ?? new Question(new(2030, 1, 1)), Screens.Cancel)).Value;
}
