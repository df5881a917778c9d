using System.Security.Cryptography;
using System.Text;
using HousingBank.Processes;
using Npgsql;

namespace HousingBank.Web.Access.OpenIdConnect;

/// <summary>Which attempts have been answered, known to all web processes: a copied answer with a copied cookie is good for nothing.</summary>
public sealed class UsedAttempts(HistoryConnection connection, IServiceProvider services)
{
    public bool CanBeKept => connection.IsConfigured;

    /// <returns>False when the attempt has been used before.</returns>
    public async Task<bool> UseAsync(SignInAttempt attempt, CancellationToken cancel)
    {
        await using var command = services.GetRequiredService<NpgsqlDataSource>().CreateCommand(
            """
            with forgotten as (delete from access.used_sign_ins where used_at < clock_timestamp() - $2)
            insert into access.used_sign_ins (state_hash) values ($1) on conflict do nothing
            """);
        command.Parameters.Add(new() { Value = SHA256.HashData(Encoding.UTF8.GetBytes(attempt.State)) });
        command.Parameters.Add(new() { Value = 2 * SignInAttempts.Lifetime });
        return await command.ExecuteNonQueryAsync(cancel) == 1;
    }
}
