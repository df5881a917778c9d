using HousingBank.Domain.Participations;
using HousingBank.Domain.Vocabulary;
using HousingBank.ReadModels.PhaseBoard;

namespace HousingBank.ReadModels.Tests.Screens;

public sealed class BoardTests(ImportedHistory history) : IClassFixture<ImportedHistory>
{
    private static readonly DateOnly Report = new(2010, 12, 10);

    [Fact]
    public async Task In_December_2010_round_1_is_in_implementation_by_the_model_alone_and_round_2_in_planning()
    {
        var board = await BoardAsync(new Question(Report));

        var implementation = board.Columns.Single(c => c.Phase == Phase.Implementation).Cards;
        implementation.Select(c => c.Municipality.Name).ShouldBe(["Bærum", "Hamar", "Lillehammer", "Lørenskog"]);
        implementation.ShouldAllBe(c => c.RoundNumber == 1 && c.IsByModel && c.PhaseInFact == Phase.Planning && !c.IsLate);
        implementation.ShouldAllBe(c => c.Gate.Single(g => g.Criterion == "actionPlanApproved").State == CriterionState.Missing);
        implementation.ShouldAllBe(c => c.StartedOn.AssumedBecause != null && c.StartedOn.Precision == DayPrecision.Season);

        var planning = board.Columns.Single(c => c.Phase == Phase.Planning).Cards;
        planning.Select(c => c.Municipality.Name).ShouldBe(["Asker", "Gjøvik", "Halden", "Kongsvinger", "Moss", "Oslo"]);
        planning.ShouldAllBe(c => c.RoundNumber == 2 && !c.IsByModel && !c.IsLate && c.StartedOn.AssumedBecause != null);
        board.All().Count().ShouldBe(10);
    }

    [Fact]
    public async Task What_a_source_is_silent_on_is_told_apart_from_what_it_says_was_missing()
    {
        var board = await BoardAsync(new Question(Report));

        var hamar = board.All().Single(c => c.Municipality.Key == "hamar");
        hamar.Gate.ToDictionary(g => g.Criterion, g => g.State).ShouldBe(new Dictionary<string, CriterionState>
        {
            ["agreementInForce"] = CriterionState.Met,
            ["programmeLeaderAppointed"] = CriterionState.Met,
            ["steeringGroupAppointed"] = CriterionState.Met,
            ["projectGroupAppointed"] = CriterionState.Met,
            ["preAnalysisDelivered"] = CriterionState.NotDocumented,
            ["actionPlanApproved"] = CriterionState.Missing,
        });
    }

    [Fact]
    public async Task In_June_2009_four_candidates_prepare_and_nobody_is_admitted()
    {
        var board = await BoardAsync(new Question(new(2009, 6, 1)));

        var cards = board.All().ToList();
        cards.Select(c => c.Municipality.Key).ShouldBe(["barum", "hamar", "lillehammer", "lorenskog"], ignoreOrder: true);
        cards.ShouldAllBe(c => c.Standing == CourseStanding.Candidate && c.Phase == Phase.Preparation);
    }

    [Fact]
    public async Task Before_the_import_nothing_was_known() =>
        (await BoardAsync(new Question(Report, new(2020, 1, 1, 0, 0, 0, TimeSpan.Zero)))).All().ShouldBeEmpty();

    [Fact]
    public async Task An_import_is_not_late_entry_but_a_late_extension_is()
    {
        await using var screens = await history.CopyAsync();
        var moss = (await screens.Board.AskAsync(Screens.East, new Question(Report), Screens.Cancel)).Value.All().Single(c => c.Municipality.Key == "moss");
        moss.RecordedLate.ShouldBe(0);

        var recorded = await screens.DoneAsync(new ExtendPhase(new ParticipationId(moss.Participation), Phase.Planning, 3, "planen tok lengre tid") { On = new DateOnly(2010, 12, 1) });
        var before = await screens.Board.AskAsync(Screens.East, new Question(Report, recorded.RecordedAt.AddMicroseconds(-1)), Screens.Cancel);
        var after = await screens.Board.AskAsync(Screens.East, new Question(Report), Screens.Cancel);

        before.Value.All().Single(c => c.Municipality.Key == "moss").PlannedEndLatest.ShouldBe(moss.PlannedEndLatest);
        var extended = after.Value.All().Single(c => c.Municipality.Key == "moss");
        extended.PlannedEndLatest.ShouldBe(moss.PlannedEndLatest.AddDays(1).AddMonths(3).AddDays(-1));
        extended.RecordedLate.ShouldBe(1);
        extended.Facts.Versions.ShouldContain(recorded.Version);
        after.KnownAt.ShouldBeGreaterThanOrEqualTo(recorded.RecordedAt);
    }

    [Fact]
    public async Task A_municipality_sees_its_own_card()
    {
        var board = await BoardAsync(new Question(Report, SeesOnly: new MunicipalityId("hamar")));

        board.All().ShouldHaveSingleItem().Municipality.Key.ShouldBe("hamar");
    }

    [Fact]
    public async Task The_table_holds_every_card_that_the_board_shows()
    {
        var board = await BoardAsync(new Question(Report));

        var rows = board.Rows();
        rows.Rows.Count.ShouldBe(10);
        rows.Rows.ShouldAllBe(r => r.Count == rows.Columns.Count);
        rows.Rows[0][rows.Columns.ToList().FindIndex(c => c.Code == "phase")].ShouldBe(new Code("phase", "planning"));
    }

    private async Task<Board> BoardAsync(Question question) => (await history.Shared.Board.AskAsync(Screens.East, question, Screens.Cancel)).Value;
}
