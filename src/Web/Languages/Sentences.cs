using System.Globalization;
using System.Text.RegularExpressions;
using HousingBank.ReadModels.DecisionLog;

namespace HousingBank.Web.Languages;

/// <summary>Events in plain words: the text "events.&lt;stored name&gt;", filled from the event's own body.</summary>
public static partial class Sentences
{
    /// <summary>What a reason is called in the bodies of the facts that have one.</summary>
    private static readonly string[] Reasons = ["reason", "waiverReason", "deviationReason"];

    /// <summary>Under which kind of words a value of a body stands; a path in one fact comes before the same path in all.</summary>
    private static readonly Dictionary<string, string> KindsOfWords = new(StringComparer.Ordinal)
    {
        ["written-form-chosen.form"] = "writtenForm",
        ["municipality-registered.kind"] = "municipalityKind",
        ["learning-entry-led-to-change.kind"] = "changeKind",
        ["letter-template-adopted.form"] = "writtenForm",
        ["letter-template-adopted.kind"] = "letterKind",
        ["letter-written.form"] = "writtenForm",
        ["letter-written.kind"] = "letterKind",
        ["learning-entry-written.form"] = "learningForm",
        ["learning-entry-written.level"] = "learningLevel",
        ["anchoring-assessed.level"] = "anchoringLevel",
        ["person-erased.reason"] = "erasureReason",
        ["project-group-appointed.model"] = "projectGroupModel",
        ["advice"] = "advice",
        ["area"] = "knowledgeArea",
        ["assessedBy"] = "anchoringAssessor",
        ["criteria"] = "criterion",
        ["criteriaNotMet"] = "criterion",
        ["criterion"] = "criterion",
        ["dimension"] = "anchoringDimension",
        ["ground"] = "ground",
        ["knowledgeAreas"] = "knowledgeArea",
        ["loop"] = "learningLoop",
        ["notDocumentedCriteria"] = "criterion",
        ["orientation"] = "orientation",
        ["outcome"] = "outcome",
        ["party"] = "agreementParty",
        ["phase"] = "phase",
        ["placement"] = "placement",
        ["recommendation"] = "advice",
    };

    public static string Sentence(this Texts texts, LoggedDecision decision) =>
        Placeholder().Replace(texts[$"events.{decision.Type}"], match => match.Groups[1].Value switch
        {
            "municipality" => decision.Municipality?.Name ?? texts["events.a-municipality"],
            var path => decision.Values.TryGetValue(path, out var value) ? texts.BodyValue(decision.Type, path, value) : texts["days.not-documented"],
        });

    /// <summary>The reasons that the event itself gives.</summary>
    public static IEnumerable<string> ReasonsOf(LoggedDecision decision) =>
        Reasons.Where(path => decision.Values.ContainsKey(path) && !KindsOfWords.ContainsKey($"{decision.Type}.{path}")).Select(path => decision.Values[path]);

    /// <summary>A value of a body as people read it: words for codes, days as days.</summary>
    public static string BodyValue(this Texts texts, string type, string path, string value)
    {
        var kind = KindsOfWords.GetValueOrDefault($"{type}.{path}") ?? KindsOfWords.GetValueOrDefault(path[(path.LastIndexOf('.') + 1)..]);
        if (kind is not null)
            return string.Join("; ", value.Split("; ").Select(code => texts.Has($"words.{kind}.{code}") ? texts.Word(kind, code) : code));
        if (value is "True" or "False")
            return texts.Word("yes", value.ToLowerInvariant());
        return DateOnly.TryParseExact(value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? texts.Day(day) : value;
    }

    /// <summary>What the source is silent on: a prerequisite, or a criterion with its prefix.</summary>
    public static string NotDocumented(this Texts texts, string what) =>
        what.StartsWith("criterion:", StringComparison.Ordinal) ? texts.Word("criterion", what["criterion:".Length..]) : texts.Word("prerequisite", what);

    [GeneratedRegex(@"\{([A-Za-z.]+)\}")]
    private static partial Regex Placeholder();
}
