using HousingBank.Domain.Applications;
using HousingBank.Domain.CouncilMeetings;
using HousingBank.Domain.IntakeRounds;
using HousingBank.Domain.Programmes;
using HousingBank.Domain.Reviews;
using HousingBank.Domain.Vocabulary;

namespace HousingBank.Cli.Simulating;

/// <summary>The council of a simulated programme: it reviews what comes in, meets once on each round and recommends.</summary>
/// <param name="dice">Its own: what it throws changes nothing for others.</param>
internal sealed class SimulatedCouncil(ProgrammeId programme, string tenant, Dice dice)
{
    private const string Council = "programrådet";
    private const int Seats = 7;
    private const int Inside = 4;

    private readonly Dictionary<MunicipalityId, string> _affiliated = [];

    /// <summary>As those are called whom one can sign in as in demo mode.</summary>
    private ValueList<string> Members { get; } = [.. Enumerable.Range(1, Seats).Select(n => n == 1 ? $"demo:council-{tenant}" : $"demo:council-{n}-{tenant}")];

    private string Chair => Members[0];

    public static ValueList<SelectionCriterion> Criteria { get; } =
    [
        new("need", new LocalText("Boligsosialt behov", "Bustadsosialt behov", "Social housing need"), 40),
        new("capacity", new LocalText("Gjennomføringsevne", "Gjennomføringsevne", "Capacity to carry through"), 30),
        new("anchoring", new LocalText("Forankring", "Forankring", "Anchoring"), 30),
    ];

    public void AddAppointments(Schedule.Lane office, DateOnly on, IReadOnlyList<MunicipalityId> municipalities)
    {
        for (var i = 0; i < Seats; i++)
        {
            var affiliation = i < Inside ? "Simulert regionkontor" : $"Simulert organisasjon {i + 1}";
            office.AddAtOnce(new AppointCouncilMember(programme, Members[i], affiliation, i < Inside) { On = on }, "ledergruppen");
        }

        var (elected, home) = (Members[Seats - 1], dice.One(municipalities));
        _affiliated.Add(home, elected);
        office.AddAtOnce(new NoteCouncilAffiliation(programme, elected, home, "folkevalgt") { On = on.AddDays(5) });
    }

    /// <summary>The members hand in what they think of an application that was handed to them.</summary>
    public void Review(SimulatedApplication application, DateOnly meeting)
    {
        var (round, municipality) = (application.Round, application.Municipality);
        var from = application.ReviewStarted!.Value;
        var entitled = Members.Where(m => _affiliated.GetValueOrDefault(municipality) != m).ToList();
        if (dice.Chance(8))
        {
            var recused = entitled[dice.Between(1, entitled.Count - 1)];
            entitled.Remove(recused);
            application.Lane.AddAtOnce(new RecuseMember(
                round, municipality, programme, recused, RecusalCause.SelfDeclared, "Har vært rådgiver for kommunen i saken.")
            { On = from.AddDays(1) });
        }

        application.Entitled = entitled;
        // One who has not come to it never keeps the council from having reviewed.
        var late = dice.Chance(15) ? entitled[dice.Between(1, entitled.Count - 1)] : null;
        var weighed = 0;
        var reviewers = entitled.Where(m => m != late).Select(m => (Member: m, On: from.AddDays(dice.Between(2, meeting.DayNumber - from.DayNumber - 2)))).ToList();
        foreach (var (member, on) in reviewers.OrderBy(r => r.On))
        {
            var scores = Scores(application.Quality);
            weighed += scores.Sum(s => s.Score!.Value * Criteria.Single(c => c.Code == s.Criterion).Weight);
            if (dice.Chance(15))
                application.Lane.AddAtOnce(new SaveReviewDraft(round, municipality, programme, member, [scores[0], new(scores[1].Criterion, null, null)]) { On = on });
            application.Lane.AddAtOnce(new HandInReview(round, municipality, programme, member, scores) { On = on });
        }

        application.Total = (decimal)weighed / reviewers.Count;
    }

