using System.Text;
using HousingBank.ReadModels.Work;
using HousingBank.Web.Access;
using HousingBank.Web.Languages;
using HousingBank.Web.Shell;
using HousingBank.Web.Time;

namespace HousingBank.Web.Calendars;

/// <summary>Due dates for calendar programs, which cannot sign in: whoever knows the address is let in by it.</summary>
internal static class CalendarFeed
{
    public const string Folder = "/kalender";

    private const string Ending = ".ics";
    private const string InItsPlace = "secret";

    public static IServiceCollection AddCalendarFeed(this IServiceCollection services) => services.AddSingleton<IHttpContextFactory, SecretsOutOfAddresses>();

    public static void MapCalendarFeed(this WebApplication app) =>
        app.MapGet($"{Folder}/{{secret}}{Ending}", AnswerAsync).AllowAnonymous().RequireRateLimiting(RateLimits.Api).ExcludeFromDescription();

    public static string AddressOf(string secret) => $"{Folder}/{secret}{Ending}";

    /// <summary>Parts the secret from an address.</summary>
    /// <returns>The secret and the address with a word in its place; null when it is no calendar's address.</returns>
    public static (string Secret, string Address)? WithoutSecret(string address)
    {
        if (!address.StartsWith(Folder + "/", StringComparison.OrdinalIgnoreCase))
            return null;
        var rest = address[(Folder.Length + 1)..];
        return rest.EndsWith(Ending, StringComparison.OrdinalIgnoreCase) ? (rest[..^Ending.Length], AddressOf(InItsPlace)) : (rest, $"{Folder}/{InItsPlace}");
    }

    /// <summary>The same for an address that never was and for one that is revoked: nobody learns which.</summary>
    private static async Task<IResult> AnswerAsync(HttpContext context, CalendarAddresses addresses, WorkListQuery work, TimeProvider clock)
    {
        if (context.Features.Get<SecretOfAddress>() is not { } address || await addresses.FindAsync(address.Secret, context.RequestAborted) is not var (viewer, language))
            return TypedResults.NotFound();
        var list = await work.AskAsync(viewer.Scope, viewer.Caller.Role, viewer.Asks(PointInTime.Now(clock)), context.RequestAborted);
        var calendar = new DueDates(viewer, new Texts(language), page => SignIn.AddressHere(context, page));
        return TypedResults.Text(calendar.Written(list.Value, clock.GetUtcNow()), DueDates.MediaType, Encoding.UTF8);
    }
}
