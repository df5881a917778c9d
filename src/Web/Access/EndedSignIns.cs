using System.Collections.Concurrent;
using System.Security.Claims;
using HousingBank.Processes;
using Npgsql;

namespace HousingBank.Web.Access;

/// <summary>Which sign-ins have been ended, by signing out or from another one: a copy of their cookie, taken before, is then good for nothing.</summary>
/// <remarks>All web processes know within seconds, without a question to the database for each request.</remarks>
public sealed class EndedSignIns(HistoryConnection connection, IServiceProvider services, TimeProvider clock, ILogger<EndedSignIns> log) : IDisposable
{
    private static readonly TimeSpan s_between = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(2);

    private readonly ConcurrentDictionary<string, DateTimeOffset> _ended = new();
    private readonly SemaphoreSlim _one = new(1);
    private DateTimeOffset _looked = DateTimeOffset.MinValue;

    /// <summary>Whatever comes of it, the caller can go on and take the cookie away.</summary>
    public async Task EndAsync(ClaimsPrincipal user, CancellationToken cancel)
    {
        if (user.FindFirstValue(ClaimNames.SignIn) is not { } id)
            return;
        _ended[id] = clock.GetUtcNow();
        if (!connection.IsConfigured)
            return;
        try
        {
            await WriteAsync([Guid.Parse(id)], cancel);
        }
        catch (Exception e) when (e is NpgsqlException or TimeoutException)
        {
            log.LogWarning("The sign-in was ended in this process only: {Reason}", e.Message);
        }
    }

    /// <summary>Fails when it cannot be written down: whoever ends a sign-in from another one has to know that it goes on.</summary>
    public async Task EndAsync(IReadOnlyList<Guid> ids, CancellationToken cancel)
    {
        await WriteAsync(ids, cancel);
        foreach (var id in ids)
            _ended[id.ToString()] = clock.GetUtcNow();
    }

    public async Task<bool> HasEndedAsync(string id)
    {
        if (connection.IsConfigured && HasToLook(clock.GetUtcNow()))
            await LookAsync();
        return _ended.ContainsKey(id);
    }

    public void Dispose() => _one.Dispose();

    private async Task WriteAsync(IReadOnlyList<Guid> ids, CancellationToken cancel)
    {
        await using var command = services.Command(
            """
            with forgotten as (delete from access.ended_sign_ins where ended_at < clock_timestamp() - $2)
            insert into access.ended_sign_ins (id) select unnest($1) on conflict do nothing
            """,
            ids.ToArray(), AccessCookies.LongestSignIn);
        await command.ExecuteNonQueryAsync(cancel);
    }

    // Either way: a clock that was set back must not let anybody in for as long as it is behind.
    private bool HasToLook(DateTimeOffset now) => (now - _looked).Duration() >= s_between;

    private async Task LookAsync()
    {
        await _one.WaitAsync();
        try
        {
            var now = clock.GetUtcNow();
            if (!HasToLook(now))
                return;
            // Not waited for longer than that: over a network that swallows everything even giving up takes long.
            await ReadAsync(now).WaitAsync(s_patience);
            foreach (var (id, _) in _ended.Where(e => now - e.Value > AccessCookies.LongestSignIn))
                _ended.TryRemove(id, out _);
        }
        catch (Exception e) when (e is NpgsqlException or TimeoutException)
        {
            // Whoever is signed in stays so: without its database the page has nothing to show either.
            log.LogWarning("The database did not say which sign-ins have been ended: {Reason}", e.Message);
        }
        finally
        {
            _looked = clock.GetUtcNow();
            _one.Release();
        }
    }

    private async Task ReadAsync(DateTimeOffset now)
    {
        await using var command = services.Command("select id from access.ended_sign_ins where ended_at >= clock_timestamp() - $1", AccessCookies.LongestSignIn);
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
            _ended.TryAdd(reader.GetGuid(0).ToString(), now);
    }
}
