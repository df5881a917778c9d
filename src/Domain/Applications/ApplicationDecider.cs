using HousingBank.Domain.CouncilMeetings;
using HousingBank.Domain.IntakeRounds;
using HousingBank.Domain.Municipalities;
using HousingBank.Domain.Programmes;
using HousingBank.Domain.Reviews;
using HousingBank.Domain.Vocabulary;
using static HousingBank.Domain.Applications.ApplicationRefusals;

namespace HousingBank.Domain.Applications;

/// <summary>The rules of an application, from draft to decision.</summary>
public static class ApplicationDecider
{
    private const int MostMunicipalities = 1_000;
    private const int MostVotes = 1_000;

    public static Decision Draft(ApplicationState application, IntakeRoundState round, MunicipalityState municipality, DraftApplication command)
    {
        if (!round.IsKnown)
            return IntakeRoundRefusals.RoundUnknown;
        if (!municipality.IsKnown)
            return MunicipalityRefusals.MunicipalityUnknown;
        if (application.Stage == ApplicationStage.Draft)
            return Decision.Nothing;

        var drafted = new ApplicationDrafted(command.Round, command.Municipality) { On = command.On.PlacedFirst(round.MayApplyFrom(command.Municipality)) };
        if (!round.MayApply(command.Municipality, drafted.On.Placed))
            return IntakeRoundRefusals.MunicipalityNotInvited;
        if (round.IsClosedOn(drafted.On.Placed))
            return IntakeRoundRefusals.RoundIsClosed;
        if (municipality.IsMergedOn(drafted.On.Placed))
            return MunicipalityRefusals.MunicipalityIsMerged;
        return Record(command, application, drafted);
    }

    public static Decision SaveDraft(ApplicationState application, SaveApplicationDraft command)
    {
        if ((Fields.Given(command.Content) ?? WrongFieldOf(command.Content)) is { } wrong)
            return wrong;
        if (application.Stage == ApplicationStage.Draft && application.Draft == command.Content)
            return Decision.Nothing;
        return Record(command, application, new ApplicationDraftSaved(command.Content) { On = AfterTheLatest(application, command) });
    }

    public static Decision NameSignatory(ApplicationState application, NameSignatory command)
    {
        if ((Fields.Name(command.Person) ?? Fields.Name(command.Function)) is { } wrong)
            return wrong;
        var named = new SignatoryNamed(command.Person, command.Function) { On = AfterTheLatest(application, command) };
        if (application is { Stage: ApplicationStage.Draft, Signatory: { } before } && before with { On = named.On } == named)
            return Decision.Nothing;
        return Record(command, application, named);
    }

    public static Decision SignOff(ApplicationState application, SignOffApplication command)
    {
        var signOff = WithFunction(application, command.SignOff);
        if ((Fields.Given(signOff) ?? WrongFieldOf(signOff)) is { } wrong)
            return wrong;
        if (application.Stage == ApplicationStage.Draft && application.SignOff == signOff)
            return Decision.Nothing;
        return Record(command, application, new ApplicationSignedOff(signOff!) { On = AfterTheLatest(application, command) });
    }

    public static Decision AskForLateAcceptance(ApplicationState application, AskForLateAcceptance command)
    {
        if (Fields.Reason(command.Reason) is { } wrong)
            return wrong;
        if (application is { Stage: ApplicationStage.Draft, LateAccepted: null, LateAsked: { } before } && before.Reason == command.Reason)
            return Decision.Nothing;
        return Record(command, application, new LateAcceptanceAsked(command.Reason) { On = AfterTheLatest(application, command) });
    }

    public static Decision Submit(ApplicationState application, IntakeRoundState round, SubmitApplication command)
    {
        var (content, signOff) = (command.Content ?? application.Draft, WithFunction(application, command.SignOff));
        if ((WrongFieldOf(content) ?? WrongFieldOf(signOff)) is { } wrong)
            return wrong;
        if (application.Stage == ApplicationStage.Submitted && application.Content == content)
            return Decision.Nothing;

        var on = command.On.PlacedFirst(application.LatestOn);
        if (round.IsClosedOn(on.Placed))
            return IntakeRoundRefusals.RoundIsClosed;
        if (round.Window?.From.First > on.Placed)
            return ApplicationWindowNotOpen;
        if (content.Resolution?.On?.First > on.Stated.Last)
            return ResolutionAfterSubmission;

        var submitted = new ApplicationSubmitted(content, on.Placed > round.Deadline?.Last, signOff, []) { On = on };
        return Record(command, application, submitted with { NotDocumented = SilentOn(command, LackingFor(application, submitted)) });
    }

