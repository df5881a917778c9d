namespace HousingBank.Domain.Vocabulary;

/// <summary>The name of a stream: its kind and the id of the thing it is about. "round/0199c8f0-…", "municipality/hamar".</summary>
public readonly record struct StreamId(string Kind, string Id)
{
    public override string ToString() => $"{Kind}/{Id}";

    /// <summary>True where a key is destroyed with what is recorded: no strike and no correction takes it back.</summary>
    public bool StandsForGood() => Kind == PersonId.Kind;

    public static StreamId Parse(string name)
    {
        var slash = name.IndexOf('/', StringComparison.Ordinal);
        return slash > 0 ? new(name[..slash], name[(slash + 1)..]) : throw new FormatException($"\"{name}\" is not a stream name: kind/id.");
    }
}
