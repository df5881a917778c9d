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

    public IReadOnlyList<Contradiction> Contradictions(IReadOnlyList<StandingFact> inEffectiveOrder)
    {
        var found = new List<Contradiction>();
        var state = initial;
        foreach (var (version, fact, _) in inEffectiveOrder)
        {
            if (fact is TFact own)
                found.AddRange(broken(state, own).Select(r => new Contradiction(r.Code, fact.On.Placed, [version])));
            state = Next(state, fact);
        }

        return found;
    }

    private TState Next(TState state, Fact fact) => fact switch
    {
        TFact own => evolve(state, own),
        FactStruck => state,
        _ => throw new InvalidOperationException($"{fact.GetType().Name} does not belong in a {kind} stream."),
    };
}
