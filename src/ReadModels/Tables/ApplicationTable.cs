using HousingBank.Domain.Applications;
using HousingBank.Domain.Vocabulary;
using HousingBank.Store;
using ApplicationId = HousingBank.Domain.Vocabulary.ApplicationId;

namespace HousingBank.ReadModels.Tables;

/// <summary>A municipality's application (søknad) in a round.</summary>
/// <param name="LateAskedBecause">Why the municipality asked to come after the deadline.</param>
/// <param name="LateBecause">Why the secretariat let it come after the deadline.</param>
/// <param name="Draft">What was last saved before it was submitted: the municipality's own, whatever else is shown.</param>
/// <param name="SignOff">Null until what is written has been signed off as it stands.</param>
/// <param name="Content">What was last submitted or supplemented; null until then.</param>
/// <param name="Supplements">Those that were asked for, in that order.</param>
/// <param name="Votes">Member by member; empty when the recommendation was not given in a meeting.</param>
/// <param name="ReviewsCounted">How many reviews the recommendation rests on; null when it was not given in a meeting.</param>
/// <param name="Entitled">How many members were not recused; null when it was not given in a meeting.</param>
/// <param name="CriterionReasons">Why it was decided as it was, as far as single criteria go.</param>
/// <param name="NotDocumented">Prerequisites on which an imported source is silent, at whatever step.</param>
public sealed record ApplicationRow(
    ApplicationId Application,
    RoundId Round,
    MunicipalityId Municipality,
    ApplicationStage Stage,
    Day DraftedOn,
    Day? SubmittedOn,
    bool IsLate,
    string? LateAskedBecause,
    string? LateBecause,
    ApplicationContent Draft,
    SignatoryRow? Signatory,
    SignOffRow? SignOff,
    ApplicationContent? Content,
    string? SupplementWanted,
    Day? SupplementDue,
    ValueList<SupplementRow> Supplements,
    Day? CompleteOn,
    Day? ReviewStartedOn,
    Advice? Advice,
    int? Ranking,
    int? VotesFor,
    int? VotesAgainst,
    string? AdviceReason,
    ValueList<CouncilVote> Votes,
    int? ReviewsCounted,
    int? Entitled,
    Day? RecommendedOn,
    ApplicationOutcome? Outcome,
    Day? DecidedOn,
    string? DecisionReason,
    string? DeviationReason,
    ValueList<CriterionReason> CriterionReasons,
    Day? WithdrawnOn,
    ValueList<string> NotDocumented,
    ValueList<AttachmentRow> Attachments,
    bool IsSimulated) : IOfApplication
{
    /// <summary>Without what the council has said of it.</summary>
    public ApplicationRow WithoutRecommendation() => this with
    {
        Stage = Stage == ApplicationStage.Recommended ? ApplicationStage.UnderReview : Stage,
        Advice = null,
        Ranking = null,
        VotesFor = null,
        VotesAgainst = null,
        AdviceReason = null,
        Votes = [],
        ReviewsCounted = null,
        Entitled = null,
        RecommendedOn = null,
    };

    /// <summary>What is open to all when the round's decisions are published; null when nothing was decided.</summary>
    public ApplicationRow? OutcomeOnly() => DecidedOn is null ? null : WithoutRecommendation() with
    {
        DraftedOn = DecidedOn,
        SubmittedOn = null,
        IsLate = false,
        LateAskedBecause = null,
        LateBecause = null,
        Draft = ApplicationContent.Empty,
        Signatory = null,
        SignOff = null,
        Content = null,
        SupplementWanted = null,
        SupplementDue = null,
        Supplements = [],
        CompleteOn = null,
        ReviewStartedOn = null,
        DecisionReason = null,
        DeviationReason = null,
        CriterionReasons = [],
        NotDocumented = [],
        Attachments = [],
    };
}

/// <summary>Who may sign it off beside the chief executive.</summary>
/// <param name="Person">By reference.</param>
public sealed record SignatoryRow(string Person, string Function);

/// <param name="Function">Null for the chief executive.</param>
public sealed record SignOffRow(Signatory By, string? Function, Day On);

/// <summary>Something the secretariat wanted to have added.</summary>
/// <param name="Due">The last day it was in time.</param>
/// <param name="Received">What was added; null until it was.</param>
/// <param name="IsLate">True when it came after the day it was due.</param>
public sealed record SupplementRow(string Wanted, Day RequestedOn, Day Due, string? Received, Day? ReceivedOn, bool IsLate);

/// <summary>A file that was sent in with it.</summary>
/// <param name="Size">Bytes.</param>
public sealed record AttachmentRow(AttachmentId Attachment, string FileName, string MediaType, int Size, Day AddedOn);

public sealed class ApplicationTable() : RowTable<ApplicationRow, ApplicationEvent>("application", "application")
{
    public override int Version => 4;

