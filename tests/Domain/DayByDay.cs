using FsCheck;
using FsCheck.Fluent;
using HousingBank.Domain.Applications;
using HousingBank.Domain.IntakeRounds;
using HousingBank.Domain.Vocabulary;
using static HousingBank.Domain.Tests.Some;

namespace HousingBank.Domain.Tests;

/// <summary>Deciders and contradictions keep the same rules: a history that was recorded as it happened never contradicts itself.</summary>
public class DayByDay
{
    private static readonly MunicipalityId[] Municipalities = [Hamar, Moss, new("asker")];

    // What anybody might ask for on a day; most of it is refused most of the time.
    private static readonly Func<MunicipalityId, StatedDay, Command>[] Wishes =
    [
        (m, on) => new InviteMunicipality(Round, m) { On = on },
        (m, on) => new DraftApplication(Round, m) { On = on },
        (m, on) => new SaveApplicationDraft(Round, m, Content) { On = on },
        (m, on) => new NameSignatory(Round, m, "demo:moss", "kommunalsjef") { On = on },
        (m, on) => new SignOffApplication(Round, m, SignedOff) { On = on },
        (m, on) => new AskForLateAcceptance(Round, m, "Vedtaket ble utsatt") { On = on },
        (m, on) => new SubmitApplication(Round, m) { On = on },
        (m, on) => new AcceptLateApplication(Round, m, "Vedtaket ble utsatt") { On = on },
        (m, on) => new RequestSupplement(Round, m, "Budsjett", on) { On = on },
        (m, on) => new ReceiveSupplement(Round, m, "Budsjett") { On = on },
        (m, on) => new DeclareApplicationComplete(Round, m) { On = on },
        (m, on) => new StartReview(Round, m) { On = on },
        (m, on) => new NoteRecommendation(Round, m, Advice.Admit, null, null, null, "Godt forankret") { On = on, Grounds = OfSource },
        (m, on) => new AdmitMunicipality(Round, m) { On = on },
        (m, on) => new DeferApplication(Round, m, "Til neste runde", [], "Fullt") { On = on },
        (m, on) => new WithdrawApplication(Round, m, "Ikke kapasitet") { On = on },
        (_, on) => new RaiseCapacity(Round, 2, "Flere gode søknader") { On = on },
        (_, on) => new PublishDecisions(Round, [.. Municipalities]) { On = on },
        (_, on) => new CloseRound(Round) { On = on },
    ];

    [Fact]
    public void A_history_recorded_as_it_happened_does_not_contradict_itself()
    {
        var step = from wish in Gen.Choose(0, Wishes.Length - 1)
                   from municipality in Gen.Choose(0, Municipalities.Length - 1)
                   from days in Gen.Choose(0, 2)
                   select (wish, municipality, days);
        Prop.ForAll(step.ListOf(150).ToArbitrary(), steps => Contradictions(Play(steps)).ShouldBeEmpty()).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Such_histories_come_as_far_as_a_full_round()
    {
        var steps = Municipalities.SelectMany((_, m) => Wishes.Select((_, w) => (w, m, 1)).Where(s => s.w < Wishes.Length - 1));
        var round = (IntakeRoundState)IntakeRoundAggregate.Instance.Fold(Play(steps)[Round.Stream]);
        (round.Cohort.Count, round.IsFull).ShouldBe((2, true));
    }

    private static Dictionary<StreamId, List<Fact>> Play(IEnumerable<(int Wish, int Municipality, int Days)> steps)
    {
        Dictionary<StreamId, List<Fact>> log = new() { [Round.Stream] = [Opened(capacity: 1)] };
        foreach (var municipality in Municipalities)
            log[municipality.Stream] = [Registered(municipality)];

        var today = Content.Resolution!.On!.First;
        foreach (var (wish, municipality, days) in steps)
        {
            today = today.AddDays(days);
            var command = Wishes[wish](Municipalities[municipality], today);
            var histories = new Histories(command.Streams().Select(stream => HistoryOf(stream, log.GetValueOrDefault(stream) ?? [])));
            if (command.Decide(histories) is not Decision.Accepted accepted)
                continue;
            foreach (var (stream, fact, _) in accepted.Facts)
            {
                if (!log.TryGetValue(stream, out var facts))
                    log[stream] = facts = [];
                facts.Add(fact);
            }
        }

        return log;
    }

    private static IEnumerable<Contradiction> Contradictions(Dictionary<StreamId, List<Fact>> log) =>
        log.SelectMany(stream => Aggregates.Of(stream.Key.Kind).Contradictions(HistoryOf(stream.Key, stream.Value).Standing));

    private static StreamHistory HistoryOf(StreamId stream, List<Fact> facts) =>
        new(stream, facts.Count, facts.Select((fact, i) => new StandingFact(i + 1, fact)).ToValueList());
}
