using HousingBank.Domain.Programmes;
using HousingBank.Domain.Vocabulary;
using static HousingBank.Domain.Programmes.ProgrammeRefusals;
using static HousingBank.Domain.Tests.Some;

namespace HousingBank.Domain.Tests.Programmes;

public class ProgrammeTests
{
    private static readonly DateOnly RevisionDay = new(2010, 6, 1);

    private static Scenario Running(params ReadOnlySpan<Fact> after) => Scenario.Given(Programme.Stream, Launched()).And(Programme.Stream, after);

    private static LaunchProgramme Launch() => new(
        Programme,
        new LocalText("Boligsosialt utviklingsprogram"),
        "Husbanken Region Øst",
        Day(2009, 3, 1),
        Day(2017, 2, 28),
        16,
        5,
        new LocalText("Dyktige kommuner"),
        [],
        [KnowledgeArea.PracticalWork])
    { On = LaunchDay };

    private static AdoptFrameworkModel Adopt() => new(Programme, 1, Phases) { On = LaunchDay };

    private static FrameworkModelAdopted Adopted() => new(1, Phases, null) { On = LaunchDay };

    private static ValueList<ModelPhase> LongerPlanning { get; } = [Phases[0], Phases[1] with { LongestMonths = 12 }, Phases[2], Phases[3]];

    private static ReviseFrameworkModel Revise() => new(Programme, 2, LongerPlanning, "Seks måneder var for kort") { On = RevisionDay };

    private static FrameworkModelRevised Revised() => new(2, LongerPlanning, "Seks måneder var for kort") { On = RevisionDay };

    private static DescribeOffice Describe() => new(Programme, "Ledergruppen", "Programsekretariatet", "Programrådet") { On = LaunchDay };

    private static AppointCouncilMember Appoint() => new(Programme, "person:1", "KS", false, Day(2011, 12, 31)) { On = LaunchDay };

    private static CouncilMemberAppointed Appointed() => new("person:1", "KS", false, Day(2011, 12, 31)) { On = LaunchDay };

    private static RetireCouncilMember Retire() => new(Programme, "person:1") { On = RevisionDay };

    private static CouncilMemberRetired Retired() => new("person:1") { On = RevisionDay };

    private static ChangeTarget Change(int target) => new(Programme, target, "Økt ramme") { On = RevisionDay };

    [Fact]
    public void A_programme_is_launched() => Scenario.Nothing.When(Launch()).Then(Launched());

    [Fact]
    public void A_programme_launched_twice_is_launched_once() => Running().When(Launch()).ThenNothing();

    [Fact]
    public void A_running_programme_is_not_launched_differently() =>
        Running().When(Launch() with { TargetMunicipalities = 20 }).ThenRefused(ProgrammeLaunchedAlready);

    [Fact]
    public void A_period_does_not_end_before_it_starts() =>
        Scenario.Nothing.When(Launch() with { PeriodTo = Day(2009, 2, 28) }).ThenRefused(PeriodEndsBeforeItStarts);

    [Fact]
    public void Wrong_fields_of_a_launch_are_named()
    {
        Scenario.Nothing.When(Launch() with { Name = new LocalText("") }).ThenRefused(Fields.Missing, "name.nb");
        Scenario.Nothing.When(Launch() with { Name = null! }).ThenRefused(Fields.Missing, "name");
        Scenario.Nothing.When(Launch() with { Name = new LocalText("Program", Nn: " ") }).ThenRefused(Fields.Missing, "name.nn");
        Scenario.Nothing.When(Launch() with { Name = new LocalText("Program", En: TooLongForAName) }).ThenRefused(Fields.TooLong, "name.en");
        Scenario.Nothing.When(Launch() with { Owner = "" }).ThenRefused(Fields.Missing, "owner");
        Scenario.Nothing.When(Launch() with { PeriodFrom = Day(9, 3, 1) }).ThenRefused(Fields.OutOfRange, "periodFrom");
        Scenario.Nothing.When(Launch() with { PeriodTo = null! }).ThenRefused(Fields.Missing, "periodTo");
        Scenario.Nothing.When(Launch() with { TargetMunicipalities = 0 }).ThenRefused(Fields.OutOfRange, "targetMunicipalities");
        Scenario.Nothing.When(Launch() with { MunicipalitiesPerRound = 1_001 }).ThenRefused(Fields.OutOfRange, "municipalitiesPerRound");
        Scenario.Nothing.When(Launch() with { Vision = new LocalText(TooLongForAReason) }).ThenRefused(Fields.TooLong, "vision.nb");
        Scenario.Nothing.When(Launch() with { Goals = [new LocalText("Mål"), new LocalText("")] }).ThenRefused(Fields.Missing, "goals[1].nb");
        Scenario.Nothing.When(Launch() with { KnowledgeAreas = [(KnowledgeArea)9] }).ThenRefused(Fields.UnknownValue, "knowledgeAreas[0]");
        Scenario.Nothing.When(Launch() with { KnowledgeAreas = [KnowledgeArea.PracticalWork, KnowledgeArea.PracticalWork] })
            .ThenRefused(Fields.Repeated, "knowledgeAreas");
    }

