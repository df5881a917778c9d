using HousingBank.Domain.Vocabulary;

namespace HousingBank.Domain.Applications;

/// <summary>What has happened to one municipality's application (søknad) in one round.</summary>
public abstract record ApplicationEvent : Fact;

/// <summary>What an application must hold before it can be submitted. What is null was not documented.</summary>
/// <param name="Resolution">The political resolution to apply: body, day and case number.</param>
/// <param name="FocusAreas">What the municipality wants to work with; at least one.</param>
/// <param name="ProposedOrganisation">How it means to organise the work.</param>
/// <param name="Contact">An office or function to write to; never a person's name.</param>
/// <param name="ContactPerson">Whom to speak to there, sealed; null when nobody was named.</param>
public sealed record ApplicationContent(
    Resolution? Resolution,
    string? NeedsAssessment,
    ValueList<string> FocusAreas,
    string? ProposedOrganisation,
    string? Contact,
    PersonalData? ContactPerson = null)
{
    /// <summary>An application in which nothing has been written.</summary>
    public static readonly ApplicationContent Empty = new(null, null, [], null, null);
}

/// <summary>Who signs an application off before it leaves the municipality.</summary>
public enum Signatory
{
    /// <summary>The chief municipal executive (kommunedirektør).</summary>
    ChiefExecutive,

    /// <summary>Whom the municipality has named beside its chief executive.</summary>
    Named,
}

/// <param name="Function">Of whom the municipality has named, in words; null for the chief executive.</param>
public sealed record SignOff(Signatory By, string? Function);

/// <summary>The council's advice on an application.</summary>
public enum Advice
{
    Admit,
    Decline,

    /// <summary>To a later round.</summary>
    Defer,
}

/// <summary>What leadership decided on an application.</summary>
public enum ApplicationOutcome
{
    Admitted,
    Declined,

    /// <summary>To a later round.</summary>
    Deferred,
}

[StoredAs("application-drafted")]
public sealed record ApplicationDrafted(RoundId Round, MunicipalityId Municipality) : ApplicationEvent;

/// <summary>What has been written so far was saved. It says nothing about whether anything is missing.</summary>
/// <param name="Content">The whole of it.</param>
[StoredAs("application-draft-saved")]
public sealed record ApplicationDraftSaved(ApplicationContent Content) : ApplicationEvent;

/// <summary>The municipality named somebody who may sign the application off beside its chief executive, in the place of whom it named before.</summary>
/// <param name="Person">By reference; never a name.</param>
/// <param name="Function">In words.</param>
[StoredAs("signatory-named")]
public sealed record SignatoryNamed(string Person, string Function) : ApplicationEvent;

/// <summary>The application was signed off as it stood. It holds until the draft or its files are changed.</summary>
[StoredAs("application-signed-off")]
public sealed record ApplicationSignedOff(SignOff SignOff) : ApplicationEvent;

/// <param name="Late">True when it came after the round's deadline.</param>
/// <param name="SignOff">Who signed it off, where that was recorded with the submission; null where it was before.</param>
/// <param name="NotDocumented">What the rules ask for and the source is silent on: <see cref="IntakePrerequisites"/>.</param>
[StoredAs("application-submitted", 3)]
public sealed record ApplicationSubmitted(ApplicationContent Content, bool Late, SignOff? SignOff, ValueList<string> NotDocumented) : ApplicationEvent;

/// <summary>The municipality asked the secretariat to let the application come after the deadline.</summary>
[StoredAs("late-acceptance-asked")]
public sealed record LateAcceptanceAsked(string Reason) : ApplicationEvent;

/// <summary>The secretariat lets the application come after the deadline.</summary>
[StoredAs("late-application-accepted")]
public sealed record LateApplicationAccepted(string Reason) : ApplicationEvent;

/// <param name="What">What the secretariat wants to have added.</param>
/// <param name="Due">The last day it is in time.</param>
[StoredAs("supplement-requested")]
public sealed record SupplementRequested(string What, StatedDay Due) : ApplicationEvent;

/// <param name="What">What was added, in words.</param>
/// <param name="Content">The whole content as it now is; null when it is unchanged.</param>
[StoredAs("supplement-received", 2)]
public sealed record SupplementReceived(string What, ApplicationContent? Content) : ApplicationEvent;

