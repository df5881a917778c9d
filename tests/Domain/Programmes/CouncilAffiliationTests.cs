using HousingBank.Domain.Programmes;
using HousingBank.Domain.Vocabulary;
using static HousingBank.Domain.Programmes.ProgrammeRefusals;
using static HousingBank.Domain.Tests.Some;

namespace HousingBank.Domain.Tests.Programmes;

/// <summary>Where the members of the council belong.</summary>
public class CouncilAffiliationTests
{
    private const string Member = "member-2";

    private static readonly DateOnly Noted = new(2010, 1, 1);
    private static readonly DateOnly Ended = new(2011, 1, 1);

    private static NoteCouncilAffiliation Note() => new(Programme, Member, Hamar, "folkevalgt") { On = Noted };

    private static EndCouncilAffiliation End() => new(Programme, Member, Hamar) { On = Ended };

    private static CouncilAffiliationNoted WasNoted() => new(Member, Hamar, "folkevalgt") { On = Noted };

    private static CouncilAffiliationEnded WasEnded() => new(Member, Hamar) { On = Ended };

    private static Scenario Running(params ReadOnlySpan<Fact> more) => Scenario.Given(Programme.Stream, [Launched(), .. more]);

    [Fact]
    public void An_affiliation_is_noted_with_how_the_member_belongs_there()
    {
        Running().When(Note()).Then(WasNoted());
        Running().When(Note() with { As = "" }).ThenRefused(Fields.Missing, "as");
        Running().When(Note() with { Member = "" }).ThenRefused(Fields.Missing, "member");
        Running().When(Note() with { Municipality = new MunicipalityId("") }).ThenRefused(Fields.Missing, "municipality");
    }

    [Fact]
    public void Noted_twice_it_is_noted_once() => Running(WasNoted()).When(Note()).ThenNothing();

    [Fact]
    public void One_that_lasts_is_not_noted_again_from_a_later_day() => Running(WasNoted()).When(Note() with { On = Day(2010, 6, 1) }).ThenRefused(CouncilAffiliationNotedAlready);

    [Fact]
    public void It_ends_before_the_day_of_its_end()
    {
        Running(WasNoted()).When(End()).Then(WasEnded());
        StateOf(Launched(), WasNoted(), WasEnded()).IsAffiliated(Member, Hamar, Ended).ShouldBeFalse();
        StateOf(Launched(), WasNoted(), WasEnded()).IsAffiliated(Member, Hamar, Ended.AddDays(-1)).ShouldBeTrue();
        Running(WasNoted()).When(End() with { Member = "" }).ThenRefused(Fields.Missing, "member");
        Running(WasNoted()).When(End() with { Municipality = new MunicipalityId("") }).ThenRefused(Fields.Missing, "municipality");
    }

    [Fact]
    public void Ended_twice_it_ends_once() => Running(WasNoted(), WasEnded()).When(End()).ThenNothing();

    [Fact]
    public void Only_what_lasts_is_ended()
    {
        Running().When(End()).ThenRefused(CouncilAffiliationUnknown);
        Running(WasNoted()).When(End() with { Municipality = Moss }).ThenRefused(CouncilAffiliationUnknown);
        Running(WasNoted(), WasEnded()).When(End() with { On = Day(2011, 6, 1) }).ThenRefused(CouncilAffiliationUnknown);
    }

    [Fact]
    public void It_can_come_back() =>
        Running(WasNoted(), WasEnded()).When(Note() with { On = Day(2012, 1, 1), As = "ansatt" }).Then(WasNoted() with { On = new DateOnly(2012, 1, 1), As = "ansatt" });

    [Fact]
    public void There_must_be_a_programme()
    {
        Scenario.Nothing.When(Note()).ThenRefused(ProgrammeUnknown);
        Scenario.Nothing.When(End()).ThenRefused(ProgrammeUnknown);
    }

    private static ProgrammeState StateOf(params Fact[] facts) => (ProgrammeState)ProgrammeAggregate.Instance.Fold(facts);
}