    [Fact]
    public void A_framework_model_is_adopted() => Running().When(Adopt()).Then(Adopted());

    [Fact]
    public void A_framework_model_adopted_twice_is_adopted_once() => Running(Adopted()).When(Adopt()).ThenNothing();

    [Fact]
    public void A_second_model_is_a_revision_of_the_first() =>
        Running(Adopted()).When(Adopt() with { Version = 2 }).ThenRefused(FrameworkModelAdoptedAlready);

    [Fact]
    public void A_framework_model_is_revised_with_a_reason()
    {
        Running(Adopted()).When(Revise()).Then(Revised());
        Running(Adopted()).When(Revise() with { Reason = "" }).ThenRefused(Fields.Missing, "reason");
    }

    [Fact]
    public void A_framework_model_revised_twice_is_revised_once() => Running(Adopted(), Revised()).When(Revise()).ThenNothing();

    [Fact]
    public void Without_a_framework_model_there_is_nothing_to_revise() => Running().When(Revise()).ThenRefused(FrameworkModelMissing);

    [Fact]
    public void Each_version_is_higher_than_the_ones_before()
    {
        Running(Adopted()).When(Revise() with { Version = 1 }).ThenRefused(ModelVersionNotHigher);
        Running(Adopted(), Revised()).When(Revise() with { Phases = Phases }).ThenRefused(ModelVersionNotHigher);
    }

    [Fact]
    public void The_versions_stand_beside_one_another()
    {
        var programme = StateOf(Launched(), Adopted(), Revised());
        programme.CurrentModel.ShouldBe(new FrameworkModel(2, LongerPlanning, RevisionDay));
        programme.Model(1)!.Of(Phase.Planning).LongestMonths.ShouldBe(6);
        programme.Model(3).ShouldBeNull();
    }

    [Fact]
    public void A_framework_model_holds_every_phase_once_in_order()
    {
        Running().When(Adopt() with { Phases = [] }).ThenRefused(PhasesNotInOrder);
        Running().When(Adopt() with { Phases = [Phases[0], Phases[1], Phases[2]] }).ThenRefused(PhasesNotInOrder);
        Running().When(Adopt() with { Phases = [Phases[1], Phases[0], Phases[2], Phases[3]] }).ThenRefused(PhasesNotInOrder);
        Running().When(Adopt() with { Phases = [Phases[0], Phases[0], Phases[1], Phases[2], Phases[3]] }).ThenRefused(PhasesNotInOrder);
        Running().When(Adopt() with { Phases = [Phases[0], null!, Phases[2], Phases[3]] }).ThenRefused(PhasesNotInOrder);
    }

    [Fact]
    public void Wrong_fields_of_a_framework_model_are_named()
    {
        Running().When(With(Phases[0] with { LongestMonths = 0 })).ThenRefused(Fields.OutOfRange, "phases[0].longestMonths");
        Running().When(With(Phases[0] with { ShortestMonths = 4 })).ThenRefused(Fields.OutOfRange, "phases[0].shortestMonths");
        Running().When(With(Phases[0] with { RevisionMonths = 4 })).ThenRefused(Fields.OutOfRange, "phases[0].revisionMonths");
        Running().When(With(Phases[0] with { Criteria = ["goodWeather"] })).ThenRefused(Fields.UnknownValue, "phases[0].criteria[0]");
        Running().When(With(Phases[0] with { Criteria = [GateCriteria.Admitted, GateCriteria.Admitted] })).ThenRefused(Fields.Repeated, "phases[0].criteria");
        Running().When(Adopt() with { Version = 0 }).ThenRefused(Fields.OutOfRange, "version");
        Running().When(Adopt() with { Reason = "" }).ThenRefused(Fields.Missing, "reason");

        static AdoptFrameworkModel With(ModelPhase preparation) => Adopt() with { Phases = [preparation, Phases[1], Phases[2], Phases[3]] };
    }

    [Fact]
    public void Every_criterion_of_a_gate_belongs_to_one_phase() =>
        Enum.GetValues<Phase>().SelectMany(phase => GateCriteria.Leaving(phase)).ShouldBe(GateCriteria.All);

    [Fact]
    public void The_office_is_described() =>
        Running().When(Describe()).Then(new OfficeDescribed("Ledergruppen", "Programsekretariatet", "Programrådet") { On = LaunchDay });

    [Fact]
    public void An_office_described_twice_is_described_once() =>
        Running(new OfficeDescribed("Ledergruppen", "Programsekretariatet", "Programrådet") { On = LaunchDay }).When(Describe()).ThenNothing();

    [Fact]
    public void Every_part_of_the_office_is_described()
    {
        Running().When(Describe() with { Owner = "" }).ThenRefused(Fields.Missing, "owner");
        Running().When(Describe() with { Secretariat = "" }).ThenRefused(Fields.Missing, "secretariat");
        Running().When(Describe() with { Council = "" }).ThenRefused(Fields.Missing, "council");
    }

    [Fact]
    public void A_council_member_is_appointed_for_a_period() => Running().When(Appoint()).Then(Appointed());

