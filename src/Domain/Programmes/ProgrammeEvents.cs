using HousingBank.Domain.Vocabulary;

namespace HousingBank.Domain.Programmes;

/// <summary>What has happened to one programme as a whole.</summary>
public abstract record ProgrammeEvent : Fact;

/// <param name="Owner">The regional office it belongs to.</param>
/// <param name="PeriodTo">The last day of the period, included.</param>
/// <param name="TargetMunicipalities">How many municipalities it is meant to reach in all.</param>
/// <param name="MunicipalitiesPerRound">How many are meant to come in with each round, about.</param>
[StoredAs("programme-launched")]
public sealed record ProgrammeLaunched(
    LocalText Name,
    string Owner,
    StatedDay PeriodFrom,
    StatedDay PeriodTo,
    int TargetMunicipalities,
    int MunicipalitiesPerRound,
    LocalText Vision,
    ValueList<LocalText> Goals,
    ValueList<KnowledgeArea> KnowledgeAreas) : ProgrammeEvent;

/// <summary>A phase as a version of the framework model (rammemodell) describes it.</summary>
/// <param name="LongestMonths">Longest duration in whole calendar months.</param>
/// <param name="ShortestMonths">Shortest duration in whole calendar months; null when there is none.</param>
/// <param name="RevisionMonths">How often the action plan must be revised in this phase; null when it need not be.</param>
/// <param name="Criteria">Codes of what must be in place to leave the phase: <see cref="GateCriteria"/>.</param>
public sealed record ModelPhase(Phase Phase, int LongestMonths, int? ShortestMonths, int? RevisionMonths, ValueList<string> Criteria);

/// <param name="Phases">In order.</param>
/// <param name="Reason">Null when the source gives none.</param>
[StoredAs("framework-model-adopted")]
public sealed record FrameworkModelAdopted(int Version, ValueList<ModelPhase> Phases, string? Reason) : ProgrammeEvent;

/// <summary>A newer version. A municipality stays on the version it entered under until a decision moves it.</summary>
/// <param name="Version">Higher than every version before it.</param>
[StoredAs("framework-model-revised")]
public sealed record FrameworkModelRevised(int Version, ValueList<ModelPhase> Phases, string Reason) : ProgrammeEvent;

/// <param name="Owner">The group that owns the programme and decides.</param>
/// <param name="Secretariat">Who runs it.</param>
/// <param name="Council">Who advises.</param>
[StoredAs("office-described")]
public sealed record OfficeDescribed(string Owner, string Secretariat, string Council) : ProgrammeEvent;

/// <param name="Member">A reference to the person; never a name.</param>
/// <param name="Affiliation">The organisation the member comes from.</param>
/// <param name="Inside">True for a member from the bank itself.</param>
/// <param name="Until">The last day of the appointment, included; null when it is not limited.</param>
/// <param name="Person">Who it is, sealed; null when nobody was named.</param>
[StoredAs("council-member-appointed", 2)]
public sealed record CouncilMemberAppointed(string Member, string Affiliation, bool Inside, StatedDay? Until, PersonalData? Person = null) : ProgrammeEvent;

[StoredAs("council-member-retired")]
public sealed record CouncilMemberRetired(string Member) : ProgrammeEvent;

/// <summary>A council member belongs to a municipality in a way that makes the member partial (inhabil) in its applications.</summary>
/// <param name="As">How: "employed", "elected", "close family".</param>
[StoredAs("council-affiliation-noted")]
public sealed record CouncilAffiliationNoted(string Member, MunicipalityId Municipality, string As) : ProgrammeEvent;

/// <summary>Its day is the first on which the member no longer belongs there.</summary>
[StoredAs("council-affiliation-ended")]
public sealed record CouncilAffiliationEnded(string Member, MunicipalityId Municipality) : ProgrammeEvent;

/// <summary>An intake round of the programme took its number, which no other can have.</summary>
[StoredAs("round-numbered")]
public sealed record RoundNumbered(RoundId Round, int Number) : ProgrammeEvent;

/// <param name="Target">How many municipalities the programme is now meant to reach in all.</param>
[StoredAs("target-changed")]
public sealed record TargetChanged(int Target, string Reason) : ProgrammeEvent;
