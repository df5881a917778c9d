using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace HousingBank.Domain.Vocabulary;

/// <summary>Checks of a command's single fields: each gives what is wrong, or null. Join them with ??; the first wrong field is refused.</summary>
/// <remarks>The field's name is taken from the expression: <c>Fields.Name(command.Content.Contact)</c> speaks of "content.contact".</remarks>
public static class Fields
{
    public const string Missing = "field-missing";
    public const string TooLong = "field-too-long";
    public const string Unreadable = "field-unreadable";
    public const string OutOfRange = "field-out-of-range";
    public const string UnknownValue = "field-unknown-value";
    public const string Repeated = "field-repeated";
    public const string DaysReversed = "field-days-reversed";
    public const string SpanOfAnother = "field-span-of-another";

    public const int NameLength = 200;
    public const int ReasonLength = 4_000;
    public const int TextLength = 20_000;
    public const int ListLength = 200;

    // The bank was founded in 1946, the oldest documents about housing are some decades older; nothing is planned for two centuries.
    private static readonly DateOnly EarliestDay = new(1900, 1, 1);
    private static readonly DateOnly LatestDay = new(2199, 12, 31);

    public static Refusal? Name(string? value, [CallerArgumentExpression(nameof(value))] string field = "") => Text(value, NameLength, field);

    public static Refusal? NameIfAny(string? value, [CallerArgumentExpression(nameof(value))] string field = "") => TextIfAny(value, NameLength, field);

    public static Refusal? Reason(string? value, [CallerArgumentExpression(nameof(value))] string field = "") => Text(value, ReasonLength, field);

    public static Refusal? ReasonIfAny(string? value, [CallerArgumentExpression(nameof(value))] string field = "") => TextIfAny(value, ReasonLength, field);

    public static Refusal? LongText(string? value, [CallerArgumentExpression(nameof(value))] string field = "") => Text(value, TextLength, field);

    public static Refusal? LongTextIfAny(string? value, [CallerArgumentExpression(nameof(value))] string field = "") => TextIfAny(value, TextLength, field);

    /// <summary>A text in the three languages: bokmål must be there, the others must not be blank when given.</summary>
    public static Refusal? LocalText(LocalText? value, int longest = NameLength, [CallerArgumentExpression(nameof(value))] string field = "") =>
        Given(value, field)
        ?? Text(value!.Nb, longest, Path(field) + ".nb")
        ?? TextIfAny(value.Nn, longest, Path(field) + ".nn")
        ?? TextIfAny(value.En, longest, Path(field) + ".en");

    public static Refusal? Given(object? value, [CallerArgumentExpression(nameof(value))] string field = "") =>
        value is null ? Refusal.OfField(Missing, Path(field)) : null;

    /// <summary>A number between two others, both included; null passes.</summary>
    public static Refusal? Between(int? value, int least, int most, [CallerArgumentExpression(nameof(value))] string field = "") =>
        value is { } number && (number < least || number > most)
            ? Refusal.OfField(OutOfRange, Path(field)).With("least", least).With("most", most)
            : null;

    /// <summary>One of the values the enumeration names; null passes.</summary>
    public static Refusal? Known<TEnum>(TEnum? value, [CallerArgumentExpression(nameof(value))] string field = "")
        where TEnum : struct, Enum =>
        value is { } given && !Enum.IsDefined(given) ? Refusal.OfField(UnknownValue, Path(field)) : null;

    /// <inheritdoc cref="Known{TEnum}(TEnum?, string)"/>
    public static Refusal? Known<TEnum>(TEnum value, [CallerArgumentExpression(nameof(value))] string field = "")
        where TEnum : struct, Enum => Known((TEnum?)value, field);

