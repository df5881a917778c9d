using HousingBank.Domain.Municipalities;
using HousingBank.Domain.Vocabulary;
using static HousingBank.Domain.Municipalities.MunicipalityRefusals;
using static HousingBank.Domain.Tests.Some;

namespace HousingBank.Domain.Tests.Municipalities;

public class MunicipalityTests
{
    private static readonly MunicipalityId Oslo = new("oslo");
    private static readonly MunicipalityId Sagene = new("oslo-sagene");
    private static readonly DateOnly LastDayOfTheOldCounties = new(2019, 12, 31);

    private static Scenario Register(params ReadOnlySpan<Fact> after) => Scenario
        .Given(Hamar.Stream, Registered(Hamar))
        .And(Hamar.Stream, after)
        .And(Moss.Stream, Registered(Moss));

    private static RegisterMunicipality RegisterHamar() => new(Hamar, "hamar", MunicipalityKind.Municipality, "Hedmark") { On = Day(1992, 1, 1) };

    private static RegisterMunicipality RegisterSagene() => new(Sagene, "Bydel Sagene", MunicipalityKind.CityDistrict, "Oslo", Oslo) { On = Day(2004, 1, 1) };

    private static AssignNumber Assign(string number, int year) => new(Hamar, number, "Innlandet", "Hamar") { On = Day(year, 1, 1) };

    private static NumberAssigned Assigned(string number, int year) => new(number, "Innlandet", "Hamar") { On = new DateOnly(year, 1, 1) };

    private static EndNumber End(string number) => new(Hamar, number) { On = LastDayOfTheOldCounties };

    private static NumberEnded Ended(string number) => new(number) { On = LastDayOfTheOldCounties };

    private static MergeMunicipality Merge(MunicipalityId into) => new(Hamar, into, "Kommunereformen") { On = Day(2020, 1, 1) };

    private static MunicipalityMerged Merged(MunicipalityId into) => new(into, "Kommunereformen") { On = new DateOnly(2020, 1, 1) };

    [Fact]
    public void A_municipality_is_registered_under_a_key_of_our_own() =>
        Scenario.Nothing.When(RegisterHamar()).Then(Registered(Hamar));

    [Fact]
    public void A_municipality_registered_twice_is_registered_once() =>
        Register().When(RegisterHamar()).ThenNothing();

