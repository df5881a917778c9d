using HousingBank.Domain.Applications;
using HousingBank.Domain.IntakeRounds;
using HousingBank.Domain.Municipalities;
using HousingBank.Domain.Programmes;
using HousingBank.Domain.Vocabulary;

namespace HousingBank.Domain.Tests;

/// <summary>A programme, its first round and two municipalities, as good as any: what a rule does not speak of.</summary>
public static class Some
{
    public static readonly ProgrammeId Programme = new(new Guid("01977f00-0000-7000-8000-000000000001"));
    public static readonly RoundId Round = new(new Guid("01977f00-0000-7000-8000-000000000002"));
    public static readonly MunicipalityId Hamar = new("hamar");
    public static readonly MunicipalityId Moss = new("moss");
    public static readonly DateOnly LaunchDay = new(2009, 3, 1);
    public static readonly DateOnly OpeningDay = new(2009, 3, 15);
    public static readonly DateOnly Deadline = new(2009, 6, 1);

    public static readonly string TooLongForAName = new('a', Fields.NameLength + 1);
    public static readonly string TooLongForAReason = new('a', Fields.ReasonLength + 1);

    public static ValueList<ModelPhase> Phases { get; } =
    [
        new(Phase.Preparation, 3, null, null, GateCriteria.Leaving(Phase.Preparation)),
        new(Phase.Planning, 6, null, null, GateCriteria.Leaving(Phase.Planning)),
        new(Phase.Implementation, 36, null, 12, GateCriteria.Leaving(Phase.Implementation)),
        new(Phase.PhaseOut, 24, 12, null, GateCriteria.Leaving(Phase.PhaseOut)),
    ];

    public static ApplicationContent Content { get; } = new(
        new Resolution("kommunestyret", Day(2009, 4, 20), "09/123"),
        "Bostedsløse og unge i etableringsfasen mangler egnet bolig.",
        ["Bosetting", "Boveiledning"],
        "Styringsgruppe ledet av rådmannen, prosjektgruppe med NAV.",
        "Servicekontoret");

    public static SignOff SignedOff { get; } = new(Signatory.ChiefExecutive, null);

    public static StatedDay Day(int year, int month, int day) => new DateOnly(year, month, day);

    public static ProgrammeLaunched Launched() => new(
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

    public static MunicipalityRegistered Registered(MunicipalityId municipality) =>
        new(municipality, municipality.Key, MunicipalityKind.Municipality, "Hedmark", null) { On = new DateOnly(1992, 1, 1) };

    public static RoundOpened Opened(int? capacity = 4, bool openToAll = false) =>
        new(Programme, 1, StatedDay.Exactly(Deadline), capacity, openToAll, []) { On = OpeningDay };

    public static MunicipalityInvited Invited(MunicipalityId municipality) => new(municipality) { On = OpeningDay };

    public static ApplicationDrafted Drafted(MunicipalityId municipality) => new(Round, municipality) { On = new DateOnly(2009, 4, 1) };

    public static ApplicationSubmitted Submitted() => new(Content, false, SignedOff, []) { On = new DateOnly(2009, 5, 20) };

    public static ApplicationDeclaredComplete DeclaredComplete() => new([]) { On = new DateOnly(2009, 6, 10) };

    public static ReviewStarted ReviewStarted() => new() { On = new DateOnly(2009, 6, 15) };

    /// <summary>Of an imported source that tells a recommendation and nothing of the reviews.</summary>
    public static Grounds OfSource { get; } = new(null, new Basis(BasisKind.Source, "delrapport 2010"), null, [IntakePrerequisites.Reviews]);

    public static RecommendationNoted Recommended(Advice advice = Advice.Admit) =>
        new(advice, 1, 6, 1, "Godt forankret.") { On = new DateOnly(2009, 9, 1) };

    public static StreamId ApplicationOf(MunicipalityId municipality) => ApplicationId.Of(Round, municipality).Stream;
}
