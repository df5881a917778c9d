using HousingBank.Domain.Participations;
using HousingBank.Domain.Vocabulary;
using HousingBank.Store;

namespace HousingBank.ReadModels.Tables;

/// <summary>An extension of a phase: apart from the phase, whose row would otherwise grow with each of them and be read whole for every board.</summary>
/// <param name="Version">Of its fact; the phases that it moved name it among theirs.</param>
public sealed record ExtensionRow(ParticipationId Participation, Phase Phase, int Version, DateOnly On, int Months, string Reason);

public sealed class ExtensionTable : FactsTable<ExtensionRow>
{
    public override string Name => "extension";

    public override int Version => 1;

    public override bool Takes(string streamKind) => streamKind == "participation";

    protected override ExtensionRow? RowOf(StoredFact fact) => fact.Fact is PhaseExtended e
        ? new(fact.Id(ParticipationId.From), e.Phase, fact.Version, fact.On.Placed, e.Months, e.Reason)
        : null;
}
