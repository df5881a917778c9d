using HousingBank.Domain.Applications;
using HousingBank.Domain.CouncilMeetings;
using HousingBank.Domain.IntakeRounds;
using HousingBank.Domain.Programmes;
using HousingBank.Domain.Reviews;
using HousingBank.Domain.Vocabulary;
using static HousingBank.Domain.Tests.Some;

namespace HousingBank.Domain.Tests;

/// <summary>A council of five with a round to advise on: two criteria, one application under review.</summary>
public static class Council
{
    public const string Chair = "member-1";

    public static readonly DateOnly MeetingDay = new(2009, 9, 1);

    public static ValueList<string> Members { get; } = [Chair, "member-2", "member-3", "member-4", "member-5"];

    public static ValueList<SelectionCriterion> Criteria { get; } =
        [new("need", new LocalText("Behov"), 60), new("capacity", new LocalText("Gjennomføringsevne"), 40)];

    public static StreamId Meeting { get; } = CouncilMeetingId.Of(Round).Stream;

    public static RoundOpened OpenedWithCriteria() => Opened() with { Criteria = Criteria };

    public static CouncilMemberAppointed Appointed(string member) => new(member, "Husbanken", true, null) { On = LaunchDay };

    public static CouncilAffiliationNoted Affiliated(string member, MunicipalityId municipality) => new(member, municipality, "folkevalgt") { On = LaunchDay };

    public static CouncilMeetingCalled Called() => new(Round, StatedDay.Exactly(MeetingDay)) { On = new DateOnly(2009, 8, 1) };

    public static CouncilMeetingOpened MeetingOpened(params ReadOnlySpan<string> present) =>
        new(Chair, present.IsEmpty ? Members : [.. present]) { On = MeetingDay };

    public static CouncilMeetingClosed MeetingClosed() => new() { On = MeetingDay };

    public static ReviewBegun Begun(string member) => new(Round, Hamar, member) { On = new DateOnly(2009, 8, 10) };

    public static ReviewHandedIn HandedIn(int version = 1) => new(version, Scores(4, 5), null) { On = new DateOnly(2009, 8, 10) };

    public static MemberRecused Recused(string member, RecusalCause cause = RecusalCause.SelfDeclared) => new(member, cause, "Har vært rådgiver for kommunen") { On = new DateOnly(2009, 6, 20) };

    public static ValueList<CriterionScore> Scores(int need, int capacity) => [new("need", need, "Mange uten bolig"), new("capacity", capacity, "Egen prosjektleder")];

    public static StreamId ReviewOf(string member) => ReviewId.Of(ApplicationId.Of(Round, Hamar), member).Stream;

    /// <summary>Programme with its council, round and an application under review.</summary>
    public static Scenario UnderReview(params ReadOnlySpan<Fact> more) => Scenario
        .Given(Programme.Stream, [Launched(), .. Members.Select(Appointed)])
        .And(Round.Stream, OpenedWithCriteria(), Invited(Hamar))
        .And(Hamar.Stream, Registered(Hamar))
        .And(ApplicationOf(Hamar), [Drafted(Hamar), Submitted(), DeclaredComplete(), ReviewStarted(), .. more]);

    /// <summary>And these members have handed in.</summary>
    public static Scenario ReviewedBy(this Scenario scenario, params ReadOnlySpan<string> members)
    {
        foreach (var member in members)
            scenario.And(ReviewOf(member), Begun(member), HandedIn());
        return scenario;
    }
}
