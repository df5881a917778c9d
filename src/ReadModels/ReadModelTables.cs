using HousingBank.ReadModels.Tables;
using HousingBank.Store;

namespace HousingBank.ReadModels;

/// <summary>The two-clock tables that the screens read: one for each kind of thing.</summary>
public static class ReadModelTables
{
    public static IReadOnlyList<TwoClockTable> All { get; } =
    [
        new MunicipalityTable(),
        new MunicipalityNumberTable(),
        new ProgrammeTable(),
        new FrameworkPhaseTable(),
        new CouncilMemberTable(),
        new CouncilAffiliationTable(),
        new RoundTable(),
        new InvitationTable(),
        new SelectionFigureTable(),
        new ApplicationTable(),
        new RecusalTable(),
        new ReviewTable(),
        new CouncilMeetingTable(),
        new LetterTable(),
        new LetterTemplateTable(),
        new AgreementTable(),
        new CommitmentTable(),
        new ParticipationTable(),
        new PhaseTable(),
        new ExtensionTable(),
        new CriterionTable(),
        new OrganisationTable(),
        new PreAnalysisTable(),
        new AnchoringTable(),
        new LearningEntryTable(),
        new LearningOutcomeTable(),
        new ContradictionTable(),
    ];
}
