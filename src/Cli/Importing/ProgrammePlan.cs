using System.Globalization;
using HousingBank.Cli.Sources;
using HousingBank.Domain.Agreements;
using HousingBank.Domain.Applications;
using HousingBank.Domain.IntakeRounds;
using HousingBank.Domain.Participations;
using HousingBank.Domain.Programmes;
using HousingBank.Domain.Vocabulary;

namespace HousingBank.Cli.Importing;

/// <summary>What a programme file asks for, as commands in the order they can be decided.</summary>
/// <remarks>
/// Nothing is invented: where the source is silent on something that a rule asks for, the command names it as not documented. What the source tells
/// without a day lies between the days it does give, and is marked as assumed (docs/decisions/05-inexact-days.md).
/// </remarks>
public sealed class ProgrammePlan
{
    private readonly ProgrammeSource _source;
    private readonly ToldProgramme _programme;
    private readonly string _tenant;
    private readonly ProgrammeId _id;
    private readonly List<ImportStep> _steps = [];

    private ProgrammePlan(ProgrammeSource source, ToldProgramme programme, string tenant)
    {
        _source = source;
        _programme = programme;
        _tenant = tenant;
        _id = new ProgrammeId(NamedUuid.Make(NamedUuid.Root, "programme:" + programme.Key));
    }

    /// <param name="source">Read without problems.</param>
    public static IReadOnlyList<ImportStep> Of(ProgrammeSource source, string tenant)
    {
        var plan = new ProgrammePlan(source, source.Programme!, tenant);
        plan.AddProgramme();
        foreach (var round in source.Rounds.OrderBy(r => r.Number))
            plan.AddIntake(round);
        foreach (var participation in source.Participations.OrderBy(p => p.Round))
            plan.AddParticipation(participation);
        return plan._steps;
    }

    private void AddProgramme()
    {
        var launched = _programme.Launched!;
        Add("launched", launched.At, "the programme is launched", new LaunchProgramme(
            _id,
            _programme.Name!,
            _programme.Owner,
            _programme.PeriodFrom!.Value,
            _programme.PeriodTo!.Value,
            _programme.TargetMunicipalities,
            _programme.MunicipalitiesPerRound,
            _programme.Vision!,
            [],
            _programme.KnowledgeAreas)
        { On = launched.Value });

        var sinceLaunch = launched.Value with { AssumedBecause = "the source gives no day; it describes this as part of the programme from its launch" };
        var model = _programme.Model!;
        var phases = model.Phases.Select(p => new ModelPhase(p.Phase, p.LongestMonths, p.ShortestMonths, p.RevisionMonths, GateCriteria.Leaving(p.Phase)));
        Add(
            $"framework-model/{model.Version}", model.At, $"framework model, version {model.Version}",
            new AdoptFrameworkModel(_id, model.Version, phases.ToValueList()) { On = sinceLaunch });
        if (_programme.Office is { } office)
        {
            Add(
                "office", office.At, "the programme office",
                new DescribeOffice(_id, office.Owner, office.Secretariat, office.Council) { On = sinceLaunch });
        }
    }

