namespace HousingBank.Cli.Sources;

/// <summary>Where in a source file something is told.</summary>
/// <param name="File">The file's name without its folder.</param>
/// <param name="Line">From 1.</param>
/// <param name="Field">The way to it, as one would say it: "participations[0].phases[2].started.date"; the column in a table.</param>
public sealed record Place(string File, int Line, string Field)
{
    public override string ToString() => Field.Length == 0 ? $"{File}, line {Line}" : $"{File}, line {Line}, {Field}";
}

/// <summary>Something in a source that cannot be read as it stands.</summary>
/// <param name="Reason">What is wrong, in words that help to mend it.</param>
public sealed record SourceProblem(Place At, string Reason)
{
    public override string ToString() => $"{At}: {Reason}";
}

/// <summary>Something in a source that was read but has nowhere to go.</summary>
/// <param name="What">What was left out.</param>
public sealed record LeftOut(Place At, string What)
{
    public override string ToString() => $"{At}: {What}";
}

/// <summary>What a source tells, with the place where it does.</summary>
public sealed record Told<T>(T Value, Place At);

/// <summary>What reading found to complain of and to pass over; every reader of one import adds to the same.</summary>
public sealed class ReadingNotes
{
    private readonly List<SourceProblem> _problems = [];
    private readonly List<LeftOut> _leftOut = [];

    public IReadOnlyList<SourceProblem> Problems => _problems;

    public IReadOnlyList<LeftOut> LeftOut => _leftOut;

    public void Problem(Place at, string reason) => _problems.Add(new SourceProblem(at, reason));

    public void Leave(Place at, string what) => _leftOut.Add(new LeftOut(at, what));
}
