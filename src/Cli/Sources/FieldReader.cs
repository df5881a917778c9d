using System.Globalization;
using HousingBank.Domain.Vocabulary;

namespace HousingBank.Cli.Sources;

/// <summary>Takes the fields of one JSON object one by one. What nobody took when it is closed is reported as unknown.</summary>
internal sealed class FieldReader(JsonFields fields, ReadingNotes notes) : IDisposable
{
    private readonly HashSet<string> _taken = ["$comment"];

    public Place At => fields.At;

    public bool Has(string name) => fields.Items.TryGetValue(name, out var item) && item is not JsonNothing;

    public Place PlaceOf(string name) => fields.Items.TryGetValue(name, out var item) ? item.At : At;

    public string? Text(string name) => ToldText(name)?.Value;

    public Told<string>? ToldText(string name) => Take(name) switch
    {
        JsonText { Value: var text } item when text.Trim().Length > 0 => new Told<string>(text, item.At),
        JsonText item => Wrong<Told<string>>(item, "the text is empty"),
        null => null,
        var item => Wrong<Told<string>>(item, "a text is expected"),
    };

    public string RequiredText(string name) => Has(name) ? Text(name) ?? "" : Missing(name, "");

    public int? Number(string name) => Take(name) switch
    {
        JsonNumber { Value: var number } when number == decimal.Truncate(number) && number is >= 0 and <= int.MaxValue => (int)number,
        null => null,
        var item => Wrong<int?>(item, "a whole number from 0 up is expected"),
    };

    public int RequiredNumber(string name) => Has(name) ? Number(name) ?? 0 : Missing(name, 0);

    public bool? Flag(string name) => Take(name) switch
    {
        JsonFlag flag => flag.Value,
        null => null,
        var item => Wrong<bool?>(item, "true or false is expected"),
    };

    /// <summary>One of the words of an enumeration, in camelCase.</summary>
    public TWord? Word<TWord>(string name)
        where TWord : struct, Enum => Text(name) is { } word ? ReadWord<TWord>(word, PlaceOf(name)) : null;

    public TWord RequiredWord<TWord>(string name)
        where TWord : struct, Enum => Has(name) ? Word<TWord>(name) ?? default : Missing(name, default(TWord));

    public FieldReader? Fields(string name) => Take(name) switch
    {
        JsonFields inner => new FieldReader(inner, notes),
        null => null,
        var item => Wrong<FieldReader>(item, "an object is expected"),
    };

    public FieldReader? RequiredFields(string name) => Has(name) ? Fields(name) : Missing<FieldReader?>(name, null);

    public IReadOnlyList<FieldReader> List(string name) =>
        [.. Items(name).Select(i => i is JsonFields inner ? new FieldReader(inner, notes) : Wrong<FieldReader>(i, "an object is expected")).OfType<FieldReader>()];

    public Told<ValueList<string>>? Texts(string name) => Has(name)
        ? new Told<ValueList<string>>(ToldTexts(name).Select(t => t.Value).ToValueList(), PlaceOf(name))
        : null;

    public IReadOnlyList<Told<string>> ToldTexts(string name) =>
        [.. Items(name).Select(i => i is JsonText { Value: var text } && text.Trim().Length > 0
            ? new Told<string>(text, i.At)
            : Wrong<Told<string>>(i, "a text is expected")).OfType<Told<string>>()];

    public Told<ValueList<TWord>>? Words<TWord>(string name)
        where TWord : struct, Enum => Has(name)
        ? new Told<ValueList<TWord>>(ToldTexts(name).Select(t => ReadWord<TWord>(t.Value, t.At)).OfType<TWord>().ToValueList(), PlaceOf(name))
        : null;

    /// <summary>A text in the languages it is given in.</summary>
    public LocalText? Local(string name)
    {
        using var text = Fields(name);
        return text is null ? null : new LocalText(text.RequiredText("nb"), text.Text("nn"), text.Text("en"));
    }

