namespace HousingBank.Start;

/// <summary>What stands in the way, in one plain sentence, and how to mend it.</summary>
internal sealed class CannotStartException(string message) : Exception(message);