    public static Decision AcceptLate(ApplicationState application, AcceptLateApplication command)
    {
        if (Fields.Reason(command.Reason) is { } wrong)
            return wrong;
        if (application is { Stage: ApplicationStage.Draft, LateAccepted: not null })
            return Decision.Nothing;
        return Record(command, application, new LateApplicationAccepted(command.Reason) { On = AfterTheLatest(application, command) });
    }

    public static Decision RequestSupplement(ApplicationState application, RequestSupplement command)
    {
        if ((Fields.Reason(command.What) ?? Fields.Given(command.Due) ?? Fields.Day(command.Due)) is { } wrong)
            return wrong;
        if (application is { Stage: ApplicationStage.SupplementRequested, Request: { } before } && (before.What, before.Due) == (command.What, command.Due))
            return Decision.Nothing;

        var requested = new SupplementRequested(command.What, command.Due) { On = AfterTheLatest(application, command) };
        if (command.Due.Last < requested.On.Placed)
            return DueBeforeRequest;
        return Record(command, application, requested);
    }

    public static Decision ReceiveSupplement(ApplicationState application, ReceiveSupplement command)
    {
        if ((Fields.Reason(command.What) ?? WrongFieldOf(command.Content)) is { } wrong)
            return wrong;
        if (application is { Stage: ApplicationStage.Supplemented, Supplement: { } before } && (before.What, before.Content) == (command.What, command.Content))
            return Decision.Nothing;
        return Record(command, application, new SupplementReceived(command.What, command.Content) { On = AfterTheLatest(application, command) });
    }

    public static Decision DeclareComplete(ApplicationState application, DeclareApplicationComplete command)
    {
        if (application.Stage == ApplicationStage.Complete)
            return Decision.Nothing;
        return Record(
            command,
            application,
            new ApplicationDeclaredComplete(SilentOn(command, LackingIn(application.Content))) { On = AfterTheLatest(application, command) });
    }

    public static Decision StartReview(ApplicationState application, StartReview command)
    {
        if (application.Stage == ApplicationStage.UnderReview)
            return Decision.Nothing;
        return Record(command, application, new ReviewStarted { On = AfterTheLatest(application, command) });
    }

    public static Decision NoteRecommendation(ApplicationState application, NoteRecommendation command)
    {
        if (command.Grounds.Basis.Kind != BasisKind.Source || !command.IsNotDocumented(IntakePrerequisites.Reviews))
            return ReviewsMissing;
        if ((Fields.Known(command.Advice)
             ?? Fields.Between(command.Ranking, 1, MostMunicipalities)
             ?? Fields.Between(command.VotesFor, 0, MostVotes)
             ?? Fields.Between(command.VotesAgainst, 0, MostVotes)
             ?? Fields.Reason(command.Reason)) is { } wrong)
            return wrong;

        var noted = new RecommendationNoted(command.Advice, command.Ranking, command.VotesFor, command.VotesAgainst, command.Reason)
        {
            On = AfterTheLatest(application, command),
        };
        if (application is { Stage: ApplicationStage.Recommended, Recommendation: { } before } && before with { On = noted.On } == noted)
            return Decision.Nothing;
        return Record(command, application, noted);
    }

    public static Decision Recuse(ApplicationState application, ProgrammeState programme, RecuseMember command)
    {
        if ((Fields.Name(command.Member) ?? Fields.Known(command.Cause) ?? Fields.Reason(command.Reason)) is { } wrong)
            return wrong;
        if (application.IsRecused(command.Member))
            return Decision.Nothing;
        var recused = new MemberRecused(command.Member, command.Cause, command.Reason) { On = command.On.PlacedFirst(application.Drafted?.On.Placed) };
        if (programme.SeatOf(command.Member, recused.On.Placed) is null)
            return ProgrammeRefusals.CouncilMemberNotAppointed;
        return Record(command, application, recused);
    }

