using System.Globalization;
using HousingBank.Domain.Vocabulary;
using HousingBank.ReadModels.DecisionLog;
using HousingBank.Web.Languages;
using HousingBank.Web.Time;
using Microsoft.Extensions.Primitives;

namespace HousingBank.Web.Forms;

/// <summary>What was typed into a form and what is wrong with it. It outlives a refusal: nothing typed is lost.</summary>
/// <param name="name">The form's name on its page.</param>
/// <param name="posted">What was sent; null when the form has not been sent.</param>
public sealed class FormEntry(string name, IReadOnlyDictionary<string, StringValues>? posted, Texts texts)
{
    private readonly Dictionary<string, string> _suggested = [];
    private readonly Dictionary<string, string> _labels = [];
    private readonly List<FormError> _errors = [];
    private readonly Dictionary<string, int> _versions = [];

    public string Name => name;

    public bool IsSent => posted is not null;

    public IReadOnlyList<FormError> Errors => _errors;

    /// <summary>The same for every sending of this form, so that what is sent twice happens once.</summary>
    public Guid CommandId { get; private set; } =
        posted is not null && posted.TryGetValue(CommandIdName, out var id) && Guid.TryParse(id, out var sent) ? sent : Guid.CreateVersion7();

    /// <summary>The version of each kind of stream that the form was filled in on: what is decided on anything newer is told first.</summary>
    public IReadOnlyDictionary<string, int> Versions => _versions;

    /// <summary>What others recorded between the filling in and the sending.</summary>
    public IReadOnlyList<LoggedDecision> Meanwhile { get; private set; } = [];

    /// <summary>Rules that what is asked for would break on some day.</summary>
    public IReadOnlyList<Contradiction> Contradictions { get; private set; } = [];

    public const string CommandIdName = "commandId";

    /// <summary>What the field shows: what was typed, or what was suggested.</summary>
    public string Shown(string field) => posted is not null
        ? posted.TryGetValue(field, out var value) ? value.ToString() : ""
        : _suggested.GetValueOrDefault(field, "");

    public string? ErrorOf(string field) => _errors.FirstOrDefault(e => e.Field == field)?.Text;

