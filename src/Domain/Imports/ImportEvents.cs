using HousingBank.Domain.Vocabulary;

namespace HousingBank.Domain.Imports;

/// <summary>What has happened in the import of a whole history.</summary>
public abstract record ImportEvent : Fact;

/// <summary>The history of this office is carried over with the moments at which it was recorded elsewhere, or is meant to have been.</summary>
/// <param name="Source">What it is carried over from: a system, or a simulation and what it was made from.</param>
[StoredAs("history-carried-over")]
public sealed record HistoryCarriedOver(string Source) : ImportEvent;
