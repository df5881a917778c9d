namespace HousingBank.Domain.Vocabulary;

/// <summary>What a decider answers: facts for one or several streams, nothing new, or a refusal.</summary>
public abstract record Decision
{
    private Decision()
    {
    }

    public static Decision Nothing { get; } = new Accepted([]);

    public static Decision Record(StreamId stream, params ReadOnlySpan<Fact> facts)
    {
        var list = new List<NewFact>(facts.Length);
        foreach (var fact in facts)
            list.Add(new NewFact(stream, fact));
        return new Accepted([.. list]);
    }

    /// <summary>Joins the facts of two decisions; a refusal of either refuses both.</summary>
    public Decision And(Decision other) => (this, other) switch
    {
        (Refused, _) => this,
        (_, Refused) => other,
        (Accepted a, Accepted b) => new Accepted([.. a.Facts, .. b.Facts]),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    public static implicit operator Decision(Refusal refusal) => new Refused(refusal);

    /// <summary>May be recorded; empty when everything asked for is so already.</summary>
    public sealed record Accepted(ValueList<NewFact> Facts) : Decision;

    public sealed record Refused(Refusal Reason) : Decision;
}

/// <summary>A fact about to be recorded in a stream.</summary>
/// <param name="Replaces">The version of the fact of the same stream that it replaces or strikes; null in the ordinary course.</param>
public sealed record NewFact(StreamId Stream, Fact Fact, int? Replaces = null);
