namespace HousingBank.Store.Tests;

/// <summary>A dump brought to another cluster, where transactions are counted anew.</summary>
public sealed class RestoredClusterTests(StoreDatabase database) : IClassFixture<StoreDatabase>
{
    private readonly EventStore _store = database.Store;

    [Fact]
    public async Task What_came_with_the_dump_is_numbered_in_its_old_order_before_anything_is_written()
    {
        var stream = Given.NewStream();
        await _store.WrittenAsync(Given.East, Given.Write(stream, 0, new NoteWritten("1"), new NoteReworded("2")));
        await database.NumberAllAsync();
        await _store.WrittenAsync(Given.East, Given.Write(stream, 2, new NoteReworded("3"), new NoteReworded("4")));
        await RestoreElsewhereAsync();

        await Should.ThrowAsync<StoreNotReadyException>(() => _store.WriteAsync(Given.East, Given.Write(stream, 4, new NoteReworded("5"))));
        await (await database.NumberingAsync()).RunOnceAsync(Given.Cancel);
        await _store.WrittenAsync(Given.East, Given.Write(stream, 4, new NoteReworded("5"), new NoteReworded("6")));
        await _store.WrittenAsync(Given.East, Given.Write(stream, 6, new NoteReworded("7")));
        await database.NumberAllAsync();

        (await database.ListAsync<int>("select e.version from store.events e join store.ordinals o using (transaction, position) order by o.ordinal"))
            .ShouldBe([1, 2, 3, 4, 5, 6, 7]);
        (await database.ListAsync<long>("select ordinal from store.ordinals order by ordinal")).ShouldBe([1, 2, 3, 4, 5, 6, 7]);
    }

    /// <summary>The rows as a dump leaves them: written by transactions of another cluster, which had counted farther.</summary>
    private Task RestoreElsewhereAsync() => database.ExecuteAsync("""
        update store.events set transaction = (transaction::text::bigint + 1000000000)::text::xid8;
        update store.ordinals set transaction = (transaction::text::bigint + 1000000000)::text::xid8;
        update store.numbering
           set last_transaction = (last_transaction::text::bigint + 1000000000)::text::xid8, system_identifier = 1, server_started_at = '-infinity'
        """);
}