    public static Decision WithdrawRecusal(ApplicationState application, WithdrawRecusal command)
    {
        if ((Fields.Name(command.Member) ?? Fields.Reason(command.Reason)) is { } wrong)
            return wrong;
        var recusedOn = application.Recusals.GetValueOrDefault(command.Member)?.On.Placed;
        return Record(command, application, new RecusalWithdrawn(command.Member, command.Reason) { On = command.On.PlacedFirst(recusedOn) });
    }

    public static Decision GiveRecommendation(
        ApplicationState application,
        IntakeRoundState round,
        ProgrammeState programme,
        CouncilMeetingState meeting,
        Func<string, ReviewState> reviewOf,
        GiveRecommendation command)
    {
        if ((Fields.Texts(command.Members, Fields.NameLength)
             ?? Fields.Known(command.Advice)
             ?? Fields.NotEmpty(command.Votes)
             ?? Fields.Each(command.Votes, WrongFieldOf)
             ?? Fields.NoneTwice([.. command.Votes.Select(v => v.Member)], "votes")
             ?? Fields.Reason(command.Reason)) is { } wrong)
            return wrong;
        if (!round.IsKnown)
            return IntakeRoundRefusals.RoundUnknown;
        if (round.Opened!.Programme != command.Programme)
            return IntakeRoundRefusals.RoundOfAnotherProgramme;
        if (meeting.IsClosed)
            return CouncilMeetingRefusals.CouncilMeetingIsClosed;
        if (!meeting.IsOpen)
            return CouncilMeetingRefusals.CouncilMeetingNotOpen;

        var on = command.On.PlacedFirst(application.LatestOn > meeting.Opened!.On.Placed ? application.LatestOn : meeting.Opened.On.Placed);
        if (!programme.MembersOn(on.Placed).ToHashSet().SetEquals(command.Members))
            return MembersNotTheCouncil;
        var entitled = command.Members.Where(m => !application.IsRecused(m) && !programme.IsAffiliated(m, command.Municipality, on.Placed)).ToHashSet();
        if (command.Votes.FirstOrDefault(v => !entitled.Contains(v.Member) || !meeting.Opened.Present.Contains(v.Member)) is { } stranger)
            return VoterNotEntitled.With("member", stranger.Member);
        var reviews = entitled.Count(m => reviewOf(m).Counts(round.Criteria.OldestThatCounts));
        if (reviews * 2 <= entitled.Count)
            return TooFewReviews.With("reviews", reviews).With("entitled", entitled.Count);
        if (!IsCarried(command.Votes, meeting.Opened.Chair))
            return AdviceHasNoMajority;

        var given = new RecommendationGiven(command.Advice, command.Votes, command.Reason, reviews, entitled.Count) { On = on };
        if (application.Stage == ApplicationStage.Recommended && application.Given?.SaysTheSameAs(given) == true)
            return Decision.Nothing;
        return Record(command, application, given);
    }

    public static Decision Decline(ApplicationState application, IntakeRoundState round, DeclineApplication command) =>
        NotAdmit(application, round, new(ApplicationOutcome.Declined, command.Reason, command.DeviationReason, command.CriterionReasons, []), command);

    public static Decision Defer(ApplicationState application, IntakeRoundState round, DeferApplication command) =>
        NotAdmit(application, round, new(ApplicationOutcome.Deferred, command.Reason, command.DeviationReason, command.CriterionReasons, []), command);

    /// <summary>What an application asks for before leadership decides on it, whatever the outcome. Admissions come here from the round, which knows the room it has.</summary>
    /// <param name="asked">What is to be decided, on its placed day.</param>
    public static Decision Decide(ApplicationState application, IntakeRoundState round, ApplicationId id, ApplicationDecided asked, Command command)
    {
        if ((Fields.ReasonIfAny(asked.Reason, "reason")
             ?? Fields.ReasonIfAny(asked.DeviationReason, "deviationReason")
             ?? Fields.Each(asked.CriterionReasons, WrongFieldOf, "criterionReasons")
             ?? Fields.NoneTwice([.. asked.CriterionReasons.Select(r => r.Criterion)], "criterionReasons")) is { } wrong)
            return wrong;
        if (application is { Stage: ApplicationStage.Decided, Decision: { } before } && before.Outcome == asked.Outcome)
            return Decision.Nothing;

        var lacking = LackingReasons(application, round, asked).ToList();
        var decided = asked with { NotDocumented = SilentOn(command, LackingForDecision(application, asked).Concat(lacking)) };
        if (Broken(application, decided).Concat(NotSilentOn(decided.NotDocumented, lacking)).FirstOrDefault() is { } refusal)
            return refusal;
        if (decided.CriterionReasons.FirstOrDefault(r => round.Criteria.All.All(c => c.Code != r.Criterion)) is { } stranger)
            return CriterionUnknown.With("criterion", stranger.Criterion);
        return Decision.Record(id.Stream, decided);
    }

