using HousingBank.Domain.Applications;
using HousingBank.Domain.Vocabulary;
using HousingBank.ReadModels.OneRound;
using HousingBank.ReadModels.Register;
using HousingBank.ReadModels.Tables;
using HousingBank.Store;

namespace HousingBank.ReadModels.Reviewing;

/// <summary>What the council's members think of applications, and who of them may not say.</summary>
public sealed class ReviewsQuery(Looking looking)
{
    /// <returns>Null when there is no such round by that day.</returns>
    public async Task<Answer<RoundReviews>?> OfRoundAsync(Scope scope, RoundId round, Question question, CancellationToken cancel)
    {
        var look = looking.Begin(scope, question);
        var council = new CouncilReviews(look, question);
        await look.AskAsync(cancel);
        return council.Round(round) is { } found ? look.Answer(new RoundReviews(found, council.Applications(round))) : null;
    }

    /// <returns>Null when there is no such application by that day, or the asker may not see it.</returns>
    public async Task<Answer<ApplicationReviews>?> OfApplicationAsync(
        Scope scope, RoundId round, MunicipalityId municipality, Question question, CancellationToken cancel)
    {
        var look = looking.Begin(scope, question);
        var council = new CouncilReviews(look, question);
        await look.AskAsync(cancel);
        return council.Round(round) is { } found && council.Application(round, municipality) is { } application
            ? look.Answer(new ApplicationReviews(found, application, council.Recusals(round, municipality)))
            : null;
    }

    /// <inheritdoc cref="OfApplicationAsync"/>
    public async Task<Answer<RecusalList>?> RecusalsAsync(Scope scope, RoundId round, MunicipalityId municipality, Question question, CancellationToken cancel) =>
        await OfApplicationAsync(scope, round, municipality, question, cancel) is { } found
            ? found.With(new RecusalList(found.Value.Application.Municipality, found.Value.Recusals))
            : null;
}

/// <summary>Members, reviews and recusals on the day asked about.</summary>
internal sealed class CouncilReviews
{
    private readonly Look _look;
    private readonly Question _question;
    private readonly Names _names;
    private readonly Asked<RoundRow> _rounds;
    private readonly Asked<CouncilMeetingRow> _meetings;
    private readonly Asked<ApplicationRow> _applications;
    private readonly Asked<ReviewRow> _reviews;
    private readonly Asked<RecusalRow> _recusals;
    private readonly Asked<CouncilMemberRow> _members;
    private readonly Asked<CouncilMemberRow> _membersEver;
    private readonly Asked<CouncilAffiliationRow> _affiliations;

    public CouncilReviews(Look look, Question question)
    {
        (_look, _question) = (look, question);
        _names = new Names(look);
        _rounds = look.At<RoundRow>();
        _meetings = look.At<CouncilMeetingRow>();
        _applications = look.At<ApplicationRow>();
        _reviews = look.At<ReviewRow>();
        _recusals = look.At<RecusalRow>();
        _members = look.At<CouncilMemberRow>();
        _membersEver = look.OverTime<CouncilMemberRow>();
        _affiliations = look.At<CouncilAffiliationRow>();
    }

    public RoundUnderReview? Round(RoundId round)
    {
        if (RowOf(round) is not { } row)
            return null;
        var meeting = _meetings.Rows.FirstOrDefault(m => m.Row.Round == round)?.Row;
        return new(
            round.Value,
            row.Number,
            row.Programme.Value,
            meeting?.Day,
            meeting?.Chair,
            meeting?.ClosedOn,
            row.CriteriaVersion,
            [.. row.Criteria.Select(c => new RoundCriterion(c.Code, c.Name, c.Weight))]);
    }

    /// <summary>Those that the council has, or had, before it.</summary>
    public IReadOnlyList<ReviewedApplication> Applications(RoundId round) =>
    [
        .. _applications.Rows.Where(a => a.Row.Round == round && !_look.Sight.IsClosed(round, a.Row.Municipality))
            .Select(a => Application(a.Row))
            .Where(a => a.IsBeforeCouncil || a.Own is not null || a.Reviews.Count > 0)
            .OrderBy(a => a.Municipality.Name, Norwegian.Order),
    ];

