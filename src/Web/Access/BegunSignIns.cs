using System.Security.Claims;
using HousingBank.Processes;
using Microsoft.AspNetCore.Authentication.Cookies;
using Npgsql;

namespace HousingBank.Web.Access;

/// <summary>A sign-in as whoever it is of sees it.</summary>
/// <param name="GoodUntil">When its cookie runs out.</param>
public sealed record BegunSignIn(Guid Id, string Tenant, BrowserKind Browser, DateTimeOffset BeganAt, DateTimeOffset GoodUntil);

/// <summary>Sign-ins as they begin, for whoever they are of to see and to end.</summary>
public sealed class BegunSignIns(HistoryConnection connection, IServiceProvider services, EndedSignIns ended, ILogger<BegunSignIns> log)
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(2);

    public bool CanBeListed => connection.IsConfigured;

    /// <summary>Begins a sign-in; the one that the browser came with, whoever's it was, has then ended. So has a calendar's address that was made in another role.</summary>
    /// <returns>What its cookie says.</returns>
    public async Task<ClaimsPrincipal> BeginAsync(HttpContext context, Viewer viewer)
    {
        await ended.EndAsync(context.User, context.RequestAborted);
        var id = Guid.NewGuid();
        if (connection.IsConfigured)
            await RecordAsync(id, viewer, BrowserKind.Of(context.Request.Headers.UserAgent.ToString()));
        return (viewer with { SignIn = id }).ToPrincipal(CookieAuthenticationDefaults.AuthenticationScheme);
    }

    /// <returns>The viewer's own sign-ins that stand, the newest first.</returns>
    public async Task<IReadOnlyList<BegunSignIn>> OfAsync(Viewer viewer, CancellationToken cancel)
    {
        await using var command = services.Command(
            """
            select id, tenant, browser, system, began_at, good_until from access.sign_ins s
            where person = $1 and good_until > clock_timestamp() and not exists (select from access.ended_sign_ins e where e.id = s.id)
            order by began_at desc
            """,
            viewer.Actor);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var signIns = new List<BegunSignIn>();
        while (await reader.ReadAsync(cancel))
        {
            signIns.Add(new(
                reader.GetGuid(0),
                reader.GetString(1),
                new(reader.IsDBNull(2) ? null : reader.GetString(2), reader.IsDBNull(3) ? null : reader.GetString(3)),
                reader.GetFieldValue<DateTimeOffset>(4),
                reader.GetFieldValue<DateTimeOffset>(5)));
        }

        return signIns;
    }

    /// <summary>Ends one of the viewer's own; what is another's goes on.</summary>
    public async Task EndAsync(Viewer viewer, Guid id, CancellationToken cancel) =>
        await ended.EndAsync([.. (await OfAsync(viewer, cancel)).Select(s => s.Id).Where(own => own == id)], cancel);

    /// <summary>Ends all of the viewer's own but the one that the viewer came by.</summary>
    public async Task EndOthersAsync(Viewer viewer, CancellationToken cancel) =>
        await ended.EndAsync([.. (await OfAsync(viewer, cancel)).Select(s => s.Id).Where(own => own != viewer.SignIn)], cancel);

    private async Task RecordAsync(Guid id, Viewer viewer, BrowserKind browser)
    {
        try
        {
            // Not waited for longer than that: over a network that swallows everything even giving up takes long.
            await WriteAsync(id, viewer, browser).WaitAsync(s_patience);
        }
        catch (Exception e) when (e is NpgsqlException or TimeoutException)
        {
            // Whoever has shown who they are is let in all the same: what can be read is there to be read while nothing can be written.
            // The list lacks this sign-in, which signing out and its eight hours end as any other.
            log.LogWarning("A sign-in was not recorded: {Reason}", e.Message);
        }
    }

    private async Task WriteAsync(Guid id, Viewer viewer, BrowserKind browser)
    {
        await using var command = services.Command(
            """
            with forgotten as (delete from access.sign_ins where good_until < clock_timestamp()),
            outgrown as (
              update access.calendar_addresses set revoked_at = clock_timestamp()
              where owner = $2 and revoked_at is null and (tenant, role, municipality) is distinct from ($3::text, $7::text, $8::text)
            )
            insert into access.sign_ins (id, person, tenant, browser, system, good_until) values ($1, $2, $3, $4, $5, clock_timestamp() + $6)
            """,
            id, viewer.Actor, viewer.Tenant, browser.Browser, browser.System, AccessCookies.LongestSignIn, viewer.RoleName, viewer.Municipality?.Key);
        await command.ExecuteNonQueryAsync();
    }
}
