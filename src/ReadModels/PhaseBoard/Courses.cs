using HousingBank.Domain.Participations;
using HousingBank.Domain.Programmes;
using HousingBank.Domain.Vocabulary;
using HousingBank.ReadModels.Register;
using HousingBank.ReadModels.Tables;
using HousingBank.Store;
using ApplicationId = HousingBank.Domain.Vocabulary.ApplicationId;

namespace HousingBank.ReadModels.PhaseBoard;

/// <summary>Municipalities' courses with their phases and gates on the day asked about: what board, municipality and work list are made from.</summary>
internal sealed class Courses
{
    private static readonly RowFilter<ParticipationRow> s_coursesOfCards = new RowFilter<ParticipationRow>().Without(c => c.CandidateSince, c => c.EndReason);

    private static readonly RowFilter<PhaseRow> s_phasesOfCards =
        new RowFilter<PhaseRow>().Without(p => p.ShortestMonths, p => p.CriteriaNotMet, p => p.NotDocumentedCriteria, p => p.WaiverReason, p => p.CompletedOn, p => p.EndedOn);

    private static readonly RowFilter<CriterionRow> s_criteriaOfCards = new RowFilter<CriterionRow>().Without(c => c.Evidence, c => c.Resolution);

    private static readonly RowFilter<AgreementRow> s_agreementsOfCards = new RowFilter<AgreementRow>().Without(
        a => a.DraftedOn, a => a.LocalAdaptation, a => a.BankExpectations, a => a.MunicipalityExpectations, a => a.BankSignedBy, a => a.MunicipalitySignedBy, a => a.EndReason, a => a.NotDocumented);

    private readonly DateOnly _asOf;
    private readonly Names _names;
    private readonly Asked<ParticipationRow> _participations;
    private readonly Asked<PhaseRow> _phases;
    private readonly Asked<CriterionRow> _criteria;
    private readonly Asked<AgreementRow> _agreements;
    private readonly Asked<FrameworkPhaseRow> _models;
    private readonly Asked<ContradictionRow> _contradictions;
    private readonly Lazy<ILookup<StreamKey, Segment<PhaseRow>>> _phasesOf;
    private readonly Lazy<ILookup<StreamKey, Segment<CriterionRow>>> _criteriaOf;
    private readonly Lazy<ILookup<ParticipationId, Segment<AgreementRow>>> _agreementsOf;
    private readonly Lazy<ILookup<StreamKey, Segment<ContradictionRow>>> _contradictionsOf;
    private readonly Lazy<ILookup<(ProgrammeId, int Version, Phase), FrameworkPhaseRow>> _modelOf;

    /// <param name="streams">The courses' streams, where they are known; null for those of all that the filter lets pass.</param>
    public Courses(Look look, Names names, RowFilter<ParticipationRow> which, IReadOnlyList<StreamKey>? streams = null)
        : this(look, names, look.At(streams is null ? which : which.OfStream(streams)), look.At<PhaseRow>(streams), look.At<CriterionRow>(streams), look.At<AgreementRow>())
    {
    }

    private Courses(
        Look look, Names names, Asked<ParticipationRow> participations, Asked<PhaseRow> phases, Asked<CriterionRow> criteria, Asked<AgreementRow> agreements)
    {
        (_asOf, _names) = (look.AsOf, names);
        (_participations, _phases, _criteria, _agreements) = (participations, phases, criteria, agreements);
        _models = look.At<FrameworkPhaseRow>();
        _contradictions = look.At<ContradictionRow>();
        _phasesOf = new(() => _phases.Rows.ToLookup(r => r.Stream));
        _criteriaOf = new(() => _criteria.Rows.ToLookup(r => r.Stream));
        _agreementsOf = new(() => _agreements.Rows.ToLookup(r => r.Row.Participation));
        _contradictionsOf = new(() => _contradictions.Rows.ToLookup(r => r.Stream));
        _modelOf = new(() => _models.Rows.Select(r => r.Row).ToLookup(r => (r.Programme, r.ModelVersion, r.Phase)));
    }

    /// <summary>Those the asker may see, with what their cards show and no more.</summary>
    public static Courses OfCards(Look look, Names names, Question question) => new(
        look, names, look.At(SeenBy(question, s_coursesOfCards)), look.At(s_phasesOfCards), look.At(s_criteriaOfCards), look.At(s_agreementsOfCards));

    /// <summary>Those the asker may see.</summary>
    public static RowFilter<ParticipationRow> SeenBy(Question question) => SeenBy(question, new RowFilter<ParticipationRow>());

    private static RowFilter<ParticipationRow> SeenBy(Question question, RowFilter<ParticipationRow> all) =>
        question.SeesOnly is { } own ? all.Where(r => r.Municipality, own) : all;

    public IReadOnlyList<Segment<ParticipationRow>> Participations => _participations.Rows;

