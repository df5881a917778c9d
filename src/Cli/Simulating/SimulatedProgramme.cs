using HousingBank.Domain.Applications;
using HousingBank.Domain.IntakeRounds;
using HousingBank.Domain.Municipalities;
using HousingBank.Domain.Programmes;
using HousingBank.Domain.Vocabulary;

namespace HousingBank.Cli.Simulating;

/// <summary>One programme of a simulation: its office, and a round a year in which its municipalities come in.</summary>
internal sealed class SimulatedProgramme
{
    private const string Leadership = "ledergruppen";
    private const int RoundYears = 7;

    private readonly Simulation _simulation;
    private readonly IReadOnlyList<(MunicipalityId Id, string Name)> _municipalities;
    private readonly Dice _dice;
    private readonly Schedule _schedule;
    private readonly Schedule.Lane _office;
    private readonly SimulatedCouncil _council;

    public SimulatedProgramme(Simulation simulation, int number, IReadOnlyList<(MunicipalityId Id, string Name)> municipalities)
    {
        _simulation = simulation;
        Number = number;
        _municipalities = municipalities;
        _dice = Dice.For(simulation.Seed, number);
        _schedule = new Schedule(simulation.Basis, Midnight(simulation.Until), _dice);
        _office = _schedule.NewLane(Midnight(simulation.From));
        Id = new ProgrammeId(NamedUuid.Make(simulation.Id, $"programme:{number}"));
        _council = new SimulatedCouncil(Id, simulation.Tenant, Dice.For(simulation.Seed, -number));
    }

    public ProgrammeId Id { get; }

    /// <summary>1 for the first of the simulation.</summary>
    public int Number { get; }

    /// <summary>The first day of version 2 of the framework model, which gives the planning phase more time.</summary>
    public DateOnly SecondModelFrom => _simulation.From.AddYears(3).AddDays(40);

    /// <summary>When version 2 was recorded.</summary>
    public DateTimeOffset SecondModelRecordedAt { get; private set; }

    public IReadOnlyList<MunicipalityId> Municipalities => [.. _municipalities.Select(m => m.Id)];

    /// <summary>Everything it asks for, in the order in which it was recorded.</summary>
    public IReadOnlyList<Scheduled> Plan()
    {
        AddOffice();
        AddRounds();
        return _schedule.InOrder;
    }

    private void AddOffice()
    {
        var from = _simulation.From;
        foreach (var (id, name) in _municipalities)
            _office.AddAtOnce(new RegisterMunicipality(id, name, MunicipalityKind.Municipality, "Simulert fylke") { On = from });

        var name1 = _simulation.Municipalities > Simulation.MostInOneProgramme ? $"Simulert program {Number}" : "Simulert program";
        _office.AddAtOnce(
            new LaunchProgramme(
                Id,
                new LocalText(name1, name1, name1.Replace("Simulert program", "Simulated programme", StringComparison.Ordinal)),
                "Simulert regionkontor",
                from,
                _simulation.Until.AddDays(-1),
                _municipalities.Count,
                Math.Max(1, (_municipalities.Count + RoundYears - 1) / RoundYears),
                new LocalText("Et tenkt program, laget for å prøve systemet", "Eit tenkt program, laga for å prøve systemet", "An imagined programme, made to try the system"),
                [],
                [KnowledgeArea.PracticalWork, KnowledgeArea.ProgrammeLearning, KnowledgeArea.ProjectLearning, KnowledgeArea.PolicyRelevant])
            { On = from },
            Leadership);
        _office.AddAtOnce(new AdoptFrameworkModel(Id, 1, Model(planningMonths: 6)) { On = from }, Leadership);
        _office.AddAtOnce(new DescribeOffice(Id, "Simulert ledergruppe", "Simulert programsekretariat", "Simulert programråd") { On = from });
        _council.AddAppointments(_office, from.AddDays(10), Municipalities);

        var revision = _schedule.NewLane(_office.Last);
        revision.Add(new ReviseFrameworkModel(Id, 2, Model(planningMonths: 12), "Planfasen viste seg for kort.") { On = SecondModelFrom }, Leadership);
        SecondModelRecordedAt = revision.Last;
    }

    private void AddRounds()
    {
        var waiting = new List<MunicipalityId>();
        var number = 1;
        foreach (var newcomers in InYears())
        {
            var opening = _simulation.From.AddYears(number - 1).AddDays(_dice.Between(14, 35));
            MunicipalityId[] invited = [.. newcomers, .. waiting];
            waiting.Clear();
            if (invited.Length > 0 && opening < _simulation.Until)
                waiting.AddRange(AddRound(number, opening, invited));
            number++;
        }
    }

