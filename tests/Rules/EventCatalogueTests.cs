using System.Globalization;
using System.Reflection;
using System.Text;
using System.Text.Json;
using System.Xml.Linq;
using HousingBank.Domain;
using HousingBank.Domain.Vocabulary;
using HousingBank.Support;

namespace HousingBank.Rules.Tests;

/// <summary>docs/reference/events.md is made from the code: every fact under its stored name, with its fields and what they mean.</summary>
/// <remarks>Set WRITE_REFERENCE=1 to write it anew.</remarks>
public sealed class EventCatalogueTests
{
    private const string File = "docs/reference/events.md";

    private static readonly XDocument Comments = XDocument.Load(Path.ChangeExtension(typeof(Fact).Assembly.Location, ".xml"));

    [Fact]
    public void The_catalogue_of_events_is_what_the_code_says()
    {
        var catalogue = Catalogue();
        if (Environment.GetEnvironmentVariable("WRITE_REFERENCE") == "1")
            System.IO.File.WriteAllText(Path.Combine(Checkout.Root, File), catalogue);
        Checkout.Read(File).ShouldBe(catalogue, $"{File} is out of date: run this test with WRITE_REFERENCE=1.");
    }

    private static string Catalogue()
    {
        var text = new StringBuilder(
            """
            # Events

            Every fact there is, by the kind of stream that holds it. Made from the code by a test; do not edit.

            Beside its body each event holds: the day it took effect (placed day, first and last day of its span, precision, why it is assumed), the moment it was recorded, who recorded it in which role, who decided, the basis, why it was entered late, what is not documented, which streams the decision looked at, and which earlier version it replaces. See [two clocks](../explanation/two-clocks.md).

            """);
        foreach (var aggregate in Aggregates.All.OrderBy(a => a.Kind, StringComparer.Ordinal))
        {
            text.Append(CultureInfo.InvariantCulture, $"\n## {aggregate.Kind}\n");
            foreach (var type in aggregate.FactTypes.OrderBy(t => t.GetCustomAttribute<StoredAsAttribute>()!.Name, StringComparer.Ordinal))
                Append(text, type);
        }

        text.Append("\n## any kind\n");
        Append(text, typeof(FactStruck));
        return text.ToString();
    }

    private static void Append(StringBuilder text, Type fact)
    {
        var stored = fact.GetCustomAttribute<StoredAsAttribute>()!;
        text.Append(CultureInfo.InvariantCulture, $"\n### {stored.Name}, version {stored.Version}\n");
        var comment = CommentOf(fact);
        if (TextOf(comment?.Element("summary")) is { Length: > 0 } summary)
            text.Append(CultureInfo.InvariantCulture, $"\n{summary}\n");
        var parameters = fact.GetConstructors().Single(c => c.GetParameters().All(p => p.ParameterType != fact)).GetParameters();
        if (parameters.Length == 0)
            return;
        text.Append("\n| field | type | meaning |\n|---|---|---|\n");
        foreach (var parameter in parameters)
        {
            var meaning = comment?.Elements("param").FirstOrDefault(p => p.Attribute("name")?.Value == parameter.Name);
            text.Append(CultureInfo.InvariantCulture, $"| {JsonNamingPolicy.CamelCase.ConvertName(parameter.Name!)} | {TypeOf(parameter)} | {TextOf(meaning)} |\n");
        }
    }

    private static XElement? CommentOf(Type type) =>
        Comments.Descendants("member").FirstOrDefault(m => m.Attribute("name")?.Value == "T:" + type.FullName);

    /// <summary>One line; a reference is its last name.</summary>
    private static string TextOf(XElement? element) => element is null
        ? ""
        : string.Join(' ', string.Concat(element.Nodes().Select(n => n is XElement { Name.LocalName: "see" or "paramref" } reference
                ? (reference.Attribute("cref") ?? reference.Attribute("name"))!.Value.Split('.', ':')[^1]
                : n is XElement inner ? inner.Value : n.ToString()))
            .Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).Replace("|", "\\|", StringComparison.Ordinal);

    private static string TypeOf(ParameterInfo parameter)
    {
        var optional = Nullable.GetUnderlyingType(parameter.ParameterType) is not null
            || new NullabilityInfoContext().Create(parameter).ReadState == NullabilityState.Nullable;
        return NameOf(Nullable.GetUnderlyingType(parameter.ParameterType) ?? parameter.ParameterType) + (optional ? ", or null" : "");
    }

    private static string NameOf(Type type) => type switch
    {
        _ when type.IsGenericType => $"list of {NameOf(type.GetGenericArguments()[0])}",
        _ when type.IsEnum => string.Join(" / ", Enum.GetNames(type).Select(JsonNamingPolicy.CamelCase.ConvertName)),
        _ when type == typeof(string) || type == typeof(MunicipalityId) => "text",
        _ when type == typeof(int) => "whole number",
        _ when type == typeof(decimal) => "number",
        _ when type == typeof(bool) => "true or false",
        _ when type == typeof(StatedDay) => "day as told",
        _ when type.GetInterfaces().Any(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IUuid<>)) => "uuid",
        _ => type.Name + " (" + string.Join(", ", type.GetConstructors().MaxBy(c => c.GetParameters().Length)!.GetParameters().Select(p => JsonNamingPolicy.CamelCase.ConvertName(p.Name!))) + ")",
    };
}
