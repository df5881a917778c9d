using HousingBank.Support;

namespace HousingBank.Faults.Tests;

/// <summary>What follows from one event cannot be carried out.</summary>
public sealed class ParkedTests
{
    [Fact]
    public async Task It_is_parked_and_seen_and_retried_and_nothing_else_stops()
    {
        await using var installation = await Installation.StartAsync();
        var web = await installation.StartWebAsync();
        await using var load = await Load.StartAsync(web.Port, writers: 2);
        await load.GoOnForAsync(10);

        // The database refuses one candidacy, both at once and when the subscription asks again.
        await installation.AskAsync("""
            create function store.refuse_one() returns trigger language plpgsql as $$ begin raise exception 'not this one' using errcode = 'check_violation'; end $$;
            create trigger refuse_one before insert on store.events for each row
              when (new.type = 'candidacy-opened' and new.body::text like '%kommune-uheldig%') execute function store.refuse_one()
            """);
        await load.DecideAsync("/api/v1/municipalities", new { key = "kommune-uheldig", name = "En kommune", kind = "municipality", county = "Et fylke", effectiveOn = "2009-01-01" }, null);
        while (await load.DecideAsync(
            $"/api/v1/rounds/{load.Round}/invite", new { municipality = "kommune-uheldig", effectiveOn = "2009-04-01" }, await load.VersionAsync($"round/{load.Round}")) is null)
        {
            // Another raised the capacity meanwhile.
        }

        await Until.HoldsAsync("the invitation is parked", async () => (bool)(await installation.AskAsync("select exists (select from store.parked where reason is not null)"))!);
        (await DemoHistory.RunCliAsync(installation.Operator, "parked")).ShouldContain($"round/{load.Round}");
        // Everybody else's invitations are followed by candidacies all the while.
        var others = load.Invited.Count;
        await Until.HoldsAsync("more are invited", () => Task.FromResult(load.Invited.Count > others + 1));
        await load.StopAsync();
        await Until.HoldsAsync("the others are candidates", async () => (long)(await installation.AskAsync("select count(*) from store.events where type = 'candidacy-opened'"))! == load.Invited.Count);

        await installation.AskAsync("drop trigger refuse_one on store.events; drop function store.refuse_one()");
        await DemoHistory.RunCliAsync(installation.Operator, "parked", "--retry", $"round/{load.Round}");
        load.Invited.Enqueue("kommune-uheldig");
        await installation.ShouldBeInOrderAsync(load);
        (await DemoHistory.RunCliAsync(installation.Operator, "parked")).ShouldContain("Nothing is parked.");
    }
}