    [Fact]
    public void A_key_stands_for_one_municipality() =>
        Register().When(RegisterHamar() with { Name = "Vang" }).ThenRefused(MunicipalityRegisteredAlready);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("Hamar")]
    [InlineData("lørenskog")]
    [InlineData("indre fosen")]
    [InlineData("-hamar")]
    [InlineData("hamar\n")]
    [InlineData("h/amar")]
    [InlineData("a-key-that-is-much-longer-than-any-name-of-a-norwegian-municipality")]
    public void A_key_is_short_and_of_small_letters_figures_and_hyphens(string? key) =>
        Scenario.Nothing.When(RegisterHamar() with { Key = new MunicipalityId(key!) }).ThenRefused(KeyNotWellFormed);

    [Fact]
    public void Wrong_fields_of_a_registration_are_named()
    {
        Scenario.Nothing.When(RegisterHamar() with { Name = "" }).ThenRefused(Fields.Missing, "name");
        Scenario.Nothing.When(RegisterHamar() with { Name = TooLongForAName }).ThenRefused(Fields.TooLong, "name");
        Scenario.Nothing.When(RegisterHamar() with { County = " " }).ThenRefused(Fields.Missing, "county");
        Scenario.Nothing.When(RegisterHamar() with { Kind = (MunicipalityKind)7 }).ThenRefused(Fields.UnknownValue, "kind");
    }

    [Fact]
    public void A_district_lies_in_a_municipality_of_the_register()
    {
        Scenario.Given(Oslo.Stream, Registered(Oslo)).When(RegisterSagene())
            .Then(new MunicipalityRegistered(Sagene, "Bydel Sagene", MunicipalityKind.CityDistrict, "Oslo", Oslo) { On = new DateOnly(2004, 1, 1) });
        Scenario.Nothing.When(RegisterSagene()).ThenRefused(MunicipalityUnknown);
        Scenario.Nothing.When(RegisterSagene() with { PartOf = Sagene }).ThenRefused(MunicipalityUnknown);
        Scenario.Nothing.When(RegisterSagene() with { PartOf = null }).ThenRefused(DistrictWithoutMunicipality);
    }

    [Fact]
    public void A_municipality_lies_in_no_other() =>
        Register().When(RegisterHamar() with { PartOf = Moss }).ThenRefused(MunicipalityWithinAnother);

    [Fact]
    public void A_municipality_has_a_number_from_a_day() =>
        Register().When(Assign("0403", 1992)).Then(Assigned("0403", 1992));

    [Fact]
    public void A_number_assigned_twice_is_assigned_once() =>
        Register(Assigned("0403", 1992)).When(Assign("0403", 1992)).ThenNothing();

    [Theory]
    [InlineData("403")]
    [InlineData("04033")]
    [InlineData("04o3")]
    [InlineData("")]
    [InlineData(null)]
    public void A_number_has_four_figures_or_six_for_a_district(string? number) =>
        Register().When(Assign(number!, 1992)).ThenRefused(NumberNotWellFormed);

    [Fact]
    public void Name_and_county_of_a_number_are_given()
    {
        Register().When(Assign("0403", 1992) with { Name = "" }).ThenRefused(Fields.Missing, "name");
        Register().When(Assign("0403", 1992) with { County = "" }).ThenRefused(Fields.Missing, "county");
    }

    [Fact]
    public void A_municipality_has_one_number_at_a_time()
    {
        Register(Assigned("0403", 1992)).When(Assign("3403", 2020)).ThenRefused(NumberStillValid);
        Register(Assigned("0403", 1992), Ended("0403")).When(Assign("3403", 2019) with { On = LastDayOfTheOldCounties }).ThenRefused(NumberStillValid);
        Register(Assigned("0403", 1992), Ended("0403")).When(Assign("3403", 2020)).Then(Assigned("3403", 2020));
    }

    [Fact]
    public void A_number_ends_on_the_last_day_it_is_valid()
    {
        Register(Assigned("0403", 1992)).When(End("0403")).Then(Ended("0403"));
        StateOf(Registered(Hamar), Assigned("0403", 1992), Ended("0403")).Numbers
            .ShouldBe([new NumberPeriod("0403", "Innlandet", "Hamar", new DateOnly(1992, 1, 1), LastDayOfTheOldCounties)]);
    }

    [Fact]
    public void A_number_ended_twice_ends_once() =>
        Register(Assigned("0403", 1992), Ended("0403")).When(End("0403")).ThenNothing();

    [Fact]
    public void Only_a_number_that_is_valid_ends()
    {
        Register(Assigned("0403", 1992)).When(End("0417")).ThenRefused(NumberNotValid);
        Register(Assigned("3403", 2020)).When(End("3403")).ThenRefused(NumberNotValid);
    }

    [Fact]
    public void A_municipality_becomes_part_of_another() =>
        Register().When(Merge(Moss)).Then(Merged(Moss));

    [Fact]
    public void A_municipality_merged_twice_is_merged_once() =>
        Register(Merged(Moss)).When(Merge(Moss)).ThenNothing();

    [Fact]
    public void A_municipality_does_not_merge_into_itself_nor_twice_nor_into_one_that_is_gone()
    {
        Register().When(Merge(Hamar)).ThenRefused(MergedIntoItself);
        Register(Merged(Moss)).And(Oslo.Stream, Registered(Oslo)).When(Merge(Oslo)).ThenRefused(MunicipalityIsMerged);
        Register().And(Moss.Stream, new MunicipalityMerged(Oslo, null) { On = new DateOnly(2020, 1, 1) }).When(Merge(Moss)).ThenRefused(MunicipalityIsMerged);
        Register().When(Merge(Moss) with { Note = TooLongForAReason }).ThenRefused(Fields.TooLong, "note");
    }

    [Fact]
    public void A_municipality_that_is_part_of_another_gets_no_number_and_chooses_no_written_form()
    {
        Register(Merged(Moss)).When(Assign("3403", 2020)).ThenRefused(MunicipalityIsMerged);
        Register(Merged(Moss)).When(new ChooseWrittenForm(Hamar, WrittenForm.Bokmal) { On = Day(2020, 1, 1) }).ThenRefused(MunicipalityIsMerged);
    }

    [Fact]
    public void What_was_so_before_a_merger_can_be_recorded_after_it() =>
        Register(Merged(Moss)).When(Assign("0403", 1992)).Then(Assigned("0403", 1992));

    [Fact]
    public void A_municipality_chooses_its_written_form() =>
        Register().When(new ChooseWrittenForm(Hamar, WrittenForm.Nynorsk) { On = Day(2010, 1, 1) })
            .Then(new WrittenFormChosen(WrittenForm.Nynorsk) { On = new DateOnly(2010, 1, 1) });

    [Fact]
    public void A_written_form_chosen_twice_is_chosen_once() =>
        Register(new WrittenFormChosen(WrittenForm.Nynorsk) { On = new DateOnly(2010, 1, 1) })
            .When(new ChooseWrittenForm(Hamar, WrittenForm.Nynorsk) { On = Day(2010, 1, 1) })
            .ThenNothing();

    [Fact]
    public void A_written_form_is_one_of_three() =>
        Register().When(new ChooseWrittenForm(Hamar, (WrittenForm)3) { On = Day(2010, 1, 1) }).ThenRefused(Fields.UnknownValue, "form");

    [Fact]
    public void Nothing_is_said_of_a_municipality_that_is_not_registered()
    {
        Scenario.Nothing.When(Assign("0403", 1992)).ThenRefused(MunicipalityUnknown);
        Scenario.Nothing.When(End("0403")).ThenRefused(MunicipalityUnknown);
        Scenario.Nothing.When(Merge(Moss)).ThenRefused(MunicipalityUnknown);
        Scenario.Given(Hamar.Stream, Registered(Hamar)).When(Merge(Moss)).ThenRefused(MunicipalityUnknown);
        Scenario.Nothing.When(new ChooseWrittenForm(Hamar, WrittenForm.Neutral) { On = Day(2010, 1, 1) }).ThenRefused(MunicipalityUnknown);
    }

    [Fact]
    public void Two_numbers_on_the_same_day_are_a_contradiction() =>
        MunicipalityAggregate.Instance.Contradictions([new(1, Registered(Hamar)), new(2, Assigned("0403", 1992)), new(3, Assigned("3403", 2019)), new(4, Ended("0403"))])
            .ShouldBe([new Contradiction(NumberStillValid.Code, new DateOnly(2019, 1, 1), [3])]);

    [Fact]
    public void What_stands_before_the_registration_finds_no_municipality_and_changes_nothing()
    {
        MunicipalityAggregate.Instance.Contradictions([new(2, Assigned("0403", 1992)), new(1, Registered(Hamar))])
            .ShouldBe([new Contradiction(MunicipalityUnknown.Code, new DateOnly(1992, 1, 1), [2])]);
        StateOf(Assigned("0403", 1992)).ShouldBe(MunicipalityState.Initial);
    }

    private static MunicipalityState StateOf(params Fact[] facts) => (MunicipalityState)MunicipalityAggregate.Instance.Fold(facts);
}
