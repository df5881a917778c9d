using HousingBank.ReadModels;

namespace HousingBank.Web.Pages.Overview;

/// <summary>What one municipality has of one aspect.</summary>
/// <param name="Lines">In the order they stand in the source.</param>
public sealed record MatrixCell(IReadOnlyList<string> Lines, FactsBehind? Facts);
