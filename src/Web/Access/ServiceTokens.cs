using System.Collections.Concurrent;
using HousingBank.Domain.Vocabulary;
using HousingBank.Processes;
using HousingBank.ReadModels;

namespace HousingBank.Web.Access;

/// <summary>A token as its owner sees it afterwards: without its secret.</summary>
/// <param name="Name">What the owner calls it.</param>
/// <param name="RevokedAt">Null while it stands.</param>
public sealed record ServiceToken(Guid Id, string Name, ValueList<string> Scopes, DateTimeOffset MadeAt, DateTimeOffset ExpiresAt, DateTimeOffset? RevokedAt);

/// <summary>Opaque tokens by which programs come in, in the name of whoever made them. Only their hash is kept.</summary>
/// <remarks>Whom a token lets in is remembered for some seconds, without a question to the database for each request: one revoked in another process is good that much longer.</remarks>
public sealed class ServiceTokens(HistoryConnection connection, IServiceProvider services, TimeProvider clock)
{
    public const string Prefix = "hb_";

    private const int MostRemembered = 1000;

    private static readonly TimeSpan s_remembered = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<string, Remembered> _remembered = new();

    public bool CanBeMade => connection.IsConfigured;

    /// <summary>Makes a token for the viewer's role and tenant.</summary>
    /// <param name="id">The same id makes one token only.</param>
    /// <returns>The token, which is shown once; null when the id has made one before.</returns>
    public async Task<string?> MakeAsync(Viewer owner, Guid id, string name, IReadOnlyList<string> scopes, DateTimeOffset expiresAt, CancellationToken cancel)
    {
        var token = Prefix + Secret.New();
        await using var command = services.Command(
            """
            insert into access.service_tokens (id, secret_hash, owner, role, tenant, municipality, name, scopes, expires_at, signs)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
            on conflict (id) do nothing
            """,
            id, Secret.HashOf(token), owner.Actor, owner.RoleName, owner.Tenant, owner.Municipality?.Key, name, scopes.ToArray(), expiresAt.ToUniversalTime(), owner.Signs);
        return await command.ExecuteNonQueryAsync(cancel) == 1 ? token : null;
    }

    /// <returns>The viewer's own tokens, the newest first.</returns>
    public async Task<IReadOnlyList<ServiceToken>> OfAsync(Viewer owner, CancellationToken cancel)
    {
        await using var command = services.Command(
            "select id, name, scopes, made_at, expires_at, revoked_at from access.service_tokens where owner = $1 order by made_at desc", owner.Actor);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var tokens = new List<ServiceToken>();
        while (await reader.ReadAsync(cancel))
        {
            tokens.Add(new(
                reader.GetGuid(0),
                reader.GetString(1),
                reader.GetFieldValue<string[]>(2).ToValueList(),
                reader.GetFieldValue<DateTimeOffset>(3),
                reader.GetFieldValue<DateTimeOffset>(4),
                reader.IsDBNull(5) ? null : reader.GetFieldValue<DateTimeOffset>(5)));
        }

        return tokens;
    }

    /// <returns>False when the viewer has no such token that stands.</returns>
    public async Task<bool> RevokeAsync(Viewer owner, Guid id, CancellationToken cancel)
    {
        await using var command = services.Command(
            "update access.service_tokens set revoked_at = clock_timestamp() where id = $1 and owner = $2 and revoked_at is null", id, owner.Actor);
        var revoked = await command.ExecuteNonQueryAsync(cancel) == 1;
        foreach (var (hash, _) in _remembered.Where(r => r.Value.Viewer.Actor == ActorOf(id)))
            _remembered.TryRemove(hash, out _);
        return revoked;
    }

    /// <returns>Whom the token lets in; null when it is unknown, revoked or past its time.</returns>
    public async Task<Viewer?> FindAsync(string token, CancellationToken cancel)
    {
        if (!connection.IsConfigured || !token.StartsWith(Prefix, StringComparison.Ordinal) || token.Length > Secret.Longest)
            return null;
        var hash = Secret.HashOf(token);
        var key = Convert.ToHexString(hash);
        // Not for longer than it is remembered for: the clock may have been set back.
        if (_remembered.TryGetValue(key, out var known) && known.Until - clock.GetUtcNow() is var left && left > TimeSpan.Zero && left <= s_remembered)
            return known.Viewer;
        _remembered.TryRemove(key, out _);

        await using var command = services.Command(
            """
            select id, role, tenant, municipality, scopes, expires_at, owner, signs from access.service_tokens
            where secret_hash = $1 and revoked_at is null and expires_at > clock_timestamp()
            """,
            hash);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        if (!await reader.ReadAsync(cancel))
            return null;
        var viewer = new Viewer(
            ActorOf(reader.GetGuid(0)),
            Codes.Read<Role>(reader.GetString(1)),
            reader.GetString(2),
            reader.IsDBNull(3) ? null : new MunicipalityId(reader.GetString(3)),
            reader.GetFieldValue<string[]>(4).ToValueList())
        {
            Owner = reader.GetString(6),
            Signs = reader.GetBoolean(7),
        };
        Remember(key, viewer, reader.GetFieldValue<DateTimeOffset>(5));
        return viewer;
    }

    private void Remember(string key, Viewer viewer, DateTimeOffset expiresAt)
    {
        var now = clock.GetUtcNow();
        if (_remembered.Count >= MostRemembered)
        {
            foreach (var (old, _) in _remembered.Where(r => r.Value.Until <= now))
                _remembered.TryRemove(old, out _);
        }

        if (_remembered.Count < MostRemembered)
            _remembered[key] = new(viewer, expiresAt - now < s_remembered ? expiresAt : now + s_remembered);
    }

    private static string ActorOf(Guid id) => $"token:{id}";

    private sealed record Remembered(Viewer Viewer, DateTimeOffset Until);
}
