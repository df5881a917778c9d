using HousingBank.Domain.Applications;
using HousingBank.Domain.Vocabulary;
using HousingBank.Store;
using ApplicationId = HousingBank.Domain.Vocabulary.ApplicationId;

namespace HousingBank.ReadModels.Tables;

/// <summary>A municipality's application (søknad) in a round.</summary>
/// <param name="Content">What was last submitted or supplemented; null until then.</param>
/// <param name="LateBecause">Why the secretariat let it come after the deadline.</param>
/// <param name="Votes">Member by member; empty when the recommendation was not given in a meeting.</param>
/// <param name="ReviewsCounted">How many reviews the recommendation rests on; null when it was not given in a meeting.</param>
/// <param name="Entitled">How many members were not recused; null when it was not given in a meeting.</param>
/// <param name="NotDocumented">Prerequisites on which an imported source is silent, at whatever step.</param>
public sealed record ApplicationRow(
    ApplicationId Application,
    RoundId Round,
    MunicipalityId Municipality,
    ApplicationStage Stage,
    Day DraftedOn,
    Day? SubmittedOn,
    bool IsLate,
    string? LateBecause,
    ApplicationContent? Content,
    string? SupplementWanted,
    Day? SupplementDue,
    Day? CompleteOn,
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
        LateBecause = null,
        Content = null,
        SupplementWanted = null,
        SupplementDue = null,
        CompleteOn = null,
        DecisionReason = null,
        DeviationReason = null,
        NotDocumented = [],
        Attachments = [],
    };
}

/// <summary>A file that was sent in with it.</summary>
/// <param name="Size">Bytes.</param>
public sealed record AttachmentRow(AttachmentId Attachment, string FileName, string MediaType, int Size, Day AddedOn);

public sealed class ApplicationTable() : RowTable<ApplicationRow, ApplicationEvent>("application", "application")
{
    public override int Version => 4;

    protected override ApplicationRow? Apply(ApplicationRow? row, ApplicationEvent fact, StoredFact stored) => (row, fact) switch
    {
        (null, ApplicationDrafted e) => new(
            stored.Id(ApplicationId.From), e.Round, e.Municipality, ApplicationStage.Draft, Day.Of(stored.On), null, false, null, null, null, null, null,
            null, null, null, null, null, [], null, null, null, null, null, null, null, null, [], [], stored.IsSimulated()),
        (null, _) => null,
        (_, ApplicationSubmitted e) => row with
        {
            Stage = ApplicationStage.Submitted,
            SubmittedOn = Day.Of(stored.On),
            IsLate = e.Late,
            Content = e.Content,
            NotDocumented = Joined(row, e.NotDocumented),
        },
        (_, LateApplicationAccepted e) => row with { LateBecause = e.Reason },
        (_, SupplementRequested e) => row with { Stage = ApplicationStage.SupplementRequested, SupplementWanted = e.What, SupplementDue = Day.End(e.Due) },
        (_, SupplementReceived e) => row with
        {
            Stage = ApplicationStage.Supplemented,
            SupplementWanted = null,
            SupplementDue = null,
            Content = e.Content ?? row.Content,
        },
        (_, ApplicationDeclaredComplete e) => row with
        {
            Stage = ApplicationStage.Complete,
            CompleteOn = Day.Of(stored.On),
            NotDocumented = Joined(row, e.NotDocumented),
        },
        (_, ReviewStarted) => row with { Stage = ApplicationStage.UnderReview },
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
            NotDocumented = Joined(row, e.NotDocumented),
        },
        (_, AttachmentAdded e) => row with
        {
            Attachments = [.. Without(row, e.Attachment), new(e.Attachment, e.FileName, e.MediaType, e.Size, Day.Of(stored.On))],
        },
        (_, AttachmentRemoved e) => row with { Attachments = Without(row, e.Attachment).ToValueList() },
        (_, ApplicationWithdrawn) => row with { Stage = ApplicationStage.Withdrawn, WithdrawnOn = Day.Of(stored.On) },
        _ => row,
    };

    private static IEnumerable<AttachmentRow> Without(ApplicationRow row, AttachmentId attachment) => row.Attachments.Where(a => a.Attachment != attachment);

    private static ValueList<string> Joined(ApplicationRow row, ValueList<string> notDocumented) => row.NotDocumented.Union(notDocumented).ToValueList();
}
