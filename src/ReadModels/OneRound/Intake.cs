using HousingBank.Domain.Applications;
using HousingBank.Domain.Vocabulary;
using HousingBank.ReadModels.OneProgramme;
using HousingBank.ReadModels.Register;
using HousingBank.ReadModels.Tables;
using HousingBank.Store;

namespace HousingBank.ReadModels.OneRound;

/// <summary>Rounds with those invited, applying and admitted on the day asked about.</summary>
internal sealed class Intake
{
    // The furthest an application came is kept by its days, also when it was withdrawn or declined there.
    private static readonly (string Step, Func<ApplicationRow, bool> IsReached)[] s_steps =
    [
        ("begun", _ => true),
        (Submitted, a => a.SubmittedOn is not null),
        ("complete", a => a.CompleteOn is not null),
        ("underReview", a => a.ReviewStartedOn is not null),
        ("recommended", a => a.Advice is not null),
    ];

    private static readonly string[] s_states =
    [
        NoApplication, "draft", "lateNotAccepted", Submitted, "supplementRequested", "supplemented", "complete", "underReview", "recommended",
        "admitted", "declined", "deferred", "withdrawn",
    ];

    private const string Submitted = "submitted";
    private const string NoApplication = "none";

    private readonly Names _names;
    private readonly Question _question;
    private readonly Asked<RoundRow> _rounds;
    private readonly Asked<InvitationRow> _invitations;
    private readonly Asked<ApplicationRow> _applications;

    public Intake(Look look, Names names, Question question)
    {
        (_names, _question) = (names, question);
        _rounds = look.At<RoundRow>();
        _invitations = look.At<InvitationRow>();
        _applications = look.At<ApplicationRow>();
    }

    public IReadOnlyList<Segment<RoundRow>> Rounds => [.. _rounds.Rows.OrderBy(r => r.Row.Number).ThenBy(r => r.Row.OpenedOn.On)];

    public IEnumerable<Segment<ApplicationRow>> Applications => _applications.Rows.Where(a => MaySee(a.Row.Municipality));

    /// <summary>Who has begun and not submitted, and who is invited and can still begin in time, in rounds that are not closed; where all may apply, the asker's own too.</summary>
    public IEnumerable<(RoundRow Round, MunicipalityId Municipality, FactsBehind Facts)> ToWrite
    {
        get
        {
            var open = _rounds.Rows.Where(r => r.Row.ClosedOn is null).ToDictionary(r => r.Row.Round, r => r.Row);
            var applied = _applications.Rows.Select(a => (a.Row.Round, a.Row.Municipality)).ToHashSet();
            return Applications.Where(a => a.Row.Stage == ApplicationStage.Draft && open.ContainsKey(a.Row.Round))
                .Select(a => (open[a.Row.Round], a.Row.Municipality, FactsBehind.Of(a)))
                .Concat(_invitations.Rows
                    .Where(i => MaySee(i.Row.Municipality) && i.Row.AdmittedOn is null && !applied.Contains((i.Row.Round, i.Row.Municipality))
                        && open.TryGetValue(i.Row.Round, out var round) && !(round.Deadline?.Last < _question.AsOf))
                    .Select(i => (open[i.Row.Round], i.Row.Municipality, FactsBehind.Of(i))))
                .Concat(_rounds.Rows
                    .Where(r => IsOpenToOwn(r.Row) && !(r.Row.Deadline?.Last < _question.AsOf) && !applied.Contains((r.Row.Round, _question.SeesOnly!.Value))
                        && !_invitations.Rows.Any(i => i.Row.Round == r.Row.Round && i.Row.Municipality == _question.SeesOnly))
                    .Select(r => (r.Row, _question.SeesOnly!.Value, FactsBehind.Of(r))));
        }
    }

    public IEnumerable<StreamKey> Streams => _rounds.Rows.Select(r => r.Stream).Concat(_applications.Rows.Select(a => a.Stream));

