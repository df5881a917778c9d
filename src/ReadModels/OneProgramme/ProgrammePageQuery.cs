using HousingBank.Domain.Vocabulary;
using HousingBank.Store;

namespace HousingBank.ReadModels.OneProgramme;

/// <summary>A programme with its framework model, office and rounds.</summary>
public sealed class ProgrammePageQuery
{
    /// <returns>Null when there is no such programme by that day.</returns>
    public Task<Answer<ProgrammePage>?> AskAsync(Scope scope, ProgrammeId programme, Question question, CancellationToken cancel) => throw new NotImplementedException();

    /// <summary>The programmes of an office, by the day they were launched.</summary>
    public Task<Answer<IReadOnlyList<ProgrammeInList>>> ListAsync(Scope scope, Question question, CancellationToken cancel) => throw new NotImplementedException();
}
