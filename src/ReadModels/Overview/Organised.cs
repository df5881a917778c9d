using HousingBank.Domain.Participations;
using HousingBank.ReadModels.PhaseBoard;
using HousingBank.ReadModels.Tables;
using HousingBank.Store;

namespace HousingBank.ReadModels.Overview;

/// <summary>How participants are organised and anchored on the day asked about.</summary>
internal sealed class Organised
{
    private readonly Asked<OrganisationRow> _parts;
    private readonly Asked<AnchoringRow> _anchoring;
    private readonly Lazy<ILookup<StreamKey, Segment<OrganisationRow>>> _partsOf;
    private readonly Lazy<ILookup<StreamKey, Segment<AnchoringRow>>> _anchoringOf;

    /// <param name="streams">The participants' streams, where they are known; null for all.</param>
    public Organised(Look look, IReadOnlyList<StreamKey>? streams = null)
    {
        _parts = look.At<OrganisationRow>(streams);
        _anchoring = look.At<AnchoringRow>(streams);
        _partsOf = new(() => _parts.Rows.ToLookup(r => r.Stream));
        _anchoringOf = new(() => _anchoring.Rows.ToLookup(r => r.Stream));
    }

    public OverviewColumn Column(Segment<ParticipationRow> course, BoardCard card)
    {
        var assessments = Assessments(course.Stream);

        Segment<OrganisationRow>? Part(string part) => _partsOf.Value[course.Stream].FirstOrDefault(p => p.Row.Part == part);

        Anchoring? Latest(AnchoringDimension dimension) => assessments.FirstOrDefault(a => a.Dimension == Codes.Of(dimension));

        return new(
            card.Participation,
            card.Municipality,
            card.RoundNumber,
            card.Phase,
            Part(OrganisationTable.SteeringGroup) is { } steering ? SteeringGroup(steering) : null,
            Part(OrganisationTable.ProjectGroup) is { } project ? ProjectGroup(project) : null,
            Part(OrganisationTable.ProgrammeLeader) is { } leader ? ProgrammeLeader(leader) : null,
            Latest(AnchoringDimension.Political),
            Latest(AnchoringDimension.Administrative),
            Latest(AnchoringDimension.External),
            Latest(AnchoringDimension.Users),
            Latest(AnchoringDimension.Plans),
            Part(OrganisationTable.MainGoals) is { } goals ? MainGoals(goals) : null,
            card.IsSimulated);
    }

    /// <summary>The newest first; those of one day the last recorded first.</summary>
    public IReadOnlyList<Anchoring> Assessments(StreamKey course) =>
        [.. _anchoringOf.Value[course].OrderByDescending(a => a.Row.AssessedOn.On).ThenByDescending(a => a.Versions[^1]).Select(Anchoring)];

    private static SteeringGroup SteeringGroup(Segment<OrganisationRow> part) => new(
        Members(part.Row),
        part.Row.OtherCounts.GroupBy(c => c.Source).ToDictionary(g => g.Key, g => g.Last().Count),
        part.Row.LocalName,
        part.Row.Since,
        FactsBehind.Of(part));

    private static ProjectGroup ProjectGroup(Segment<OrganisationRow> part) =>
        new(Codes.Of(part.Row.ProjectGroupModel)!, Members(part.Row), part.Row.Since, FactsBehind.Of(part));

    private static ProgrammeLeader ProgrammeLeader(Segment<OrganisationRow> part) => new(
        part.Row.Unit!, Codes.Of(part.Row.Placement)!, Codes.Of(part.Row.Orientation)!, part.Row.LocalName, part.Row.Person, part.Row.Since, FactsBehind.Of(part));

    private static MainGoals MainGoals(Segment<OrganisationRow> part) => new(part.Row.Goals, part.Row.LocalName, part.Row.Since, FactsBehind.Of(part));

    private static GroupMember[] Members(OrganisationRow row) => [.. row.Members.Select(m => new GroupMember(m.Text, Codes.Of(m.RoleLevel), m.Person))];

    private static Anchoring Anchoring(Segment<AnchoringRow> assessed) => new(
        Codes.Of(assessed.Row.Dimension),
        Codes.Of(assessed.Row.Level),
        assessed.Row.Ownership,
        assessed.Row.Representation,
        assessed.Row.Statements,
        [.. assessed.Row.Plans.Select(p => new AnchoringPlan(p.Plan, Codes.Of(p.Relation)))],
        Codes.Of(assessed.Row.AssessedBy),
        assessed.Row.AssessedOn,
        FactsBehind.Of(assessed));
}
