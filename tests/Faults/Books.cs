using HousingBank.Processes;
using HousingBank.Support;

namespace HousingBank.Faults.Tests;

/// <summary>What has to hold of a history, whatever happened to it.</summary>
internal static class Books
{
    /// <summary>Every acknowledged decision is there once, every refused one is not; streams and the log have no holes; what follows has followed; tables equal a fresh fold.</summary>
    /// <param name="load">Its writers have ended.</param>
    public static async Task ShouldBeInOrderAsync(this Installation installation, Load load)
    {
        await installation.SettledAsync();
        var recorded = await installation.RecordedAsync();
        recorded.ShouldHold([.. load.Acknowledged]);
        var refused = load.Refused.ToHashSet();
        recorded.ShouldNotContain(r => refused.Contains(r.Command), "a refused decision was recorded");
        recorded.Count(r => r.Type == "candidacy-opened").ShouldBe(recorded.Count(r => r.Type == "municipality-invited"));
        foreach (var invited in load.Invited)
            recorded.Where(r => r.Type == "candidacy-opened" && r.Body.Contains($"\"{invited}\"", StringComparison.Ordinal)).ShouldHaveSingleItem(invited);
        await installation.ShouldHoldTogetherAsync();
    }

    /// <summary>Each decision is there as it was answered, once in each stream that it wrote to, with its receipt.</summary>
    public static void ShouldHold(this IReadOnlyList<Recorded> recorded, IReadOnlyList<Acknowledged> acknowledged)
    {
        var byCommand = recorded.ToLookup(r => r.Command);
        foreach (var decision in acknowledged)
        {
            var facts = byCommand[decision.Key].ToList();
            facts.Select(r => r.Stream).ShouldBeUnique($"{decision}");
            var found = facts.Where(r => r.Stream == decision.Stream).ShouldHaveSingleItem($"{decision}");
            (found.Stream, found.Version, found.RecordedAt, found.Receipts).ShouldBe((decision.Stream, decision.Version, decision.RecordedAt, 1), $"{decision}");
        }
    }

    /// <summary>What needs no caller to be judged: streams, order, moments, seals, and the tables.</summary>
    public static async Task ShouldHoldTogetherAsync(this Installation installation)
    {
        (await installation.AskAsync("""
            select count(*)
              from store.streams s
              full join (select tenant, stream, count(*) as n, max(version) as last, max(recorded_at) as at from store.events group by tenant, stream) e using (tenant, stream)
             where s.version is distinct from e.last or e.n is distinct from e.last or s.recorded_at is distinct from e.at
            """)).ShouldBe(0L, "a stream has a hole, or another version or moment than its last event");
        (await installation.AskAsync("""
            select count(*)
              from (select e.recorded_at - lag(e.recorded_at) over (partition by tenant, stream order by version) as step from store.events e) s
             where step < interval '0'
            """)).ShouldBe(0L, "a stream's moments go back");
        (await installation.AskAsync("select count(*) from (select ordinal, row_number() over (order by ordinal) as expected from store.ordinals) n where ordinal <> expected")).ShouldBe(0L, "the ordinals have a hole");
        (await installation.AskAsync("""
            select (select count(*) from store.events) - (select count(*) from store.ordinals o join store.events e using (transaction, position))
            """)).ShouldBe(0L, "an event has no ordinal, or an ordinal no event");
        (await installation.AskAsync("select count(*) from store.events e, store.numbering n where e.recorded_at > clock_timestamp() + interval '1 minute'")).ShouldBe(0L, "an event is from the future");

        await DemoHistory.RunCliAsync(installation.Operator, "verify");
        var written = await installation.TablesAsync();
        await installation.TableBuilder().RebuildAsync([], _ => { }, CancellationToken.None);
        (await installation.TablesAsync()).ShouldBe(written, "the tables are not what a fresh fold gives");
    }

    /// <summary>Every event has its ordinal, and what follows from it has followed.</summary>
    public static Task SettledAsync(this Installation installation) => Until.HoldsAsync("the log is numbered and followed", async () => (bool)(await installation.AskAsync($"""
        select (select count(*) from store.events) = (select count(*) from store.ordinals)
           and coalesce((select checkpoint from store.subscriptions where name = '{ReactionHandler.Subscription}') = (select last_ordinal from store.numbering), false)
           and not exists (select from store.parked)
        """))!);

    public static Task<List<Recorded>> RecordedAsync(this Installation installation) => installation.ListAsync(
        """
        select e.command_id, e.stream, e.version, e.recorded_at, e.type, e.body::text,
               (select count(*) from store.receipts r where r.tenant = e.tenant and r.actor = e.actor and r.command_id = e.command_id)::int
          from store.events e
         order by e.transaction, e.position
        """,
        row => new Recorded(
            row.GetGuid(0), row.GetString(1), row.GetInt32(2), row.GetFieldValue<DateTimeOffset>(3), row.GetString(4), row.GetString(5), row.GetInt32(6)));

    /// <summary>The content of each two-clock table in use.</summary>
    private static async Task<Dictionary<string, string>> TablesAsync(this Installation installation)
    {
        var contents = new Dictionary<string, string>();
        foreach (var (name, physical) in await installation.ListAsync("select name, physical from tables.registry order by name", row => (row.GetString(0), row.GetString(1))))
        {
            contents[name] = (string)(await installation.AskAsync(
                $"select count(*) || ' rows, ' || coalesce(md5(string_agg(t::text, E'\\n' order by t::text collate \"C\")), '') from tables.\"{physical}\" t"))!;
        }

        return contents;
    }
}

/// <summary>An event as the database has it.</summary>
/// <param name="Receipts">How many its command has.</param>
internal sealed record Recorded(Guid Command, string Stream, int Version, DateTimeOffset RecordedAt, string Type, string Body, int Receipts);