    protected override ApplicationRow? Apply(ApplicationRow? row, ApplicationEvent fact, StoredFact stored) => (row, fact) switch
    {
        (null, ApplicationDrafted e) => new(
            stored.Id(ApplicationId.From), e.Round, e.Municipality, ApplicationStage.Draft, Day.Of(stored.On), null, false, null, null, ApplicationContent.Empty, null, null,
            null, null, null, [], null, null, null, null, null, null, null, [], null, null, null, null, null, null, null, [], null, [], [], stored.IsSimulated()),
        (null, _) => null,
        (_, ApplicationDraftSaved e) => row with { Draft = e.Content, SignOff = null },
        (_, SignatoryNamed e) => row with { Signatory = new(e.Person, e.Function) },
        (_, ApplicationSignedOff e) => row with { SignOff = Signed(e.SignOff, stored) },
        (_, LateAcceptanceAsked e) => row with { LateAskedBecause = e.Reason },
        (_, ApplicationSubmitted e) => row with
        {
            Stage = ApplicationStage.Submitted,
            SubmittedOn = Day.Of(stored.On),
            IsLate = e.Late,
            SignOff = e.SignOff is { } signOff ? Signed(signOff, stored) : row.SignOff,
            Content = e.Content,
            NotDocumented = Joined(row, e.NotDocumented),
        },
        (_, LateApplicationAccepted e) => row with { LateBecause = e.Reason },
        (_, SupplementRequested e) => row with
        {
            Stage = ApplicationStage.SupplementRequested,
            SupplementWanted = e.What,
            SupplementDue = Day.End(e.Due),
            Supplements = [.. row.Supplements, new(e.What, Day.Of(stored.On), Day.End(e.Due), null, null, false)],
        },
        (_, SupplementReceived e) => row with
        {
            Stage = ApplicationStage.Supplemented,
            SupplementWanted = null,
            SupplementDue = null,
            Supplements = [.. row.Supplements.SkipLast(1), .. row.Supplements.TakeLast(1).Select(s => Answered(s, e, stored))],
            Content = e.Content ?? row.Content,
        },
        (_, ApplicationDeclaredComplete e) => row with
        {
            Stage = ApplicationStage.Complete,
            CompleteOn = Day.Of(stored.On),
            NotDocumented = Joined(row, e.NotDocumented),
        },
        (_, ReviewStarted) => row with { Stage = ApplicationStage.UnderReview, ReviewStartedOn = Day.Of(stored.On) },
        (_, RecommendationNoted e) => row with
        {
            Stage = ApplicationStage.Recommended,
            Advice = e.Advice,
            Ranking = e.Ranking,
            VotesFor = e.VotesFor,
            VotesAgainst = e.VotesAgainst,
            AdviceReason = e.Reason,
            Votes = [],
            ReviewsCounted = null,
            Entitled = null,
            RecommendedOn = Day.Of(stored.On),
        },
        (_, RecommendationGiven e) => row with
        {
            Stage = ApplicationStage.Recommended,
            Advice = e.Advice,
            Ranking = null,
            VotesFor = e.Votes.Count(v => v.Vote == Vote.For),
            VotesAgainst = e.Votes.Count(v => v.Vote == Vote.Against),
            AdviceReason = e.Reason,
            Votes = e.Votes,
            ReviewsCounted = e.Reviews,
            Entitled = e.Entitled,
            RecommendedOn = Day.Of(stored.On),
        },
        (_, ApplicationDecided e) => row with
        {
            Stage = ApplicationStage.Decided,
            Outcome = e.Outcome,
            DecidedOn = Day.Of(stored.On),
            DecisionReason = e.Reason,
            DeviationReason = e.DeviationReason,
            CriterionReasons = e.CriterionReasons,
            NotDocumented = Joined(row, e.NotDocumented),
        },
        (_, AttachmentAdded e) => row with
        {
            Attachments = [.. Without(row, e.Attachment), new(e.Attachment, e.FileName, e.MediaType, e.Size, Day.Of(stored.On))],
            SignOff = SignOffAfterFiles(row),
        },
        (_, AttachmentRemoved e) => row with { Attachments = Without(row, e.Attachment).ToValueList(), SignOff = SignOffAfterFiles(row) },
        (_, ApplicationWithdrawn) => row with { Stage = ApplicationStage.Withdrawn, WithdrawnOn = Day.Of(stored.On) },
        _ => row,
    };

    private static SignOffRow Signed(SignOff signOff, StoredFact stored) => new(signOff.By, signOff.Function, Day.Of(stored.On));

    // A draft with other files is no longer what was signed off.
    private static SignOffRow? SignOffAfterFiles(ApplicationRow row) => row.Stage == ApplicationStage.Draft ? null : row.SignOff;

    private static SupplementRow Answered(SupplementRow asked, SupplementReceived received, StoredFact stored) =>
        asked with { Received = received.What, ReceivedOn = Day.Of(stored.On), IsLate = stored.On.Placed > asked.Due.Last };

    private static IEnumerable<AttachmentRow> Without(ApplicationRow row, AttachmentId attachment) => row.Attachments.Where(a => a.Attachment != attachment);

    private static ValueList<string> Joined(ApplicationRow row, ValueList<string> notDocumented) => row.NotDocumented.Union(notDocumented).ToValueList();
}
