using HousingBank.Domain.Vocabulary;
using HousingBank.ReadModels.OneProgramme;
using HousingBank.Store;
using ApplicationId = HousingBank.Domain.Vocabulary.ApplicationId;

namespace HousingBank.ReadModels.OneRound;

/// <summary>Intake rounds and their applications.</summary>
public sealed class RoundPageQuery
{
    /// <returns>Null when there is no such round by that day.</returns>
    public Task<Answer<RoundPage>?> AskAsync(Scope scope, RoundId round, Question question, CancellationToken cancel) => throw new NotImplementedException();

    /// <summary>All rounds of an office, by number.</summary>
    public Task<Answer<IReadOnlyList<RoundFunnel>>> ListAsync(Scope scope, Question question, CancellationToken cancel) => throw new NotImplementedException();

    /// <returns>Null when there is no such application by that day, or the asker may not see it.</returns>
    public Task<Answer<ApplicationInRound>?> ApplicationAsync(Scope scope, ApplicationId application, Question question, CancellationToken cancel) => throw new NotImplementedException();
}
