using HousingBank.Store;

namespace HousingBank.ReadModels.PhaseBoard;

/// <summary>Which municipality is in which phase, what is late, what is missing at the gate.</summary>
public sealed class BoardQuery
{
    public Task<Answer<Board>> AskAsync(Scope scope, Question question, CancellationToken cancel) => throw new NotImplementedException();
}
