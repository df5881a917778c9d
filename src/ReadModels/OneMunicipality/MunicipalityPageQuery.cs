using HousingBank.Domain.Vocabulary;
using HousingBank.Store;

namespace HousingBank.ReadModels.OneMunicipality;

/// <summary>One municipality, one course, one agreement.</summary>
public sealed class MunicipalityPageQuery
{
    /// <returns>Null when the register does not know it, or the asker may not see it.</returns>
    public Task<Answer<MunicipalityPage>?> AskAsync(Scope scope, MunicipalityId municipality, Question question, CancellationToken cancel) => throw new NotImplementedException();

    /// <returns>Null when there is no such course by that day, or the asker may not see it.</returns>
    public Task<Answer<Course>?> CourseAsync(Scope scope, ParticipationId participation, Question question, CancellationToken cancel) => throw new NotImplementedException();

    /// <returns>Null when there is no such agreement by that day, or the asker may not see it.</returns>
    public Task<Answer<Agreement>?> AgreementAsync(Scope scope, AgreementId agreement, Question question, CancellationToken cancel) => throw new NotImplementedException();
}
