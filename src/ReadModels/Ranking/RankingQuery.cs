using HousingBank.Domain.IntakeRounds;
using HousingBank.Domain.Reviews;
using HousingBank.Domain.Vocabulary;
using HousingBank.ReadModels.OneMeeting;
using HousingBank.ReadModels.OneRound;
using HousingBank.ReadModels.Register;
using HousingBank.ReadModels.Tables;
using HousingBank.Store;

namespace HousingBank.ReadModels.Ranking;

/// <summary>A round's applications by what the council's members scored. Every figure is made here, of the reviews the asker may see.</summary>
public sealed class RankingQuery(Looking looking)
{
    /// <returns>Null when there is no such round by that day.</returns>
    public async Task<Answer<RankingPage>?> AskAsync(Scope scope, RoundId round, Question question, CancellationToken cancel)
    {
        var look = looking.Begin(scope, question);
        var names = new Names(look);
        var council = new CouncilAtWork(look, round);
        await look.AskAsync(cancel);
        if (council.Round is not { } found)
            return null;

        var applications = council.Applications.Select(a => Application(council, a, names, found.Row.Criteria)).ToList();
        var places = Scoring.Places([.. applications.Select(a => a.Total)]);
        return look.Answer(new RankingPage(
            round.Value,
            found.Row.Number,
            [.. found.Row.Criteria.Select(c => new RoundCriterion(c.Code, c.Name, c.Weight))],
            [
                .. applications.Select((a, i) => a with { Place = places[i] })
                    .OrderBy(a => a.Place ?? int.MaxValue).ThenBy(a => a.Municipality.Name, Norwegian.Order),
            ],
            council.Meeting is { } meeting ? FactsBehind.Of(meeting) : null));
    }

    private static RankedApplication Application(CouncilAtWork council, Segment<ApplicationRow> application, Names names, ValueList<SelectionCriterion> criteria)
    {
        var row = application.Row;
        var counted = council.CountedReviews(row.Municipality);
        IReadOnlyList<IReadOnlyList<CriterionScore>> scores = [.. (counted ?? []).Select(r => r.Row.Scores)];
        var totals = scores.Select(s => Scoring.Total(criteria, s)).ToList();
        var place = council.Order.ToList().IndexOf(row.Municipality);
        return new(
            names.Of(row.Municipality),
            Intake.State(row),
            null,
            Scoring.Total(criteria, scores),
            totals.Min(),
            totals.Max(),
            counted is null ? null : [.. counted.Select(r => Review(r, criteria))],
            [.. criteria.Select(c => Scoring.Figures(c.Code, scores))],
            place < 0 ? null : place + 1,
            Codes.Of(row.Advice),
            FactsBehind.Of(application));
    }

    private static CountedReview Review(Segment<ReviewRow> review, ValueList<SelectionCriterion> criteria) => new(
        review.Row.Member,
        Scoring.Total(criteria, review.Row.Scores),
        [.. criteria.Select(c => review.Row.Scores.FirstOrDefault(s => s.Criterion == c.Code)?.Score)],
        FactsBehind.Of(review));
}
