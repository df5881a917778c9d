namespace HousingBank.Rehearse;

/// <summary>What stands in the way, in one plain sentence.</summary>
public sealed class RehearsalFailedException(string message) : Exception(message);
