using HousingBank.Domain.Vocabulary;

namespace HousingBank.Domain.Applications;

public static class ApplicationRefusals
{
    public static readonly Refusal ApplicationUnknown = Refusal.Unknown("application-unknown");
    public static readonly Refusal ApplicationDraftedAlready = new("application-drafted-already");
    public static readonly Refusal ApplicationNotSubmitted = new("application-not-submitted");
    public static readonly Refusal ApplicationSubmittedAlready = new("application-submitted-already");

    /// <summary>The round takes applications from a later day on.</summary>
    public static readonly Refusal ApplicationWindowNotOpen = new("application-window-not-open");

    /// <summary>The deadline has passed and the secretariat has not accepted the application as late.</summary>
    public static readonly Refusal DeadlinePassed = new("deadline-passed");

    public static readonly Refusal ResolutionMissing = Refusal.OfField("resolution-missing", "content.resolution");
    public static readonly Refusal ResolutionDayMissing = Refusal.OfField("resolution-day-missing", "content.resolution.on");
    public static readonly Refusal ResolutionCaseNumberMissing = Refusal.OfField("resolution-case-number-missing", "content.resolution.caseNumber");
    public static readonly Refusal ResolutionAfterSubmission = Refusal.OfField("resolution-after-submission", "content.resolution.on");
    public static readonly Refusal NeedsAssessmentMissing = Refusal.OfField("needs-assessment-missing", "content.needsAssessment");
    public static readonly Refusal FocusAreasMissing = Refusal.OfField("focus-areas-missing", "content.focusAreas");
    public static readonly Refusal ProposedOrganisationMissing = Refusal.OfField("proposed-organisation-missing", "content.proposedOrganisation");
    public static readonly Refusal ContactMissing = Refusal.OfField("contact-missing", "content.contact");

    /// <summary>Nobody who may has signed off what is submitted, as it is submitted.</summary>
    public static readonly Refusal SignOffMissing = new("sign-off-missing");

    /// <summary>Somebody beside the chief executive signs, and it is not said in what function: nobody was named, and the command does not tell.</summary>
    public static readonly Refusal SignatoryNotNamed = Refusal.OfField("signatory-not-named", "signOff.function");

    /// <summary>The secretariat has accepted the application as late: there is nothing to ask for.</summary>
    public static readonly Refusal LateAcceptedAlready = new("late-accepted-already");

    public static readonly Refusal DueBeforeRequest = Refusal.OfField("due-before-request", "due");

    /// <summary>A supplement was asked for and has not come.</summary>
    public static readonly Refusal SupplementOutstanding = new("supplement-outstanding");

    public static readonly Refusal SupplementNotRequested = new("supplement-not-requested");
    public static readonly Refusal ApplicationNotComplete = new("application-not-complete");
    public static readonly Refusal ApplicationCompleteAlready = new("application-complete-already");
    public static readonly Refusal ReviewNotStarted = new("review-not-started");
    public static readonly Refusal ReviewStartedAlready = new("review-started-already");
    public static readonly Refusal MemberRecusedAlready = new("member-recused-already");
    public static readonly Refusal MemberNotRecused = new("member-not-recused");

    /// <summary>It follows from where the member belongs, and ends with that only.</summary>
    public static readonly Refusal RecusalByAffiliation = new("recusal-by-affiliation");

    /// <summary>A recommendation is given in the council's meeting; only an imported source that tells nothing of the reviews has it noted.</summary>
    public static readonly Refusal ReviewsMissing = new("reviews-missing");

    /// <summary>The members named are not those who hold seats on the day.</summary>
    public static readonly Refusal MembersNotTheCouncil = Refusal.OfField("members-not-the-council", "members");

    /// <summary>Not more than half of the members who are not recused have handed in a review that counts.</summary>
    public static readonly Refusal TooFewReviews = new("too-few-reviews");

    /// <summary>A vote of someone who is recused, not present or no member.</summary>
    public static readonly Refusal VoterNotEntitled = Refusal.OfField("voter-not-entitled", "votes");

    /// <summary>Not more votes for it than against it; in a tie the chair's vote decides.</summary>
    public static readonly Refusal AdviceHasNoMajority = Refusal.OfField("advice-has-no-majority", "votes");

    /// <summary>A path, or signs that are not shown.</summary>
    public static readonly Refusal FileNameNotAllowed = Refusal.OfField("file-name-not-allowed", "fileName");

    public static readonly Refusal MediaTypeNotAllowed = Refusal.OfField("media-type-not-allowed", "mediaType");
    public static readonly Refusal TooManyAttachments = new("too-many-attachments");
    public static readonly Refusal AttachmentAddedAlready = new("attachment-added-already");
    public static readonly Refusal AttachmentUnknown = Refusal.Unknown("attachment-unknown");

    public static readonly Refusal RecommendationMissing = new("recommendation-missing");
    public static readonly Refusal DeviationNeedsReason = new("deviation-needs-reason");

    /// <summary>A reason for deviating was given, though the decision follows the recommendation or there is none.</summary>
    public static readonly Refusal NothingToDeviateFrom = new("nothing-to-deviate-from");

    /// <summary>A declined municipality is told why for each of the round's criteria.</summary>
    public static readonly Refusal CriterionReasonMissing = Refusal.OfField("criterion-reason-missing", "criterionReasons");

    public static readonly Refusal CriterionUnknown = Refusal.OfField("criterion-unknown", "criterionReasons");

    public static readonly Refusal ApplicationDecidedAlready = new("application-decided-already");
    public static readonly Refusal ApplicationIsWithdrawn = new("application-withdrawn");
}