    public static Decision AddAttachment(ApplicationState application, AddAttachment command)
    {
        if ((Fields.Name(command.FileName)
             ?? (AttachmentRules.IsFileName(command.FileName) ? null : FileNameNotAllowed)
             ?? Fields.Name(command.MediaType)
             ?? (AttachmentRules.Endings.ContainsKey(command.MediaType) ? null : MediaTypeNotAllowed)
             ?? Fields.Between(command.Size, 1, AttachmentRules.LargestFile)
             ?? Fields.Given(command.File)) is { } wrong)
            return wrong;

        var id = AttachmentId.Of(command.Application, command.FileName, command.File);
        if (application.Attachments.ContainsKey(id))
            return Decision.Nothing;
        return Record(
            command,
            application,
            new AttachmentAdded(id, command.FileName, command.MediaType, command.Size, command.File) { On = AfterTheLatest(application, command) });
    }

    public static Decision RemoveAttachment(ApplicationState application, RemoveAttachment command)
    {
        if (Fields.Reason(command.Reason) is { } wrong)
            return wrong;
        return Record(command, application, new AttachmentRemoved(command.Attachment, command.Reason) { On = AfterTheLatest(application, command) });
    }

    public static Decision Withdraw(ApplicationState application, WithdrawApplication command)
    {
        if (Fields.Reason(command.Reason) is { } wrong)
            return wrong;
        if (application.Stage == ApplicationStage.Withdrawn)
            return Decision.Nothing;
        return Record(command, application, new ApplicationWithdrawn(command.Reason) { On = AfterTheLatest(application, command) });
    }

    /// <summary>The rules that hold on every day, whatever the order things were recorded in: which step may follow which.</summary>
    public static IEnumerable<Refusal> Broken(ApplicationState application, ApplicationEvent fact) => (fact, application.Stage) switch
    {
        (ApplicationDrafted, ApplicationStage.None) => [],
        (_, ApplicationStage.None) => [ApplicationUnknown],
        (MemberRecused e, _) => MemberRecusedAlready.When(application.IsRecused(e.Member)),
        (RecusalWithdrawn e, _) =>
        [
            .. MemberNotRecused.When(!application.IsRecused(e.Member)),
            .. RecusalByAffiliation.When(application.Recusals.GetValueOrDefault(e.Member)?.Cause == RecusalCause.Affiliation),
        ],
        (_, ApplicationStage.Withdrawn) => [ApplicationIsWithdrawn],
        (_, ApplicationStage.Decided) => [ApplicationDecidedAlready],
        (ApplicationDrafted, _) => [ApplicationDraftedAlready],
        (ApplicationWithdrawn, _) => [],
        // What the council judges is what was complete.
        (AttachmentAdded or AttachmentRemoved, >= ApplicationStage.Complete) => [ApplicationCompleteAlready],
        (AttachmentAdded e, _) =>
        [
            .. AttachmentAddedAlready.When(application.Attachments.ContainsKey(e.Attachment)),
            .. TooManyAttachments.With("most", AttachmentRules.Most).When(application.Attachments.Count >= AttachmentRules.Most),
        ],
        (AttachmentRemoved e, _) => AttachmentUnknown.When(!application.Attachments.ContainsKey(e.Attachment)),

        (ApplicationSubmitted e, ApplicationStage.Draft) => NotSilentOn(e.NotDocumented, LackingFor(application, e)),
        (ApplicationSignedOff, ApplicationStage.Draft) => LackingIn(application.Draft).Select(l => l.Refusal),
        (LateAcceptanceAsked, ApplicationStage.Draft) => LateAcceptedAlready.When(application.LateAccepted is not null),
        (ApplicationDraftSaved or SignatoryNamed or LateApplicationAccepted, ApplicationStage.Draft) => [],
        (ApplicationDraftSaved or SignatoryNamed or ApplicationSignedOff or LateAcceptanceAsked or ApplicationSubmitted or LateApplicationAccepted, _) =>
            [ApplicationSubmittedAlready],
        (_, ApplicationStage.Draft) => [ApplicationNotSubmitted],

        (SupplementReceived, ApplicationStage.SupplementRequested) => [],
        (SupplementReceived, _) => [SupplementNotRequested],
        (SupplementRequested or ApplicationDeclaredComplete, ApplicationStage.SupplementRequested) => [SupplementOutstanding],
        (SupplementRequested or ApplicationDeclaredComplete, >= ApplicationStage.Complete) => [ApplicationCompleteAlready],
        (ApplicationDeclaredComplete e, _) => NotSilentOn(e.NotDocumented, LackingIn(application.Content)),

        (ReviewStarted, < ApplicationStage.Complete) => [ApplicationNotComplete],
        (ReviewStarted, >= ApplicationStage.UnderReview) => [ReviewStartedAlready],
        (RecommendationNoted or RecommendationGiven, < ApplicationStage.UnderReview) => [ReviewNotStarted],
        (ApplicationDecided e, _) => [.. NotSilentOn(e.NotDocumented, LackingForDecision(application, e)), .. WrongDeviation(application, e)],
        _ => [],
    };

