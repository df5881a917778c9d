using HousingBank.Domain.Programmes;
using HousingBank.Domain.Vocabulary;
using HousingBank.Store;

namespace HousingBank.ReadModels.Tables;

/// <summary>A programme and its office.</summary>
/// <param name="Office">Null until it is described.</param>
/// <param name="ModelVersion">The framework model in force; null until one is adopted.</param>
public sealed record ProgrammeRow(
    ProgrammeId Programme,
    LocalText Name,
    string Owner,
    Day LaunchedOn,
    Day PeriodFrom,
    Day PeriodTo,
    int TargetMunicipalities,
    int MunicipalitiesPerRound,
    LocalText Vision,
    ValueList<LocalText> Goals,
    ValueList<KnowledgeArea> KnowledgeAreas,
    ProgrammeOffice? Office,
    int? ModelVersion,
    bool IsSimulated);

/// <param name="Owner">The group that owns the programme and decides.</param>
/// <param name="Secretariat">Who runs it.</param>
/// <param name="Council">Who advises.</param>
public sealed record ProgrammeOffice(string Owner, string Secretariat, string Council);

public sealed class ProgrammeTable() : RowTable<ProgrammeRow, ProgrammeEvent>("programme", "programme")
{
    protected override ProgrammeRow? Apply(ProgrammeRow? row, ProgrammeEvent fact, StoredFact stored) => (row, fact) switch
    {
        (null, ProgrammeLaunched e) => new(
            stored.Id(ProgrammeId.From), e.Name, e.Owner, Day.Of(stored.On), Day.Start(e.PeriodFrom), Day.End(e.PeriodTo),
            e.TargetMunicipalities, e.MunicipalitiesPerRound, e.Vision, e.Goals, e.KnowledgeAreas, null, null, stored.IsSimulated()),
        (null, _) => null,
        (_, FrameworkModelAdopted e) => row with { ModelVersion = e.Version },
        (_, FrameworkModelRevised e) => row with { ModelVersion = e.Version },
        (_, OfficeDescribed e) => row with { Office = new(e.Owner, e.Secretariat, e.Council) },
        (_, TargetChanged e) => row with { TargetMunicipalities = e.Target },
        _ => row,
    };
}
