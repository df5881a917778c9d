using HousingBank.Support;

namespace HousingBank.Store.Tests;

public sealed class ClockTests(StoreDatabase database) : IClassFixture<StoreDatabase>, IAsyncLifetime
{
    private readonly EventStore _store = database.Store;
    private Numbering _numbering = null!;

    public async ValueTask InitializeAsync() => _numbering = await database.NumberingAsync();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task A_clock_set_back_harms_nothing()
    {
        var (known, unknown) = (Given.NewStream(), Given.NewStream());
        var first = await _store.WrittenAsync(Given.East, Given.Write(known, 0, new NoteWritten("1")));
        await SettleAsync(first.RecordedAt);
        var settled = (await _store.LogStateAsync(Given.Cancel)).SettledAt!.Value;

        await SetClockAsync("clock_timestamp() - interval '10 years'");
        var later = await _store.WrittenAsync(Given.East, Given.Write(known, 1, new NoteReworded("2")));
        var elsewhere = await _store.WrittenAsync(Given.East, Given.Write(unknown, 0, new NoteWritten("1")), Given.Write(known, 2, new NoteReworded("3")));
        for (var i = 0; i < 4; i++)
            await _numbering.RunOnceAsync(Given.Cancel);

        later.RecordedAt.ShouldBeGreaterThan(first.RecordedAt);
        later.RecordedAt.ShouldBeGreaterThan(settled);
        elsewhere.RecordedAt.ShouldBeGreaterThan(later.RecordedAt);
        (await database.ListAsync<DateTime>($"select recorded_at from store.streams where stream in ('{known}', '{unknown}')"))
            .ShouldAllBe(at => at == elsewhere.RecordedAt.UtcDateTime);
        (await _store.LogStateAsync(Given.Cancel)).SettledAt!.Value.ShouldBeGreaterThanOrEqualTo(settled);
    }

    [Fact]
    public async Task What_is_decided_while_the_clock_is_behind_is_settled_before_it_has_caught_up()
    {
        await SetClockAsync("clock_timestamp() + interval '1 hour'");
        var ahead = await _store.WrittenAsync(Given.East, Given.Write(Given.NewStream(), 0, new NoteWritten("an hour ahead")));
        await SettleAsync(ahead.RecordedAt);
        await SetClockAsync("clock_timestamp()");

        var behind = await _store.WrittenAsync(Given.East, Given.Write(Given.NewStream(), 0, new NoteWritten("after")));

        behind.RecordedAt.ShouldBeGreaterThan(ahead.RecordedAt);
        await SettleAsync(behind.RecordedAt);
        (await _store.LogStateAsync(Given.Cancel)).SettledAt!.Value.ShouldBeLessThan(behind.RecordedAt.AddSeconds(1));
    }

    private Task SettleAsync(DateTimeOffset moment) => Until.HoldsAsync($"{moment:O} is settled", async () =>
    {
        await _numbering.RunOnceAsync(Given.Cancel);
        return (await _store.LogStateAsync(Given.Cancel)).SettledAt >= moment;
    });

    private Task SetClockAsync(string now) => database.ExecuteAsync($"create or replace function store.clock() returns timestamptz language sql volatile as $$ select {now} $$");
}
