using HousingBank.Processes;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Npgsql;

namespace HousingBank.Web.Shell;

/// <summary>/health/live: the process answers. /health/ready: the database answers, and has the schema and the tables that this program works with.</summary>
public static class Health
{
    private const string Ready = "ready";

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(5);

    public static IServiceCollection AddHealth(this IServiceCollection services)
    {
        services.AddHealthChecks().AddCheck<DatabaseAnswers>("database", tags: [Ready], timeout: s_patience);
        return services;
    }

    /// <remarks>Nobody is asked who they are: whom a token lets in would be asked of the database.</remarks>
    public static void MapHealth(this WebApplication app)
    {
        var onlyGet = new HttpMethodMetadata([HttpMethods.Get]);
        app.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false }).WithMetadata(onlyGet).AllowAnonymous().ShortCircuit();
        app.MapHealthChecks("/health/ready", new HealthCheckOptions { Predicate = check => check.Tags.Contains(Ready) }).WithMetadata(onlyGet).AllowAnonymous().ShortCircuit();
    }

    private sealed class DatabaseAnswers(HistoryConnection connection, HistoryKeeper keeper, IServiceProvider services) : IHealthCheck
    {
        public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
        {
            if (!connection.IsConfigured)
                return HealthCheckResult.Unhealthy("No database is configured.");
            if (!keeper.IsReady)
                return HealthCheckResult.Unhealthy("The schema and the tables are being made.");
            try
            {
                // Not waited for longer than that: over a network that swallows everything even giving up takes long.
                await AskAsync(cancellationToken).WaitAsync(cancellationToken);
                return keeper.OnlyReads ? HealthCheckResult.Degraded("A newer program's tables are in use: this one reads, and cannot decide.") : HealthCheckResult.Healthy();
            }
            catch (OperationCanceledException)
            {
                return HealthCheckResult.Unhealthy($"The database does not answer within {s_patience.TotalSeconds:0} seconds.");
            }
            catch (Exception e) when (e is NpgsqlException or TimeoutException)
            {
                return HealthCheckResult.Unhealthy($"The database does not answer: {e.Message}");
            }
        }

        private async Task AskAsync(CancellationToken cancel)
        {
            await using var command = services.GetRequiredService<NpgsqlDataSource>().CreateCommand("select 1");
            await command.ExecuteScalarAsync(cancel);
        }
    }
}
