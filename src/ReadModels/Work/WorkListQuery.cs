using HousingBank.Store;

namespace HousingBank.ReadModels.Work;

/// <summary>What needs a decision, and what is late.</summary>
public sealed class WorkListQuery
{
    public Task<Answer<WorkList>> AskAsync(Scope scope, Question question, CancellationToken cancel) => throw new NotImplementedException();
}