    /// <summary>What a submission lacks, by the name an imported source can be silent on it under.</summary>
    private static IEnumerable<(string Prerequisite, Refusal Refusal)> LackingFor(ApplicationState application, ApplicationSubmitted submitted)
    {
        if (submitted.Late && application.LateAccepted is null)
            yield return (IntakePrerequisites.Deadline, DeadlinePassed);
        foreach (var lacking in LackingIn(submitted.Content))
            yield return lacking;
        if (submitted.SignOff is null && (application.SignOff is null || application.Draft != submitted.Content))
            yield return (IntakePrerequisites.SignOff, SignOffMissing);
    }

    /// <summary>What an application cannot be submitted without and this one does not hold, by the name an imported source can be silent on it under.</summary>
    public static IEnumerable<(string Prerequisite, Refusal Refusal)> LackingIn(ApplicationContent? content)
    {
        if (content?.Resolution is null)
            yield return (IntakePrerequisites.Resolution, ResolutionMissing);
        else if (content.Resolution.On is null)
            yield return (IntakePrerequisites.Resolution, ResolutionDayMissing);
        else if (content.Resolution.CaseNumber is null)
            yield return (IntakePrerequisites.Resolution, ResolutionCaseNumberMissing);
        if (content?.NeedsAssessment is null)
            yield return (IntakePrerequisites.NeedsAssessment, NeedsAssessmentMissing);
        if (content is not { FocusAreas.Count: > 0 })
            yield return (IntakePrerequisites.FocusAreas, FocusAreasMissing);
        if (content?.ProposedOrganisation is null)
            yield return (IntakePrerequisites.ProposedOrganisation, ProposedOrganisationMissing);
        if (content?.Contact is null)
            yield return (IntakePrerequisites.Contact, ContactMissing);
    }

    private static IEnumerable<(string Prerequisite, Refusal Refusal)> LackingForDecision(ApplicationState application, ApplicationDecided decided)
    {
        if (IsLeftIncomplete(application, decided))
            yield break;
        if (application.Stage < ApplicationStage.Complete)
            yield return (IntakePrerequisites.Completeness, ApplicationNotComplete);
        if (application.Recommendation is null)
            yield return (IntakePrerequisites.Recommendation, RecommendationMissing);
    }

    /// <summary>What was asked for did not come in time: it never reaches the council, and is not judged by the criteria.</summary>
    private static bool IsLeftIncomplete(ApplicationState application, ApplicationDecided decided) =>
        decided.Outcome != ApplicationOutcome.Admitted && application.Stage == ApplicationStage.SupplementRequested && application.Request?.Due.Last < decided.On.Placed;

    private static IEnumerable<(string Prerequisite, Refusal Refusal)> LackingReasons(ApplicationState application, IntakeRoundState round, ApplicationDecided decided)
    {
        if (decided.Outcome != ApplicationOutcome.Declined || IsLeftIncomplete(application, decided))
            yield break;
        if (round.Criteria.All.FirstOrDefault(c => decided.CriterionReasons.All(r => r.Criterion != c.Code)) is { } without)
            yield return (IntakePrerequisites.CriterionReasons, CriterionReasonMissing.With("criterion", without.Name.Nb));
    }

