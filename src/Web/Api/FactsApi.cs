using HousingBank.Domain.Vocabulary;
using HousingBank.ReadModels;
using HousingBank.ReadModels.DecisionLog;
using HousingBank.Store;
using HousingBank.Web.Access;
using Microsoft.AspNetCore.Mvc;

namespace HousingBank.Web.Api;

/// <summary>The log itself: what is behind a figure, and taking back what never was so. A fact is corrected by the decision that says it rightly, with "?corrects=".</summary>
internal static class FactsApi
{
    public static void MapFacts(this IEndpointRouteBuilder api)
    {
        api.MapGet("/decisions", (Reading read, DecisionLogQuery log, [AsParameters] DecisionFilterRequest filter, string? cursor, AskedNumber? take) =>
                read.ManyAsync(q => Parameters.CursorAsync(() => log.AskAsync(read.Scope, filter.ToFilter(), cursor, read.Take(take), q, read.Cancel)), d => d.Rows()))
            .Asks<LoggedDecisions>("listDecisions", "The decision log: every event, the last recorded first.", hasRows: true).WithTags("Facts");

        var facts = api.MapGroup("/facts/{kind:kind}/{id}").WithTags("Facts");
        facts.MapGet("", (Reading read, DecisionLogQuery log, string kind, string id, AskedNumber[]? versions) =>
                read.OneAsync(async q => NullWhenEmpty(VersionsOf(versions) is { Length: > 0 } some
                    ? await log.BehindAsync(read.Scope, new FactsBehind($"{kind}/{id}", some), q, read.Cancel)
                    : await log.StreamAsync(read.Scope, new StreamId(kind, id), q, read.Cancel))))
            .Asks<IReadOnlyList<LoggedDecision>>("getFacts", "The facts of a stream, or those behind a figure: who decided, when, on what grounds.");
        facts.MapGet("/{version:int}", (Reading read, DecisionLogQuery log, string kind, string id, int version) =>
                read.OneAsync(async q => await log.BehindAsync(read.Scope, new FactsBehind($"{kind}/{id}", [version]), q, read.Cancel) is { Value: [var only] } answer
                    ? answer.With(only)
                    : null))
            .Asks<LoggedDecision>("getFact", "One fact.");
        facts.MapPost("/{version:int}/strike", (string kind, string id, int version, ReasonRequest r, Deciding decide) =>
                decide.OnAsync(
                    new StrikeFact(new StreamId(kind, id), version, r.Reason) { On = r.On, Grounds = r.Grounds with { EntryReason = r.EntryReason ?? r.Reason } },
                    kind == Register ? Scope.National : null))
            .Decides("strikeFact", "Takes back a fact that never was so. It stays in the log and in answers for earlier moments.", Policies.Decide)
            .WithMetadata(new TakesBack());
    }

    // The register of municipalities belongs to all offices; its streams are decided on where they stand.
    private const string Register = "municipality";

    private static int[] VersionsOf(AskedNumber[]? versions) => [.. (versions ?? []).Select(v => Parameters.Between(v, 1, int.MaxValue, "versions")).OfType<int>()];

    private static Answer<IReadOnlyList<LoggedDecision>>? NullWhenEmpty(Answer<IReadOnlyList<LoggedDecision>> answer) => answer.Value.Count > 0 ? answer : null;
}

/// <summary>Which events; what is left out lets all pass.</summary>
public sealed record DecisionFilterRequest
{
    /// <summary>Kinds of streams: round, participation …</summary>
    [FromQuery]
    public string[]? Kind { get; init; }

    /// <summary>Stored names of facts: phase-started …</summary>
    [FromQuery]
    public string[]? Type { get; init; }

    /// <summary>secretariat, leadership …</summary>
    public string? Role { get; init; }

    /// <summary>Key of a municipality: hamar.</summary>
    public string? Municipality { get; init; }

    /// <summary>kind/id.</summary>
    public string? Stream { get; init; }

    /// <summary>First day, included.</summary>
    public AskedDay? EffectiveFrom { get; init; }

    /// <summary>Last day, included.</summary>
    public AskedDay? EffectiveTo { get; init; }

    /// <summary>First day by the calendar in Norway, included.</summary>
    public AskedDay? RecordedFrom { get; init; }

    /// <summary>Last day by the calendar in Norway, included.</summary>
    public AskedDay? RecordedTo { get; init; }

    internal DecisionFilter ToFilter() => new(
        Kind is { Length: > 0 } ? Kind : null,
        Type is { Length: > 0 } ? Type : null,
        Parameters.Code<Role>(Role, "role"),
        Parameters.Key(Municipality, "municipality")?.Key,
        Stream,
        Parameters.Day(EffectiveFrom, "effectiveFrom"),
        Parameters.Day(EffectiveTo, "effectiveTo"),
        Parameters.Day(RecordedFrom, "recordedFrom"),
        Parameters.Day(RecordedTo, "recordedTo"));
}
