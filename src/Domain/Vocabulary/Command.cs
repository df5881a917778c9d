using HousingBank.Domain.Persons;

namespace HousingBank.Domain.Vocabulary;

/// <summary>Something a person or a process asks for. It knows the streams it must look at and the rule that answers it.</summary>
public abstract record Command
{
    /// <summary>The day what is asked for takes effect, as it was told.</summary>
    public required StatedDay On { get; init; }

    public Grounds Grounds { get; init; } = Grounds.None;

    /// <summary>The streams the rule looks at, the one it decides on first. All are guarded by their versions until the facts are written.</summary>
    public abstract ValueList<StreamId> Streams();

    /// <summary>The rule. Pure: the same histories and command give the same decision.</summary>
    public abstract Decision Decide(Histories histories);

    /// <summary>True when the source that is imported is silent on this prerequisite: the rule lets it pass, the fact keeps it, pages show it.</summary>
    public bool IsNotDocumented(string prerequisite) => Grounds.NotDocumented.Contains(prerequisite);
}

/// <summary>Why and by whom something was decided, beside what was decided.</summary>
/// <param name="DecidedBy">The office or body that decided ("ledergruppen", "kommunestyret"); never a person's name. Null when the recorder decided.</param>
/// <param name="Basis">What it rests on: law, case or source.</param>
/// <param name="EntryReason">Why it is recorded late, or although it contradicts what is recorded; null in the ordinary course.</param>
/// <param name="NotDocumented">Named prerequisites on which an imported source is silent. Only the import role may use it.</param>
public sealed record Grounds(string? DecidedBy, Basis Basis, string? EntryReason, ValueList<string> NotDocumented)
{
    public static Grounds None { get; } = new(null, Basis.None, null, []);
}

public enum BasisKind
{
    /// <summary>Nothing was referred to.</summary>
    None,

    /// <summary>A law or regulation.</summary>
    Law,

    /// <summary>A case in an archive.</summary>
    Case,

    /// <summary>A published source that was imported.</summary>
    Source,

    /// <summary>Made by the simulator: nothing real.</summary>
    Simulation,
}

/// <summary>What a fact rests on.</summary>
/// <param name="Reference">Section of the law, case number, file and chapter of the source, or the simulation's seed.</param>
public sealed record Basis(BasisKind Kind, string? Reference)
{
    public static Basis None { get; } = new(BasisKind.None, null);
}

/// <summary>Takes back an earlier fact of a stream.</summary>
/// <param name="Stream">The stream it stands in.</param>
/// <param name="Version">The version of the fact that never was so.</param>
/// <param name="Reason">Why.</param>
public sealed record StrikeFact(StreamId Stream, int Version, string Reason) : Command
{
    public override ValueList<StreamId> Streams() => [Stream];

    public override Decision Decide(Histories histories)
    {
        if (Stream.StandsForGood())
            return PersonRefusals.ErasureStands;
        if (string.IsNullOrWhiteSpace(Reason))
            return Refusal.OfField("reason-missing", "reason");
        if (Fields.Reason(Reason) is { } wrong)
            return wrong;
        if (histories.LastVersion(Stream) < Version || Version < 1)
            return Refusal.Unknown("fact-unknown");
        if (!histories.Stands(Stream, Version))
            return Decision.Nothing;
        return new Decision.Accepted([new NewFact(Stream, new FactStruck(Version, Reason) { On = On.PlacedFirst() }, Version)]);
    }
}

/// <summary>Replaces an earlier fact of a stream by what another command would have recorded instead.</summary>
/// <param name="Version">The version of the fact that was wrong.</param>
/// <param name="Instead">The command that says it rightly; it is decided on the history without the wrong fact.</param>
public sealed record CorrectFact(int Version, Command Instead) : Command
{
    public override ValueList<StreamId> Streams() => Instead.Streams();

    public override Decision Decide(Histories histories)
    {
        var stream = Streams()[0];
        if (stream.StandsForGood())
            return PersonRefusals.ErasureStands;
        if (histories.LastVersion(stream) < Version || Version < 1)
            return Refusal.Unknown("fact-unknown");
        if (!histories.Stands(stream, Version))
            return new Refusal("fact-already-replaced");
        return Instead.Decide(histories.Before(stream, Version)) switch
        {
            Decision.Accepted { Facts: [var only] } when only.Stream == stream => new Decision.Accepted([only with { Replaces = Version }]),
            Decision.Accepted { Facts.Count: 0 } => new Refusal("correction-says-nothing"),
            Decision.Accepted => new Refusal("correction-too-wide"),
            var refused => refused,
        };
    }
}