    /// <summary>A day as the source gives it: the earliest it can have been, how exactly it is told, and whether it is assumed.</summary>
    public Told<StatedDay>? Day(string name)
    {
        using var day = Fields(name);
        if (day is null)
            return null;

        var earliest = day.Date("date");
        var precision = day.RequiredWord<DayPrecision>("precision");
        var assumed = day.Flag("assumed") ?? false;
        var reason = day.Text("reason");
        _ = day.Text("label");
        if (assumed && reason is null)
            notes.Problem(day.At, "the day is assumed without a reason");
        if (!assumed && reason is not null)
            notes.Problem(day.PlaceOf("reason"), "a reason stands here, but the day is not marked as assumed");
        if (precision == DayPrecision.Between)
            notes.Problem(day.PlaceOf("precision"), "day, month, season or year is expected");
        return earliest is { } date ? new Told<StatedDay>(StatedDay.From(date, precision, assumed ? reason : null), day.At) : null;
    }

    public Told<StatedDay>? RequiredDay(string name) => Has(name) ? Day(name) : Missing<Told<StatedDay>?>(name, null);

    /// <summary>Takes a duration of whole months or years: "P6M", "P3Y".</summary>
    public int? Months(string name)
    {
        if (Text(name) is not { } text)
            return null;
        var unit = text[^1] switch { 'M' => 1, 'Y' => 12, _ => 0 };
        return text.Length is 3 or 4 && text[0] == 'P' && unit > 0 && int.TryParse(text[1..^1], NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count > 0
            ? count * unit
            : Wrong<int?>(fields.Items[name], "a duration of whole months or years is expected, as in P6M or P3Y");
    }

    public int RequiredMonths(string name) => Has(name) ? Months(name) ?? 0 : Missing(name, 0);

    /// <summary>Takes a field that this program has no place for, and says so.</summary>
    public void Leave(string name, string why)
    {
        if (Take(name) is { } item)
            notes.Leave(item.At, $"{Describe(item)}, read and left out: {why}");
    }

    /// <summary>Takes every field that nobody has taken, and says so in one line.</summary>
    public void LeaveRest(string why)
    {
        var rest = fields.Items.Where(i => !_taken.Contains(i.Key)).ToList();
        _taken.UnionWith(rest.Select(i => i.Key));
        if (rest.Count > 0)
            notes.Leave(At, $"{Describe(new JsonFields(At, rest.ToDictionary()))}, read and left out: {why}");
    }

    public void Problem(string name, string reason) => notes.Problem(PlaceOf(name), reason);

    public void Dispose()
    {
        foreach (var (name, item) in fields.Items.Where(i => !_taken.Contains(i.Key)))
            notes.Problem(item.At, $"the field \"{name}\" is not known here");
    }

    private DateOnly? Date(string name) => Text(name) is not { } text
        ? Has(name) ? null : Missing<DateOnly?>(name, null)
        : DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
            ? date
            : Wrong<DateOnly?>(fields.Items[name], $"\"{text}\" is no calendar day; 2010-12-31 is how one is written");

    private IReadOnlyList<JsonItem> Items(string name) => Take(name) switch
    {
        JsonItems list => list.Items,
        null => [],
        var item => Wrong<IReadOnlyList<JsonItem>>(item, "a list is expected") ?? [],
    };

    private JsonItem? Take(string name)
    {
        _taken.Add(name);
        return fields.Items.TryGetValue(name, out var item) && item is not JsonNothing ? item : null;
    }

    private TWord? ReadWord<TWord>(string word, Place at)
        where TWord : struct, Enum
    {
        foreach (var value in Enum.GetValues<TWord>())
        {
            if (Camel(value) == word)
                return value;
        }

        notes.Problem(at, $"\"{word}\" is not one of {string.Join(", ", Enum.GetValues<TWord>().Select(Camel))}");
        return null;
    }

    private static string Camel<TWord>(TWord value)
        where TWord : struct, Enum => System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(value.ToString());

    private static string Describe(JsonItem item) => item switch
    {
        JsonFields inner => string.Join(", ", inner.Items.Select(i => i.Value is JsonItems list ? $"{i.Key} ({list.Items.Count})" : i.Key)),
        JsonItems list => $"{list.Items.Count} items",
        JsonText text => $"\"{text.Value}\"",
        JsonNumber number => number.Value.ToString(CultureInfo.InvariantCulture),
        JsonFlag flag => flag.Value ? "true" : "false",
        _ => "nothing",
    };

    private T? Wrong<T>(JsonItem item, string reason)
    {
        notes.Problem(item.At, reason);
        return default;
    }

    private T Missing<T>(string name, T instead)
    {
        notes.Problem(At with { Field = At.Field.Length == 0 ? name : $"{At.Field}.{name}" }, "this field is missing");
        return instead;
    }
}
