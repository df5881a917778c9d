using HousingBank.Domain.Agreements;
using HousingBank.Domain.Applications;
using HousingBank.Domain.CouncilMeetings;
using HousingBank.Domain.IntakeRounds;
using HousingBank.Domain.Letters;
using HousingBank.Domain.Participations;
using HousingBank.Domain.Reviews;
using HousingBank.Domain.Vocabulary;
using HousingBank.ReadModels.Seeing;
using HousingBank.ReadModels.Tables;
using HousingBank.Store;
using ApplicationId = HousingBank.Domain.Vocabulary.ApplicationId;

namespace HousingBank.ReadModels;

/// <summary>
/// What the asker sees of intake. For a recused member everything is as if the application were not there; until the own review is in, as if the others' were not.
/// </summary>
/// <remarks>
/// Recusals known now hold for every day and moment asked about. One that was withdrawn or struck closes nothing any more: the member reviews and votes again.
/// What was recorded while a member belonged to the municipality stays closed. What is published of a round, its outcomes, is open to all; versions are counted
/// without the facts that are not there.
/// </remarks>
public sealed class Sight
{
    private static readonly int[] s_noVersions = [];

    private readonly Question _question;
    private readonly Dictionary<(RoundId, MunicipalityId), DateTimeOffset> _closed = [];
    private readonly HashSet<RoundId> _published = [];
    private readonly HashSet<RoundId> _afterMeeting = [];
    private readonly HashSet<StreamKey> _ownIsIn = [];
    private readonly HashSet<StreamKey> _closedStreams = [];
    private readonly HashSet<StreamKey> _closedCourses = [];
    private readonly Dictionary<StreamKey, int[]> _hiddenVersions = [];

    internal Sight(Question question, MemberFacts? facts)
    {
        _question = question;
        if (facts is null)
            return;
        var rounds = facts.Steps.Where(s => s.Type == "round-opened").ToDictionary(s => RoundOf(s.Stream));
        var meetings = rounds.Keys.ToDictionary(r => new StreamKey(CouncilMeetingId.Of(r).Stream.ToString()));
        _published.UnionWith(facts.Steps.Where(s => s.Type == "decisions-published").Select(s => RoundOf(s.Stream)));
        _afterMeeting.UnionWith(facts.Steps.Where(s => s.Type == "council-meeting-closed" && meetings.ContainsKey(s.Stream)).Select(s => meetings[s.Stream]));
        _ownIsIn.UnionWith(facts.Ties.Where(t => t is { IsHandedIn: true, Round: not null }).Select(t => Application(t.Round!.Value, t.Municipality)));
        foreach (var (round, municipality, until) in Recusals(facts.Ties).Concat(Affiliations(facts.Ties, rounds)))
            Close(round, municipality, until);
        foreach (var admissions in facts.Steps.Where(s => s.Type == "municipality-admitted" && HidesOutcome(RoundOf(s.Stream), new MunicipalityId(s.Municipality!))).GroupBy(s => s.Stream))
            _hiddenVersions[admissions.Key] = [.. admissions.Select(s => s.Version)];
    }

    /// <summary>True for those from whom nothing is kept back.</summary>
    public bool IsWhole => _question is { Member: null, SeesOnly: null };

    private bool IsMember => _question.Member is not null;

    /// <summary>The moment up to which whatever was recorded of an application is closed to the asker, without end while the recusal stands; null when it is open.</summary>
    public DateTimeOffset? ClosedUntil(RoundId round, MunicipalityId municipality) => _closed.TryGetValue((round, municipality), out var until) ? until : null;

    public bool IsClosed(RoundId round, MunicipalityId municipality) => _closed.ContainsKey((round, municipality));

    /// <summary>True when not even what came of it may be seen.</summary>
    public bool HidesOutcome(RoundId round, MunicipalityId municipality) => IsClosed(round, municipality) && !_published.Contains(round);

    /// <summary>True when others' reviews of an application may be seen.</summary>
    public bool SeesReviews(RoundId round, MunicipalityId municipality) =>
        _question.SeesOnly is null && !IsClosed(round, municipality) && (!IsMember || _ownIsIn.Contains(Application(round, municipality)));

    /// <summary>True when the council's recommendation may be seen: votes given in a meeting that is still open would tell of scores.</summary>
    public bool SeesRecommendation(RoundId round, MunicipalityId municipality) =>
        SeesReviews(round, municipality) || (IsMember && !IsClosed(round, municipality) && _afterMeeting.Contains(round));