    public string IdOf(string field) => $"{name}-{field.Replace('.', '-').Replace('[', '-').Replace("]", "", StringComparison.Ordinal)}";

    public string? LabelOf(string field) => _labels.GetValueOrDefault(field);

    /// <summary>Fills a field before the form is sent.</summary>
    public void Suggest(string field, object? value) =>
        _suggested[field] = value is DateOnly day ? day.Iso() : Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";

    /// <summary>The version that the page was made from; a form that was sent keeps the one it was filled in on.</summary>
    public void Expect(StreamId stream, int version) => _versions[stream.Kind] = SentVersion(stream.Kind) ?? version;

    /// <summary>What is sent next rests on this version.</summary>
    public void GoOnFrom(StreamId stream, int version) => _versions[stream.Kind] = version;

    public static string VersionName(string kind) => $"version.{kind}";

    public void Tell(IReadOnlyList<LoggedDecision> meanwhile) => Meanwhile = meanwhile;

    public void Tell(IReadOnlyList<Contradiction> contradictions) => Contradictions = contradictions;

    /// <summary>What is sent next is something else than what was sent under the id before.</summary>
    public void BeginAnew() => CommandId = Guid.CreateVersion7();

    public void KnowLabel(string field, string label) => _labels[field] = label;

    /// <summary>Shows a refusal at its field, or above the form when it is about none.</summary>
    /// <param name="fields">The fields that what is refused was made from; null for the form as a whole.</param>
    public void Add(Refusal refusal, FieldGroup? fields = null)
    {
        var field = FieldOf(refusal.Field);
        _errors.Add(new(fields is null || IsOfAny(field) ? field : fields.Of(field), texts.Of(refusal)));
    }

    public void AddError(string? field, string text) => _errors.Add(new(field, text));

    /// <returns>The text; empty, with an error, when nothing was typed.</returns>
    public string Text(string field) => OptionalText(field) ?? Missing(field, "");

    public string? OptionalText(string field) => Shown(field).Trim() is { Length: > 0 } text ? text : null;

    public bool IsTicked(string field) => OptionalText(field) is not null;

    /// <summary>True when something else was sent in a field of that name, or of one within it, than was suggested there.</summary>
    public bool IsChanged(string field) =>
        posted is not null && posted.Any(sent => (sent.Key == field || sent.Key.StartsWith(field + '.', StringComparison.Ordinal))
            && Plain(sent.Value.ToString()) != Plain(_suggested.GetValueOrDefault(sent.Key, "")));

    /// <summary>Asks for the tick of a ConfirmField.</summary>
    public bool IsConfirmed(string field)
    {
        if (!IsTicked(field))
            AddError(field, texts["forms.not-confirmed"]);
        return IsTicked(field);
    }

    /// <returns>Every line that is not empty.</returns>
    public ValueList<string> Lines(string field) =>
        Shown(field).Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).ToValueList();

    /// <returns>All values that were ticked or chosen for a field that takes several.</returns>
    public ValueList<string> Several(string field) =>
        posted is not null && posted.TryGetValue(field, out var values) ? values.OfType<string>().ToValueList() : [];

    /// <returns>The number; 0, with an error, when there is none.</returns>
    public int Number(string field) => OptionalText(field) is null ? Missing(field, 0) : OptionalNumber(field) ?? 0;

    public int? OptionalNumber(string field)
    {
        if (OptionalText(field) is not { } text)
            return null;
        if (int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
            return number;
        AddError(field, texts["forms.not-a-number"]);
        return null;
    }

    /// <returns>The value chosen; the first, with an error, when none was.</returns>
    public T Choice<T>(string field)
        where T : struct, Enum =>
        OptionalText(field) is null ? Missing(field, default(T)) : OptionalChoice<T>(field) ?? default;

    public T? OptionalChoice<T>(string field)
        where T : struct, Enum
    {
        if (OptionalText(field) is not { } text)
            return null;
        if (!int.TryParse(text, out _) && Enum.TryParse<T>(text, ignoreCase: true, out var value) && Enum.IsDefined(value))
            return value;
        AddError(field, texts["forms.not-a-choice"]);
        return null;
    }

    public Guid Id(string field) => Guid.TryParse(OptionalText(field), out var id) ? id : Missing(field, Guid.Empty);

    /// <summary>The day of a StatedDayField: exact, or in words with what it was assumed from.</summary>
    /// <returns>The day; 1 January of year 1, with an error, when there is none.</returns>
    public StatedDay Day(string field) =>
        OptionalText(field) is null && OptionalText(ToldName(field)) is null
            ? Missing(field, StatedDay.Exactly(DateOnly.MinValue))
            : OptionalDay(field) ?? StatedDay.Exactly(DateOnly.MinValue);

    public StatedDay? OptionalDay(string field)
    {
        var exact = OptionalText(field);
        var told = OptionalText(ToldName(field));
        if ((exact ?? told) is not { } text)
            return null;
        if (exact is not null && told is not null)
            AddError(field, texts["forms.day-twice"]);
        else if (ToldDay.Read(text) is { } day)
            return day with { AssumedBecause = OptionalText(BecauseName(field)) };
        else
            AddError(field, texts["forms.not-a-day"]);
        return null;
    }

    /// <summary>The day it took effect, as every command has it.</summary>
    public StatedDay On => Day(OnName);

    /// <summary>Who decided, the case, and why it is recorded though it contradicts something.</summary>
    public Grounds Grounds => new(
        OptionalText(DecidedByName),
        OptionalText(CaseNumberName) is { } number ? new Basis(BasisKind.Case, number) : Basis.None,
        OptionalText(EntryReasonName),
        []);

    public const string OnName = "on";
    public const string DecidedByName = "decidedBy";
    public const string CaseNumberName = "caseNumber";
    public const string EntryReasonName = "entryReason";

    public static string ToldName(string field) => $"{field}.told";

    public static string BecauseName(string field) => $"{field}.because";

    private int? SentVersion(string kind) =>
        posted is not null && int.TryParse(Shown(VersionName(kind)), NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version : null;

    // A browser sends lines with ends of its own.
    private static string Plain(string text) => text.ReplaceLineEndings("\n").Trim();

    /// <summary>Where a command's field stands on a form.</summary>
    private static string? FieldOf(string? field) => field switch
    {
        "effectiveOn" => OnName,
        "basis" or "grounds" => CaseNumberName,
        not null when field.StartsWith("grounds.basis", StringComparison.Ordinal) => CaseNumberName,
        not null when field.StartsWith("grounds.", StringComparison.Ordinal) => field["grounds.".Length..],
        _ => field,
    };

    /// <summary>True for the fields of every command: a form has them once.</summary>
    private static bool IsOfAny(string? field) => field is OnName or DecidedByName or CaseNumberName or EntryReasonName;

    private T Missing<T>(string field, T instead)
    {
        AddError(field, texts["forms.missing"]);
        return instead;
    }
}

/// <summary>Fields of a form that ask for one thing of several.</summary>
/// <param name="Name">"decisions[hamar]".</param>
/// <param name="Main">The one that stands for them all: "outcome".</param>
public sealed record FieldGroup(string Name, string Main)
{
    public string Whole => Of(null);

    public string Of(string? field) => $"{Name}.{field ?? Main}";
}

/// <summary>One thing that is wrong with what was typed.</summary>
/// <param name="Field">Null when it is about the form as a whole.</param>
public sealed record FormError(string? Field, string Text);

/// <summary>The forms of this request: the one that was sent keeps what was typed.</summary>
public sealed class FormEntries(IHttpContextAccessor request, Texts texts)
{
    private const string HandlerName = "_handler";

    private readonly Dictionary<string, FormEntry> _entries = [];

    public FormEntry Of(string name)
    {
        if (!_entries.TryGetValue(name, out var entry))
            _entries[name] = entry = new(name, Posted(name), texts);
        return entry;
    }

    private Dictionary<string, StringValues>? Posted(string name)
    {
        var sent = request.HttpContext?.Request is { HasFormContentType: true } r && HttpMethods.IsPost(r.Method) ? r.Form : null;
        return sent is not null && sent[HandlerName] == name ? sent.ToDictionary() : null;
    }
}
