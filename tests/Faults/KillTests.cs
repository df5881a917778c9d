using System.Globalization;

namespace HousingBank.Faults.Tests;

/// <summary>kill -9 under load: of the web process and of PostgreSQL, by a schedule that a seed makes again.</summary>
public sealed class KillTests(ITestOutputHelper output)
{
    [Fact]
    public Task Nothing_acknowledged_is_lost_or_doubled_when_each_is_killed_once() => KillAsync(seed: 1, kills: 2);

    /// <remarks>FAULTS_KILLS and FAULTS_SEED choose another schedule.</remarks>
    [Fact]
    [Trait("Long", "true")]
    public Task Nothing_acknowledged_is_lost_or_doubled_however_often_they_are_killed() => KillAsync(Chosen("FAULTS_SEED", 20_261_121), Chosen("FAULTS_KILLS", 30));

    private async Task KillAsync(int seed, int kills)
    {
        output.WriteLine($"seed {seed}, {kills} kills");
        var schedule = new Random(seed);
        await using var installation = await Installation.StartAsync();
        var web = await installation.StartWebAsync();
        await using var load = await Load.StartAsync(web.Port, writers: 6);

        for (var kill = 0; kill < kills; kill++)
        {
            await load.GoOnForAsync(schedule.Next(5, 80));
            await Task.Delay(schedule.Next(0, 40));
            // The first two are one of each.
            if (kill == 0 || (kill > 1 && schedule.Next(2) == 0))
            {
                await web.KillAsync();
                web = await installation.StartWebAsync(port: web.Port);
            }
            else
            {
                await installation.KillAndRestartServerAsync();
            }
        }

        await load.GoOnForAsync(20);
        await load.StopAsync();
        output.WriteLine($"{load.Acknowledged.Count} decisions, {load.Refused.Count} refused, {load.Interrupted} answers lost");
        await installation.ShouldBeInOrderAsync(load);
    }

    private static int Chosen(string variable, int otherwise) =>
        Environment.GetEnvironmentVariable(variable) is { Length: > 0 } chosen ? int.Parse(chosen, CultureInfo.InvariantCulture) : otherwise;
}
