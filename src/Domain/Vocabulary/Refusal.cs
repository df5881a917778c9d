namespace HousingBank.Domain.Vocabulary;

public enum RefusalKind
{
    /// <summary>A rule stands in the way: 409.</summary>
    Rule,

    /// <summary>A field of the command is missing or cannot be right: 422.</summary>
    Field,

    /// <summary>What the command speaks of is not there: 404.</summary>
    Unknown,
}

/// <summary>What stands in the way of a command. Its texts in nb, nn and en hang on the code.</summary>
/// <param name="Code">Stable, kebab-case: part of the public contract.</param>
/// <param name="Kind">What sort of "no" it is.</param>
/// <param name="Field">The command's field it is about, camelCase; null when it is about none.</param>
public sealed record Refusal(string Code, RefusalKind Kind = RefusalKind.Rule, string? Field = null)
{
    /// <summary>Values the texts name, by placeholder: {"capacity": "4"}.</summary>
    public ValueMap Values { get; init; } = ValueMap.Empty;

    public static Refusal OfField(string code, string field) => new(code, RefusalKind.Field, field);

    public static Refusal Unknown(string code) => new(code, RefusalKind.Unknown);

    /// <summary>This refusal alone when it is so that it stands in the way, otherwise none.</summary>
    public IEnumerable<Refusal> When(bool itIsSo) => itIsSo ? [this] : [];

    public Refusal With(string placeholder, object value) =>
        this with { Values = Values.With(placeholder, Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture) ?? "") };
}