    /// <summary>How many came to each step. The counts are open to all, who they are is not.</summary>
    public RoundFunnel Funnel(Segment<RoundRow> round, StreamFigures figures)
    {
        var row = round.Row;
        var invitations = _invitations.Rows.Where(i => i.Row.Round == row.Round).ToList();
        var applications = _applications.Rows.Where(a => a.Row.Round == row.Round).ToList();
        var invited = new FunnelCount(invitations.Count(i => i.Row.InvitedOn is not null), row.ReportedInvited);
        var admitted = new FunnelCount(invitations.Count(i => i.Row.AdmittedOn is not null), null);
        List<RoundStep> steps =
        [
            new("invited", invited),
            .. s_steps.Select(s => new RoundStep(s.Step, new(applications.Count(a => s.IsReached(a.Row)), s.Step == Submitted ? row.ReportedApplied : null))),
            new("admitted", admitted),
        ];
        return new(
            row.Round.Value,
            row.Programme.Value,
            row.Number,
            figures.Version(round.Stream),
            row.OpenedOn,
            row.Deadline,
            row.Capacity,
            row.Capacity is { } capacity ? Math.Max(0, capacity - admitted.Named) : null,
            row.OpenToAll,
            applications.Select(a => a.Row.DecidedOn).MaxBy(d => d?.On),
            row.PublishedOn,
            row.ClosedOn,
            invited,
            steps.Single(s => s.Step == Submitted).Count,
            admitted,
            steps,
            States(invitations, applications),
            applications.Count(a => a.Row.DeviationReason is not null),
            row.ReportedSource,
            row.IsSimulated,
            FactsBehind.OfAll(round.Stream, [round.Versions, .. invitations.Select(i => i.Versions)]));
    }

    /// <summary>The figures kept of those that the asker may see, by name.</summary>
    public SelectionFigures Figures(Segment<RoundRow> round, IEnumerable<Segment<SelectionFigureRow>> kept) => new(
    [
        .. kept.Where(k => k.Row.Round == round.Row.Round && MaySee(k.Row.Municipality))
            .Select(k => new KeptFigures(
                _names.Of(k.Row.Municipality),
                [.. k.Row.Figures.Select(f => new KeptFigure(f.Code, f.Name, f.Unit, f.Period, f.Value, f.Note))],
                k.Row.Source,
                k.Row.KeptOn,
                FactsBehind.Of(k)))
            .OrderBy(k => k.Municipality.Name, Norwegian.Order),
    ]);

    /// <summary>Those invited, applying or admitted, by name; where all may apply, the asker's own too, so that it finds the way to begin.</summary>
    public IReadOnlyList<InvitedMunicipality> Municipalities(Segment<RoundRow> round, StreamFigures figures)
    {
        var invitations = _invitations.Rows.Where(i => i.Row.Round == round.Row.Round).ToLookup(i => i.Row.Municipality);
        var applications = _applications.Rows.Where(a => a.Row.Round == round.Row.Round).ToLookup(a => a.Row.Municipality);
        return
        [
            .. invitations.Select(i => i.Key).Union(applications.Select(a => a.Key)).Where(MaySee)
                .Union(IsOpenToOwn(round.Row) ? [_question.SeesOnly!.Value] : [])
                .Select(m =>
                {
                    var invitation = invitations[m].FirstOrDefault();
                    var application = applications[m].FirstOrDefault();
                    return new InvitedMunicipality(
                        _names.Of(m),
                        invitation?.Row.InvitedOn,
                        invitation?.Row.AdmittedOn,
                        ParticipationId.Of(round.Row.Round, m).Value,
                        application is null ? null : Application(application, figures),
                        invitation is null ? null : FactsBehind.Of(invitation));
                })
                .OrderBy(m => m.Municipality.Name, Norwegian.Order),
        ];
    }

