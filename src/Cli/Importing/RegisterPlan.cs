using HousingBank.Cli.Sources;
using HousingBank.Domain.Municipalities;
using HousingBank.Domain.Vocabulary;
using HousingBank.Store;

namespace HousingBank.Cli.Importing;

/// <summary>What a register of municipalities asks for: every municipality, its numbers from day to day, and what it became part of.</summary>
public static class RegisterPlan
{
    public static IReadOnlyList<ImportStep> Of(MunicipalityList list)
    {
        var grounds = Grounds.None with { Basis = new Basis(BasisKind.Source, list.File) };
        var byKey = list.Lines.GroupBy(l => l.Key).Select(g => g.OrderBy(l => l.ValidFrom).ToList()).ToList();
        return [.. byKey.SelectMany(lines => Municipality(lines, grounds)), .. byKey.SelectMany(lines => Merger(lines, list, grounds))];
    }

    private static IEnumerable<ImportStep> Municipality(List<ToldNumber> lines, Grounds grounds)
    {
        var first = lines[0];
        var id = new MunicipalityId(first.Key);
        yield return new(
            $"{first.Key}/registered",
            Scope.National,
            new RegisterMunicipality(id, first.Name, MunicipalityKind.Municipality, first.County) { On = first.ValidFrom, Grounds = grounds },
            first.At,
            $"{first.Name}: registered");

        foreach (var line in lines)
        {
            yield return new(
                $"{line.Key}/number/{line.Number}/from",
                Scope.National,
                new AssignNumber(id, line.Number, line.County, line.Name) { On = line.ValidFrom, Grounds = grounds },
                line.At,
                $"{line.Name}: number {line.Number} from {line.ValidFrom:yyyy-MM-dd}");
            if (line.ValidTo is { } last)
            {
                yield return new(
                    $"{line.Key}/number/{line.Number}/to",
                    Scope.National,
                    new EndNumber(id, line.Number) { On = last, Grounds = grounds },
                    line.At,
                    $"{line.Name}: number {line.Number} until {last:yyyy-MM-dd}");
            }
        }
    }

    private static IEnumerable<ImportStep> Merger(List<ToldNumber> lines, MunicipalityList list, Grounds grounds)
    {
        if (lines[^1] is not { Became: { } became, ValidTo: { } last } line)
            yield break;

        var day = last.AddDays(1);
        // The register tells about a merger beside the number that the merged municipality got, not beside those that ended.
        var note = line.Note ?? list.Lines.FirstOrDefault(l => l.Key == became && l.ValidFrom == day)?.Note;
        yield return new(
            $"{line.Key}/merged",
            Scope.National,
            new MergeMunicipality(new MunicipalityId(line.Key), new MunicipalityId(became), note) { On = day, Grounds = grounds },
            line.At,
            $"{line.Name}: part of {became} from {day:yyyy-MM-dd}");
    }
}