    /// <summary>A day as it was told: the first not after the last, in a year that can be meant, and the last that of the day, month, season or year that was told; null passes.</summary>
    /// <remarks>The first may be a later one of the same month, season or year: the earliest that a source gives.</remarks>
    public static Refusal? Day(StatedDay? value, [CallerArgumentExpression(nameof(value))] string field = "")
    {
        if (value is null)
            return null;
        if (value.First > value.Last)
            return Refusal.OfField(DaysReversed, Path(field));
        if (value.First < EarliestDay || value.Last > LatestDay)
            return Refusal.OfField(OutOfRange, Path(field)).With("least", EarliestDay.Year).With("most", LatestDay.Year);
        return Known(value.Precision, Path(field) + ".precision")
            ?? (value.IsWholeSpan ? null : Refusal.OfField(SpanOfAnother, Path(field)))
            ?? ReasonIfAny(value.AssumedBecause, Path(field) + ".assumedBecause");
    }

    /// <summary>A list of texts, none of them blank or given twice.</summary>
    public static Refusal? Texts(ValueList<string> values, int longest, [CallerArgumentExpression(nameof(values))] string field = "") =>
        Each(values, (value, name) => Text(value, longest, name), field) ?? NoneTwice(values, field);

    /// <summary>Every item of a list by a check of its own; items are named "criteria[0]".</summary>
    public static Refusal? Each<T>(ValueList<T> values, Func<T, string, Refusal?> check, [CallerArgumentExpression(nameof(values))] string field = "")
    {
        if (values.Count > ListLength)
            return Refusal.OfField(TooLong, Path(field)).With("longest", ListLength);
        for (var i = 0; i < values.Count; i++)
        {
            if (check(values[i], string.Create(CultureInfo.InvariantCulture, $"{Path(field)}[{i}]")) is { } wrong)
                return wrong;
        }

        return null;
    }

    public static Refusal? NotEmpty<T>(IReadOnlyCollection<T> values, [CallerArgumentExpression(nameof(values))] string field = "") =>
        values.Count == 0 ? Refusal.OfField(Missing, Path(field)) : null;

    public static Refusal? NoneTwice<T>(IReadOnlyCollection<T> values, [CallerArgumentExpression(nameof(values))] string field = "") =>
        values.Distinct().Count() < values.Count ? Refusal.OfField(Repeated, Path(field)) : null;

    /// <summary>What every command carries: its day and its grounds.</summary>
    public static Refusal? OfAny(Command command) =>
        Given(command.On)
        ?? Day(command.On)
        ?? Given(command.Grounds)
        ?? NameIfAny(command.Grounds.DecidedBy)
        ?? ReasonIfAny(command.Grounds.EntryReason)
        ?? Given(command.Grounds.Basis)
        ?? Known(command.Grounds.Basis.Kind)
        ?? ReasonIfAny(command.Grounds.Basis.Reference)
        ?? Texts(command.Grounds.NotDocumented, NameLength);

    private static Refusal? Text(string? value, int longest, string field) =>
        string.IsNullOrWhiteSpace(value) ? Refusal.OfField(Missing, Path(field)) : TextIfAny(value, longest, field);

    private static Refusal? TextIfAny(string? value, int longest, string field) => value switch
    {
        null => null,
        _ when string.IsNullOrWhiteSpace(value) => Refusal.OfField(Missing, Path(field)),
        _ when value.Length > longest => Refusal.OfField(TooLong, Path(field)).With("longest", longest),
        _ when !IsReadable(value) => Refusal.OfField(Unreadable, Path(field)),
        _ => null,
    };

    // Neither the zero character nor half a surrogate pair can be kept in jsonb.
    private static bool IsReadable(string value)
    {
        for (var i = 0; i < value.Length; i++)
        {
            if (char.IsHighSurrogate(value[i]) && i + 1 < value.Length && char.IsLowSurrogate(value[i + 1]))
                i++;
            else if (value[i] == '\0' || char.IsSurrogate(value[i]))
                return false;
        }

        return true;
    }

    /// <summary>"command.Content.Contact" → "content.contact"; a path that is one already stays as it is.</summary>
    private static string Path(string expression)
    {
        var names = expression.Replace("!", "", StringComparison.Ordinal).Split('.');
        return string.Join('.', names.Skip(names[0] == "command" ? 1 : 0).Select(JsonNamingPolicy.CamelCase.ConvertName));
    }
}
