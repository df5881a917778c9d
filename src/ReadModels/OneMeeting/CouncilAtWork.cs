using HousingBank.Domain.Applications;
using HousingBank.Domain.Vocabulary;
using HousingBank.ReadModels.Tables;
using HousingBank.Store;

namespace HousingBank.ReadModels.OneMeeting;

/// <summary>What the council has to do with a round: its meeting, its members and what they have handed in, as far as the asker may see it.</summary>
internal sealed class CouncilAtWork
{
    private readonly Look _look;
    private readonly RoundId _round;
    private readonly Asked<RoundRow> _rounds;
    private readonly Asked<CouncilMeetingRow> _meetings;
    private readonly Asked<ApplicationRow> _applications;
    private readonly Asked<ReviewRow> _reviews;
    private readonly Asked<RecusalRow> _recusals;
    private readonly Asked<CouncilMemberRow> _members;
    private readonly Asked<CouncilAffiliationRow> _affiliations;

    public CouncilAtWork(Look look, RoundId round)
    {
        (_look, _round) = (look, round);
        _rounds = look.At(new RowFilter<RoundRow>().Where(r => r.Round, round));
        _meetings = look.At(new RowFilter<CouncilMeetingRow>().Where(r => r.Round, round));
        _applications = look.At(new RowFilter<ApplicationRow>().Where(r => r.Round, round));
        _reviews = look.At(new RowFilter<ReviewRow>().Where(r => r.Round, round));
        _recusals = look.OverTime(new RowFilter<RecusalRow>().Where(r => r.Round, round));
        _members = look.OverTime<CouncilMemberRow>();
        _affiliations = look.OverTime<CouncilAffiliationRow>();
    }

    /// <summary>Null when there is no such round by the day asked about.</summary>
    public Segment<RoundRow>? Round => _rounds.Rows is [var round, ..] ? round : null;

    /// <summary>Null until it is called.</summary>
    public Segment<CouncilMeetingRow>? Meeting => _meetings.Rows is [var meeting, ..] ? meeting : null;

    /// <summary>Those that have come as far as the council.</summary>
    public IEnumerable<Segment<ApplicationRow>> Applications => _applications.Rows.Where(a =>
        a.Row.Stage is ApplicationStage.UnderReview or ApplicationStage.Recommended || a.Row.RecommendedOn is not null);

    /// <summary>Who holds a seat on the day of the meeting.</summary>
    public IReadOnlyList<CouncilMemberRow> Members
    {
        get
        {
            var day = Meeting?.Row switch
            {
                { OpenedOn: { } opened } => opened.On,
                { Day: { } called } when called.On < _look.AsOf => called.On,
                _ => _look.AsOf,
            };
            return [.. On(day, _members).Where(m => m.Programme == Round?.Row.Programme && !(m.Until?.On < day)).OrderBy(m => m.Member, StringComparer.Ordinal)];
        }
    }

    /// <summary>The council's order, as far as the asker sees it.</summary>
    public IReadOnlyList<MunicipalityId> Order => [.. (Meeting?.Row.Order ?? []).Where(m => _look.Sight.SeesRecommendation(_round, m))];

    /// <summary>When the meeting is over, those who were recused then.</summary>
    public IReadOnlyList<RecusedMember> RecusedFrom(MunicipalityId municipality)
    {
        var day = Meeting?.Row.ClosedOn?.On ?? _look.AsOf;
        var said = On(day, _recusals).Where(r => r.Municipality == municipality && r.WithdrawnOn is null).Select(r => (r.Member, r.Cause));
        var belongs = On(day, _affiliations)
            .Where(a => a.Programme == Round?.Row.Programme && a.Municipality == municipality && a.EndedOn is null)
            .Select(a => (a.Member, Cause: RecusalCause.Affiliation));
        var members = Members.Select(m => m.Member).ToHashSet();
        return [.. said.Concat(belongs).Where(r => members.Contains(r.Member)).DistinctBy(r => r.Member).Select(r => new RecusedMember(r.Member, Codes.Of(r.Cause)))];
    }

    public IReadOnlyList<string> EntitledOn(MunicipalityId municipality) => [.. Members.Select(m => m.Member).Except(RecusedFrom(municipality).Select(r => r.Member))];

    /// <summary>The reviews that count; null when the asker does not see others' before the own one is in.</summary>
    public IReadOnlyList<Segment<ReviewRow>>? CountedReviews(MunicipalityId municipality)
    {
        if (!_look.Sight.SeesReviews(_round, municipality))
            return null;
        var entitled = EntitledOn(municipality);
        return
        [
            .. _reviews.Rows
                .Where(r => r.Row.Municipality == municipality && r.Row.CriteriaVersion >= Round?.Row.OldestCriteriaThatCount && entitled.Contains(r.Row.Member))
                .OrderBy(r => r.Row.Member, StringComparer.Ordinal),
        ];
    }

    private static IEnumerable<TRow> On<TRow>(DateOnly day, Asked<TRow> asked)
        where TRow : notnull => asked.Rows.Where(r => r.ValidFrom <= day && day < r.ValidTo).Select(r => r.Row);
}