    private static IEnumerable<Refusal> WrongDeviation(ApplicationState application, ApplicationDecided decided)
    {
        var deviates = application.Recommendation is { } recommendation && (recommendation.Advice, decided.Outcome) is not (
            (Advice.Admit, ApplicationOutcome.Admitted) or (Advice.Decline, ApplicationOutcome.Declined) or (Advice.Defer, ApplicationOutcome.Deferred));
        return
        [
            .. DeviationNeedsReason.When(deviates && decided.DeviationReason is null),
            .. NothingToDeviateFrom.When(!deviates && decided.DeviationReason is not null),
        ];
    }

    private static ValueList<string> SilentOn(Command command, IEnumerable<(string Prerequisite, Refusal Refusal)> lacking) =>
        lacking.Select(l => l.Prerequisite).Where(command.IsNotDocumented).ToValueList();

    private static IEnumerable<Refusal> NotSilentOn(ValueList<string> notDocumented, IEnumerable<(string Prerequisite, Refusal Refusal)> lacking) =>
        lacking.Where(l => !notDocumented.Contains(l.Prerequisite)).Select(l => l.Refusal);

    private static Decision NotAdmit(ApplicationState application, IntakeRoundState round, ApplicationDecided asked, ApplicationCommand command)
    {
        if (Fields.Reason(asked.Reason, "reason") is { } wrong)
            return wrong;
        if (!round.IsKnown)
            return IntakeRoundRefusals.RoundUnknown;
        return Decide(application, round, command.Application, asked with { On = AfterTheLatest(application, command) }, command);
    }

    private static bool IsCarried(ValueList<CouncilVote> votes, string chair)
    {
        var balance = votes.Count(v => v.Vote == Vote.For) - votes.Count(v => v.Vote == Vote.Against);
        return balance > 0 || (balance == 0 && votes.Any(v => v.Member == chair && v.Vote == Vote.For));
    }

    private static Refusal? WrongFieldOf(CriterionReason reason, string field) =>
        Fields.Given(reason, field)
        ?? Fields.Name(reason.Criterion, field + ".criterion")
        ?? Fields.Reason(reason.Reason, field + ".reason");

    private static Refusal? WrongFieldOf(CouncilVote vote, string field) =>
        Fields.Given(vote, field)
        ?? Fields.Name(vote.Member, field + ".member")
        ?? Fields.Known(vote.Vote, field + ".vote")
        ?? Fields.ReasonIfAny(vote.Dissent, field + ".dissent");

    private static Refusal? WrongFieldOf(ApplicationContent? content) => content is null
        ? null
        : WrongFieldOf(content.Resolution)
          ?? Fields.LongTextIfAny(content.NeedsAssessment, "content.needsAssessment")
          ?? Fields.Texts(content.FocusAreas, Fields.NameLength, "content.focusAreas")
          ?? Fields.LongTextIfAny(content.ProposedOrganisation, "content.proposedOrganisation")
          ?? Fields.NameIfAny(content.Contact, "content.contact");

    private static Refusal? WrongFieldOf(SignOff? signOff) => signOff is null
        ? null
        : Fields.Known(signOff.By, "signOff.by")
          ?? Fields.NameIfAny(signOff.Function, "signOff.function")
          ?? (signOff is { By: Signatory.Named, Function: null } ? SignatoryNotNamed : null);

    private static SignOff? WithFunction(ApplicationState application, SignOff? signOff) => signOff switch
    {
        { By: Signatory.ChiefExecutive } => signOff with { Function = null },
        { Function: null } => signOff with { Function = application.Signatory?.Function },
        _ => signOff,
    };

    private static Refusal? WrongFieldOf(Resolution? resolution) => resolution is null
        ? null
        : Fields.Name(resolution.Body, "content.resolution.body")
          ?? Fields.Day(resolution.On, "content.resolution.on")
          ?? Fields.NameIfAny(resolution.CaseNumber, "content.resolution.caseNumber");

    private static EffectiveDay AfterTheLatest(ApplicationState application, Command command) => command.On.PlacedFirst(application.LatestOn);

    private static Decision Record(ApplicationCommand command, ApplicationState application, ApplicationEvent fact) =>
        Broken(application, fact).FirstOrDefault() is { } refusal ? refusal : Decision.Record(command.Application.Stream, fact);
}