    private void AddIntake(ToldRound round)
    {
        var id = RoundOf(round.Number);
        var name = $"round {round.Number}";
        var key = $"round/{round.Number}";
        var opened = OpeningOf(round);
        var untilDecided = Between(opened.First, round.Decided!.Value.Last, "between the opening of the round and its decision");
        Add(key + "/opened", round.Opened?.At ?? round.At, $"{name} opens",
            new OpenRound(id, _id, round.Number, round.Deadline?.Value, null, OpenToAll: false, []) { On = opened },
            notDocumented: round.Deadline is null ? [IntakePrerequisites.Deadline, IntakePrerequisites.Capacity] : [IntakePrerequisites.Capacity]);
        if (round.Counts is { } counts)
        {
            var source = counts.Source ?? _source.Document;
            Add(key + "/counts", counts.At, $"{name}: {counts.Invited} invited and {counts.Applied} applied, without names",
                new ReportCounts(id, counts.Invited, counts.Applied, source) { On = untilDecided }, source);
        }

        var candidates = _source.Participations.Where(p => p.Round == round.Number).ToList();
        foreach (var candidate in candidates)
            AddCandidate(round, candidate, opened);
        foreach (var admitted in round.Admitted)
        {
            Add($"{key}/admitted/{admitted.Value}", admitted.At, $"{admitted.Value} is admitted in {name}",
                new AdmitMunicipality(id, new MunicipalityId(admitted.Value)) { On = round.Decided.Value },
                notDocumented: [IntakePrerequisites.Completeness, IntakePrerequisites.Recommendation, IntakePrerequisites.Capacity]);
        }

        if (round.Admitted.Count > 0)
        {
            var all = candidates.Select(c => c.Municipality).Union(round.Admitted.Select(a => a.Value)).Select(m => new MunicipalityId(m));
            Add(key + "/published", round.Decided.At, $"{name}: who was admitted is published",
                new PublishDecisions(id, all.ToValueList()) { On = round.Decided.Value });
        }
    }

    private void AddCandidate(ToldRound round, ToldParticipation candidate, StatedDay opened)
    {
        var roundId = RoundOf(round.Number);
        var municipality = new MunicipalityId(candidate.Municipality);
        var key = KeyOf(candidate);
        // In preparation means: invited to a round, from that day (domain: a municipality invited to a round is a candidate).
        var preparation = candidate.Phases[0];
        Add(key + "/invited", preparation.At, $"{candidate.Municipality} is in preparation, as one invited to round {round.Number}",
            new InviteMunicipality(roundId, municipality) { On = preparation.Started!.Value },
            preparation.Source,
            round.Counts?.Invited is null ? [IntakePrerequisites.Invitation] : []);

        var last = round.Deadline?.Value.Last ?? round.Decided!.Value.Last;
        var applied = Between(opened.First, last, $"between the opening of the round and its {(round.Deadline is null ? "decision" : "deadline")}");
        Add(key + "/application/drafted", candidate.At, $"{candidate.Municipality} applies",
            new DraftApplication(roundId, municipality) { On = applied });

        var resolution = candidate.Resolution is { } told ? new Resolution(told.Value, null, null) : null;
        Add(key + "/application/submitted", candidate.Resolution?.At ?? candidate.At, $"{candidate.Municipality}'s application is submitted",
            new SubmitApplication(roundId, municipality, new ApplicationContent(resolution, null, [], null, null)) { On = applied },
            notDocumented:
            [
                IntakePrerequisites.Resolution,
                IntakePrerequisites.NeedsAssessment,
                IntakePrerequisites.FocusAreas,
                IntakePrerequisites.ProposedOrganisation,
                IntakePrerequisites.Contact,
                IntakePrerequisites.SignOff,
            ]);
        if (candidate.Resolution is not null)
        {
            Add(key + "/criterion/application-with-resolution", candidate.Resolution.At, $"{candidate.Municipality}: {candidate.Resolution.Value}",
                new MeetCriterion(
                    ParticipationOf(candidate), _id, Phase.Preparation, GateCriteria.ApplicationWithResolution, candidate.Resolution.Value, resolution)
                { On = applied },
                notDocumented: [ParticipationPrerequisites.Resolution]);
        }
    }

    private void AddParticipation(ToldParticipation told)
    {
        var later = told.Phases.Skip(1).ToList();
        if (later.Count == 0)
            return;
        AddPhase(told, later[0]);
        AddOrganisation(told);
        AddAnchoring(told);
        foreach (var phase in later.Skip(1))
            AddPhase(told, phase);
    }