    private IEnumerable<MunicipalityId[]> InYears()
    {
        for (var year = 0; year < RoundYears; year++)
            yield return [.. _municipalities.Where((_, i) => i % RoundYears == year).Select(m => m.Id)];
    }

    /// <returns>Those that may come back in the next round.</returns>
    private List<MunicipalityId> AddRound(int number, DateOnly opening, MunicipalityId[] invited)
    {
        var round = new RoundId(NamedUuid.Make(Id.Value, $"round:{number}"));
        var deadline = opening.AddDays(70);
        var capacity = Math.Max(1, invited.Length * 7 / 10);
        var lane = _schedule.NewLane(_office.Last);
        lane.Add(new OpenRound(round, Id, number, StatedDay.Exactly(deadline), capacity, OpenToAll: false, SimulatedCouncil.Criteria) { On = opening }, Leadership);

        var applicants = new List<SimulatedApplication>();
        var others = new List<MunicipalityId>();
        foreach (var municipality in invited)
        {
            lane.Add(new InviteMunicipality(round, municipality) { On = opening.AddDays(_dice.Between(1, 6)) });
            var application = new SimulatedApplication(round, municipality, opening, deadline, _schedule.NewLane(lane.Last), _dice);
            application.Add();
            if (application.ReviewStarted is not null)
                applicants.Add(application);
            else if (_dice.Chance(50))
                others.Add(municipality);
        }

        var decision = deadline.AddDays(_dice.Between(150, 190));
        others.AddRange(Decide(round, lane, invited, decision, capacity, applicants));
        lane.Add(new CloseRound(round) { On = decision.AddDays(60) });
        return others;
    }

    /// <returns>Those that were put off to the next round.</returns>
    private List<MunicipalityId> Decide(RoundId round, Schedule.Lane lane, MunicipalityId[] invited, DateOnly decision, int capacity, List<SimulatedApplication> applicants)
    {
        var meeting = decision.AddDays(-40);
        foreach (var application in applicants)
            _council.Review(application, meeting);
        var ranked = applicants.OrderByDescending(a => a.Total).ThenByDescending(a => a.Quality).ToList();
        if (ranked.Count > 0)
            _council.Meet(round, lane, meeting, ranked, capacity);
        if (ranked.Count > capacity && _dice.Chance(25))
        {
            capacity++;
            lane.Add(new RaiseCapacity(round, capacity, "Økte rammer for året.") { On = decision.AddDays(-5) }, Leadership);
        }

        var admitted = ranked.Take(capacity).ToList();
        if (ranked.Count > capacity && _dice.Chance(30))
            admitted[^1] = ranked[capacity];

        var putOff = new List<MunicipalityId>();
        foreach (var application in ranked)
        {
            var isAdmitted = admitted.Contains(application);
            var deviation = isAdmitted == (application.Advice == Advice.Admit) ? null : "Geografisk fordeling veide tyngre enn rangeringen.";
            if (isAdmitted)
            {
                lane.Add(new AdmitMunicipality(round, application.Municipality, null, deviation) { On = decision }, Leadership);
                new SimulatedCourse(this, round, application.Municipality, decision, _simulation.Until, _schedule, lane.Last, _dice).Add();
            }
            else if (application.Advice == Advice.Decline)
            {
                lane.Add(new DeclineApplication(round, application.Municipality, "Behovet er ikke godt nok dokumentert.", ReasonsToDecline) { On = decision }, Leadership);
            }
            else
            {
                lane.Add(new DeferApplication(round, application.Municipality, "Det er ikke plass i denne runden.", [], deviation) { On = decision }, Leadership);
                putOff.Add(application.Municipality);
            }
        }

        if (ranked.Count > 0)
            lane.Add(new PublishDecisions(round, invited.ToValueList()) { On = decision }, Leadership);
        return putOff;
    }

    private static ValueList<CriterionReason> ReasonsToDecline { get; } =
    [
        new("need", "Behovet er ikke godt nok dokumentert."),
        new("capacity", "Søknaden viser ikke hvem som skal gjøre arbeidet."),
        new("anchoring", "Arbeidet er ikke forankret i planene."),
    ];

    private static ValueList<ModelPhase> Model(int planningMonths) =>
    [
        new(Phase.Preparation, 3, null, null, GateCriteria.Leaving(Phase.Preparation)),
        new(Phase.Planning, planningMonths, null, null, GateCriteria.Leaving(Phase.Planning)),
        new(Phase.Implementation, 36, null, 12, GateCriteria.Leaving(Phase.Implementation)),
        new(Phase.PhaseOut, 24, 12, null, GateCriteria.Leaving(Phase.PhaseOut)),
    ];

    private static DateTimeOffset Midnight(DateOnly day) => new(day, TimeOnly.MinValue, TimeSpan.Zero);
}
