using HousingBank.Domain.Vocabulary;

namespace HousingBank.Domain.Tests;

/// <summary>A rule as a test: given what has happened, when something is asked for, then this is recorded or that stands in the way.</summary>
public sealed class Scenario
{
    private readonly Dictionary<StreamId, List<Fact>> _given = [];

    private Scenario()
    {
    }

    public static Scenario Nothing => new();

    public static Scenario Given(StreamId stream, params ReadOnlySpan<Fact> facts) => new Scenario().And(stream, facts);

    /// <summary>More of what has happened, after what was given before.</summary>
    public Scenario And(StreamId stream, params ReadOnlySpan<Fact> facts)
    {
        if (!_given.TryGetValue(stream, out var given))
            _given[stream] = given = [];
        given.AddRange(facts);
        return this;
    }

    public Answer When(Command command)
    {
        var histories = command.Streams().Distinct().Select(stream => new StreamHistory(stream, Of(stream).Count, InOrder(Of(stream)))).ToList();
        return new Answer(this, command.Decide(new Histories(histories)));
    }

    private List<Fact> Of(StreamId stream) => _given.GetValueOrDefault(stream) ?? [];

    private static ValueList<StandingFact> InOrder(IEnumerable<Fact> facts) => facts.Select((fact, i) => new StandingFact(i + 1, fact)).ToValueList();

    public sealed class Answer(Scenario scenario, Decision decision)
    {
        public Decision Decision => decision;

        /// <summary>These facts are recorded, in this order, and none of them breaks a rule where it comes to stand.</summary>
        public void Then(params ReadOnlySpan<Fact> facts)
        {
            var recorded = decision.ShouldBeOfType<Decision.Accepted>(decision.ToString()).Facts;
            recorded.Select(f => f.Fact).ShouldBe(facts.ToArray());
            foreach (var stream in recorded.Select(f => f.Stream).Distinct())
            {
                var given = scenario.Of(stream);
                var after = InOrder(given.Concat(recorded.Where(f => f.Stream == stream).Select(f => f.Fact)));
                Aggregates.Of(stream.Kind).Contradictions(after).Where(c => c.Versions.Any(v => v > given.Count)).ShouldBeEmpty();
            }
        }

        public void ThenNothing() => decision.ShouldBe(Decision.Nothing);

        public void ThenRefused(Refusal refusal) => ThenRefused(refusal.Code, refusal.Kind, refusal.Field);

        /// <summary>The field is not right.</summary>
        public void ThenRefused(string code, string field) => ThenRefused(code, RefusalKind.Field, field);

        private void ThenRefused(string code, RefusalKind kind, string? field)
        {
            var reason = decision.ShouldBeOfType<Decision.Refused>(decision.ToString()).Reason;
            (reason.Code, reason.Kind, reason.Field).ShouldBe((code, kind, field));
        }
    }
}
