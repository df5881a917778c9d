using System.Collections.Frozen;
using System.Globalization;
using System.Text;
using System.Text.Json;
using HousingBank.Domain.Vocabulary;
using HousingBank.ReadModels;

namespace HousingBank.Web.Languages;

/// <summary>The texts, days and numbers of a page in its reader's language.</summary>
public sealed class Texts(Language language)
{
    public Language Language => language;

    /// <param name="key">"area.name", as in Texts/nb/area.json.</param>
    /// <param name="values">Values by placeholder; "n" also chooses between one and several.</param>
    /// <returns>The text; the key between ⟦ and ⟧ when there is none, which a test looks for.</returns>
    public string this[string key, params ReadOnlySpan<(string Placeholder, object? Value)> values] =>
        Find(key, values) ?? $"⟦{key}⟧";

    public bool Has(string key) => TextCatalogue.Of(language).ContainsKey(key);

    /// <summary>The word for a value of the vocabulary: Phase.PhaseOut is the text "words.phase.phaseOut".</summary>
    public string Word<T>(T value)
        where T : struct, Enum =>
        this[Words<T>.Keys.TryGetValue(value, out var key) ? key : Words<T>.KeyOf(value)];

    /// <summary>The word for a value known by its code: Word("criterion", "agreementInForce").</summary>
    public string Word(string kind, string code) => this[$"words.{kind}.{code}"];

    public string Word(Code code) => Word(code.Kind, code.Value);

    /// <summary>The heading of a column of a flat table.</summary>
    public string Heading(Column column) => column.Heading ?? this[$"tables.{column.Code}"];

    /// <summary>A cell of a flat table as people read it.</summary>
    public string Cell(object? value) => value switch
    {
        Code code => Word(code),
        bool yes => Word("yes", yes ? "true" : "false"),
        string text => text,
        System.Collections.IEnumerable items => string.Join("; ", items.Cast<object?>().Select(Cell)),
        _ => Written(value),
    };

    /// <summary>What a refusal says to people.</summary>
    public string Of(Refusal refusal) =>
        this[$"refusals.{refusal.Code}", [.. refusal.Values.Values.Select(v => (v.Key, (object?)(v.Key == "missing" ? Criteria(v.Value) : v.Value)))]];

    /// <summary>A text that is kept with the data in up to three languages.</summary>
    public string Of(LocalText text) => language.Code switch
    {
        "nn" => text.Nn ?? text.Nb,
        "en" => text.En ?? text.Nb,
        _ => text.Nb,
    };

    /// <summary>10. desember 2010; 10 December 2010.</summary>
    public string Day(DateOnly day) => day.ToString(language == Language.English ? "d MMMM yyyy" : "d. MMMM yyyy", language.Culture);

    /// <summary>10.12.2010; 10/12/2010: for narrow columns.</summary>
    public string ShortDay(DateOnly day) => day.ToString(language == Language.English ? "dd/MM/yyyy" : "dd.MM.yyyy", CultureInfo.InvariantCulture);

    /// <summary>oktober 2009; October 2009.</summary>
    public string Month(DateOnly day) => day.ToString("MMMM yyyy", language.Culture);

    public string Day(Day day) => Day(new StatedDay(day.First, day.Last, day.Precision, day.AssumedBecause));

    /// <summary>A day as exactly as it was told: "10. desember 2010", "oktober 2009", "våren 2009", "2010".</summary>
    public string Day(StatedDay day) => day.Precision switch
    {
        DayPrecision.Day => Day(day.First),
        DayPrecision.Month => Month(day.First),
        DayPrecision.Season => this[$"days.{SeasonOf(day.Last)}", ("year", SeasonYear(day.Last))],
        DayPrecision.Year => day.First.Year.ToString(CultureInfo.InvariantCulture),
        _ => this["days.between", ("first", Day(day.First)), ("last", Day(day.Last))],
    };

    /// <summary>A moment, by the clock in Norway.</summary>
    public string Moment(DateTimeOffset moment)
    {
        var local = Time.Oslo.Local(moment);
        return this["days.moment", ("day", Day(DateOnly.FromDateTime(local))), ("time", local.ToString(language == Language.English ? "HH:mm" : "HH.mm", CultureInfo.InvariantCulture))];
    }

    public string Number(long number) => number.ToString("N0", language.Culture);

    /// <summary>A mean of scores, or a spread between them: with two decimals, so that they stand under each other.</summary>
    public string Score(decimal? score) => score?.ToString("0.00", language.Culture) ?? "–";

    private string Criteria(string codes) => string.Join(", ", codes.Split(", ").Select(code => Word("criterion", code)));

    private string? Find(string key, ReadOnlySpan<(string Placeholder, object? Value)> values)
    {
        if (!TextCatalogue.Of(language).TryGetValue(key, out var forms))
            return null;

        if (values.IsEmpty)
            return forms.Other;

        var template = forms.Other;
        foreach (var (placeholder, value) in values)
        {
            if (placeholder == "n" && forms.One is { } one && Convert.ToInt64(value, CultureInfo.InvariantCulture) == 1)
                template = one;
        }

        return Filled(template, values);
    }

    /// <summary>In one pass: what a value says is no template, whatever it looks like.</summary>
    private string Filled(ReadOnlySpan<char> template, ReadOnlySpan<(string Placeholder, object? Value)> values)
    {
        var text = new StringBuilder();
        while (template.IndexOf('{') is >= 0 and var begin && template[begin..].IndexOf('}') is >= 0 and var length)
        {
            text.Append(template[..begin]);
            var placeholder = template.Slice(begin, length + 1);
            text.Append(ValueOf(placeholder[1..^1], values) ?? placeholder.ToString());
            template = template[(begin + length + 1)..];
        }

        return text.Append(template).ToString();
    }

    private string? ValueOf(ReadOnlySpan<char> name, ReadOnlySpan<(string Placeholder, object? Value)> values)
    {
        foreach (var (placeholder, value) in values)
        {
            if (name.SequenceEqual(placeholder))
                return Written(value);
        }

        return null;
    }

    private string Written(object? value) => value switch
    {
        DateOnly day => Day(day),
        StatedDay day => Day(day),
        DateTimeOffset moment => Moment(moment),
        int number => Number(number),
        long number => Number(number),
        _ => Convert.ToString(value, language.Culture) ?? "",
    };

    private static string SeasonOf(DateOnly last) => last.Month switch
    {
        >= 3 and <= 5 => "spring",
        >= 6 and <= 8 => "summer",
        >= 9 and <= 11 => "autumn",
        _ => "winter",
    };

    /// <summary>A winter is named by both its years: 2009–2010.</summary>
    private static string SeasonYear(DateOnly last) => SeasonOf(last) == "winter"
        ? string.Create(CultureInfo.InvariantCulture, $"{(last.Month == 12 ? last.Year : last.Year - 1)}–{(last.Month == 12 ? last.Year + 1 : last.Year)}")
        : last.Year.ToString(CultureInfo.InvariantCulture);

    private static class Words<T>
        where T : struct, Enum
    {
        public static readonly FrozenDictionary<T, string> Keys = Enum.GetValues<T>().Distinct().ToFrozenDictionary(v => v, KeyOf);

        public static string KeyOf(T value) => $"words.{WordKinds.Of(typeof(T))}.{JsonNamingPolicy.CamelCase.ConvertName(value.ToString())}";
    }
}
