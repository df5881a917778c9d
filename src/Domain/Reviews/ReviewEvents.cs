using HousingBank.Domain.Vocabulary;

namespace HousingBank.Domain.Reviews;

/// <summary>What has happened to one council member's review (vurdering) of one application.</summary>
public abstract record ReviewEvent : Fact;

/// <summary>What a member thinks of an application by one criterion.</summary>
/// <param name="Criterion">Its code in the round.</param>
/// <param name="Score">1, the weakest, to 6; null in a draft that has not come to it.</param>
/// <param name="Reason">Null in a draft that has not come to it.</param>
public sealed record CriterionScore(string Criterion, int? Score, string? Reason);

/// <param name="Member">By reference; never a name.</param>
[StoredAs("review-begun")]
public sealed record ReviewBegun(RoundId Round, MunicipalityId Municipality, string Member) : ReviewEvent;

/// <summary>Left, to be taken up again. Only the member sees it.</summary>
[StoredAs("review-draft-saved")]
public sealed record ReviewDraftSaved(ValueList<CriterionScore> Scores, string? Remark) : ReviewEvent;

/// <summary>Handed in, or changed since: the last one counts, the earlier ones stay in the history.</summary>
/// <param name="CriteriaVersion">Of the round's criteria that it scores.</param>
/// <param name="Scores">One for each criterion.</param>
[StoredAs("review-handed-in")]
public sealed record ReviewHandedIn(int CriteriaVersion, ValueList<CriterionScore> Scores, string? Remark) : ReviewEvent;
