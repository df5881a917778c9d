using HousingBank.Domain.Participations;
using HousingBank.Domain.Vocabulary;
using HousingBank.Store;

namespace HousingBank.ReadModels.Tables;

/// <summary>What is recorded about something that gates demand: that it is there, or that an imported source is silent on it.</summary>
/// <param name="Phase">The phase whose gate it is about; null for what meets it at whatever gate demands it.</param>
/// <param name="MetOn">The first day it was there; null when the source is silent.</param>
/// <param name="Evidence">What shows it.</param>
public sealed record CriterionRow(
    ParticipationId Participation, Phase? Phase, string Criterion, Day? MetOn, string? Evidence, Resolution? Resolution);

public sealed class CriterionTable() : RowsTable<CriterionRow, ParticipationEvent>("criterion", "participation")
{
    protected override Rows<CriterionRow> Apply(
        Rows<CriterionRow> rows, ParticipationEvent fact, StoredFact stored) => fact switch
        {
            CriterionMet e => Met(rows, stored, e.Phase, e.Criterion, e.Evidence, e.Resolution),
            PhaseStarted e when e.Phase > Phase.Preparation => NotDocumented(rows, stored, e.Phase - 1, e.NotDocumentedCriteria),
            PhaseCompleted e => NotDocumented(rows, stored, e.Phase, e.NotDocumentedCriteria),
            _ when Gate.CriterionMetBy(fact, Phase.Preparation) is { } criterion => Met(rows, stored, null, criterion, null, null),
            _ => rows,
        };

    private static Rows<CriterionRow> Met(
        Rows<CriterionRow> rows, StoredFact stored, Phase? phase, string criterion, string? evidence, Resolution? resolution)
    {
        var key = Key(phase, criterion);
        return rows.GetValueOrDefault(key)?.MetOn is null
            ? rows.SetItem(key, new(stored.Id(ParticipationId.From), phase, criterion, Day.Of(stored.On), evidence, resolution))
            : rows;
    }

    private static Rows<CriterionRow> NotDocumented(
        Rows<CriterionRow> rows, StoredFact stored, Phase phase, ValueList<string> criteria)
    {
        foreach (var criterion in criteria.Where(c => !rows.ContainsKey(Key(phase, c))))
            rows = rows.SetItem(Key(phase, criterion), new(stored.Id(ParticipationId.From), phase, criterion, null, null, null));
        return rows;
    }

    private static string Key(Phase? phase, string criterion) => $"{Codes.Of(phase) ?? "any"}/{criterion}";
}