    private static IReadOnlyList<StateCount> States(IReadOnlyList<Segment<InvitationRow>> invitations, IReadOnlyList<Segment<ApplicationRow>> applications)
    {
        var without = invitations.Select(i => i.Row.Municipality).Except(applications.Select(a => a.Row.Municipality)).Select(_ => NoApplication);
        var counts = applications.Select(a => State(a.Row)).Concat(without).CountBy(s => s).ToDictionary();
        return [.. s_states.Where(counts.ContainsKey).Select(s => new StateCount(s, counts[s]))];
    }

    public ApplicationInRound Application(Segment<ApplicationRow> application, StreamFigures figures)
    {
        var row = application.Row;
        var round = _rounds.Rows.FirstOrDefault(r => r.Row.Round == row.Round)?.Row;
        var isShown = IsShown(row);
        return new(
            row.Application.Value,
            row.Round.Value,
            round?.Number ?? 0,
            _names.Of(row.Municipality),
            State(row),
            figures.Version(application.Stream),
            row.DraftedOn,
            row.SubmittedOn,
            row.IsLate,
            row.LateAskedBecause,
            row.LateBecause,
            isShown,
            ApplicationForm.Of(isShown ? row.Content ?? row.Draft : ApplicationContent.Empty),
            isShown && row.Stage == ApplicationStage.Draft ? [.. Missing(row, round)] : [],
            isShown && row.Signatory is { } signatory ? new(signatory.Person, signatory.Function) : null,
            isShown && row.SignOff is { } signOff ? new(Codes.Of(signOff.By), signOff.Function, signOff.On) : null,
            row.SupplementWanted,
            row.SupplementDue,
            [.. row.Supplements.Select(s => new SupplementInApplication(s.Wanted, s.RequestedOn, s.Due, s.Received, s.ReceivedOn, s.IsLate))],
            row.CompleteOn,
            row.ReviewStartedOn,
            Codes.Of(row.Advice),
            row.Ranking,
            row.VotesFor,
            row.VotesAgainst,
            row.AdviceReason,
            Codes.Of(row.Outcome),
            row.DecidedOn,
            row.DecisionReason,
            row.DeviationReason,
            [.. row.CriterionReasons],
            row.WithdrawnOn,
            row.NotDocumented,
            [.. row.Attachments.Where(_ => isShown).Select(a => new AttachmentInApplication(a.Attachment.Value, a.FileName, a.MediaType, a.Size, a.AddedOn))],
            row.IsSimulated,
            FactsBehind.Of(application));
    }

    /// <summary>True when the municipality that asks may begin an application in a round without being invited.</summary>
    private bool IsOpenToOwn(RoundRow round) =>
        round is { OpenToAll: true, ClosedOn: null } && _question.SeesOnly is { } own && _names.Knows(own) && _names.Of(own).MergedInto is null;

    private bool MaySee(MunicipalityId municipality) => _question.SeesOnly is null || _question.SeesOnly == municipality;

    /// <summary>Until it is submitted, what a municipality writes is read by its own people only.</summary>
    private bool IsShown(ApplicationRow row) => row.SubmittedOn is not null || _question.SeesOnly == row.Municipality;

    private IEnumerable<string> Missing(ApplicationRow row, RoundRow? round)
    {
        foreach (var (prerequisite, _) in ApplicationDecider.LackingIn(row.Draft))
            yield return prerequisite;
        if (row.SignOff is null)
            yield return IntakePrerequisites.SignOff;
        if (round?.Deadline?.Last < _question.AsOf && row.LateBecause is null)
            yield return IntakePrerequisites.Deadline;
    }

    internal static string State(ApplicationRow row) => row switch
    {
        { Stage: ApplicationStage.Decided, Outcome: { } outcome } => Codes.Of(outcome),
        { Stage: ApplicationStage.Submitted, IsLate: true, LateBecause: null } => "lateNotAccepted",
        _ => Codes.Of(row.Stage),
    };
}
