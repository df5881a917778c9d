using System.Collections;
using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using HousingBank.Domain.Vocabulary;
using HousingBank.Processes;
using HousingBank.ReadModels;
using HousingBank.Support;
using HousingBank.Web.Access;
using HousingBank.Web.Languages;
using HousingBank.Web.Shell;

namespace HousingBank.Web.Tests;

/// <summary>No page ever lacks a text, and no text is kept that no page shows.</summary>
public sealed partial class TextsTests
{
    private static readonly IReadOnlyDictionary<string, TextForms> Bokmal = TextCatalogue.Of(Language.Bokmal);

    public static TheoryData<string> OtherLanguages => [Language.Nynorsk.Code, Language.English.Code];

    [Theory]
    [MemberData(nameof(OtherLanguages))]
    public void Every_language_has_every_text(string code)
    {
        var other = TextCatalogue.Of(Language.Find(code)!);

        other.Keys.Except(Bokmal.Keys).ShouldBeEmpty("only in " + code);
        Bokmal.Keys.Except(other.Keys).ShouldBeEmpty("missing in " + code);
    }

    [Theory]
    [MemberData(nameof(OtherLanguages))]
    public void Every_language_has_the_same_placeholders(string code)
    {
        var other = TextCatalogue.Of(Language.Find(code)!);

        Bokmal.Where(t => !Placeholders(t.Value.Other).SequenceEqual(Placeholders(other[t.Key].Other))).Select(t => t.Key).ShouldBeEmpty();
        Bokmal.Where(t => t.Value.One is null != other[t.Key].One is null).Select(t => t.Key).ShouldBeEmpty("one language counts and the other does not");
    }

    [Fact]
    public void No_text_is_empty() =>
        Language.All.SelectMany(l => TextCatalogue.Of(l)).Where(t => string.IsNullOrWhiteSpace(t.Value.Other)).Select(t => t.Key).ShouldBeEmpty();

    [Fact]
    public void Every_text_the_pages_ask_for_is_there() =>
        PagesSource.SelectMany(text => AskedFor().Matches(text).Select(m => m.Groups[1].Value)).Distinct()
            .Where(key => !Bokmal.ContainsKey(key))
            .ShouldBeEmpty();

    [Fact]
    public void No_text_is_unused()
    {
        var source = string.Concat(PagesSource);
        // Of "words.phase.{value}" the pages name the beginning only; that each value has its text is tested above and below.
        var beginnings = Beginning().Matches(source).Select(m => m.Groups[1].Value).Distinct().ToList();

        Bokmal.Keys
            .Where(key => !beginnings.Any(beginning => key.StartsWith(beginning, StringComparison.Ordinal)))
            .Where(key => !source.Contains($"\"{key}\"", StringComparison.Ordinal))
            .ShouldBeEmpty();
    }

    [Fact]
    public void Every_refusal_has_its_text()
    {
        var codes = RefusalsOf(typeof(Refusal).Assembly)
            .Concat(RefusalsOf(typeof(CommandDesk).Assembly))
            .Concat(typeof(Fields).GetFields().Where(f => f.IsLiteral && f.FieldType == typeof(string)).Select(f => (string)f.GetRawConstantValue()!))
            .ToList();

        codes.Count.ShouldBeGreaterThan(80);
        codes.Where(code => !Bokmal.ContainsKey($"refusals.{code}")).ShouldBeEmpty();
    }

    [Fact]
    public void Every_refusal_made_on_the_spot_has_its_text() =>
        Source.SelectMany(file => RefusalCode().Matches(Checkout.Read(file)).Select(m => m.Groups[1].Value)).Distinct()
            .Where(code => !Bokmal.ContainsKey($"refusals.{code}"))
            .ShouldBeEmpty();

    [Fact]
    public void Every_code_of_a_problem_has_its_page()
    {
        var codes = Enumerable.Range(400, 200).Select(Problems.CodeOf)
            .Concat(PagesSource.SelectMany(text => ProblemCode().Matches(text).Select(m => m.Groups[1].Value)))
            .Distinct().ToList();

        codes.ShouldContain("parameter-unreadable");
        codes.ShouldContain("attachment-erased");
        codes.ShouldContain("contradicts");
        codes.SelectMany(code => new[] { $"problems.{code}.title", $"problems.{code}.detail" }).Where(key => !Bokmal.ContainsKey(key)).ShouldBeEmpty();
    }

    [Fact]
    public void A_refusal_names_missing_criteria_in_words() =>
        new Texts(Language.English).Of(new Refusal("gate-not-met").With("missing", "agreementInForce, actionPlanApproved"))
            .ShouldBe("The gate is not met. Missing: cooperation agreement in force, action plan approved by the municipal council.");

    [Fact]
    public void Every_word_of_the_vocabulary_has_its_text() =>
        new[] { typeof(Refusal).Assembly, typeof(Question).Assembly }
            .SelectMany(a => a.GetExportedTypes())
            .Where(t => t.IsEnum && t != typeof(RefusalKind))
            .SelectMany(t => Enum.GetNames(t).Select(name => $"words.{WordKinds.Of(t)}.{JsonNamingPolicy.CamelCase.ConvertName(name)}"))
            .Where(key => !Bokmal.ContainsKey(key))
            .ShouldBeEmpty();

