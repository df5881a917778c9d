using System.Globalization;
using System.Text.RegularExpressions;
using CsvHelper;
using CsvHelper.Configuration;

namespace HousingBank.Cli.Sources;

/// <summary>One line of the register: a municipality's number from day to day.</summary>
/// <param name="Key">Our own key for the municipality, which outlives its numbers.</param>
/// <param name="Name">What it was called while it had the number.</param>
/// <param name="Number">Four digits; a leading zero is part of it.</param>
/// <param name="ValidTo">The last day, included; null while the number holds.</param>
/// <param name="Became">The key of what it merged into the day after; null when it did not.</param>
/// <param name="Note">What the register says beside it.</param>
public sealed record ToldNumber(
    Place At, string Key, string Name, string Number, DateOnly ValidFrom, DateOnly? ValidTo, string County, string? Became, string? Note);

/// <summary>The register of municipalities as a table with one line for each number: key, name, number, validFrom, validTo, county, becameKey, note.</summary>
public sealed partial record MunicipalityList(string File, IReadOnlyList<ToldNumber> Lines)
{
    private static readonly string[] Columns = ["key", "name", "number", "validFrom", "validTo", "county", "becameKey", "note"];

    public static MunicipalityList Read(string file, TextReader text, ReadingNotes notes)
    {
        using var csv = new CsvReader(text, new CsvConfiguration(CultureInfo.InvariantCulture) { TrimOptions = TrimOptions.Trim, BadDataFound = null });
        var lines = new List<ToldNumber>();
        if (!csv.Read() || !csv.ReadHeader())
        {
            notes.Problem(new Place(file, 1, ""), "the file is empty; a heading is expected: " + string.Join(",", Columns));
            return new(file, lines);
        }

        var heading = csv.HeaderRecord!;
        foreach (var column in Columns.Except(heading))
            notes.Problem(new Place(file, 1, column), "this column is missing");
        foreach (var column in heading.Except(Columns))
            notes.Problem(new Place(file, 1, column), "this column is not known here");
        if (notes.Problems.Any(p => p.At.File == file))
            return new(file, lines);

        while (csv.Read())
        {
            var at = new Place(file, csv.Parser.RawRow, "");
            if (csv.Parser.Count != heading.Length)
                notes.Problem(at, $"the line has {csv.Parser.Count} fields, the heading {heading.Length}");
            else if (Line(csv, at, notes) is { } line)
                lines.Add(line);
        }

        CheckTogether(lines, notes);
        return new(file, lines);
    }

    private static ToldNumber? Line(CsvReader csv, Place at, ReadingNotes notes)
    {
        var problemsBefore = notes.Problems.Count;
        string? Field(string name) => csv.GetField(name) is { Length: > 0 } text ? text : null;
        void Wrong(string field, string reason) => notes.Problem(at with { Field = field }, reason);
        string Required(string field)
        {
            if (Field(field) is { } text)
                return text;
            Wrong(field, "this field is empty");
            return "";
        }

        DateOnly? Day(string field)
        {
            if (Field(field) is not { } text)
                return null;
            if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
                return day;
            Wrong(field, $"\"{text}\" is no calendar day; 2010-12-31 is how one is written");
            return null;
        }

        var key = Required("key");
        if (key.Length > 0 && !KeyShape().IsMatch(key))
            Wrong("key", $"\"{key}\" is no key: small letters a–z, digits and hyphens, a letter first");
        var number = Required("number");
        if (number.Length > 0 && !NumberShape().IsMatch(number))
            Wrong("number", $"\"{number}\" is no municipality number: four digits");
        _ = Required("validFrom");
        var from = Day("validFrom");
        var to = Day("validTo");
        if (to < from)
            Wrong("validTo", "the last day is before the first");
        var became = Field("becameKey");
        if (became is not null && to is null)
            Wrong("becameKey", "a municipality that became another has a last day");

        var told = new ToldNumber(at, key, Required("name"), number, from ?? default, to, Required("county"), became, Field("note"));
        return notes.Problems.Count == problemsBefore ? told : null;
    }

    private static void CheckTogether(List<ToldNumber> lines, ReadingNotes notes)
    {
        var keys = lines.Select(l => l.Key).ToHashSet();
        foreach (var line in lines.Where(l => l.Became is not null && !keys.Contains(l.Became)))
            notes.Problem(line.At with { Field = "becameKey" }, $"\"{line.Became}\" is not in this list");

        foreach (var line in lines.Where(l => l.Note is not null && l.Became is null && !lines.Any(m => m.Became == l.Key && m.ValidTo?.AddDays(1) == l.ValidFrom)))
            notes.Leave(line.At with { Field = "note" }, $"\"{line.Note}\", read and left out: what merged here is not in this list");

        foreach (var (one, next) in lines.GroupBy(l => l.Key).SelectMany(of => of.OrderBy(l => l.ValidFrom).Zip(of.OrderBy(l => l.ValidFrom).Skip(1))))
        {
            if (one.ValidTo is not { } end || end >= next.ValidFrom)
                notes.Problem(next.At with { Field = "validFrom" }, $"\"{next.Key}\" still has number {one.Number} on this day, by line {one.At.Line}");
        }
    }

    [GeneratedRegex("^[a-z][a-z0-9-]{0,59}$")]
    private static partial Regex KeyShape();

    [GeneratedRegex("^[0-9]{4}$")]
    private static partial Regex NumberShape();
}
