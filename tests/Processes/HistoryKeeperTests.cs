using HousingBank.Domain.IntakeRounds;
using HousingBank.Domain.Participations;
using HousingBank.Domain.Vocabulary;
using HousingBank.Store;
using HousingBank.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace HousingBank.Processes.Tests;

public sealed class HistoryKeeperTests(TestServer server, Desk desk) : IClassFixture<Desk>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_program_makes_its_schema_in_an_empty_database()
    {
        var connectionString = await server.EmptyDatabaseAsync(Cancel);
        using var program = Program(connectionString);

        await program.StartAsync(Cancel);
        await Until.HoldsAsync("it is ready", () => program.Services.GetRequiredService<HistoryKeeper>().IsReady);
        await program.StopAsync(Cancel);

        (await new SchemaMigrator(connectionString).CurrentVersionAsync(Cancel)).ShouldBe(SchemaMigrator.NewestVersion);
    }

    [Fact]
    public async Task A_program_older_than_the_schema_says_so_and_ends_without_a_fault_of_its_own()
    {
        var connectionString = await server.EmptyDatabaseAsync(Cancel);
        await new SchemaMigrator(connectionString).MigrateAsync(_ => { }, Cancel);
        await using (var source = NpgsqlDataSource.Create(connectionString + ";Pooling=false"))
        await using (var command = source.CreateCommand("insert into store.schema_versions (version, name) values (9999, 'from-the-future')"))
            await command.ExecuteNonQueryAsync(Cancel);
        var said = new Criticals();
        using var program = Program(connectionString, services => services.AddSingleton<ILoggerProvider>(said).AddHostedService(_ => new StartsAfter(said.First)));

        try
        {
            await program.StartAsync(Cancel);
            await program.WaitForShutdownAsync(Cancel);
            (await said.First).ShouldStartWith("The database has schema version 9999");
            Environment.ExitCode.ShouldBe(1);
        }
        finally
        {
            Environment.ExitCode = 0;
        }
    }

    [Fact]
    public async Task What_a_killed_program_left_undone_is_done_by_the_next()
    {
        var hamar = await desk.MunicipalityAsync();
        var round = await desk.RoundAsync(capacity: 4, hamar);
        await desk.RecommendedAsync(round, hamar);
        (await desk.NewDesk(reacts: false).RunAsync(
            Desk.Secretariat, new AdmitMunicipality(round, hamar) { On = Desk.October }, Guid.CreateVersion7(), null, Cancel)).ShouldBeOfType<Outcome.Done>();

        using var program = Program(desk.ConnectionString);
        await program.StartAsync(Cancel);
        await Until.HoldsAsync("it is admitted", async () => (await desk.Histories.StateAsync<ParticipationState>(
            Desk.Tenant, ParticipationId.Of(round, hamar).Stream, Cancel)).AdmittedOn == Desk.October);
        await program.StopAsync(Cancel);

        await using var subscriber = desk.As(StoreRole.Subscriber);
        (await new ParkedEvents(subscriber).ListAsync(Cancel)).ShouldBeEmpty();
    }

    private static IHost Program(string connectionString, Action<IServiceCollection>? more = null)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Services.AddHistory(connectionString, []).AddHistoryKeeping();
        more?.Invoke(builder.Services);
        return builder.Build();
    }

    /// <summary>As a server that is about to listen when the program is stopped.</summary>
    private sealed class StartsAfter(Task said) : IHostedService
    {
        public async Task StartAsync(CancellationToken cancellationToken)
        {
            await said.WaitAsync(cancellationToken);
            await Task.Delay(TimeSpan.FromMilliseconds(500), cancellationToken);
        }

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }

    private sealed class Criticals : ILoggerProvider, ILogger
    {
        private readonly TaskCompletionSource<string> _first = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task<string> First => _first.Task;

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel == LogLevel.Critical;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
                _first.TrySetResult(formatter(state, exception));
        }

        public void Dispose()
        {
        }
    }
}