/// <summary>The secretariat found everything in it that an application must hold.</summary>
/// <param name="NotDocumented">What the rules ask for and the source is silent on: <see cref="IntakePrerequisites"/>.</param>
[StoredAs("application-declared-complete")]
public sealed record ApplicationDeclaredComplete(ValueList<string> NotDocumented) : ApplicationEvent;

[StoredAs("review-started")]
public sealed record ReviewStarted : ApplicationEvent;

/// <summary>The council recommended (innstilling), as a source tells it. Until the decision a newer one takes the place of the one before.</summary>
/// <param name="Ranking">Place among the round's applications, 1 the first; null when they were not ranked.</param>
/// <param name="VotesFor">Null when votes were not counted.</param>
/// <param name="VotesAgainst">Null when votes were not counted.</param>
[StoredAs("recommendation-noted")]
public sealed record RecommendationNoted(Advice Advice, int? Ranking, int? VotesFor, int? VotesAgainst, string Reason) : ApplicationEvent;

/// <summary>Why an application was decided as it was, as far as one criterion goes.</summary>
/// <param name="Criterion">Its code in the round.</param>
public sealed record CriterionReason(string Criterion, string Reason);

/// <param name="Reason">Why; null only for an admission.</param>
/// <param name="DeviationReason">Why it was decided against the recommendation; null when it was not.</param>
/// <param name="CriterionReasons">One for each of the round's criteria when it was declined; may be fewer otherwise.</param>
/// <param name="NotDocumented">What the rules ask for and the source is silent on: <see cref="IntakePrerequisites"/>.</param>
[StoredAs("application-decided", 2)]
public sealed record ApplicationDecided(
    ApplicationOutcome Outcome,
    string? Reason,
    string? DeviationReason,
    ValueList<CriterionReason> CriterionReasons,
    ValueList<string> NotDocumented) : ApplicationEvent;

/// <summary>Where a recusal comes from.</summary>
public enum RecusalCause
{
    /// <summary>The member said so.</summary>
    SelfDeclared,

    /// <summary>The member belongs to the municipality.</summary>
    Affiliation,

    /// <summary>The chair said so.</summary>
    Chair,
}

/// <summary>A council member has a conflict of interest (is inhabil) in this application.</summary>
/// <param name="Member">By reference; never a name.</param>
[StoredAs("member-recused")]
public sealed record MemberRecused(string Member, RecusalCause Cause, string Reason) : ApplicationEvent;

/// <summary>It was not so, or is not so any more: the member takes part as the others do.</summary>
[StoredAs("recusal-withdrawn")]
public sealed record RecusalWithdrawn(string Member, string Reason) : ApplicationEvent;

public enum Vote
{
    For,
    Against,
    Abstained,
}

/// <param name="Member">By reference.</param>
/// <param name="Dissent">What the member wants to have recorded; null when there is nothing.</param>
public sealed record CouncilVote(string Member, Vote Vote, string? Dissent);

/// <summary>The council recommends in its meeting (innstilling). Until the meeting is closed a newer one takes the place of the one before.</summary>
/// <param name="Reviews">How many reviews counted.</param>
/// <param name="Entitled">How many members were not recused.</param>
[StoredAs("recommendation-given")]
public sealed record RecommendationGiven(Advice Advice, ValueList<CouncilVote> Votes, string Reason, int Reviews, int Entitled) : ApplicationEvent;

[StoredAs("application-withdrawn")]
public sealed record ApplicationWithdrawn(string Reason) : ApplicationEvent;

/// <summary>A file was sent in with the application.</summary>
/// <param name="FileName">As the sender called it; never a person's name.</param>
/// <param name="MediaType">What its content was recognised as.</param>
/// <param name="Size">Bytes of the file itself.</param>
[StoredAs("attachment-added")]
public sealed record AttachmentAdded(AttachmentId Attachment, string FileName, string MediaType, int Size, SealedFile File) : ApplicationEvent;

/// <summary>The file is no part of the application any more; what was recorded of it stays.</summary>
[StoredAs("attachment-removed")]
public sealed record AttachmentRemoved(AttachmentId Attachment, string Reason) : ApplicationEvent;
