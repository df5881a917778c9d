using HousingBank.Web.Access;
using HousingBank.Web.Calendars;
using HousingBank.Web.Languages;
using Microsoft.AspNetCore.Http.HttpResults;

namespace HousingBank.Web.Api;

/// <summary>The asker's own calendar address; in person only, as with service tokens.</summary>
internal static class CalendarApi
{
    public static void MapCalendarAddress(this IEndpointRouteBuilder api)
    {
        var address = api.MapGroup("/calendar-address").WithTags("Calendar");
        address.MapPost("", async (CalendarAddresses addresses, Deciding decide, Viewer viewer, Texts texts, HttpContext context) =>
                await addresses.MakeAsync(viewer, decide.IdOf(null), texts.Language, context.RequestAborted) is var (secret, expiresAt)
                    ? TypedResults.Ok(new CalendarAddressMade(SignIn.AddressHere(context, CalendarFeed.AddressOf(secret)), expiresAt))
                    : decide.ShownBefore())
            .ChangesOwn("makeCalendarAddress", "Makes the secret address at which a calendar fetches the asker's due dates, in the language that Accept-Language asks for, and revokes the one before.")
            .Produces<CalendarAddressMade>()
            .ProducesProblem(StatusCodes.Status409Conflict);
        address.MapPost("/revoke", async Task<Results<NoContent, NotFound>> (CalendarAddresses addresses, Viewer viewer, CancellationToken cancel) =>
                await addresses.RevokeAsync(viewer, cancel) ? TypedResults.NoContent() : TypedResults.NotFound())
            .ChangesOwn("revokeCalendarAddress", "Revokes the asker's calendar address.")
            .Produces(StatusCodes.Status204NoContent);
    }
}

/// <param name="Address">Shown this once: whoever knows it reads the due dates.</param>
public sealed record CalendarAddressMade(string Address, DateTimeOffset ExpiresAt)
{
    /// <summary>No log of an answer holds what it says.</summary>
    public override string ToString() => nameof(CalendarAddressMade);
}
