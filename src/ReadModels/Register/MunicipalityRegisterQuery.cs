using HousingBank.Domain.Vocabulary;
using HousingBank.Store;

namespace HousingBank.ReadModels.Register;

/// <summary>The municipalities of the national register with their names and numbers on a day.</summary>
public sealed class MunicipalityRegisterQuery
{
    public Task<Answer<MunicipalityRegister>> AskAsync(Scope scope, Question question, CancellationToken cancel) => throw new NotImplementedException();

    /// <returns>Null when the register does not know it by that day.</returns>
    public Task<Answer<RegisteredMunicipality>?> OneAsync(Scope scope, MunicipalityId municipality, Question question, CancellationToken cancel) => throw new NotImplementedException();
}