    private void AddPhase(ToldParticipation told, ToldPhase phase)
    {
        var gate = GateCriteria.Leaving(phase.Phase - 1);
        var silentOn = gate.Except(phase.CriteriaNotMet).Except(DocumentedCriteria(told)).Select(ParticipationPrerequisites.Criterion);
        var how = phase.ByModel ? $", by the model, without {string.Join(", ", phase.CriteriaNotMet)}" : "";
        Add(
            $"{KeyOf(told)}/phase/{Word(phase.Phase)}", phase.At, $"{told.Municipality}: {Word(phase.Phase)} starts{how}",
            new StartPhase(
                ParticipationOf(told), _id, phase.Phase, phase.Phase == Phase.Implementation && told.Agreement is not null ? AgreementOf(told) : null, ByModel: phase.ByModel)
            {
                On = phase.Started!.Value,
            },
            phase.Source,
            [.. silentOn]);
    }

    private void AddOrganisation(ToldParticipation told)
    {
        var id = ParticipationOf(told);
        var key = KeyOf(told);
        var name = told.Municipality;
        var chart = told.OrganisationChart is { } drawn ? $"{Reference(key + "/organisation")}; organisation chart of {Day(drawn.Value.First)}" : null;

        if (told.Agreement is { } agreement)
        {
            var content = new AgreementContent(null, null, null, []);
            Add(key + "/agreement/drafted", agreement.At, $"{name}: {agreement.Value}", new DraftAgreement(AgreementOf(told), id, content) { On = Described(told) },
                notDocumented: [AgreementPrerequisites.LocalAdaptation, AgreementPrerequisites.BankExpectations, AgreementPrerequisites.MunicipalityExpectations]);
            Add(key + "/agreement/in-force", agreement.At, $"{name}: the agreement is in force", new ReportAgreementInForce(AgreementOf(told)) { On = Described(told) },
                notDocumented: [AgreementPrerequisites.Signatures]);
        }

        if (told.Leader is { } leader)
        {
            Add(key + "/programme-leader", leader.At, $"{name}: programme leader in {leader.Unit}",
                new AppointProgrammeLeader(id, leader.Unit, leader.Placement, leader.Orientation) { On = Described(told) }, chart);
        }

        if (told.SteeringGroup is { } steering)
        {
            ValueList<OtherCount> counts = told.SteeringCounts is { } other ? [new("table1", other.Table), new("slide", other.Slide)] : [];
            Add(key + "/steering-group", steering.At, $"{name}: steering group",
                new AppointSteeringGroup(id, Members(steering.Value), counts) { On = Described(told) }, chart);
        }

        if (told.ProjectGroupModel is { } model)
        {
            Add(key + "/project-group", model.At, $"{name}: project group ({Word(model.Value)})",
                new AppointProjectGroup(id, model.Value, Members(told.ProjectGroup)) { On = Described(told) }, chart);
        }

        if (told.PreAnalysis is { } preAnalysis)
        {
            var delivered = Delivered(preAnalysis);
            Add(key + "/pre-analysis", preAnalysis.At, $"{name}: pre-analysis by {preAnalysis.Supplier}",
                new DeliverPreAnalysis(id, preAnalysis.Supplier) { On = delivered });
        }

        if (told.MainGoals is { } goals)
        {
            Add(key + "/main-goals", goals.At, $"{name}: {goals.Value.Count} main goals",
                new DescribeMainGoals(id, goals.Value, told.GoalsCalled) { On = Described(told) });
        }
    }

    // An assessment is the evaluator's, of the day of the report: it does not reach back.
    private void AddAnchoring(ToldParticipation told)
    {
        if (told.Anchoring is not { } anchoring)
            return;
        foreach (var dimension in anchoring.Dimensions)
            AddAssessment(told, dimension.At, dimension.Dimension, dimension.Ownership, dimension.Representation, dimension.Facts, []);
        if (anchoring.Plans is { } plans)
            AddAssessment(told, plans.At, AnchoringDimension.Plans, null, null, [], plans.Value);
    }

