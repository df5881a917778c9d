using System.Text.Json.Nodes;

namespace HousingBank.Processes;

/// <summary>Every change of a stored shape there has been.</summary>
internal static class Upcasters
{
    public static IReadOnlyList<Upcaster> All { get; } =
    [
        // Before persons could be named, sealed, nobody was.
        new("application-submitted", 1, body => WithNobodyNamed(body, "content", "contactPerson")),
        new("application-submitted", 2, NotSignedOff),
        new("supplement-received", 1, body => WithNobodyNamed(body, "content", "contactPerson")),
        new("programme-leader-appointed", 1, body => WithNobodyNamed(body, null, "person")),
        new("steering-group-appointed", 1, body => WithNobodyNamed(body, "members", "person")),
        new("project-group-appointed", 1, body => WithNobodyNamed(body, "members", "person")),
        new("council-member-appointed", 1, body => WithNobodyNamed(body, null, "person")),
        // Before a municipality was told why for each criterion, it was told why once.
        new("application-decided", 1, body => { body["criterionReasons"] = new JsonArray(); return body; }),
    ];

    // Before sign-offs were recorded nothing tells whether there was one.
    private static JsonObject NotSignedOff(JsonObject body)
    {
        body["signOff"] = null;
        body["notDocumented"]!.AsArray().Add("signOff");
        return body;
    }

    /// <param name="part">The object, or the list of objects, that the new member stands in; null for the body itself.</param>
    private static JsonObject WithNobodyNamed(JsonObject body, string? part, string member)
    {
        foreach (var holder in part is null ? [body] : body[part] is JsonArray list ? list.OfType<JsonObject>() : [.. new[] { body[part] }.OfType<JsonObject>()])
            holder[member] = null;
        return body;
    }
}
