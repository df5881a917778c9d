using HousingBank.Domain.Vocabulary;

namespace HousingBank.Domain.Reviews;

public static class ReviewRefusals
{
    public static readonly Refusal ReviewUnknown = Refusal.Unknown("review-unknown");
    public static readonly Refusal ReviewBegunAlready = new("review-begun-already");

    /// <summary>A conflict of interest: said by the member or the chair, or an affiliation with the municipality. Nobody can set it aside.</summary>
    public static readonly Refusal MemberIsRecused = new("member-recused");

    /// <summary>A score for something the round is not weighed by.</summary>
    public static readonly Refusal CriterionUnknown = Refusal.OfField("criterion-unknown", "scores");

    /// <summary>A criterion without a score, or a score without a reason.</summary>
    public static readonly Refusal ScoreMissing = Refusal.OfField("score-missing", "scores");
}
