namespace HousingBank.Faults.Tests;

/// <summary>The server's clock set back and forth while decisions are made.</summary>
public sealed class ClockTests
{
    [Fact]
    public async Task A_clock_set_back_under_load_brings_nothing_into_what_is_settled()
    {
        await using var installation = await Installation.StartAsync();
        var web = await installation.StartWebAsync();
        await using var load = await Load.StartAsync(web.Port, writers: 4);
        var looked = new List<(DateTime Settled, long Known)>();

        foreach (var now in new[] { "clock_timestamp()", "clock_timestamp() - interval '10 years'", "clock_timestamp() - interval '1 second'", "clock_timestamp()" })
        {
            await installation.AskAsync($"create or replace function store.clock() returns timestamptz language sql volatile as $$ select {now} $$");
            await load.GoOnForAsync(30);
            looked.Add(Assert.Single(await installation.ListAsync(
                "select n.settled, (select count(*) from store.events e where e.recorded_at <= n.settled) from store.numbering n where isfinite(n.settled)",
                row => (row.GetDateTime(0), row.GetInt64(1)))));
        }

        await load.StopAsync();
        looked.Select(l => l.Settled).ShouldBeInOrder();
        foreach (var (settled, known) in looked)
            (await installation.AskAsync($"select count(*) from store.events where recorded_at <= timestamptz '{settled:O}'")).ShouldBe(known);
        await installation.ShouldBeInOrderAsync(load);
    }
}
