using System.Diagnostics;
using HousingBank.Domain.Vocabulary;

namespace HousingBank.Domain.Learning;

/// <summary>A learning entry as far as the rules need to know it.</summary>
/// <param name="Written">Null until it is written.</param>
/// <param name="BecameOf">What became of it, in order: shared, taken up, brought to the ministry, led to a change.</param>
/// <param name="SetAside">Null unless it was set aside.</param>
public sealed record LearningEntryState(LearningEntryWritten? Written, ValueList<LearningEntryEvent> BecameOf, LearningEntrySetAside? SetAside)
{
    public static readonly LearningEntryState Initial = new(null, [], null);

    public bool IsKnown => Written is not null;

    public bool IsShared => BecameOf.Any(e => e is LearningEntryShared);

    public bool LedToChange => BecameOf.Any(e => e is LearningEntryLedToChange);

    public static LearningEntryState Evolve(LearningEntryState entry, LearningEntryEvent fact) =>
        entry.IsKnown || fact is LearningEntryWritten ? Remember(entry, fact) : entry;

    private static LearningEntryState Remember(LearningEntryState entry, LearningEntryEvent fact) => fact switch
    {
        LearningEntryWritten e => entry with { Written = e },
        LearningEntryShared or LearningEntryTakenUp or LearningEntryBroughtToMinistry or LearningEntryLedToChange =>
            entry with { BecameOf = entry.BecameOf.Add(fact) },
        LearningEntrySetAside e => entry with { SetAside = e },
        _ => throw new UnreachableException($"{fact.GetType().Name} has no case in Evolve."),
    };
}