    [Fact]
    public void A_council_member_appointed_twice_is_appointed_once() => Running(Appointed()).When(Appoint()).ThenNothing();

    [Fact]
    public void A_member_holds_one_seat_at_a_time()
    {
        Running(Appointed()).When(Appoint() with { Affiliation = "NAV", On = Day(2011, 12, 31) }).ThenRefused(CouncilMemberAppointedAlready);
        Running(Appointed()).When(Appoint() with { Until = null, On = Day(2012, 1, 1) })
            .Then(Appointed() with { Until = null, On = new DateOnly(2012, 1, 1) });
    }

    [Fact]
    public void Wrong_fields_of_an_appointment_are_named()
    {
        Running().When(Appoint() with { Until = Day(2009, 2, 28) }).ThenRefused(AppointmentEndsBeforeItStarts);
        Running().When(Appoint() with { Member = "" }).ThenRefused(Fields.Missing, "member");
        Running().When(Appoint() with { Affiliation = "" }).ThenRefused(Fields.Missing, "affiliation");
        Running().When(Appoint() with { Until = StatedDay.Between(new(2012, 1, 1), new(2011, 1, 1)) }).ThenRefused(Fields.DaysReversed, "until");
        Running(Appointed()).When(Retire() with { Member = "" }).ThenRefused(Fields.Missing, "member");
    }

    [Fact]
    public void A_council_member_retires()
    {
        Running(Appointed()).When(Retire()).Then(Retired());
        StateOf(Launched(), Appointed(), Retired()).SeatOf("person:1", RevisionDay).ShouldBeNull();
        StateOf(Launched(), Appointed(), Retired()).SeatOf("person:1", RevisionDay.AddDays(-1)).ShouldNotBeNull();
    }

    [Fact]
    public void A_council_member_retired_twice_retires_once() => Running(Appointed(), Retired()).When(Retire()).ThenNothing();

    [Fact]
    public void Only_a_member_retires()
    {
        Running().When(Retire()).ThenRefused(CouncilMemberNotAppointed);
        Running(Appointed()).When(Retire() with { On = Day(2012, 6, 1) }).ThenRefused(CouncilMemberNotAppointed);
    }

    [Fact]
    public void The_number_of_municipalities_changes_with_a_reason()
    {
        Running().When(Change(20)).Then(new TargetChanged(20, "Økt ramme") { On = RevisionDay });
        Running().When(Change(20) with { Reason = "" }).ThenRefused(Fields.Missing, "reason");
        Running().When(Change(0)).ThenRefused(Fields.OutOfRange, "target");
    }

    [Fact]
    public void A_target_changed_twice_is_changed_once()
    {
        Running(new TargetChanged(20, "Økt ramme") { On = RevisionDay }).When(Change(20)).ThenNothing();
        Running().When(Change(16)).ThenNothing();
    }

    [Fact]
    public void Nothing_is_said_of_a_programme_that_is_not_there()
    {
        Scenario.Nothing.When(Adopt()).ThenRefused(ProgrammeUnknown);
        Scenario.Nothing.When(Revise()).ThenRefused(ProgrammeUnknown);
        Scenario.Nothing.When(Describe()).ThenRefused(ProgrammeUnknown);
        Scenario.Nothing.When(Appoint()).ThenRefused(ProgrammeUnknown);
        Scenario.Nothing.When(Retire()).ThenRefused(ProgrammeUnknown);
        Scenario.Nothing.When(Change(20)).ThenRefused(ProgrammeUnknown);
    }

    [Fact]
    public void What_stands_in_the_wrong_order_is_a_contradiction()
    {
        Contradictions(Launched(), Revised(), Adopted() with { On = new DateOnly(2010, 7, 1) }).Select(c => c.Code)
            .ShouldBe([FrameworkModelMissing.Code, FrameworkModelAdoptedAlready.Code]);
        Contradictions(Launched(), Adopted(), Revised() with { Version = 3 }, Revised() with { On = new DateOnly(2010, 7, 1) })
            .ShouldBe([new Contradiction(ModelVersionNotHigher.Code, new DateOnly(2010, 7, 1), [4])]);
        Contradictions(Launched(), Appointed(), Appointed() with { On = RevisionDay }).Select(c => c.Code).ShouldBe([CouncilMemberAppointedAlready.Code]);
        Contradictions(Launched(), Retired()).Select(c => c.Code).ShouldBe([CouncilMemberNotAppointed.Code]);
    }

    [Fact]
    public void What_stands_before_the_launch_finds_no_programme_and_changes_nothing()
    {
        Contradictions(Adopted(), Launched()).Select(c => c.Code).ShouldBe([ProgrammeUnknown.Code]);
        StateOf(Adopted()).ShouldBe(ProgrammeState.Initial);
    }

    private static ProgrammeState StateOf(params Fact[] facts) => (ProgrammeState)ProgrammeAggregate.Instance.Fold(facts);

    private static IReadOnlyList<Contradiction> Contradictions(params Fact[] inEffectiveOrder) =>
        ProgrammeAggregate.Instance.Contradictions([.. inEffectiveOrder.Select((fact, i) => new StandingFact(i + 1, fact))]);
}
