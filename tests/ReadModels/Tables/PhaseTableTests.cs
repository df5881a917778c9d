using HousingBank.Domain.Participations;
using HousingBank.Domain.Vocabulary;
using HousingBank.ReadModels.Tables;

namespace HousingBank.ReadModels.Tests.Tables;

public sealed class PhaseTableTests
{
    private static readonly PhaseTable Table = new();
    private static readonly DateOnly Spring = new(2010, 3, 1);
    private static readonly DateOnly July = new(2010, 7, 1);

    [Fact]
    public void An_extension_entered_late_is_known_from_its_entry_and_counts_from_its_day()
    {
        var course = Course()
            .Fact(new DateOnly(2010, 1, 1), Started(Phase.Planning, PhaseGround.GateMet, 6))
            .Fact(new DateOnly(2010, 12, 1), Started(Phase.Implementation, PhaseGround.GateMet, 36))
            .Fact(new DateOnly(2010, 6, 1), new PhaseExtended(Phase.Planning, 3, "the plan took longer"));

        var before = course.Rows<PhaseRow>(Table, July, knownVersion: 3)["1-planning/inFact"];
        var after = course.Rows<PhaseRow>(Table, July, knownVersion: 4)["1-planning/inFact"];
        var earlierDay = course.Rows<PhaseRow>(Table, Spring, knownVersion: 4)["1-planning/inFact"];

        before.Clock().IsLate(July).ShouldBeTrue();
        after.Clock().IsLate(July).ShouldBeFalse();
        after.Clock().PlannedEnd(July).Latest.ShouldBe(new DateOnly(2010, 9, 30));
        earlierDay.MonthsAdded.ShouldBe(0);
    }

    [Fact]
    public void A_phase_by_the_model_ends_none_in_fact()
    {
        var course = Course()
            .Fact(StatedDay.From(new(2009, 10, 1), DayPrecision.Month), Started(Phase.Planning, PhaseGround.GateMet, 6))
            .Fact(StatedDay.From(new(2010, 8, 1), DayPrecision.Season, "the report says so"), Started(Phase.Implementation, PhaseGround.ByModel, 36));

        var rows = course.Rows<PhaseRow>(Table, new(2010, 12, 10), knownVersion: 3);

        rows["0-preparation/inFact"].EndedOn.ShouldBe(new DateOnly(2009, 9, 30));
        rows["1-planning/inFact"].EndedOn.ShouldBeNull();
        rows["2-implementation/byModel"].StartedOn.ShouldBe(new Day(new(2010, 8, 1), new(2010, 8, 1), new(2010, 8, 31), DayPrecision.Season, "the report says so"));
    }

    [Fact]
    public void A_phase_in_fact_ends_the_one_before_and_the_one_by_the_model()
    {
        var course = Course()
            .Fact(new DateOnly(2009, 10, 1), Started(Phase.Planning, PhaseGround.GateMet, 6))
            .Fact(new DateOnly(2010, 8, 1), Started(Phase.Implementation, PhaseGround.ByModel, 36))
            .Fact(new DateOnly(2011, 2, 1), Started(Phase.Implementation, PhaseGround.GateMet, 36));

        var rows = course.Rows<PhaseRow>(Table, new(2011, 3, 1), knownVersion: 4);

        rows["1-planning/inFact"].EndedOn.ShouldBe(new DateOnly(2011, 1, 31));
        rows["2-implementation/byModel"].EndedOn.ShouldBe(new DateOnly(2011, 1, 31));
        rows["2-implementation/inFact"].EndedOn.ShouldBeNull();
    }

    [Fact]
    public void A_suspension_stops_the_clock_until_it_is_over()
    {
        var course = Course()
            .Fact(new DateOnly(2010, 1, 1), Started(Phase.Planning, PhaseGround.GateMet, 6))
            .Fact(new DateOnly(2010, 3, 1), new ParticipationSuspended("elections"))
            .Fact(new DateOnly(2010, 4, 1), new ParticipationResumed());

        course.Rows<PhaseRow>(Table, new(2010, 3, 15), 4)["1-planning/inFact"].StoppedSince.ShouldBe(new DateOnly(2010, 3, 1));
        course.Rows<PhaseRow>(Table, July, 4)["1-planning/inFact"].Clock().PlannedEnd(July).Latest.ShouldBe(new DateOnly(2010, 7, 31));
    }

    [Fact]
    public void A_corrected_start_moves_the_phase_and_keeps_what_was_known()
    {
        var course = Course()
            .Fact(new DateOnly(2010, 1, 1), Started(Phase.Planning, PhaseGround.GateMet, 6))
            .Fact(new DateOnly(2010, 2, 1), Started(Phase.Planning, PhaseGround.GateMet, 6), replaces: 2);

        course.Rows<PhaseRow>(Table, new(2010, 1, 15), 2).ShouldContainKey("1-planning/inFact");
        course.Rows<PhaseRow>(Table, new(2010, 1, 15), 3).ShouldNotContainKey("1-planning/inFact");
        course.Stretches(Table, July, 3).Single(s => s.Key == "1-planning/inFact").Versions.ShouldBe([3]);
    }

    private static Told Course() => new Told(ParticipationId.Of(new RoundId(Guid.Empty), new MunicipalityId("hamar")).Stream.ToString())
        .Fact(new DateOnly(2009, 3, 1), Started(Phase.Preparation, PhaseGround.GateMet, 3));

    private static PhaseStarted Started(Phase phase, PhaseGround ground, int longest) => new(phase, longest, null, [], ground, [], null, [], null);
}
