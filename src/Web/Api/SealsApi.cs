using HousingBank.Processes;
using HousingBank.ReadModels;
using HousingBank.Store.Seals;
using HousingBank.Web.Access;
using HousingBank.Web.Languages;
using HousingBank.Web.Shell;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace HousingBank.Web.Api;

/// <summary>Heads of the seals, open to all: whoever keeps one can tell later whether the log was changed. They say nothing of any event.</summary>
internal static class SealsApi
{
    public const string HeadsAddress = "/seals";
    public const string HeadAddress = "/seals/head";
    public const string KeyAddress = "/seals/key";

    private const string NewLineJson = "application/x-ndjson";
    private const int AtMost = 1_000;

    public static void MapSeals(this WebApplication app)
    {
        var seals = app.MapGroup("").AllowAnonymous().ExcludeFromDescription();
        seals.MapGet(HeadsAddress, async Task<Results<ContentHttpResult, ProblemHttpResult>> (SealLog log, AskedNumber? before, Texts texts, CancellationToken cancel) =>
        {
            try
            {
                return TypedResults.Text(string.Concat((await log.HeadsAsync(Parameters.Number(before, "before"), AtMost, cancel)).Select(h => h.ToJson() + "\n")), NewLineJson);
            }
            catch (UnreadableParameterException e)
            {
                return Reading.Unreadable(e.Parameter, texts);
            }
        });
        seals.MapGet(HeadAddress, async Task<Results<ContentHttpResult, ProblemHttpResult>> (SealLog log, Texts texts, CancellationToken cancel) =>
            await log.NewestAsync(cancel) is { } head ? TypedResults.Text(head.ToJson() + "\n", "application/json") : NothingYet(texts, "seals.nothing"));
        seals.MapGet(KeyAddress, Results<ContentHttpResult, ProblemHttpResult> (SealKeeper keeper, Texts texts) =>
            keeper.PublicKey is { } key ? TypedResults.Text(key.Pem, "application/x-pem-file") : NothingYet(texts, "seals.not-signed"));
    }

    /// <summary>The log itself with its proof, for those who check.</summary>
    public static void MapProvenExport(this IEndpointRouteBuilder api) => api.MapGet(
            "/log", async Task<Results<PushStreamHttpResult, ProblemHttpResult>> (
                ProvenExport export, SealLog log, Viewer viewer, Texts texts, [AsParameters] LogFilterRequest filter, CancellationToken cancel) =>
            {
                ExportFilter read;
                try
                {
                    read = filter.ToFilter();
                }
                catch (UnreadableParameterException e)
                {
                    return Reading.Unreadable(e.Parameter, texts);
                }

                return await log.NewestAsync(cancel) is not { } head
                    ? NothingYet(texts, "seals.nothing")
                    : TypedResults.Stream(output => export.WriteAsync(viewer.Scope, read, head, output, cancel), NewLineJson, $"log-{head.Head.Seals}.ndjson");
            })
        .WithName("exportLog").WithTags("Facts").RequireAuthorization(Policies.Prove)
        .WithSummary("Events that are sealed, each with every column, and the hashes that prove them against the newest head. The form: docs/reference/seals.md.")
        .Produces<string>(StatusCodes.Status200OK, NewLineJson)
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status401Unauthorized)
        .ProducesProblem(StatusCodes.Status403Forbidden)
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status503ServiceUnavailable);

    private static ProblemHttpResult NothingYet(Texts texts, string detail)
    {
        var code = Problems.CodeOf(StatusCodes.Status404NotFound);
        return TypedResults.Problem(detail: texts[detail], title: texts[$"problems.{code}.title"], statusCode: StatusCodes.Status404NotFound, type: $"/problems/{code}", extensions: [new("code", code)]);
    }
}

/// <summary>Which events; what is left out lets all pass.</summary>
public sealed record LogFilterRequest
{
    /// <summary>kind/id.</summary>
    [FromQuery]
    public string[]? Stream { get; init; }

    /// <summary>Kinds of streams: round, participation …</summary>
    [FromQuery]
    public string[]? Kind { get; init; }

    /// <summary>First day by the calendar in Norway, included.</summary>
    public AskedDay? RecordedFrom { get; init; }

    /// <summary>Last day by the calendar in Norway, included.</summary>
    public AskedDay? RecordedTo { get; init; }

    internal ExportFilter ToFilter()
    {
        var (from, before) = RecordedDays.Between(Parameters.Day(RecordedFrom, "recordedFrom"), Parameters.Day(RecordedTo, "recordedTo"));
        return new ExportFilter(Stream is { Length: > 0 } ? Stream : null, Kind is { Length: > 0 } ? Kind : null, from, before);
    }
}
