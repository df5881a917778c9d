using System.Text.RegularExpressions;
using HousingBank.Domain.Vocabulary;

namespace HousingBank.Domain.Letters;

/// <summary>What templates can name in braces: {municipality}. The names are part of every template there is.</summary>
public static partial class LetterPlaceholders
{
    /// <summary>The receiver by its name on the day: "Hamar kommune".</summary>
    public const string Municipality = "municipality";

    /// <summary>The round's number.</summary>
    public const string Round = "round";
    public const string Programme = "programme";

    /// <summary>The regional office that writes.</summary>
    public const string Office = "office";

    /// <summary>"rådmannen" or "kommunedirektøren", by the day.</summary>
    public const string ChiefExecutive = "chiefExecutive";

    /// <summary>The day of the decision.</summary>
    public const string DecidedOn = "decidedOn";
    public const string Reason = "reason";

    /// <summary>A line for each criterion, with its reason.</summary>
    public const string CriterionReasons = "criterionReasons";

    /// <summary>What the supplement should hold.</summary>
    public const string What = "what";

    /// <summary>The last day the supplement is in time, or the phase lasts.</summary>
    public const string Due = "due";

    /// <summary>"planleggingsfasen".</summary>
    public const string Phase = "phase";

    /// <summary>How much more time: "3 måneder".</summary>
    public const string Months = "months";

    private static readonly ValueList<string> s_always = [Municipality, Round, Programme, Office, ChiefExecutive];
    private static readonly ValueList<string> s_notAlways = [Reason, CriterionReasons];

    /// <summary>What a letter of this kind can name.</summary>
    public static ValueList<string> Of(LetterKind kind) => kind switch
    {
        LetterKind.SupplementWanted => [.. s_always, What, Due],
        LetterKind.Extension => [.. s_always, DecidedOn, Reason, Phase, Months, Due],
        _ => [.. s_always, DecidedOn, Reason, CriterionReasons],
    };

    /// <summary>Those that every letter of the kind has something for.</summary>
    public static ValueList<string> AlwaysIn(LetterKind kind) => Of(kind).Except(s_notAlways).ToValueList();

    /// <summary>Every name that stands in braces in a text, known or not.</summary>
    public static IEnumerable<string> In(string text) => Braces().Matches(text).Select(m => m.Groups[1].Value);

    /// <summary>Puts values in the place of names, once: braces in a value are a value's own.</summary>
    /// <returns>Null when the text names something there is nothing of.</returns>
    public static string? Fill(string text, IReadOnlyDictionary<string, string?> values) =>
        In(text).Any(name => values.GetValueOrDefault(name) is null) ? null : Braces().Replace(text, match => values[match.Groups[1].Value]!);

    [GeneratedRegex(@"\{([^{}]*)\}")]
    private static partial Regex Braces();
}
