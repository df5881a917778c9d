using System.Collections;
using System.Collections.Frozen;

namespace HousingBank.ReadModels;

/// <summary>A screen's rows as a flat table: the page's table, CSV and xlsx are the same rows, all of them.</summary>
/// <param name="Name">Code of the table: part of file names and of the keys of its headings ("board.municipality").</param>
/// <param name="Rows">A cell is null, a text as it was written, a <see cref="Code"/>, a number, a bool, a day, a moment, or a list of texts or codes.</param>
public sealed record FlatTable(string Name, IReadOnlyList<Column> Columns, IReadOnlyList<IReadOnlyList<object?>> Rows);

/// <param name="Code">camelCase; its heading is a text by key.</param>
/// <param name="Heading">A heading that is data ("Hamar"); null for one that is a text by key.</param>
public sealed record Column(string Code, string? Heading = null);

/// <summary>A value that pages translate and the API shows as it is.</summary>
/// <param name="Kind">What sort of value: "phase", "criterion".</param>
/// <param name="Value">camelCase or, for refusals and stored types, kebab-case.</param>
public readonly record struct Code(string Kind, string Value)
{
    public static Code? Of(string kind, string? value) => value is null ? null : new(kind, value);

    public static Code Of<TEnum>(TEnum value)
        where TEnum : struct, Enum => new(Codes.Camel(typeof(TEnum).Name), Codes.Of(value));

    public static IReadOnlyList<Code> Of(string kind, IEnumerable<string> values) => [.. values.Select(v => new Code(kind, v))];

    public override string ToString() => Value;
}

/// <summary>Enum values as the codes that tables, API and exports hold: camelCase.</summary>
public static class Codes
{
    public static string Of<TEnum>(TEnum value)
        where TEnum : struct, Enum => Named<TEnum>.Codes.TryGetValue(value, out var code) ? code : Camel(value.ToString());

    public static string? Of<TEnum>(TEnum? value)
        where TEnum : struct, Enum => value is { } some ? Of(some) : null;

    public static TEnum Read<TEnum>(string code)
        where TEnum : struct, Enum => Enum.Parse<TEnum>(code, ignoreCase: true);

    internal static string Camel(string name) => char.ToLowerInvariant(name[0]) + name[1..];

    private static class Named<TEnum>
        where TEnum : struct, Enum
    {
        public static readonly FrozenDictionary<TEnum, string> Codes = Enum.GetValues<TEnum>().Distinct().ToFrozenDictionary(v => v, v => Camel(v.ToString()));
    }
}

/// <summary>How a flat table is made from its rows: code and cell of each column.</summary>
public sealed class Columns<TRow>(string name) : IEnumerable<Column>
{
    private readonly List<(Column Column, Func<TRow, object?> Cell)> _columns = [];

    public void Add(string code, Func<TRow, object?> cell) => _columns.Add((new Column(code), cell));

    public FlatTable Of(IEnumerable<TRow> rows) =>
        new(name, [.. this], [.. rows.Select(row => (IReadOnlyList<object?>)[.. _columns.Select(c => c.Cell(row))])]);

    public IEnumerator<Column> GetEnumerator() => _columns.Select(c => c.Column).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