    /// <summary>In the order they were started.</summary>
    public IReadOnlyList<Segment<PhaseRow>> Phases(Segment<ParticipationRow> course) =>
        [.. _phasesOf.Value[course.Stream].OrderBy(p => p.Row.StartedOn.On).ThenBy(p => p.Row.Phase).ThenBy(p => p.Row.IsInFact())];

    public IEnumerable<Segment<AgreementRow>> Agreements(Segment<ParticipationRow> course) => _agreementsOf.Value[course.Row.Participation];

    /// <summary>Everything that is recorded about a course stands in one of these: itself, its application, its agreements.</summary>
    public IEnumerable<StreamKey> Streams(Segment<ParticipationRow> course) =>
    [
        course.Stream,
        new StreamKey(ApplicationId.Of(course.Row.Round, course.Row.Municipality).Stream.ToString()),
        .. Agreements(course).Select(a => a.Stream),
    ];

    public IEnumerable<Segment<ContradictionRow>> Contradictions(Segment<ParticipationRow> course) => Streams(course).SelectMany(s => _contradictionsOf.Value[s]);

    /// <summary>The longest duration of a phase by the version of the framework model that a course is on.</summary>
    public int LongestMonths(ParticipationRow course, Phase phase) =>
        _modelOf.Value[(course.Programme, course.ModelVersion, phase)].FirstOrDefault()?.LongestMonths ?? 1;

    /// <returns>Null for a course of which no phase has started: a fact in the middle was struck.</returns>
    public BoardCard? Card(Segment<ParticipationRow> course, StreamFigures figures)
    {
        var row = course.Row;
        var phases = Phases(course);
        if (phases is not [.., var current] || phases.LastOrDefault(p => p.Row.IsInFact()) is not { } inFact)
            return null;

        var clock = current.Row.Clock();
        var judgedOn = row.EndedOn is { } ended && ended.On <= _asOf ? ended.On.AddDays(-1) : _asOf;
        var plannedEnd = clock.PlannedEnd(judgedOn);
        StreamKey[] streams = [.. Streams(course)];
        var standing = row switch
        {
            { EndedOn: not null } => CourseStanding.Ended,
            _ when row.OpenSuspension() is not null => CourseStanding.Suspended,
            { AdmittedOn: null } => CourseStanding.Candidate,
            _ => CourseStanding.Participant,
        };
        return new BoardCard(
            row.Participation.Value,
            row.Programme.Value,
            row.Round.Value,
            row.RoundNumber,
            _names.Of(row.Municipality),
            standing,
            current.Row.Phase,
            Codes.Of(current.Row.Ground),
            inFact.Row.Phase,
            PlannedCourse.PhaseByModel(current.Row.Phase, clock, phase => LongestMonths(row, phase), judgedOn),
            current.Row.StartedOn,
            clock.DaysUsed(judgedOn),
            clock.LongestDays,
            plannedEnd.Earliest,
            plannedEnd.Latest,
            standing is CourseStanding.Candidate or CourseStanding.Participant ? clock.DaysLate(judgedOn) : 0,
            Gate(course, inFact),
            row.OpenSuspension()?.From,
            row.Outcome,
            row.EndedOn,
            streams.Sum(s => _contradictionsOf.Value[s].Count()),
            streams.Sum(figures.RecordedLate),
            row.IsSimulated,
            FactsBehind.OfAll(course.Stream, course.Versions, current.Versions, inFact.Versions));
    }

    /// <summary>What leaving a phase demands, and what of it is there.</summary>
    public IReadOnlyList<GateCriterion> Gate(Segment<ParticipationRow> course, Segment<PhaseRow> phase)
    {
        var recorded = _criteriaOf.Value[course.Stream].Where(c => c.Row.Phase is null || c.Row.Phase == phase.Row.Phase).ToLookup(c => c.Row.Criterion);
        return
        [
            .. phase.Row.Criteria.Select(criterion =>
            {
                if (criterion == GateCriteria.AgreementInForce && InForce(course) is { } agreement)
                    return new GateCriterion(phase.Row.Phase, criterion, CriterionState.Met, agreement.Row.InForceFrom(), FactsBehind.Of(agreement));
                var known = recorded[criterion].OrderBy(c => c.Row.MetOn is null).FirstOrDefault();
                var state = known switch
                {
                    null => CriterionState.Missing,
                    { Row.MetOn: null } => CriterionState.NotDocumented,
                    _ => CriterionState.Met,
                };
                return new GateCriterion(phase.Row.Phase, criterion, state, known?.Row.MetOn, known is null ? null : FactsBehind.Of(known));
            }),
        ];
    }

    private Segment<AgreementRow>? InForce(Segment<ParticipationRow> course) =>
        Agreements(course).FirstOrDefault(a => a.Row.InForceFrom() is not null && a.Row.EndedOn is null);
}
