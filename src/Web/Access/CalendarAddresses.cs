using HousingBank.Domain.Vocabulary;
using HousingBank.Processes;
using HousingBank.ReadModels;
using HousingBank.Web.Languages;

namespace HousingBank.Web.Access;

/// <summary>A calendar's address as its owner sees it afterwards: without its secret.</summary>
/// <param name="Language">What the calendar is written in.</param>
public sealed record CalendarAddress(DateTimeOffset MadeAt, DateTimeOffset ExpiresAt, Language Language);

/// <summary>Secret addresses at which calendars fetch due dates, in the name of whoever made them; one for each.</summary>
public sealed class CalendarAddresses(HistoryConnection connection, IServiceProvider services, TimeProvider clock)
{
    private const int DaysGood = 365;

    public bool CanBeMade => connection.IsConfigured;

    /// <summary>Makes an address and revokes the one there was.</summary>
    /// <param name="id">The same id makes one address only.</param>
    /// <returns>The secret, which is shown once, and until when it is good; null when the id has made one before.</returns>
    public async Task<(string Secret, DateTimeOffset ExpiresAt)?> MakeAsync(Viewer owner, Guid id, Language language, CancellationToken cancel)
    {
        var secret = Secret.New();
        var expiresAt = clock.GetUtcNow().AddDays(DaysGood);
        // What is counted has been revoked before anything is inserted.
        await using var command = services.Command(
            """
            with made as (select from access.calendar_addresses where id = $1),
            revoked as (
              update access.calendar_addresses set revoked_at = clock_timestamp()
              where owner = $3 and revoked_at is null and not exists (select from made) returning id
            )
            insert into access.calendar_addresses (id, secret_hash, owner, role, tenant, municipality, language, expires_at)
            select $1, $2, $3, $4, $5, $6, $7, $8 from (select count(*) from revoked) r where not exists (select from made)
            on conflict do nothing
            """,
            id, Secret.HashOf(secret), owner.Actor, owner.RoleName, owner.Tenant, owner.Municipality?.Key, language.Code, expiresAt);
        return await command.ExecuteNonQueryAsync(cancel) == 1 ? (secret, expiresAt) : null;
    }

    /// <returns>Null when the viewer has none that is good.</returns>
    public async Task<CalendarAddress?> OfAsync(Viewer owner, CancellationToken cancel)
    {
        await using var command = services.Command(
            "select made_at, expires_at, language from access.calendar_addresses where owner = $1 and revoked_at is null and expires_at > clock_timestamp()", owner.Actor);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        return await reader.ReadAsync(cancel)
            ? new(reader.GetFieldValue<DateTimeOffset>(0), reader.GetFieldValue<DateTimeOffset>(1), Language.Find(reader.GetString(2))!)
            : null;
    }

    /// <returns>False when the viewer has none that stands.</returns>
    public async Task<bool> RevokeAsync(Viewer owner, CancellationToken cancel)
    {
        await using var command = services.Command("update access.calendar_addresses set revoked_at = clock_timestamp() where owner = $1 and revoked_at is null", owner.Actor);
        return await command.ExecuteNonQueryAsync(cancel) == 1;
    }

    /// <returns>Whose due dates the secret shows, and in which language; null when it is unknown, revoked or past its time.</returns>
    public async Task<(Viewer Viewer, Language Language)?> FindAsync(string secret, CancellationToken cancel)
    {
        if (!connection.IsConfigured || secret.Length > Secret.Longest)
            return null;
        await using var command = services.Command(
            """
            select owner, role, tenant, municipality, language from access.calendar_addresses
            where secret_hash = $1 and revoked_at is null and expires_at > clock_timestamp()
            """,
            Secret.HashOf(secret));
        await using var reader = await command.ExecuteReaderAsync(cancel);
        if (!await reader.ReadAsync(cancel))
            return null;
        var viewer = new Viewer(
            reader.GetString(0), Codes.Read<Role>(reader.GetString(1)), reader.GetString(2), reader.IsDBNull(3) ? null : new MunicipalityId(reader.GetString(3)), null);
        return (viewer, Language.Find(reader.GetString(4))!);
    }
}