    [Fact]
    public void Every_fact_has_its_name() =>
        typeof(Fact).Assembly.GetTypes()
            .Select(t => t.GetCustomAttribute<StoredAsAttribute>()).OfType<StoredAsAttribute>()
            .Where(stored => !Bokmal.ContainsKey($"words.fact.{stored.Name}"))
            .Select(stored => stored.Name)
            .ShouldBeEmpty();

    [Fact]
    public void Every_criterion_and_prerequisite_has_its_word() =>
        ConstantsOf("GateCriteria").Select(c => $"words.criterion.{c}")
            .Concat(ConstantsOf("Prerequisites").Select(c => $"words.prerequisite.{c}"))
            .Where(key => !Bokmal.ContainsKey(key))
            .ShouldBeEmpty();

    [Fact]
    public void Every_column_of_every_table_has_its_heading() =>
        typeof(FlatTable).Assembly.GetTypes()
            .SelectMany(t => t.GetFields(BindingFlags.Static | BindingFlags.NonPublic | BindingFlags.Public))
            .Where(f => f.FieldType.IsGenericType && f.FieldType.GetGenericTypeDefinition() == typeof(Columns<>))
            .SelectMany(f => ((IEnumerable)f.GetValue(null)!).Cast<Column>())
            .Select(c => $"tables.{c.Code}")
            .Where(key => !Bokmal.ContainsKey(key))
            .ShouldBeEmpty();

    [Fact]
    public void Every_role_and_scope_has_its_words() =>
        Policies.All.SelectMany(p => p.Roles).Distinct()
            .SelectMany(role => new[] { $"access.person-{new Viewer("", role, "", null, null).RoleName}", $"access.comes-for-{new Viewer("", role, "", null, null).RoleName}" })
            .Where(key => !Bokmal.ContainsKey(key))
            .ShouldBeEmpty();

    [Fact]
    public void One_is_told_differently_from_several()
    {
        var texts = new Texts(Language.Bokmal);

        texts["forms.problems", ("n", 1)].ShouldBe("Én ting må rettes");
        texts["forms.problems", ("n", 3)].ShouldBe("3 ting må rettes");
    }

    [Fact]
    public void What_a_value_says_is_filled_into_and_is_not_filled_again() =>
        new Texts(Language.Bokmal)["intake.of-municipality", ("what", "{municipality} {}"), ("municipality", "{what}")].ShouldBe("{municipality} {}, {what}");

    [Fact]
    public void A_missing_text_shows_its_key() => new Texts(Language.Bokmal)["nowhere.at-all"].ShouldBe("⟦nowhere.at-all⟧");

    private static IEnumerable<string> Placeholders(string text) => Placeholder().Matches(text).Select(m => m.Value).Distinct().Order();

    private static IEnumerable<string> RefusalsOf(Assembly assembly) =>
        assembly.GetTypes()
            .SelectMany(t => t.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic))
            .Where(f => f.FieldType == typeof(Refusal) && !f.DeclaringType!.ContainsGenericParameters)
            .Select(f => ((Refusal)f.GetValue(null)!).Code);

    private static IEnumerable<string> ConstantsOf(string ending) =>
        typeof(Fact).Assembly.GetTypes()
            .Where(t => t.Name.EndsWith(ending, StringComparison.Ordinal))
            .SelectMany(t => t.GetFields(BindingFlags.Static | BindingFlags.Public))
            .Where(f => f.IsLiteral && f.FieldType == typeof(string))
            .Select(f => (string)f.GetRawConstantValue()!);

    private static readonly IReadOnlyList<string> Source =
        [.. Checkout.Files.Where(f => f.StartsWith("src/", StringComparison.Ordinal) && (f.EndsWith(".cs", StringComparison.Ordinal) || f.EndsWith(".razor", StringComparison.Ordinal)))];

    private static IEnumerable<string> PagesSource => Source.Where(f => f.StartsWith("src/Web/", StringComparison.Ordinal)).Select(Checkout.Read);

    [GeneratedRegex(@"[Tt]exts\[""([a-z][a-zA-Z0-9.-]*)""")]
    private static partial Regex AskedFor();

    [GeneratedRegex(@"(?:OfField|Refusal\.Unknown|new Refusal|Refusal \w+ = new)\(""([a-z-]+)""")]
    private static partial Regex RefusalCode();

    [GeneratedRegex(@"(?:\bProblem\(StatusCodes\.\w+, |\bGone\(|\[new\(""code"", |StatusCodes\.\w+, )""([a-z-]+)""")]
    private static partial Regex ProblemCode();

    [GeneratedRegex(@"\$""([a-z]+\.[a-zA-Z.-]*)\{")]
    private static partial Regex Beginning();

    [GeneratedRegex(@"\{[a-z]+\}")]
    private static partial Regex Placeholder();
}
