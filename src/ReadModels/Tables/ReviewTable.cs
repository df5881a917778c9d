using HousingBank.Domain.Reviews;
using HousingBank.Domain.Vocabulary;
using HousingBank.Store;

namespace HousingBank.ReadModels.Tables;

/// <summary>One council member's review (vurdering) of an application.</summary>
/// <param name="Member">By reference; never a name.</param>
/// <param name="DraftSavedOn">Null when there is no draft, or what was saved has been handed in since.</param>
/// <param name="DraftScores">For the member's own eyes.</param>
/// <param name="DraftRemark">For the member's own eyes.</param>
/// <param name="HandedInOn">The last time; null until it is handed in.</param>
/// <param name="CriteriaVersion">Of the round's criteria that <paramref name="Scores"/> are by; null until it is handed in.</param>
/// <param name="Earlier">What was handed in before, the oldest first.</param>
public sealed record ReviewRow(
    ReviewId Review,
    RoundId Round,
    MunicipalityId Municipality,
    string Member,
    Day BegunOn,
    Day? DraftSavedOn,
    ValueList<CriterionScore> DraftScores,
    string? DraftRemark,
    Day? HandedInOn,
    int? CriteriaVersion,
    ValueList<CriterionScore> Scores,
    string? Remark,
    ValueList<EarlierReview> Earlier,
    bool IsSimulated) : IOfApplication;

/// <summary>A review as it was handed in before it was changed.</summary>
public sealed record EarlierReview(Day HandedInOn, int CriteriaVersion, ValueList<CriterionScore> Scores, string? Remark);

public sealed class ReviewTable() : RowTable<ReviewRow, ReviewEvent>("review", "review")
{
    protected override ReviewRow? Apply(ReviewRow? row, ReviewEvent fact, StoredFact stored) => (row, fact) switch
    {
        (null, ReviewBegun e) => new(
            stored.Id(ReviewId.From), e.Round, e.Municipality, e.Member, Day.Of(stored.On), null, [], null, null, null, [], null, [], stored.IsSimulated()),
        (null, _) => null,
        (_, ReviewDraftSaved e) => row with { DraftSavedOn = Day.Of(stored.On), DraftScores = e.Scores, DraftRemark = e.Remark },
        (_, ReviewHandedIn e) => row with
        {
            DraftSavedOn = null,
            DraftScores = [],
            DraftRemark = null,
            HandedInOn = Day.Of(stored.On),
            CriteriaVersion = e.CriteriaVersion,
            Scores = e.Scores,
            Remark = e.Remark,
            Earlier = row is { HandedInOn: { } on, CriteriaVersion: { } version } ? row.Earlier.Add(new(on, version, row.Scores, row.Remark)) : row.Earlier,
        },
        _ => row,
    };
}
