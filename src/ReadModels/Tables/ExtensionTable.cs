using System.Collections.Immutable;
using System.Globalization;
using HousingBank.Domain.Participations;
using HousingBank.Domain.Vocabulary;
using HousingBank.Store;

namespace HousingBank.ReadModels.Tables;

/// <summary>An extension of a phase: apart from the phase, whose row would otherwise grow with each of them and be read whole for every board.</summary>
/// <param name="Version">Of its fact; the phases that it moved name it among theirs.</param>
public sealed record ExtensionRow(ParticipationId Participation, Phase Phase, int Version, DateOnly On, int Months, string Reason);

public sealed class ExtensionTable() : RowsTable<ExtensionRow, ParticipationEvent>("extension", "participation")
{
    protected override ImmutableSortedDictionary<string, ExtensionRow> Apply(
        ImmutableSortedDictionary<string, ExtensionRow> rows, ParticipationEvent fact, StoredFact stored) => fact is PhaseExtended e
            ? rows.SetItem(
                stored.Version.ToString("D6", CultureInfo.InvariantCulture),
                new(stored.Id(ParticipationId.From), e.Phase, stored.Version, stored.On.Placed, e.Months, e.Reason))
            : rows;
}
