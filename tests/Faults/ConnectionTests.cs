using System.Net;
using System.Text;
using HousingBank.Store;
using HousingBank.Support;

namespace HousingBank.Faults.Tests;

/// <summary>Connections between the web process and PostgreSQL that are cut, slow, or lose an answer.</summary>
public sealed class ConnectionTests
{
    [Fact]
    public async Task A_decision_whose_outcome_is_not_known_is_asked_again_and_carried_out_once()
    {
        await using var installation = await Installation.StartAsync();
        await using var proxy = new TcpProxy(installation.Port);
        var web = await installation.StartWebAsync(installation.ForWeb(proxy.Port));
        await using var load = await Load.IdleAsync(web.Port);

        await AskTwiceAsync(load, "lost on its way", proxy.LoseRequestWith, arrived: 0);
        await AskTwiceAsync(load, "answered to nobody", proxy.LoseReplyTo, arrived: 1);

        await installation.ShouldBeInOrderAsync(load);

        async Task AskTwiceAsync(Load load, string text, Func<byte[], Task> lose, long arrived)
        {
            var key = Guid.CreateVersion7();
            var lost = lose(Encoding.UTF8.GetBytes(text));
            using var first = await load.TryEntryAsync(key, text);
            await lost;
            first.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
            first.Headers.RetryAfter.ShouldNotBeNull();
            await Until.HoldsAsync("what was under way has ended", async () =>
                (long)(await installation.AskAsync("select count(*) from pg_stat_activity where usename = 'programme_web' and state = 'active'"))! == 0);
            (await CountAsync(text)).ShouldBe(arrived);

            using var second = await load.TryEntryAsync(key, text);
            second.StatusCode.ShouldBe(HttpStatusCode.Created);
            using var third = await load.TryEntryAsync(key, text);
            (await third.Content.ReadAsStringAsync()).ShouldBe(await second.Content.ReadAsStringAsync());
            (await CountAsync(text)).ShouldBe(1);
        }

        async Task<long> CountAsync(string text) => (long)(await installation.AskAsync($"select count(*) from store.events where body ->> 'text' = '{text}'"))!;
    }

    [Fact]
    public async Task Connections_that_are_slow_and_cut_again_and_again_lose_and_double_nothing()
    {
        var schedule = new Random(3);
        await using var installation = await Installation.StartAsync();
        await using var proxy = new TcpProxy(installation.Port);
        var web = await installation.StartWebAsync(installation.ForWeb(proxy.Port));
        await using var load = await Load.StartAsync(web.Port, writers: 4);

        for (var cut = 0; cut < 12; cut++)
        {
            proxy.Delay = TimeSpan.FromMilliseconds(schedule.Next(0, 6));
            await load.GoOnForAsync(schedule.Next(3, 25));
            proxy.CutAll();
        }

        proxy.Delay = TimeSpan.Zero;
        await load.GoOnForAsync(10);
        await load.StopAsync();
        await installation.ShouldBeInOrderAsync(load);
    }

    [Fact]
    public async Task A_machine_that_goes_away_without_a_word_is_noticed_by_the_server()
    {
        await using var installation = await Installation.StartAsync();
        await using var source = StoreDataSource.Create(installation.ForWeb(), StoreRole.App);
        await using var command = source.CreateCommand("select current_setting('tcp_keepalives_idle')::int + current_setting('tcp_keepalives_interval')::int * current_setting('tcp_keepalives_count')::int");

        ((int)(await command.ExecuteScalarAsync())!).ShouldBeInRange(1, 60);
    }

    [Fact]
    [Trait("Long", "true")]
    public async Task An_export_whose_connection_is_lost_under_way_does_not_look_whole()
    {
        await using var installation = await Installation.StartAsync();
        await using var proxy = new TcpProxy(installation.Port);
        var web = await installation.StartWebAsync(installation.ForWeb(proxy.Port));
        await using var load = await Load.IdleAsync(web.Port);
        await Until.HoldsAsync("something is sealed", async () => (bool)(await installation.AskAsync("select exists (select from store.seals)"))!);
        using var client = Installation.Client(web.Port);

        var lost = proxy.LoseReplyTo("select hash from store.seals where number"u8.ToArray());
        using var answer = await client.GetAsync("/api/v1/log", HttpCompletionOption.ResponseHeadersRead);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        await Should.ThrowAsync<HttpRequestException>(() => answer.Content.ReadAsStringAsync());
        await lost;

        (await client.GetStringAsync("/api/v1/log")).TrimEnd().Split('\n')[^1].ShouldStartWith("{\"events\":");
    }
}
