using HousingBank.Domain.Learning;
using HousingBank.Domain.Municipalities;
using HousingBank.Domain.Participations;
using HousingBank.Domain.Programmes;
using HousingBank.Domain.Vocabulary;
using static HousingBank.Domain.Learning.LearningEntryRefusals;
using static HousingBank.Domain.Tests.Some;

namespace HousingBank.Domain.Tests.Learning;

public class LearningEntryTests
{
    private static readonly LearningEntryId Entry = new(new Guid("01977f00-0000-7000-8000-000000000003"));
    private static readonly DateOnly WritingDay = new(2010, 9, 1);
    private static readonly DateOnly Later = new(2010, 10, 1);

    private static Scenario Ground() => Scenario
        .Given(Programme.Stream, Launched())
        .And(Hamar.Stream, Registered(Hamar))
        .And(Moss.Stream, Registered(Moss));

    private static Scenario Log(params ReadOnlySpan<Fact> after) => Ground().And(Entry.Stream, Written()).And(Entry.Stream, after);

    private static WriteLearningEntry Write() => new(
        Entry, Programme, Hamar, null, KnowledgeArea.PracticalWork, 2, LearningForm.Tacit, LearningLevel.Organisation, Phase.Planning, "Arbeidsmøter virker.", null)
    {
        On = WritingDay,
    };

    private static LearningEntryWritten Written() => new(
        Programme, Hamar, null, KnowledgeArea.PracticalWork, 2, LearningForm.Tacit, LearningLevel.Organisation, Phase.Planning, "Arbeidsmøter virker.", null)
    {
        On = WritingDay,
    };

    private static ShareLearningEntry Share() => new(Entry, "Programkommunene") { On = Later };

    private static LearningEntryShared Shared() => new("Programkommunene") { On = Later };

    private static TakeUpLearningEntry TakeUp(MunicipalityId by) => new(Entry, by) { On = Later };

    private static LearningEntryTakenUp TakenUp(MunicipalityId by) => new(by) { On = Later };

    private static BringLearningEntryToMinistry Bring() => new(Entry, "Tertialrapport 3/2010") { On = Later };

    private static LinkLearningEntryToChange Link() => new(Entry, ChangeKind.FrameworkModel, "Rammemodell 2") { On = Later };

    private static LearningEntryLedToChange LedToChange() => new(ChangeKind.FrameworkModel, "Rammemodell 2") { On = Later };

    private static SetLearningEntryAside SetAside() => new(Entry, "Gjelder bare Hamar") { On = Later };

    private static LearningEntrySetAside IsSetAside() => new("Gjelder bare Hamar") { On = Later };

    [Fact]
    public void An_entry_is_written_about_a_municipality_or_the_programme()
    {
        Ground().When(Write()).Then(Written());
        Ground().When(Write() with { Municipality = null }).Then(Written() with { Municipality = null });
    }

    [Fact]
    public void An_entry_written_twice_is_written_once() => Log().When(Write()).ThenNothing();

    [Fact]
    public void An_entry_is_not_written_over() => Log().When(Write() with { Loop = 3 }).ThenRefused(LearningEntryWrittenAlready);

    [Fact]
    public void An_entry_comes_from_a_programme_a_municipality_and_a_participation_that_are_there()
    {
        var participation = ParticipationId.Of(Round, Hamar);
        Scenario.Given(Hamar.Stream, Registered(Hamar)).When(Write()).ThenRefused(ProgrammeRefusals.ProgrammeUnknown);
        Scenario.Given(Programme.Stream, Launched()).When(Write()).ThenRefused(MunicipalityRefusals.MunicipalityUnknown);
        Ground().When(Write() with { Participation = participation }).ThenRefused(ParticipationRefusals.ParticipationUnknown);
        var opened = new CandidacyOpened(Programme, Round, 1, Hamar, 1) { On = WritingDay };
        Ground().And(participation.Stream, opened).When(Write() with { Participation = participation, Municipality = Moss }).ThenRefused(ParticipationOfAnotherMunicipality);
        Ground().And(participation.Stream, opened).When(Write() with { Participation = participation }).Then(Written() with { Participation = participation });
        Ground().When(Write() with { Participation = participation, Municipality = null }).ThenRefused(ParticipationWithoutMunicipality);
    }

    [Fact]
    public void Wrong_fields_of_an_entry_are_named()
    {
        Ground().When(Write() with { Area = (KnowledgeArea)4 }).ThenRefused(Fields.UnknownValue, "area");
        Ground().When(Write() with { Loop = 0 }).ThenRefused(Fields.OutOfRange, "loop");
        Ground().When(Write() with { Loop = 4 }).ThenRefused(Fields.OutOfRange, "loop");
        Ground().When(Write() with { Form = (LearningForm)2 }).ThenRefused(Fields.UnknownValue, "form");
        Ground().When(Write() with { Level = (LearningLevel)4 }).ThenRefused(Fields.UnknownValue, "level");
        Ground().When(Write() with { Phase = (Phase)4 }).ThenRefused(Fields.UnknownValue, "phase");
        Ground().When(Write() with { Text = "" }).ThenRefused(Fields.Missing, "text");
        Ground().When(Write() with { Evidence = new string('a', Fields.TextLength + 1) }).ThenRefused(Fields.TooLong, "evidence");
    }

    [Fact]
    public void An_entry_is_shared()
    {
        Log().When(Share()).Then(Shared());
        Log().When(Share() with { With = "" }).ThenRefused(Fields.Missing, "with");
    }

