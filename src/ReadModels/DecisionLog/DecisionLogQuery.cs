using HousingBank.Domain.Vocabulary;
using HousingBank.Store;

namespace HousingBank.ReadModels.DecisionLog;

/// <summary>Every event, and the events behind a figure.</summary>
public sealed class DecisionLogQuery
{
    /// <param name="cursor">From the page before; null for the first.</param>
    /// <param name="take">1 to 1000; null for all, as exports want them.</param>
    /// <exception cref="FormatException">The cursor is not one of ours.</exception>
    public Task<Answer<LoggedDecisions>> AskAsync(Scope scope, DecisionFilter filter, string? cursor, int? take, Question question, CancellationToken cancel) =>
        throw new NotImplementedException();

    /// <summary>Why: the facts that something shown was made from, in order of version.</summary>
    /// <param name="facts">One version is a permalink.</param>
    /// <returns>Empty when none of them is there, or the asker may not see them.</returns>
    public Task<Answer<IReadOnlyList<LoggedDecision>>> BehindAsync(Scope scope, FactsBehind facts, Question question, CancellationToken cancel) =>
        throw new NotImplementedException();

    /// <summary>Every event of a stream known at the moment, also those that take effect later.</summary>
    public Task<Answer<IReadOnlyList<LoggedDecision>>> StreamAsync(Scope scope, StreamId stream, Question question, CancellationToken cancel) =>
        throw new NotImplementedException();
}
