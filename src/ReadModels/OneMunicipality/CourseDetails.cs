using HousingBank.Domain.Participations;
using HousingBank.Domain.Vocabulary;
using HousingBank.ReadModels.OneRound;
using HousingBank.ReadModels.Overview;
using HousingBank.ReadModels.PhaseBoard;
using HousingBank.ReadModels.Register;
using HousingBank.ReadModels.Tables;
using HousingBank.Store;

namespace HousingBank.ReadModels.OneMunicipality;

/// <summary>Everything about some courses on the day asked about.</summary>
internal sealed class CourseDetails
{
    private readonly DateOnly _asOf;
    private readonly Courses _courses;
    private readonly Organised _organised;
    private readonly Intake _intake;
    private readonly Asked<ProgrammeRow> _programmes;
    private readonly Asked<ExtensionRow> _extensions;
    private readonly Asked<PreAnalysisRow> _preAnalyses;
    private readonly Asked<CommitmentRow> _commitments;

    public CourseDetails(Look look, Names names, Question question, IReadOnlyList<StreamKey> streams)
    {
        _asOf = look.AsOf;
        _courses = new Courses(look, names, Courses.SeenBy(question), streams);
        _organised = new Organised(look, streams);
        _intake = new Intake(look, names, question);
        _programmes = look.At<ProgrammeRow>();
        _extensions = look.At<ExtensionRow>(streams);
        _preAnalyses = look.At<PreAnalysisRow>(streams);
        _commitments = look.At<CommitmentRow>();
    }

    /// <summary>Those whose versions forms need.</summary>
    public IEnumerable<StreamKey> Streams => _courses.Participations.SelectMany(_courses.Streams);

    /// <summary>The latest round first.</summary>
    public IReadOnlyList<Course> All(StreamFigures figures) =>
        [.. _courses.Participations.OrderByDescending(p => p.Row.CandidateSince.On).Select(p => Course(p, figures)).OfType<Course>()];

    private Course? Course(Segment<ParticipationRow> course, StreamFigures figures)
    {
        if (_courses.Card(course, figures) is not { } card)
            return null;

        var row = course.Row;
        var phases = _courses.Phases(course);
        var programme = _programmes.Rows.FirstOrDefault(p => p.Row.Programme == row.Programme)?.Row;
        var application = _intake.Applications.FirstOrDefault(a => a.Row.Round == row.Round && a.Row.Municipality == row.Municipality);
        var agreements = _courses.Agreements(course).OrderByDescending(a => a.Row.DraftedOn.On).Select(a => Agreement(a, figures)).ToList();
        return new(
            card,
            figures.Version(course.Stream),
            row.ModelVersion,
            programme?.Name,
            programme?.PeriodFrom,
            programme?.PeriodTo,
            row.CandidateSince,
            row.AdmittedOn,
            Bars(row, phases),
            [.. row.Suspensions.Select(s => new SuspendedTime(s.From.On, s.To, s.Reason))],
            [.. phases.Where(p => p.Row.IsInFact()).SelectMany(p => _courses.Gate(course, p))],
            application is null ? null : _intake.Application(application, figures),
            agreements,
            _organised.Column(course, card),
            _organised.Assessments(course.Stream),
            [.. _preAnalyses.Rows.Where(p => p.Stream == course.Stream).Select(p => new PreAnalysis(p.Row.Supplier, p.Row.DeliveredOn, FactsBehind.Of(p)))],
            [.. _courses.Contradictions(course).Select(c => new Contradicted(c.Row.Rule, c.Row.On, FactsBehind.Of(c)))],
            Next(card, agreements));
    }

    public Agreement Agreement(Segment<AgreementRow> agreement, StreamFigures figures)
    {
        var row = agreement.Row;
        var commitments = _commitments.Rows.Where(c => c.Row.Agreement == row.Agreement)
            .Select(c => new AgreedCommitment(c.Row.Code, c.Row.Text, Codes.Of(c.Row.Party), c.Row.Owner, c.Row.Due));
        return new(
            row.Agreement.Value,
            row.Participation.Value,
            row.EndedOn is not null ? "ended" : row.InForceFrom() is not null ? "inForce" : "drafted",
            figures.Version(agreement.Stream),
            row.DraftedOn,
            row.BankSignedOn,
            row.MunicipalitySignedOn,
            row.InForceFrom(),
            row.EndedOn,
            row.EndReason,
            row.LocalAdaptation,
            row.BankExpectations,
            row.MunicipalityExpectations,
            row.NotDocumented,
            [.. commitments],
            FactsBehind.Of(agreement));
    }

    /// <summary>One bar for each start, and one for each phase that has not started.</summary>
    private IReadOnlyList<PhaseBar> Bars(ParticipationRow course, IReadOnlyList<Segment<PhaseRow>> phases)
    {
        var first = new PhaseClock(course.CandidateSince.On, course.CandidateSince.Last, _courses.LongestMonths(course, Phase.Preparation), 0, 0, null);
        return
        [
            .. PlannedCourse.From(Phase.Preparation, first, phase => _courses.LongestMonths(course, phase), _asOf).SelectMany(planned =>
            {
                var starts = phases.Where(p => p.Row.Phase == planned.Phase).ToList();
                return starts.Count == 0
                    ? [new PhaseBar(planned.Phase, null, planned.FirstDay, planned.LastDay, null, null, null, null, _courses.LongestMonths(course, planned.Phase), 0, [], [], null, null)]
                    : starts.Select(s => Bar(planned, s));
            }),
        ];
    }

    private PhaseBar Bar(PlannedPhase planned, Segment<PhaseRow> start)
    {
        var row = start.Row;
        var clock = row.Clock();
        var plannedEnd = clock.PlannedEnd(row.EndedOn ?? _asOf);
        return new(
            row.Phase,
            Codes.Of(row.Ground),
            planned.FirstDay,
            planned.LastDay,
            row.StartedOn,
            row.EndedOn,
            plannedEnd.Earliest,
            plannedEnd.Latest,
            row.LongestMonths,
            clock.ExtensionMonths,
            [.. ExtensionsOf(start).Select(e => new Extension(e.On, e.Months, e.Reason))],
            row.CriteriaNotMet,
            row.WaiverReason,
            FactsBehind.Of(start));
    }

    /// <summary>By day; those of one day in the order they were recorded.</summary>
    private IEnumerable<ExtensionRow> ExtensionsOf(Segment<PhaseRow> phase) =>
        _extensions.Rows.Where(e => e.Stream == phase.Stream && phase.Versions.Contains(e.Row.Version)).Select(e => e.Row).OrderBy(e => e.On).ThenBy(e => e.Version);

    private static Next Next(BoardCard card, IReadOnlyList<Agreement> agreements) => card.Standing == CourseStanding.Ended
        ? new(null, [], null, [])
        : new(
            card.PhaseInFact == Phase.PhaseOut ? null : card.PhaseInFact + 1,
            [.. card.Gate.Where(g => g.State == CriterionState.Missing).Select(g => g.Criterion)],
            card.PlannedEndLatest,
            [.. agreements.Where(a => a.State == "inForce").SelectMany(a => a.Commitments).Where(c => c.Due is not null).OrderBy(c => c.Due!.On)]);
}
