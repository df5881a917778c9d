using System.Diagnostics;
using System.Net;
using System.Net.NetworkInformation;
using HousingBank.EmbeddedPostgres;
using Npgsql;

namespace HousingBank.Start;

/// <summary>From nothing to pages one can click: database, schema, demo history, web process; then waits to be stopped.</summary>
internal sealed class StartUp(int port, string? connectionString, bool fresh)
{
    private static readonly Uri Readiness = new("health/ready", UriKind.Relative);
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(2);

    private readonly Report _report = new();

    private Uri Address => new($"http://localhost:{port}/");

    /// <returns>The exit code.</returns>
    public async Task<int> RunAsync(CancellationToken cancel)
    {
        try
        {
            EnsurePortIsFree();
            await using var database = await Database.OpenAsync(connectionString, fresh, _report, cancel);
            var programs = new Programs(database.ConnectionString, MasterKey.Find(_report));
            _report.Say("Making or migrating the schema");
            await programs.RunCliAsync(["migrate"], cancel);
            await new DemoHistory(database.ConnectionString, programs, _report).LoadAsync(cancel);
            await ServeAsync(programs, database, cancel);
            return 0;
        }
        catch (Exception e) when (e is CannotStartException or PostgresUnavailableException)
        {
            Report.Fail(e.Message);
            return 1;
        }
        catch (NpgsqlException e)
        {
            Report.Fail($"The database does not answer as it should: {e.Message}");
            return 1;
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            _report.Say("Stopped");
            return 0;
        }
    }

    private async Task ServeAsync(Programs programs, Database database, CancellationToken cancel)
    {
        _report.Say("Starting the web process");
        using var web = programs.StartWeb(port);
        try
        {
            await WaitUntilReadyAsync(web, cancel);
            _report.Welcome(Address, database.Whereabouts);
            await web.WaitForExitAsync(cancel);
            throw new CannotStartException($"The web process ended by itself with exit code {web.ExitCode}; its lines above say why.");
        }
        finally
        {
            await BoundProcess.StopAsync(web);
        }
    }

    private async Task WaitUntilReadyAsync(Process web, CancellationToken cancel)
    {
        using var client = new HttpClient { BaseAddress = Address, Timeout = TimeSpan.FromSeconds(10) };
        var waited = Stopwatch.StartNew();
        while (!await AnswersAsync(client, cancel))
        {
            if (web.HasExited)
                throw new CannotStartException($"The web process ended with exit code {web.ExitCode} before it was ready; its lines above say why.");
            if (waited.Elapsed > LongestWait)
                throw new CannotStartException($"The web process was not ready within {LongestWait.TotalSeconds:0} seconds; {new Uri(Address, Readiness)} says what is missing.");
            await Task.Delay(TimeSpan.FromMilliseconds(100), cancel);
        }
    }

    private static async Task<bool> AnswersAsync(HttpClient client, CancellationToken cancel)
    {
        try
        {
            using var answer = await client.GetAsync(Readiness, cancel);
            return answer.IsSuccessStatusCode;
        }
        catch (Exception e) when (e is HttpRequestException || (e is OperationCanceledException && !cancel.IsCancellationRequested))
        {
            return false;
        }
    }

    private void EnsurePortIsFree()
    {
        if (port is < IPEndPoint.MinPort + 1 or > IPEndPoint.MaxPort)
            throw new CannotStartException($"{port} is no port: choose one from 1 to {IPEndPoint.MaxPort} with --port.");
        if (IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners().Any(listener => listener.Port == port))
            throw new CannotStartException($"Port {port} is used by another program: stop that program, or choose another port with --port {port + 1}.");
    }
}
