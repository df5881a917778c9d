using HousingBank.Domain.Vocabulary;
using HousingBank.Store;

namespace HousingBank.ReadModels.Register;

/// <summary>The municipalities of the national register with their names and numbers on a day.</summary>
public sealed class MunicipalityRegisterQuery(Looking looking)
{
    public async Task<Answer<MunicipalityRegister>> AskAsync(Scope scope, Question question, CancellationToken cancel)
    {
        var look = looking.Begin(scope, question);
        var register = new MunicipalitiesInRegister(look);
        await look.AskAsync(cancel);
        var figures = await look.FiguresAsync(register.Rows.Select(r => r.Stream), cancel);
        return look.Answer(new MunicipalityRegister([.. register.All(figures).OrderBy(m => m.OnDay.Name, Norwegian.Order)]));
    }

    /// <returns>Null when the register does not know it by that day.</returns>
    public async Task<Answer<RegisteredMunicipality>?> OneAsync(Scope scope, MunicipalityId municipality, Question question, CancellationToken cancel)
    {
        var all = await AskAsync(scope, question, cancel);
        return all.Value.Municipalities.FirstOrDefault(m => m.OnDay.Key == municipality.Key) is { } found ? all.With(found) : null;
    }
}
