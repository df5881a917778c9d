using System.Diagnostics;

namespace HousingBank.Domain.Reviews;

/// <summary>A review as far as the rules need to know it.</summary>
/// <param name="Begun">Null until there is one.</param>
/// <param name="Draft">The last, unless it was handed in since; null when there is none.</param>
/// <param name="HandedIn">The last; null until it is handed in.</param>
/// <param name="LatestOn">The latest placed day of its facts; null until it is begun.</param>
public sealed record ReviewState(ReviewBegun? Begun, ReviewDraftSaved? Draft, ReviewHandedIn? HandedIn, DateOnly? LatestOn)
{
    public static readonly ReviewState Initial = new(null, null, null, null);

    public bool IsKnown => Begun is not null;

    /// <summary>True when it is handed in on criteria that still count.</summary>
    public bool Counts(int oldestCriteria) => HandedIn?.CriteriaVersion >= oldestCriteria;

    public static ReviewState Evolve(ReviewState review, ReviewEvent fact) =>
        review.IsKnown || fact is ReviewBegun
            ? Remember(review, fact) with { LatestOn = review.LatestOn > fact.On.Placed ? review.LatestOn : fact.On.Placed }
            : review;

    private static ReviewState Remember(ReviewState review, ReviewEvent fact) => fact switch
    {
        ReviewBegun e => review with { Begun = e },
        ReviewDraftSaved e => review with { Draft = e },
        ReviewHandedIn e => review with { HandedIn = e, Draft = null },
        _ => throw new UnreachableException($"{fact.GetType().Name} has no case in Evolve."),
    };
}
