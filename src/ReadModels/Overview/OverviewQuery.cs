using HousingBank.Domain.Vocabulary;
using HousingBank.Store;

namespace HousingBank.ReadModels.Overview;

/// <summary>Municipalities side by side.</summary>
public sealed class OverviewQuery
{
    /// <param name="municipalities">In the order they are to stand; empty for all participants, by round and name.</param>
    public Task<Answer<OverviewMatrix>> AskAsync(Scope scope, IReadOnlyList<MunicipalityId> municipalities, Question question, CancellationToken cancel) =>
        throw new NotImplementedException();
}
