namespace HousingBank.Domain.Vocabulary;

/// <summary>How one kind of stream is folded, and which of its rules a history in effective order can break.</summary>
public interface IAggregate
{
    /// <summary>The first part of its stream names: "round".</summary>
    string Kind { get; }

    /// <summary>Every type of fact its streams hold.</summary>
    IReadOnlyList<Type> FactTypes { get; }

    object Fold(IEnumerable<Fact> facts);

    /// <summary>Rules broken on some day when the facts are taken in effective order.</summary>
    IReadOnlyList<Contradiction> Contradictions(IReadOnlyList<StandingFact> inEffectiveOrder);

    /// <summary>The same of one stream, to be asked again while facts are added.</summary>
    IContradictionWalk Walk();
}

/// <summary>Goes through a stream's facts in effective order and notes which rules they break; what stood before each of them is kept.</summary>
public interface IContradictionWalk
{
    /// <param name="from">How many facts stand as they did the last time; not more than there were.</param>
    /// <param name="facts">All after them, in effective order.</param>
    /// <returns>Of the whole stream; good until the next call.</returns>
    IReadOnlyList<Contradiction> GoOn(int from, IEnumerable<StandingFact> facts);
}

/// <inheritdoc cref="IAggregate"/>
/// <param name="evolve">Remembers one fact; no rules.</param>
/// <param name="broken">Codes of the rules that a fact breaks when it meets this state; empty when it may stand there.</param>
public sealed class Aggregate<TState, TFact>(
    string kind,
    TState initial,
    Func<TState, TFact, TState> evolve,
    Func<TState, TFact, IEnumerable<Refusal>> broken) : IAggregate
    where TState : notnull
    where TFact : Fact
{
    public string Kind => kind;

    public IReadOnlyList<Type> FactTypes { get; } =
        [.. typeof(TFact).Assembly.GetTypes().Where(t => !t.IsAbstract && t.IsSubclassOf(typeof(TFact)))];

    public object Fold(IEnumerable<Fact> facts) => facts.Aggregate(initial, Next);

    public IReadOnlyList<Contradiction> Contradictions(IReadOnlyList<StandingFact> inEffectiveOrder) => Walk().GoOn(0, inEffectiveOrder);

    public IContradictionWalk Walk() => new ContradictionWalk(initial, Next, broken);

    private TState Next(TState state, Fact fact) => fact switch
    {
        TFact own => evolve(state, own),
        FactStruck => state,
        _ => throw new InvalidOperationException($"{fact.GetType().Name} does not belong in a {kind} stream."),
    };

    private sealed class ContradictionWalk(TState initial, Func<TState, Fact, TState> next, Func<TState, TFact, IEnumerable<Refusal>> broken) : IContradictionWalk
    {
        /// <summary>For each fact: what stood before it, and how many contradictions there were.</summary>
        private readonly List<(TState State, int Found)> _before = [];
        private readonly List<Contradiction> _found = [];
        private TState _state = initial;

        public IReadOnlyList<Contradiction> GoOn(int from, IEnumerable<StandingFact> facts)
        {
            if (from < _before.Count)
            {
                (_state, var found) = _before[from];
                _found.RemoveRange(found, _found.Count - found);
                _before.RemoveRange(from, _before.Count - from);
            }

            foreach (var (version, fact, _) in facts)
            {
                _before.Add((_state, _found.Count));
                if (fact is TFact own)
                {
                    foreach (var refusal in broken(_state, own))
                        _found.Add(new Contradiction(refusal.Code, fact.On.Placed, [version]));
                }

                _state = next(_state, fact);
            }

            return _found;
        }
    }
}
