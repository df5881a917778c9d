using HousingBank.Processes;
using HousingBank.Store.Seals;
using HousingBank.Web.Shell;
using Microsoft.AspNetCore.Http.HttpResults;

namespace HousingBank.Web.Api;

/// <summary>Heads of the seals, open to all: whoever keeps one can tell later whether the log was changed. They say nothing of any event.</summary>
internal static class SealsApi
{
    public const string HeadsAddress = "/seals";
    public const string HeadAddress = "/seals/head";
    public const string KeyAddress = "/seals/key";

    private const int AtMost = 1_000;

    public static void MapSeals(this WebApplication app)
    {
        var seals = app.MapGroup("").AllowAnonymous().ExcludeFromDescription();
        seals.MapGet(HeadsAddress, async (SealLog log, long? before, CancellationToken cancel) =>
            TypedResults.Text(string.Concat((await log.HeadsAsync(before, AtMost, cancel)).Select(h => h.ToJson() + "\n")), "application/x-ndjson"));
        seals.MapGet(HeadAddress, async Task<Results<ContentHttpResult, ProblemHttpResult>> (SealLog log, CancellationToken cancel) =>
            await log.NewestAsync(cancel) is { } head ? TypedResults.Text(head.ToJson() + "\n", "application/json") : NothingYet("Nothing is sealed yet."));
        seals.MapGet(KeyAddress, Results<ContentHttpResult, ProblemHttpResult> (SealKeeper keeper) =>
            keeper.PublicKey is { } key ? TypedResults.Text(key.Pem, "application/x-pem-file") : NothingYet("Heads are not signed here."));
    }

    private static ProblemHttpResult NothingYet(string title)
    {
        var code = Problems.CodeOf(StatusCodes.Status404NotFound);
        return TypedResults.Problem(title: title, statusCode: StatusCodes.Status404NotFound, type: $"/problems/{code}", extensions: [new("code", code)]);
    }
}
