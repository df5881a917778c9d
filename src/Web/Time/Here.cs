using HousingBank.Web.Components;
using HousingBank.Web.Languages;
using Microsoft.AspNetCore.WebUtilities;

namespace HousingBank.Web.Time;

/// <summary>The address of this page and its point in history. Every link within the site is made here, so that none loses the point.</summary>
public sealed class Here(string path, IReadOnlyList<KeyValuePair<string, string>> query, PointInTime point)
{
    private static readonly string[] Own = [PointInTime.AsOfName, PointInTime.KnownAtName, PointInTime.KnownAtTimeName, "lang", DoneNotice.Name];

    public string Path => path;

    public PointInTime Point => point;

    /// <summary>What the address asks for beside point and language: a page's filters.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Filters { get; } = [.. query.Where(q => !Own.Contains(q.Key, StringComparer.OrdinalIgnoreCase))];

    /// <summary>A link to another page at the same point in history.</summary>
    /// <param name="to">"/tavle".</param>
    /// <param name="filters">What to ask it for; those without a value are left out.</param>
    public string To(string to, params ReadOnlySpan<(string Name, object? Value)> filters) =>
        Address(to, Written(filters), point.AsOfInAddress, point.KnownAtInAddress);

    /// <summary>This page, its filters kept, on another day.</summary>
    public string On(DateOnly day) =>
        Address(path, Filters, (point with { AsOf = day }).AsOfInAddress, point.KnownAtInAddress);

    /// <summary>This page, its filters kept, today and with all that is known.</summary>
    public string Now => Address(path, Filters, null, null);

    /// <summary>This page at the same point.</summary>
    public string Itself => Address(path, Filters, point.AsOfInAddress, point.KnownAtInAddress);

    /// <summary>This page at the same point, in another language.</summary>
    public string In(Language language) =>
        Address(path, [.. Filters, new("lang", language.Code)], point.AsOfInAddress, point.KnownAtInAddress);

    public static Here Of(HttpContext context, TimeProvider clock) => new(
        context.Request.PathBase + context.Request.Path,
        [.. context.Request.Query.SelectMany(q => q.Value, (q, value) => new KeyValuePair<string, string>(q.Key, value ?? ""))],
        PointInTime.Read(context.Request.Query, clock));

    private static List<KeyValuePair<string, string>> Written(ReadOnlySpan<(string Name, object? Value)> filters)
    {
        var written = new List<KeyValuePair<string, string>>();
        foreach (var (name, value) in filters)
        {
            if (Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture) is { Length: > 0 } text)
                written.Add(new(name, text));
        }

        return written;
    }

    private static string Address(string to, IEnumerable<KeyValuePair<string, string>> filters, string? asOf, string? knownAt) =>
        QueryHelpers.AddQueryString(to, filters
            .Select(f => new KeyValuePair<string, string?>(f.Key, f.Value))
            .Concat(new KeyValuePair<string, string?>[] { new(PointInTime.AsOfName, asOf), new(PointInTime.KnownAtName, knownAt) }.Where(p => p.Value is not null)));
}
