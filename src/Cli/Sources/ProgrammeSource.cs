using HousingBank.Domain.Participations;
using HousingBank.Domain.Vocabulary;

namespace HousingBank.Cli.Sources;

/// <summary>A programme as a source file tells it; what the file does not tell is null or empty here.</summary>
/// <param name="Document">What to call the source where a part of it names none.</param>
/// <param name="ReportedOn">The day of the report it was taken from: what it describes without a day was so on that day.</param>
public sealed record ProgrammeSource(
    string File,
    string Document,
    ToldProgramme? Programme,
    IReadOnlyList<ToldRound> Rounds,
    IReadOnlyList<ToldParticipation> Participations,
    Told<StatedDay>? ReportedOn);

public sealed record ToldProgramme(
    Place At,
    string Key,
    LocalText? Name,
    string Owner,
    Told<StatedDay>? Launched,
    int TargetMunicipalities,
    int MunicipalitiesPerRound,
    LocalText? Vision,
    ValueList<KnowledgeArea> KnowledgeAreas,
    ToldModel? Model,
    ToldOffice? Office,
    Told<StatedDay>? PeriodFrom,
    Told<StatedDay>? PeriodTo);

public sealed record ToldModel(Place At, int Version, IReadOnlyList<ToldModelPhase> Phases);

public sealed record ToldModelPhase(Phase Phase, int LongestMonths, int? ShortestMonths, int? RevisionMonths);

public sealed record ToldOffice(Place At, string Owner, string Secretariat, string Council);

/// <param name="Counts">How many were invited and applied, without their names.</param>
public sealed record ToldRound(
    Place At, int Number, Told<StatedDay>? Opened, Told<StatedDay>? Deadline, Told<StatedDay>? Decided, IReadOnlyList<Told<string>> Admitted, ToldCounts? Counts);

public sealed record ToldCounts(Place At, int? Invited, int? Applied, string? Source);

/// <param name="Municipality">Its key in the register.</param>
/// <param name="Resolution">What is told of the political treatment; neither its day nor its number.</param>
/// <param name="Agreement">That there is one, in the source's words.</param>
public sealed record ToldParticipation(
    Place At,
    string Municipality,
    int Round,
    IReadOnlyList<ToldPhase> Phases,
    Told<string>? Resolution,
    Told<string>? Agreement,
    ToldPreAnalysis? PreAnalysis,
    Told<ValueList<string>>? SteeringGroup,
    ToldSteeringCounts? SteeringCounts,
    Told<ProjectGroupModel>? ProjectGroupModel,
    ValueList<string> ProjectGroup,
    ToldLeader? Leader,
    ToldAnchoring? Anchoring,
    Told<ValueList<string>>? MainGoals,
    string? GoalsCalled,
    Told<StatedDay>? OrganisationChart)
{
    public bool TellsWithoutDays =>
        Agreement is not null || SteeringGroup is not null || ProjectGroupModel is not null || Leader is not null || Anchoring is not null || MainGoals is not null;
}

/// <param name="ByModel">True when the municipality was in the phase by the framework model only.</param>
/// <param name="CriteriaNotMet">What was missing at the gate before it.</param>
public sealed record ToldPhase(Place At, Phase Phase, Told<StatedDay>? Started, bool ByModel, ValueList<string> CriteriaNotMet, string? Source);

public sealed record ToldPreAnalysis(Place At, string Supplier, int Year, Told<StatedDay>? Started);

/// <summary>Two counts of one steering group that do not agree.</summary>
public sealed record ToldSteeringCounts(Place At, int Table, int Slide);

public sealed record ToldLeader(Place At, string Unit, ProgrammeLeaderPlacement Placement, ProgrammeLeaderOrientation Orientation);

public sealed record ToldAnchoring(IReadOnlyList<ToldDimension> Dimensions, Told<ValueList<PlanAnchoring>>? Plans);

public sealed record ToldDimension(Place At, AnchoringDimension Dimension, string? Ownership, bool? Representation, ValueList<string> Facts);
