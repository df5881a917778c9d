using System.Collections.Immutable;
using System.Diagnostics;
using HousingBank.Domain.Vocabulary;

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
/// <param name="Draft">What has been written and not submitted yet, or was last saved before it was.</param>
/// <param name="Signatory">Who may sign it off beside the chief executive; null when nobody was named.</param>
/// <param name="SignOff">Who signed off the draft as it stands; null when nobody has.</param>
/// <param name="Content">What was last submitted or supplemented; null until then.</param>
/// <param name="LateAsked">The last time the municipality asked to come late; null when it has not.</param>
/// <param name="LateAccepted">The secretariat's acceptance of a late application; null when there is none.</param>
/// <param name="Request">The supplement asked for last; null when none was.</param>
/// <param name="Recommendation">The council's last, however it was recorded; null when there is none.</param>
/// <param name="Given">The last that was given in the meeting, with its votes; null when there is none.</param>
/// <param name="Recusals">Those that stand, by member.</param>
/// <param name="Attachments">Those that were not removed.</param>
/// <param name="LatestOn">The latest placed day of its facts; null until it is drafted.</param>
public sealed record ApplicationState(
    ApplicationStage Stage,
    ApplicationDrafted? Drafted,
    ApplicationContent Draft,
    SignatoryNamed? Signatory,
    SignOff? SignOff,
    ApplicationContent? Content,
    LateAcceptanceAsked? LateAsked,
    LateApplicationAccepted? LateAccepted,
    SupplementRequested? Request,
    SupplementReceived? Supplement,
    RecommendationNoted? Recommendation,
    RecommendationGiven? Given,
    ApplicationDecided? Decision,
    ImmutableSortedDictionary<string, MemberRecused> Recusals,
    ImmutableDictionary<AttachmentId, AttachmentAdded> Attachments,
    DateOnly? LatestOn)
{
    public static readonly ApplicationState Initial = new(
        ApplicationStage.None, null, ApplicationContent.Empty, null, null, null, null, null, null, null, null, null, null, ImmutableSortedDictionary.Create<string, MemberRecused>(StringComparer.Ordinal),
        ImmutableDictionary<AttachmentId, AttachmentAdded>.Empty, null);

    public bool IsKnown => Drafted is not null;

    public bool IsRecused(string member) => Recusals.ContainsKey(member);

    public static ApplicationState Evolve(ApplicationState application, ApplicationEvent fact) =>
        application.IsKnown || fact is ApplicationDrafted
            ? Remember(application, fact) with { LatestOn = application.LatestOn > fact.On.Placed ? application.LatestOn : fact.On.Placed }
            : application;

    private static ApplicationState Remember(ApplicationState application, ApplicationEvent fact) => fact switch
    {
        ApplicationDrafted e => application with { Stage = ApplicationStage.Draft, Drafted = e },
        ApplicationDraftSaved e => application with { Draft = e.Content, SignOff = null },
        SignatoryNamed e => application with { Signatory = e },
        ApplicationSignedOff e => application with { SignOff = e.SignOff },
        ApplicationSubmitted e => application with { Stage = ApplicationStage.Submitted, Content = e.Content, SignOff = e.SignOff ?? application.SignOff },
        LateAcceptanceAsked e => application with { LateAsked = e },
        LateApplicationAccepted e => application with { LateAccepted = e },
        SupplementRequested e => application with { Stage = ApplicationStage.SupplementRequested, Request = e },
        SupplementReceived e => application with { Stage = ApplicationStage.Supplemented, Supplement = e, Content = e.Content ?? application.Content },
        ApplicationDeclaredComplete => application with { Stage = ApplicationStage.Complete },
        ReviewStarted => application with { Stage = ApplicationStage.UnderReview },
        RecommendationNoted e => application with { Stage = ApplicationStage.Recommended, Recommendation = e },
        RecommendationGiven e => application with { Stage = ApplicationStage.Recommended, Recommendation = AsNoted(e), Given = e },
        MemberRecused e => application with { Recusals = application.Recusals.SetItem(e.Member, e) },
        RecusalWithdrawn e => application with { Recusals = application.Recusals.Remove(e.Member) },
        AttachmentAdded e => WithFiles(application, application.Attachments.SetItem(e.Attachment, e)),
        AttachmentRemoved e => WithFiles(application, application.Attachments.Remove(e.Attachment)),
        ApplicationDecided e => application with { Stage = ApplicationStage.Decided, Decision = e },
        ApplicationWithdrawn => application with { Stage = ApplicationStage.Withdrawn },
        _ => throw new UnreachableException($"{fact.GetType().Name} has no case in Evolve."),
    };

    // What was signed off is the whole of what leaves the municipality. What it adds afterwards was asked for by the bank.
    private static ApplicationState WithFiles(ApplicationState application, ImmutableDictionary<AttachmentId, AttachmentAdded> files) =>
        application with { Attachments = files, SignOff = application.Stage == ApplicationStage.Draft ? null : application.SignOff };

    private static RecommendationNoted AsNoted(RecommendationGiven given) => new(
        given.Advice, null, given.Votes.Count(v => v.Vote == Vote.For), given.Votes.Count(v => v.Vote == Vote.Against), given.Reason)
    { On = given.On };
}
