using HousingBank.Support;

namespace HousingBank.Faults.Tests;

/// <summary>Two web processes on one database behind a balancer that sends each request to the next of them.</summary>
public sealed class TwoProcessesTests
{
    [Fact]
    public async Task One_is_killed_and_the_other_goes_on_with_its_work()
    {
        await using var installation = await Installation.StartAsync();
        WebProcess[] webs = [await installation.StartWebAsync(), await installation.StartWebAsync()];
        await using var balancer = new TcpProxy(webs[0].Port, webs[1].Port);
        await using var load = await Load.StartAsync(balancer.Port, writers: 4);
        await load.GoOnForAsync(20);

        for (var i = 0; i < 6; i++)
        {
            var written = await load.WriteEntryAsync($"read at once {i}");
            // Each of them shows it, whichever wrote it.
            foreach (var web in webs)
            {
                using var reader = Installation.Client(web.Port);
                (await reader.GetStringAsync($"/api/v1/learning-entries/{written.Stream.Split('/')[1]}")).ShouldContain($"read at once {i}");
            }
        }

        await FollowingAsync(installation);
        var before = await HolderAsync(installation);
        var killed = 0;
        // The process that follows the log is killed; the other takes its place over when the lease ends.
        for (var holder = before; holder == before && killed < webs.Length; killed++)
        {
            await webs[killed].KillAsync();
            await load.GoOnForAsync(20);
            await Until.HoldsAsync("somebody follows the log to its end", () => CaughtUpAsync(installation));
            holder = await HolderAsync(installation);
            if (holder == before)
                webs[killed] = await installation.StartWebAsync(port: webs[killed].Port);
        }

        (await HolderAsync(installation)).ShouldNotBe(before);
        await load.StopAsync();
        await installation.ShouldBeInOrderAsync(load);
    }

    private static Task FollowingAsync(Installation installation) =>
        Until.HoldsAsync("somebody follows the log", async () => await installation.AskAsync("select checkpoint from store.subscriptions where checkpoint > 0") is not null);

    private static async Task<object?> HolderAsync(Installation installation) => await installation.AskAsync("select epoch from store.subscriptions where name = 'reactions'");

    /// <summary>Everything that is recorded by now is numbered and followed.</summary>
    private static async Task<bool> CaughtUpAsync(Installation installation)
    {
        var recorded = (long)(await installation.AskAsync("select count(*) from store.events"))!;
        await Until.HoldsAsync("the log is numbered and followed as far as it was", async () =>
            (bool)(await installation.AskAsync($"select checkpoint >= {recorded} from store.subscriptions where name = 'reactions'"))!);
        return true;
    }
}