    /// <summary>The council meets, recommends on each application and ranks them.</summary>
    /// <param name="ranked">Best first.</param>
    public void Meet(RoundId round, Schedule.Lane lane, DateOnly on, IReadOnlyList<SimulatedApplication> ranked, int capacity)
    {
        var called = on.AddDays(-30);
        if (dice.Chance(20))
        {
            lane.AddAtOnce(new CallCouncilMeeting(round, StatedDay.Exactly(on.AddDays(-3))) { On = called });
            lane.AddAtOnce(new MoveCouncilMeeting(round, StatedDay.Exactly(on), "Ikke alle kunne møte.") { On = called.AddDays(10) });
        }
        else
        {
            lane.AddAtOnce(new CallCouncilMeeting(round, StatedDay.Exactly(on)) { On = called });
        }

        foreach (var application in ranked)
            lane.WaitFor(application.Lane.Last);
        var away = dice.Chance(40) ? Members[dice.Between(1, Seats - 1)] : null;
        ValueList<string> present = [.. Members.Where(m => m != away)];
        lane.AddAtOnce(new OpenCouncilMeeting(round, programme, Chair, present) { On = on });
        for (var i = 0; i < ranked.Count; i++)
        {
            var application = ranked[i];
            application.Advice = i < capacity ? Advice.Admit : application.Quality > 30 ? Advice.Defer : Advice.Decline;
            var votes = Votes([.. application.Entitled.Where(present.Contains)]);
            lane.AddAtOnce(
                new GiveRecommendation(round, application.Municipality, programme, Members, application.Advice.Value, votes, ReasonFor(application.Advice.Value)) { On = on }, Council);
        }

        lane.AddAtOnce(new RankApplications(round, [.. ranked.Select(a => a.Municipality)]) { On = on }, Council);
        lane.AddAtOnce(new CloseCouncilMeeting(round) { On = on });
    }

    private ValueList<CriterionScore> Scores(int quality) =>
    [
        .. Criteria.Select(c =>
        {
            var score = Math.Clamp(1 + (quality / 20) + dice.Between(-1, 1), 1, 6);
            return new CriterionScore(c.Code, score, ReasonFor(c.Code, score));
        }),
    ];

    // The chair is never among those against: in a tie the advice is carried all the same.
    private ValueList<CouncilVote> Votes(IReadOnlyList<string> voters)
    {
        var tie = voters.Count % 2 == 0 && dice.Chance(10);
        var against = tie ? voters.Count / 2 : dice.Chance(60) ? 0 : dice.Between(1, (voters.Count - 1) / 2);
        var abstains = !tie && voters.Count > (2 * against) + 1 && dice.Chance(15);
        return
        [
            .. voters.Select((member, i) => (voters.Count - i) switch
            {
                var last when last <= against => new CouncilVote(member, Vote.Against, dice.Chance(50) ? dice.One(Dissents) : null),
                var last when abstains && last == against + 1 => new CouncilVote(member, Vote.Abstained, null),
                _ => new CouncilVote(member, Vote.For, null),
            }),
        ];
    }

    private string ReasonFor(string criterion, int score) => criterion switch
    {
        "need" => score >= 4 ? dice.One("Mange venter på bolig, og tallene viser det.", "Behovet er stort og godt kartlagt.") : dice.One("Behovet er lite dokumentert.", "Tallene sier lite om hvem som mangler bolig."),
        "capacity" => score >= 4 ? dice.One("Egen prosjektleder og tid satt av.", "Kommunen har gjort dette før.") : dice.One("Ingen er satt til å gjøre arbeidet.", "Planen er for stor for de få som skal bære den."),
        _ => score >= 4 ? dice.One("Vedtatt av kommunestyret og fulgt opp i planene.", "Ledelsen står bak.") : dice.One("Svakt forankret i ledelsen.", "Planene nevner det ikke."),
    };

    private static string ReasonFor(Advice advice) => advice switch
    {
        Advice.Admit => "Tydelig behov og god forankring.",
        Advice.Defer => "God søknad, men andre har større behov nå.",
        _ => "Behovet er ikke godt nok dokumentert.",
    };

    private static readonly string[] Dissents = ["Mener behovet er større enn rådet la til grunn.", "Mener kommunen ikke er klar ennå.", "Mener en nabokommune burde gått foran."];
}
