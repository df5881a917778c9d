using HousingBank.Domain.IntakeRounds;
using HousingBank.Domain.Participations;
using HousingBank.Domain.Vocabulary;
using HousingBank.Store;
using HousingBank.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

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

    private static IHost Program(string connectionString)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Services.AddHistory(connectionString, []).AddHistoryKeeping();
        return builder.Build();
    }
}