    /// <summary>A row as the asker sees it; null when it is not there for the asker.</summary>
    public Segment<TRow>? Of<TRow>(Segment<TRow> segment)
        where TRow : notnull
    {
        if (IsWhole && segment.Row is not ReviewRow)
            return segment;
        if (_closedStreams.Contains(segment.Stream))
            return segment.Row is ApplicationRow && Shown(segment.Row) is TRow outcome ? segment with { Row = outcome, Versions = s_noVersions } : null;
        return Shown(segment.Row) is TRow row && Versions(segment.Stream, segment.Versions) is { Count: > 0 } versions
            ? segment with { Row = row, Versions = versions }
            : null;
    }

    /// <summary>True when a fact is there for the asker.</summary>
    /// <param name="about">What its stream is about; null for one that is about no application.</param>
    public bool Sees(StoredFact fact, Case? about) => fact.Fact switch
    {
        // Left to be taken up again: nobody's but the writer's.
        ReviewDraftSaved => about is not null && IsOwn(about) && IsOpen(fact, about),
        // What a municipality writes before it submits is its own, also afterwards; so is what it takes out again.
        ApplicationDraftSaved => _question.SeesThatDraftsAreThere || IsOfAsker(about),
        SignatoryNamed or ApplicationSignedOff when about?.SubmittedAt is null && !IsOfAsker(about) => false,
        AttachmentAdded e when !(about?.Sent(fact, e.Attachment) ?? false) && !IsOfAsker(about) => false,
        AttachmentRemoved when !(fact.Version > about?.SubmittedAt) && !IsOfAsker(about) => false,
        _ when IsWhole => true,
        ReviewEvent => about is not null && IsOpen(fact, about) && (IsOwn(about) || SeesReviews(about.Round, about.Municipality)),
        CouncilMeetingEvent => _question.SeesOnly is null,
        MemberRecused or RecusalWithdrawn when _question.SeesOnly is not null => false,
        RecommendationGiven or RecommendationNoted => about is not null && IsOpen(fact, about) && SeesRecommendation(about.Round, about.Municipality),
        MunicipalityAdmitted e => !HidesOutcome(RoundOf(fact.Stream), e.Municipality),
        // What meets a criterion of preparation says what stands in the application.
        CriterionMet { Phase: Phase.Preparation } => about is null || IsOpen(fact, about),
        ParticipationEvent or AgreementEvent or LetterWritten { Kind: LetterKind.Extension } when about is not null => IsOpen(fact, about) || !HidesOutcome(about.Round, about.Municipality),
        _ => about is null || IsOpen(fact, about),
    };

    /// <summary>What a fact says to the asker, who sees it.</summary>
    /// <inheritdoc cref="Sees" path="/param"/>
    public Fact Shown(StoredFact fact, Case? about) => (Fact)fact.Fact switch
    {
        var whole when IsWhole => whole,
        ApplicationsRanked e when about is not null => e with { Order = [.. e.Order.Where(m => !IsClosed(about.Round, m))] },
        MunicipalityAdmitted e when _question.SeesOnly is not null || IsClosed(RoundOf(fact.Stream), e.Municipality) => e with { Recommendation = null, DeviationReason = null },
        CandidacyEnded e when about is not null && IsClosed(about.Round, about.Municipality) => e with { Reason = null },
        var other => other,
    };

    /// <summary>The version of a stream as the asker counts it.</summary>
    public int Version(StreamKey stream, int version) => version - HiddenIn(stream).Count(hidden => hidden <= version);

    /// <summary>Versions of a stream as the asker counts them, without those that are not there.</summary>
    public IReadOnlyList<int> Versions(StreamKey stream, IReadOnlyList<int> versions) => HiddenIn(stream) is { Length: > 0 } hidden
        ? [.. versions.Where(v => !hidden.Contains(v)).Select(v => Version(stream, v))]
        : versions;

    /// <summary>True when nothing of a stream is there for the asker.</summary>
    public bool Closes(StreamKey stream) => _closedStreams.Contains(stream);

    private bool IsOfAsker(Case? about) => about is not null && about.Municipality == _question.SeesOnly;

    private bool IsOwn(Case about) => IsMember && about.Member == _question.Member;