    private void AddAssessment(
        ToldParticipation told, Place at, AnchoringDimension dimension, string? ownership, bool? representation, ValueList<string> facts, ValueList<PlanAnchoring> plans)
    {
        var on = _source.ReportedOn!.Value;
        Add($"{KeyOf(told)}/anchoring/{Word(dimension)}", at, $"{told.Municipality}: anchoring, {Word(dimension)}",
            new AssessAnchoring(ParticipationOf(told), dimension, null, ownership, representation, facts, plans, AnchoringAssessor.Evaluator) { On = on },
            notDocumented: [ParticipationPrerequisites.Level]);
    }

    private static IEnumerable<string> DocumentedCriteria(ToldParticipation told)
    {
        yield return GateCriteria.Admitted;
        if (told.Resolution is not null)
            yield return GateCriteria.ApplicationWithResolution;
        if (told.Agreement is not null)
            yield return GateCriteria.AgreementInForce;
        if (told.Leader is not null)
            yield return GateCriteria.ProgrammeLeaderAppointed;
        if (told.SteeringGroup is not null)
            yield return GateCriteria.SteeringGroupAppointed;
        if (told.ProjectGroupModel is not null)
            yield return GateCriteria.ProjectGroupAppointed;
        if (told.PreAnalysis is not null)
            yield return GateCriteria.PreAnalysisDelivered;
    }

    /// <summary>What a report describes was so on the day of the report; since when, it does not say.</summary>
    private StatedDay Described(ToldParticipation told) => Between(
        told.Phases[1].Started!.Value.First,
        _source.ReportedOn!.Value.Last,
        "the report describes it as it was then; it came after the municipality entered the planning phase");

    /// <summary>The round's opening day; where none is told, between the first preparation for it and the deadline or decision.</summary>
    private StatedDay OpeningOf(ToldRound round) => round.Opened?.Value ?? Between(
        _source.Participations.Where(p => p.Round == round.Number).Select(p => p.Phases[0].Started!.Value.First).DefaultIfEmpty(_programme.Launched!.Value.First).Min(),
        round.Deadline?.Value.Last ?? round.Decided!.Value.Last,
        $"not later than its {(round.Deadline is null ? "decision" : "deadline")}; its first municipalities were in preparation from then");

    private static StatedDay Delivered(ToldPreAnalysis preAnalysis)
    {
        var year = StatedDay.From(new DateOnly(preAnalysis.Year, 1, 1), DayPrecision.Year);
        return preAnalysis.Started is { } started
            ? Between(started.Value.First, year.Last, $"between its start and the end of {preAnalysis.Year}")
            : year;
    }

    private static StatedDay Between(DateOnly first, DateOnly last, string why) =>
        StatedDay.Between(first, last, $"the source gives no day: {why} ({Day(first)} to {Day(last)})");

    private void Add(string key, Place at, string what, Command command, string? source = null, ValueList<string> notDocumented = default)
    {
        var full = $"{_programme.Key}/{key}";
        var grounds = new Grounds(null, new Basis(BasisKind.Source, source ?? Reference(key)), null, notDocumented);
        _steps.Add(new ImportStep(full, _tenant, command with { Grounds = grounds }, at, what));
    }

    private string Reference(string key) => _source.Document == _source.File ? $"{_source.File}, {key}" : $"{_source.Document} ({_source.File}, {key})";

    private RoundId RoundOf(int number) => new(NamedUuid.Make(_id.Value, "round:" + number.ToString(CultureInfo.InvariantCulture)));

    private ParticipationId ParticipationOf(ToldParticipation told) => ParticipationId.Of(RoundOf(told.Round), new MunicipalityId(told.Municipality));

    private AgreementId AgreementOf(ToldParticipation told) => new(NamedUuid.Make(ParticipationOf(told).Value, "agreement"));

    private static string KeyOf(ToldParticipation told) => $"round/{told.Round}/{told.Municipality}";

    private static ValueList<GroupMember> Members(ValueList<string> members) => members.Select(m => new GroupMember(m, null)).ToValueList();

    private static string Word<TWord>(TWord word)
        where TWord : struct, Enum => System.Text.Json.JsonNamingPolicy.KebabCaseLower.ConvertName(word.ToString());

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
