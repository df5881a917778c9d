using HousingBank.Domain.Participations;
using HousingBank.Domain.Vocabulary;
using HousingBank.Store;

namespace HousingBank.ReadModels.Tables;

/// <summary>One part of how a participant is organised: its programme leader, steering group, project group or main goals.</summary>
/// <param name="Part">programmeLeader, steeringGroup, projectGroup or mainGoals; the columns of the other parts are empty.</param>
/// <param name="Person">The programme leader, sealed.</param>
/// <param name="LocalName">What the municipality calls it, where it differs.</param>
public sealed record OrganisationRow(
    ParticipationId Participation,
    string Part,
    Day Since,
    string? LocalName,
    string? Unit,
    ProgrammeLeaderPlacement? Placement,
    ProgrammeLeaderOrientation? Orientation,
    ProjectGroupModel? ProjectGroupModel,
    ValueList<GroupMember> Members,
    ValueList<OtherCount> OtherCounts,
    ValueList<string> Goals,
    PersonalData? Person);

public sealed class OrganisationTable() : RowsTable<OrganisationRow, ParticipationEvent>("organisation", "participation")
{
    public const string ProgrammeLeader = "programmeLeader";
    public const string SteeringGroup = "steeringGroup";
    public const string ProjectGroup = "projectGroup";
    public const string MainGoals = "mainGoals";

    public override int Version => 2;

    protected override Rows<OrganisationRow> Apply(
        Rows<OrganisationRow> rows, ParticipationEvent fact, StoredFact stored)
    {
        OrganisationRow Row(string part, string? localName) =>
            new(stored.Id(ParticipationId.From), part, Day.Of(stored.On), localName, null, null, null, null, [], [], [], null);

        var row = fact switch
        {
            ProgrammeLeaderAppointed e => Row(ProgrammeLeader, e.LocalTitle) with { Unit = e.Unit, Placement = e.Placement, Orientation = e.Orientation, Person = e.Person },
            SteeringGroupAppointed e => Row(SteeringGroup, e.LocalName) with { Members = e.Members, OtherCounts = e.OtherCounts },
            ProjectGroupAppointed e => Row(ProjectGroup, null) with { ProjectGroupModel = e.Model, Members = e.Members },
            MainGoalsDescribed e => Row(MainGoals, e.LocalName) with { Goals = e.Goals },
            _ => null,
        };
        return row is null ? rows : rows.SetItem(row.Part, row);
    }
}
