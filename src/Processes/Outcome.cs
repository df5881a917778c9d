using HousingBank.Domain.Vocabulary;
using HousingBank.Store;

namespace HousingBank.Processes;

/// <summary>How a command ended.</summary>
public abstract record Outcome
{
    private Outcome()
    {
    }

    /// <summary>It is so now. With no facts when it was so before, or when a twin of the command had done it.</summary>
    /// <param name="Stream">The stream decided on.</param>
    /// <param name="Version">Its version after the decision: the ETag.</param>
    /// <param name="Facts">What was recorded, in all streams.</param>
    public sealed record Done(StreamId Stream, int Version, DateTimeOffset RecordedAt, IReadOnlyList<StoredFact> Facts) : Outcome;

    /// <summary>A rule stands in the way.</summary>
    /// <param name="LookedAt">The streams the rule looked at, with the versions they had.</param>
    public sealed record Refused(Refusal Reason, IReadOnlyDictionary<StreamId, int> LookedAt) : Outcome;

    /// <summary>In recorded order it may be, but taken by the days it would break a rule, and no reason was given for recording it all the same.</summary>
    public sealed record Contradicts(StreamId Stream, IReadOnlyList<Contradiction> Contradictions) : Outcome;

    /// <summary>The stream has moved on from the version the caller had seen, or others kept moving it.</summary>
    public sealed record Stale(StreamId Stream, int Expected, int Actual) : Outcome;

    /// <summary>What it would record stands for good, and the caller may not decide so.</summary>
    public sealed record SignInNeeded : Outcome;

    /// <summary>The command id has been used for another command.</summary>
    public sealed record IdUsedForAnother : Outcome;

    /// <summary>The tables are being moved to another version; the process must restart before it can decide.</summary>
    public sealed record TablesMoved(string Table) : Outcome;
}
