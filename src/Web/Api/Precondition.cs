using System.Globalization;
using Microsoft.Net.Http.Headers;

namespace HousingBank.Web.Api;

/// <summary>What If-Match demands of the thing decided on (RFC 9110, 13.1.1).</summary>
internal abstract record Precondition
{
    /// <summary>There is no If-Match.</summary>
    public sealed record Missing : Precondition;

    /// <summary>It cannot be read.</summary>
    public sealed record Unreadable : Precondition;

    /// <summary>"*": any version will do, as long as there is one.</summary>
    public sealed record Any : Precondition;

    /// <summary>One of these. Tags that are weak or none of ours match nothing and are left out, so that there may be none.</summary>
    public sealed record OneOf(IReadOnlyList<int> Versions) : Precondition;

    public static Precondition Of(IHeaderDictionary headers)
    {
        if (headers.IfMatch.Count == 0)
            return new Missing();
        if (!EntityTagHeaderValue.TryParseStrictList([.. headers.IfMatch.Select(line => line ?? "")], out var tags))
            return new Unreadable();
        return tags.Any(tag => tag.Equals(EntityTagHeaderValue.Any))
            ? new Any()
            : new OneOf([.. tags.Where(tag => !tag.IsWeak).Select(Version).OfType<int>().Distinct()]);
    }

    private static int? Version(EntityTagHeaderValue tag) =>
        int.TryParse(tag.Tag.AsSpan()[1..^1], NumberStyles.None, CultureInfo.InvariantCulture, out var version) && tag.Tag == Deciding.ETagOf(version) ? version : null;
}
