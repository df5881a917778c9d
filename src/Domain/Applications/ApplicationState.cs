using System.Diagnostics;

namespace HousingBank.Domain.Applications;

/// <summary>How far an application has come.</summary>
public enum ApplicationStage
{
    /// <summary>There is no application.</summary>
    None,
    Draft,
    Submitted,
    SupplementRequested,
    Supplemented,
    Complete,
    UnderReview,
    Recommended,
    Decided,
    Withdrawn,
}

/// <summary>An application as far as the rules need to know it.</summary>
/// <param name="Drafted">Null until it is drafted.</param>
/// <param name="Content">What was last submitted or supplemented; null until then.</param>
/// <param name="LateAccepted">The secretariat's acceptance of a late application; null when there is none.</param>
/// <param name="Request">The supplement asked for last; null when none was.</param>
/// <param name="Recommendation">The council's last; null when there is none.</param>
/// <param name="LatestOn">The latest placed day of its facts; null until it is drafted.</param>
public sealed record ApplicationState(
    ApplicationStage Stage,
    ApplicationDrafted? Drafted,
    ApplicationContent? Content,
    LateApplicationAccepted? LateAccepted,
    SupplementRequested? Request,
    SupplementReceived? Supplement,
    RecommendationNoted? Recommendation,
    ApplicationDecided? Decision,
    DateOnly? LatestOn)
{
    public static readonly ApplicationState Initial = new(ApplicationStage.None, null, null, null, null, null, null, null, null);

    public bool IsKnown => Drafted is not null;

    public static ApplicationState Evolve(ApplicationState application, ApplicationEvent fact) =>
        application.IsKnown || fact is ApplicationDrafted
            ? Remember(application, fact) with { LatestOn = application.LatestOn > fact.On.Placed ? application.LatestOn : fact.On.Placed }
            : application;

    private static ApplicationState Remember(ApplicationState application, ApplicationEvent fact) => fact switch
    {
        ApplicationDrafted e => application with { Stage = ApplicationStage.Draft, Drafted = e },
        ApplicationSubmitted e => application with { Stage = ApplicationStage.Submitted, Content = e.Content },
        LateApplicationAccepted e => application with { LateAccepted = e },
        SupplementRequested e => application with { Stage = ApplicationStage.SupplementRequested, Request = e },
        SupplementReceived e => application with { Stage = ApplicationStage.Supplemented, Supplement = e, Content = e.Content ?? application.Content },
        ApplicationDeclaredComplete => application with { Stage = ApplicationStage.Complete },
        ReviewStarted => application with { Stage = ApplicationStage.UnderReview },
        RecommendationNoted e => application with { Stage = ApplicationStage.Recommended, Recommendation = e },
        ApplicationDecided e => application with { Stage = ApplicationStage.Decided, Decision = e },
        ApplicationWithdrawn => application with { Stage = ApplicationStage.Withdrawn },
        _ => throw new UnreachableException($"{fact.GetType().Name} has no case in Evolve."),
    };
}
