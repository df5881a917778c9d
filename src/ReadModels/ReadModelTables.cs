using HousingBank.Store;

namespace HousingBank.ReadModels;

/// <summary>The two-clock tables that the screens read.</summary>
public static class ReadModelTables
{
    public static IReadOnlyList<TwoClockTable> All { get; } = [];
}