    /// <returns>Null also when the asker may see its outcome only.</returns>
    public ReviewedApplication? Application(RoundId round, MunicipalityId municipality) =>
        !_look.Sight.IsClosed(round, municipality) && _applications.Rows.FirstOrDefault(a => a.Row.Round == round && a.Row.Municipality == municipality) is { } found ? Application(found.Row) : null;

    /// <summary>Those that were said, and those that follow from where a member belongs.</summary>
    public IReadOnlyList<Recusal> Recusals(RoundId round, MunicipalityId municipality)
    {
        var said = _recusals.Rows.Where(r => r.Row.Round == round && r.Row.Municipality == municipality)
            .Select(r => new Recusal(
                Person(r.Row.Member), Codes.Of(r.Row.Cause), r.Row.Reason, r.Row.On, r.Row.WithdrawnOn, r.Row.WithdrawnBecause, FactsBehind.Of(r)));
        var belonging = _affiliations.Rows.Where(a => a.Row.Programme == RowOf(round)?.Programme && a.Row.Municipality == municipality)
            .Select(a => new Recusal(
                Person(a.Row.Member), Codes.Of(RecusalCause.Affiliation), a.Row.As, a.Row.From, a.Row.EndedOn, null, FactsBehind.Of(a)));
        return [.. said.Concat(belonging).OrderByDescending(r => r.Stands).ThenBy(r => r.On.On).ThenBy(r => r.Member.Member, StringComparer.Ordinal)];
    }

    private ReviewedApplication Application(ApplicationRow application)
    {
        var round = RowOf(application.Round);
        var reviews = _reviews.Rows.Where(r => r.Row.Round == application.Round && r.Row.Municipality == application.Municipality)
            .OrderBy(r => r.Row.Member, StringComparer.Ordinal)
            .Select(r => Review(r, round))
            .ToList();
        return new(
            _names.Of(application.Municipality),
            Intake.State(application),
            reviews.FirstOrDefault(r => r.Member.Member == _question.Member),
            [.. reviews.Where(r => r.HandedInOn is not null)],
            _question.Member is null ? Awaited(application, round, reviews) : []);
    }

    private List<CouncilPerson> Awaited(ApplicationRow application, RoundRow? round, List<Review> reviews)
    {
        if (application.Stage is not (ApplicationStage.UnderReview or ApplicationStage.Recommended))
            return [];
        var done = reviews.Where(r => r.State is "handedIn" or "changed").Select(r => r.Member.Member);
        var recused = Recusals(application.Round, application.Municipality).Where(r => r.Stands).Select(r => r.Member.Member);
        return
        [
            .. _members.Rows.Select(m => m.Row).Where(m => m.Programme == round?.Programme && !(m.Until?.On < _question.AsOf))
                .Select(m => m.Member).Except(done).Except(recused).Order(StringComparer.Ordinal).Select(Person),
        ];
    }

    private Review Review(Segment<ReviewRow> review, RoundRow? round)
    {
        var row = review.Row;
        return new(
            row.Review.Value,
            Person(row.Member),
            State(row, round),
            row.BegunOn,
            row.HandedInOn,
            row.CriteriaVersion,
            row.Scores,
            row.Remark,
            row.DraftSavedOn is { } saved && row.Member == _question.Member ? new ReviewDraft(saved, row.DraftScores, row.DraftRemark) : null,
            [.. row.Earlier.Select(e => new HandedInEarlier(e.HandedInOn, e.CriteriaVersion, e.Scores, e.Remark))],
            row.IsSimulated,
            FactsBehind.Of(review));
    }

    private static string State(ReviewRow review, RoundRow? round) => review switch
    {
        { HandedInOn: null } => "draft",
        _ when review.CriteriaVersion < round?.OldestCriteriaThatCount => "handInAnew",
        { Earlier.Count: > 0 } => "changed",
        _ => "handedIn",
    };

    private CouncilPerson Person(string member)
    {
        var last = _membersEver.Rows.Where(m => m.Row.Member == member).MaxBy(m => m.ValidFrom)?.Row;
        return new(member, last?.Person, last?.Affiliation);
    }

    private RoundRow? RowOf(RoundId round) => _rounds.Rows.FirstOrDefault(r => r.Row.Round == round)?.Row;
}
