using HousingBank.Domain.Vocabulary;

namespace HousingBank.ReadModels.Tests.Screens;

public sealed class PageTests(ImportedHistory history) : IClassFixture<ImportedHistory>
{
    private static readonly DateOnly Report = new(2010, 12, 10);

    private Screens Screens => history.Shared;

    [Fact]
    public async Task The_first_round_shows_its_reported_counts_apart_from_those_known_by_name()
    {
        var question = new Question(new(2009, 6, 1));
        var programme = (await Screens.Programme.ListAsync(Screens.East, question, Screens.Cancel)).Value.ShouldHaveSingleItem();
        var page = (await Screens.Programme.AskAsync(Screens.East, new ProgrammeId(programme.Id), question, Screens.Cancel)).ShouldNotBeNull().Value;

        var round = page.Rounds.ShouldHaveSingleItem();
        (round.Invited.Named, round.Invited.Reported).ShouldBe((4, 16));
        (round.Applied.Named, round.Applied.Reported).ShouldBe((4, 11));
        (round.Admitted.Named, round.Admitted.Reported).ShouldBe((0, null));
        round.ReportedSource.ShouldNotBeNullOrEmpty();
        page.Models.ShouldHaveSingleItem().Phases.Select(p => p.LongestMonths).ShouldBe([3, 6, 36, 24]);
    }

    [Fact]
    public async Task In_December_2010_both_rounds_have_their_cohorts()
    {
        var rounds = (await Screens.Round.ListAsync(Screens.East, new Question(Report), Screens.Cancel)).Value;

        rounds.Select(r => (r.Number, r.Admitted.Named)).ShouldBe([(1, 4), (2, 6)]);
        var second = (await Screens.Round.AskAsync(Screens.East, new RoundId(rounds[1].Id), new Question(Report), Screens.Cancel)).ShouldNotBeNull().Value;
        second.Municipalities.Select(m => m.Municipality.Key).ShouldBe(["asker", "gjovik", "halden", "kongsvinger", "moss", "oslo"]);
        second.Municipalities.ShouldAllBe(m => m.Application!.State == "admitted" && m.Application.NotDocumented.Contains("resolution"));
    }

    [Fact]
    public async Task The_matrix_gives_table_1_of_the_interim_report()
    {
        MunicipalityId[] four = [new("hamar"), new("lillehammer"), new("lorenskog"), new("barum")];
        var matrix = (await Screens.Overview.AskAsync(Screens.East, four, new Question(Report), Screens.Cancel)).Value;

        matrix.Municipalities.Select(m => m.Municipality.Name).ShouldBe(["Hamar", "Lillehammer", "Lørenskog", "Bærum"]);
        matrix.Municipalities.Select(m => m.ProgrammeLeader!.Placement).ShouldBe(["strategicUnit", "strategicUnit", "serviceUnit", "serviceUnit"]);
        matrix.Municipalities.Select(m => m.ProgrammeLeader!.Orientation).ShouldBe(["steeringGroup", "both", "steeringGroup", "projectGroup"]);
        matrix.Municipalities.Select(m => m.Political!.Ownership).ShouldBe(["political", "political", "administrative", "administrative"]);
        matrix.Municipalities[0].ProjectGroup!.Model.ShouldBe("noneStandingInForIt");
        matrix.Municipalities[2].SteeringGroup!.OtherCounts.ShouldBe(new Dictionary<string, int> { ["table1"] = 6, ["slide"] = 7 });
        matrix.Municipalities[2].MainGoals!.LocalName.ShouldBe("satsingsområder");

        var rows = matrix.Rows();
        rows.Columns.Select(c => c.Heading).ShouldBe([null, "Hamar", "Lillehammer", "Lørenskog", "Bærum"]);
        rows.Rows.ShouldAllBe(r => r.Count == 5);
    }

    [Fact]
    public async Task A_day_earlier_the_evaluator_had_not_assessed_anything()
    {
        var matrix = (await Screens.Overview.AskAsync(Screens.East, [new("hamar")], new Question(Report.AddDays(-1)), Screens.Cancel)).Value;

        matrix.Municipalities.ShouldHaveSingleItem().Political.ShouldBeNull();
    }

    [Fact]
    public async Task A_municipality_shows_what_was_planned_and_what_came_of_it()
    {
        var page = (await Screens.Municipality.AskAsync(Screens.East, new("hamar"), new Question(Report), Screens.Cancel)).ShouldNotBeNull().Value;

        page.Municipality.OnDay.Number.ShouldBe("0403");
        var course = page.Courses.ShouldHaveSingleItem();
        course.Phases.Select(p => (p.Phase, p.Ground)).ShouldBe(
            [(Phase.Preparation, "gateMet"), (Phase.Planning, "gateMet"), (Phase.Implementation, "byModel"), (Phase.PhaseOut, null)]);
        course.Phases[1].EndedOn.ShouldBeNull();
        course.Phases[2].CriteriaNotMet.ShouldBe(["actionPlanApproved"]);
        course.Next.Phase.ShouldBe(Phase.Implementation);
        course.Next.Missing.ShouldBe(["actionPlanApproved"]);
        course.Agreements.ShouldHaveSingleItem().State.ShouldBe("inForce");
        course.Anchoring.Select(a => a.Dimension).ShouldBe(["administrative", "political", "external", "users", "plans"], ignoreOrder: true);
        course.Application!.State.ShouldBe("admitted");
        course.Contradictions.ShouldBeEmpty();
        course.Version.ShouldBeGreaterThan(course.Card.Facts.Versions.Max() - 1);
        page.Rows().Rows.Count.ShouldBe(4);
    }

    [Fact]
    public async Task Another_municipality_is_not_shown_to_a_municipality()
    {
        var question = new Question(Report, SeesOnly: new MunicipalityId("hamar"));
        var moss = (await Screens.Board.AskAsync(Screens.East, new Question(Report), Screens.Cancel)).Value.All().Single(c => c.Municipality.Key == "moss");

        (await Screens.Municipality.AskAsync(Screens.East, new("moss"), question, Screens.Cancel)).ShouldBeNull();
        (await Screens.Municipality.CourseAsync(Screens.East, new ParticipationId(moss.Participation), question, Screens.Cancel)).ShouldBeNull();
        (await Screens.Round.AskAsync(Screens.East, new RoundId(moss.Round), question, Screens.Cancel)).ShouldNotBeNull().Value.Municipalities.ShouldBeEmpty();
        (await Screens.Decisions.AskAsync(Screens.East, new(), null, null, question, Screens.Cancel)).Value.Entries
            .ShouldAllBe(e => e.Municipality == null || e.Municipality.Key == "hamar" || e.Stream.StartsWith("municipality/"));
    }

    [Fact]
    public async Task A_municipality_has_the_number_of_its_day()
    {
        async Task<string?> NumberAsync(int year) =>
            (await Screens.Register.OneAsync(Screens.East, new("barum"), new Question(new(year, 7, 1)), Screens.Cancel)).ShouldNotBeNull().Value.OnDay.Number;

        (await NumberAsync(2010)).ShouldBe("0219");
        (await NumberAsync(2021)).ShouldBe("3024");
        (await NumberAsync(2024)).ShouldBe("3201");
    }
}
