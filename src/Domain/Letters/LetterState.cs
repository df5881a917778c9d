using System.Diagnostics;

namespace HousingBank.Domain.Letters;

/// <summary>A letter as far as the rules need to know it.</summary>
/// <param name="Written">Null until it is written.</param>
public sealed record LetterState(LetterWritten? Written)
{
    public static readonly LetterState Initial = new((LetterWritten?)null);

    public bool IsKnown => Written is not null;

    public static LetterState Evolve(LetterState letter, LetterEvent fact) => fact switch
    {
        LetterWritten e => letter with { Written = e },
        _ => throw new UnreachableException($"{fact.GetType().Name} has no case in Evolve."),
    };
}