    private bool IsOpen(StoredFact fact, Case about) => !(fact.RecordedAt <= ClosedUntil(about.Round, about.Municipality));

    private object? Shown(object row) => row switch
    {
        ApplicationRow r when IsClosed(r.Round, r.Municipality) => _published.Contains(r.Round) ? r.OutcomeOnly() : null,
        ApplicationRow r when !SeesRecommendation(r.Round, r.Municipality) => r.WithoutRecommendation(),
        InvitationRow r when HidesOutcome(r.Round, r.Municipality) => r.InvitedOn is null ? null : r with { AdmittedOn = null, NotDocumented = [] },
        ParticipationRow r when IsClosed(r.Round, r.Municipality) && r.AdmittedOn is null => r with { EndReason = null },
        ReviewRow r => Shown(r),
        RecusalRow or CouncilMeetingRow or CouncilAffiliationRow when _question.SeesOnly is not null => null,
        CouncilMeetingRow r => r with { Order = [.. r.Order.Where(m => !IsClosed(r.Round, m))] },
        CriterionRow { Phase: Phase.Preparation } r when _closedCourses.Contains(new StreamKey(r.Participation.Stream.ToString())) => null,
        AgreementRow r when _closedStreams.Contains(new StreamKey(r.Participation.Stream.ToString())) => null,
        LetterRow { Kind: LetterKind.Extension } r => HidesOutcome(r.Round, r.Municipality) ? null : r,
        IOfApplication r when IsClosed(r.Round, r.Municipality) => null,
        _ => row,
    };

    /// <summary>What is not handed in is for the member's own eyes.</summary>
    private ReviewRow? Shown(ReviewRow review)
    {
        if (IsClosed(review.Round, review.Municipality))
            return null;
        if (IsMember && review.Member == _question.Member)
            return review;
        return review.HandedInOn is not null && SeesReviews(review.Round, review.Municipality)
            ? review with { DraftSavedOn = null, DraftScores = [], DraftRemark = null }
            : null;
    }

    private int[] HiddenIn(StreamKey stream) => _hiddenVersions.GetValueOrDefault(stream, s_noVersions);

    private void Close(RoundId round, MunicipalityId municipality, DateTimeOffset until)
    {
        if (ClosedUntil(round, municipality) is { } already && already >= until)
            return;
        _closed[(round, municipality)] = until;
        _closedStreams.Add(Application(round, municipality));
        _closedCourses.Add(new StreamKey(ParticipationId.Of(round, municipality).Stream.ToString()));
        if (!_published.Contains(round))
            _closedStreams.Add(new StreamKey(ParticipationId.Of(round, municipality).Stream.ToString()));
    }

    private static IEnumerable<(RoundId Round, MunicipalityId Municipality, DateTimeOffset Until)> Recusals(IReadOnlyList<Tie> ties) =>
        from recused in ties
        where recused is { Type: "member-recused", Round: not null, ReplacedAt: null } && TakenBack(recused, ties, "recusal-withdrawn") is null
        select (recused.Round!.Value, recused.Municipality, DateTimeOffset.MaxValue);

    /// <summary>An affiliation closes every round of its programme, but for those opened after it had ended.</summary>
    private static IEnumerable<(RoundId Round, MunicipalityId Municipality, DateTimeOffset Until)> Affiliations(IReadOnlyList<Tie> ties, Dictionary<RoundId, Step> rounds) =>
        from noted in ties
        where noted is { Type: "council-affiliation-noted", ReplacedAt: null }
        let end = TakenBack(noted, ties, "council-affiliation-ended")
        from round in rounds
        where "programme/" + round.Value.Programme == noted.Stream.Name && (end is null || round.Value.On < end.On)
        select (round.Key, noted.Municipality, end?.RecordedAt ?? DateTimeOffset.MaxValue);

    /// <returns>Null while a tie stands.</returns>
    private static Tie? TakenBack(Tie tie, IReadOnlyList<Tie> ties, string by) => ties.FirstOrDefault(t =>
        t.Type == by && t.ReplacedAt is null && t.Stream == tie.Stream && t.Municipality == tie.Municipality && t.RecordedAt >= tie.RecordedAt);

    private static RoundId RoundOf(StreamKey stream) => new(Guid.Parse(stream.Id));

    private static StreamKey Application(RoundId round, MunicipalityId municipality) => new(ApplicationId.Of(round, municipality).Stream.ToString());
}
