using HousingBank.Domain.Programmes;
using HousingBank.Domain.Vocabulary;
using HousingBank.Store;

namespace HousingBank.ReadModels.Tables;

/// <summary>A phase as one version of a framework model (rammemodell) describes it.</summary>
/// <param name="Place">1 for the first phase of the model.</param>
/// <param name="Reason">Why the version was adopted; null when the source gives none.</param>
/// <param name="Criteria">What leaving the phase demands.</param>
public sealed record FrameworkPhaseRow(
    ProgrammeId Programme,
    int ModelVersion,
    Day AdoptedOn,
    string? Reason,
    int Place,
    Phase Phase,
    int LongestMonths,
    int? ShortestMonths,
    int? RevisionMonths,
    ValueList<string> Criteria);

public sealed class FrameworkPhaseTable() : RowsTable<FrameworkPhaseRow, ProgrammeEvent>("framework_phase", "programme")
{
    protected override Rows<FrameworkPhaseRow> Apply(
        Rows<FrameworkPhaseRow> rows, ProgrammeEvent fact, StoredFact stored) => fact switch
        {
            FrameworkModelAdopted e => rows.SetItems(Phases(e.Version, e.Phases, e.Reason, stored)),
            FrameworkModelRevised e => rows.SetItems(Phases(e.Version, e.Phases, e.Reason, stored)),
            _ => rows,
        };

    private static IEnumerable<KeyValuePair<string, FrameworkPhaseRow>> Phases(int version, ValueList<ModelPhase> phases, string? reason, StoredFact stored) =>
        phases.Select((p, i) => KeyValuePair.Create($"{version:D4}/{i + 1:D2}", new FrameworkPhaseRow(
            stored.Id(ProgrammeId.From), version, Day.Of(stored.On), reason, i + 1, p.Phase, p.LongestMonths, p.ShortestMonths, p.RevisionMonths, p.Criteria)));
}
