using HousingBank.Domain.Vocabulary;
using HousingBank.Store;

namespace HousingBank.ReadModels.LearningLog;

/// <summary>What has been learnt. A municipality sees its own entries, the programme's own and those that were shared.</summary>
public sealed class LearningLogQuery
{
    public Task<Answer<LearningEntries>> AskAsync(Scope scope, LearningFilter filter, Question question, CancellationToken cancel) => throw new NotImplementedException();

    /// <returns>Null when there is no such entry by that day, or the asker may not see it.</returns>
    public Task<Answer<LearningEntry>?> EntryAsync(Scope scope, LearningEntryId entry, Question question, CancellationToken cancel) => throw new NotImplementedException();
}
