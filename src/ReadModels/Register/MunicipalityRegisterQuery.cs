using HousingBank.Domain.Vocabulary;
using HousingBank.ReadModels.Tables;
using HousingBank.Store;

namespace HousingBank.ReadModels.Register;

/// <summary>The municipalities of the national register with their names and numbers on a day.</summary>
public sealed class MunicipalityRegisterQuery(Looking looking)
{
    public async Task<Answer<MunicipalityRegister>> AskAsync(Scope scope, Question question, CancellationToken cancel)
    {
        var look = looking.Begin(scope, question);
        var names = new Names(look);
        await look.AskAsync(cancel);
        var figures = await look.FiguresAsync(names.Rows.Select(r => r.Stream), cancel);
        return look.Answer(new MunicipalityRegister([.. All(names, figures).OrderBy(m => m.OnDay.Name, Norwegian.Order)]));
    }

    /// <returns>Null when the register does not know it by that day.</returns>
    public async Task<Answer<RegisteredMunicipality>?> OneAsync(Scope scope, MunicipalityId municipality, Question question, CancellationToken cancel)
    {
        var all = await AskAsync(scope, question, cancel);
        return all.Value.Municipalities.FirstOrDefault(m => m.OnDay.Key == municipality.Key) is { } found ? all.With(found) : null;
    }

    internal static IEnumerable<RegisteredMunicipality> All(Names names, StreamFigures figures)
    {
        var numbers = names.Numbers.ToLookup(n => n.Row.Municipality);
        var mergedFrom = names.Rows.Where(r => r.Row.MergedInto is not null).ToLookup(r => r.Row.MergedInto!.Value, r => r.Row.Municipality.Key);
        return names.Rows.Select(r => new RegisteredMunicipality(
            names.Of(r.Row.Municipality),
            [.. numbers[r.Row.Municipality].OrderBy(n => n.Row.From).Select(NumberPeriod)],
            Codes.Of(r.Row.WrittenForm),
            r.Row.PartOf?.Key,
            r.Row.MergedOn,
            [.. mergedFrom[r.Row.Municipality]],
            figures.Version(r.Stream),
            FactsBehind.Of(r)));
    }

    private static NumberPeriod NumberPeriod(Segment<MunicipalityNumberRow> number) =>
        new(number.Row.Number, number.Row.Name, number.Row.County, number.Row.From, number.Row.To, FactsBehind.Of(number));
}