    [Fact]
    public void An_entry_shared_twice_with_the_same_is_shared_once() => Log(Shared()).When(Share()).ThenNothing();

    [Fact]
    public void An_entry_can_be_shared_with_others_too() =>
        Log(Shared()).When(Share() with { With = "Fylkesmannen" }).Then(Shared() with { With = "Fylkesmannen" });

    [Fact]
    public void A_shared_entry_is_taken_up_by_another_municipality() => Log(Shared()).When(TakeUp(Moss)).Then(TakenUp(Moss));

    [Fact]
    public void An_entry_taken_up_twice_is_taken_up_once() => Log(Shared(), TakenUp(Moss)).When(TakeUp(Moss)).ThenNothing();

    [Fact]
    public void A_municipalitys_entry_is_its_own_until_it_is_shared() => Log().When(TakeUp(Moss)).ThenRefused(LearningEntryNotShared);

    [Fact]
    public void An_entry_about_the_programme_is_everybodys() =>
        Ground().And(Entry.Stream, Written() with { Municipality = null }).When(TakeUp(Moss)).Then(TakenUp(Moss));

    [Fact]
    public void A_municipality_does_not_take_up_its_own_entry() => Log(Shared()).When(TakeUp(Hamar)).ThenRefused(TakenUpByItsOwn);

    [Fact]
    public void Only_municipalities_of_the_register_take_up_an_entry() =>
        Log(Shared()).When(TakeUp(new MunicipalityId("atlantis"))).ThenRefused(MunicipalityRefusals.MunicipalityUnknown);

    [Fact]
    public void An_entry_is_brought_to_the_ministry()
    {
        Log().When(Bring()).Then(new LearningEntryBroughtToMinistry("Tertialrapport 3/2010") { On = Later });
        Log().When(Bring() with { Reference = " " }).ThenRefused(Fields.Missing, "reference");
    }

    [Fact]
    public void An_entry_brought_to_the_ministry_twice_is_brought_once() =>
        Log(new LearningEntryBroughtToMinistry("Tertialrapport 3/2010") { On = Later }).When(Bring()).ThenNothing();

    [Fact]
    public void An_entry_leads_to_a_change()
    {
        Log().When(Link()).Then(LedToChange());
        Log().When(Link() with { Kind = (ChangeKind)4 }).ThenRefused(Fields.UnknownValue, "kind");
        Log().When(Link() with { Reference = "" }).ThenRefused(Fields.Missing, "reference");
    }

    [Fact]
    public void An_entry_linked_to_a_change_twice_is_linked_once() => Log(LedToChange()).When(Link()).ThenNothing();

    [Fact]
    public void An_entry_is_set_aside_with_a_reason()
    {
        Log().When(SetAside()).Then(IsSetAside());
        Log().When(SetAside() with { Reason = "" }).ThenRefused(Fields.Missing, "reason");
    }

    [Fact]
    public void An_entry_set_aside_twice_is_set_aside_once() => Log(IsSetAside()).When(SetAside()).ThenNothing();

    [Fact]
    public void What_led_to_a_change_is_not_set_aside() => Log(LedToChange()).When(SetAside()).ThenRefused(LearningEntryLedToAChange);

    [Fact]
    public void Nothing_more_becomes_of_an_entry_that_was_set_aside()
    {
        Log(IsSetAside()).When(Share()).ThenRefused(LearningEntryIsSetAside);
        Log(Shared(), IsSetAside()).When(TakeUp(Moss)).ThenRefused(LearningEntryIsSetAside);
        Log(IsSetAside()).When(Bring()).ThenRefused(LearningEntryIsSetAside);
        Log(IsSetAside()).When(Link()).ThenRefused(LearningEntryIsSetAside);
        Log(IsSetAside()).When(SetAside() with { Reason = "Noe annet" }).ThenRefused(LearningEntryIsSetAside);
    }

    [Fact]
    public void What_became_of_an_entry_before_it_was_set_aside_can_be_recorded_after() =>
        Log(IsSetAside()).When(Bring() with { On = WritingDay }).Decision.ShouldBeOfType<Decision.Accepted>().Facts.Count.ShouldBe(1);

    [Fact]
    public void Nothing_becomes_of_an_entry_that_is_not_there()
    {
        Ground().When(Share()).ThenRefused(LearningEntryUnknown);
        Ground().When(TakeUp(Moss)).ThenRefused(LearningEntryUnknown);
        Ground().When(Bring()).ThenRefused(LearningEntryUnknown);
        Ground().When(Link()).ThenRefused(LearningEntryUnknown);
        Ground().When(SetAside()).ThenRefused(LearningEntryUnknown);
    }

    [Fact]
    public void What_stands_in_the_wrong_order_is_a_contradiction()
    {
        Contradictions(Shared(), Written()).Select(c => c.Code).ShouldBe([LearningEntryUnknown.Code]);
        LearningEntryAggregate.Instance.Fold([Shared()]).ShouldBe(LearningEntryState.Initial);
        Contradictions(Written(), TakenUp(Moss), Shared()).Select(c => c.Code).ShouldBe([LearningEntryNotShared.Code]);
        Contradictions(Written(), LedToChange(), IsSetAside()).Select(c => c.Code).ShouldBe([LearningEntryLedToAChange.Code]);
    }

    private static IReadOnlyList<Contradiction> Contradictions(params Fact[] inEffectiveOrder) =>
        LearningEntryAggregate.Instance.Contradictions([.. inEffectiveOrder.Select((fact, i) => new StandingFact(i + 1, fact))]);
}
