using HousingBank.Domain.IntakeRounds;
using HousingBank.Store;
using HousingBank.Support;
using Npgsql;

namespace HousingBank.Processes.Tests;

/// <summary>The hand-over script of docs/how-to/move-to-marten.md, run on a real history.</summary>
public sealed class MoveToMartenTests(Desk desk) : IClassFixture<Desk>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_history_stands_in_the_shape_of_Martens_tables_in_the_order_of_the_log()
    {
        var round = await desk.RoundAsync(capacity: 4, await desk.MunicipalityAsync());
        await desk.DoneAsync(Desk.Secretariat, new RaiseCapacity(round, 5, "Flere søkere.") { On = Desk.October });
        await NumberAllAsync();

        await ExecuteAsync(Checkout.Read("ops/marten/move-to-marten.sql"));

        (await RowsAsync("select table_name || '.' || column_name || ' ' || udt_name || ' ' || is_nullable from information_schema.columns where table_schema = 'marten' order by table_name, ordinal_position"))
            .ShouldBe(
            [
                "mt_events.seq_id int8 NO", "mt_events.id uuid NO", "mt_events.stream_id varchar YES", "mt_events.version int8 NO", "mt_events.data jsonb NO",
                "mt_events.bdata bytea YES", "mt_events.type varchar NO", "mt_events.timestamp timestamptz NO", "mt_events.tenant_id varchar YES",
                "mt_events.mt_dotnet_type varchar YES", "mt_events.correlation_id varchar YES", "mt_events.causation_id varchar YES", "mt_events.headers jsonb YES",
                "mt_events.user_name varchar YES", "mt_events.is_archived bool YES",
                "mt_streams.id varchar NO", "mt_streams.type varchar YES", "mt_streams.version int8 YES", "mt_streams.timestamp timestamptz NO",
                "mt_streams.created timestamptz NO", "mt_streams.tenant_id varchar YES", "mt_streams.is_archived bool YES",
            ]);
        (await RowsAsync(
            """
            select conname || ' ' || pg_get_constraintdef(oid) from pg_constraint
             where connamespace = 'marten'::regnamespace and contype in ('p', 'f')
             order by conname
            """)).ShouldBe(
            [
                "fkey_mt_events_stream_id FOREIGN KEY (stream_id) REFERENCES marten.mt_streams(id) ON DELETE CASCADE",
                "pkey_mt_events_seq_id PRIMARY KEY (seq_id)",
                "pkey_mt_streams_id PRIMARY KEY (id)",
            ]);
        (await RowsAsync("select indexdef from pg_indexes where schemaname = 'marten' and indexname = 'pk_mt_events_stream_and_version'"))
            .ShouldBe(["CREATE UNIQUE INDEX pk_mt_events_stream_and_version ON marten.mt_events USING btree (stream_id, version)"]);

        // Every event once, numbered as the log is, with what Marten always writes.
        (await RowsAsync(
            """
            select count(*)::text
              from store.ordinals o
              join store.events e using (transaction, position)
              join marten.mt_events m on m.seq_id = o.ordinal
             where m.stream_id = e.tenant || '/' || e.stream and m.version = e.version and m.data = e.body and m.timestamp = e.recorded_at
               and m.type = replace(e.type, '-', '_') and m.tenant_id = '*DEFAULT*' and not m.is_archived and m.bdata is null
               and m.headers ->> 'effectiveOn' = e.effective_on::text and m.user_name = e.actor
            """)).ShouldBe(await RowsAsync("select count(*)::text from store.events"));
        (await RowsAsync("select version::text from marten.mt_streams where id = 'region-ost/" + round.Stream + "'")).ShouldBe(["3"]);
        (await RowsAsync("select (nextval('marten.mt_events_sequence') - max(seq_id))::text from marten.mt_events")).ShouldBe(["1"]);
    }

    /// <summary>A transaction of another test in the same cluster can hold the numbering back for moments.</summary>
    private async Task NumberAllAsync()
    {
        var numbering = new Numbering(desk.As(StoreRole.Numbering));
        await Until.HoldsAsync("every event has its ordinal", async () =>
        {
            await numbering.RunOnceAsync(Cancel);
            return (await RowsAsync("select ((select count(*) from store.events) - (select count(*) from store.ordinals))::text")).Single() == "0";
        });
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(desk.ConnectionString);
        await connection.OpenAsync(Cancel);
        await using var transaction = await connection.BeginTransactionAsync(Cancel);
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(Cancel);
        await transaction.CommitAsync(Cancel);
    }

    private async Task<IReadOnlyList<string>> RowsAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(desk.ConnectionString);
        await connection.OpenAsync(Cancel);
        await using var command = new NpgsqlCommand(sql, connection);
        await using var row = await command.ExecuteReaderAsync(Cancel);
        var rows = new List<string>();
        while (await row.ReadAsync(Cancel))
            rows.Add(row.GetString(0));
        return rows;
    }
}
