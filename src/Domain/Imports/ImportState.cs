using System.Diagnostics;

namespace HousingBank.Domain.Imports;

/// <summary>An import as far as the rules need to know it.</summary>
/// <param name="CarriedOver">Null until it has begun.</param>
public sealed record ImportState(HistoryCarriedOver? CarriedOver)
{
    public static readonly ImportState Initial = new((HistoryCarriedOver?)null);

    public static ImportState Evolve(ImportState import, ImportEvent fact) => fact switch
    {
        HistoryCarriedOver e => import with { CarriedOver = import.CarriedOver ?? e },
        _ => throw new UnreachableException($"{fact.GetType().Name} has no case in Evolve."),
    };
}
