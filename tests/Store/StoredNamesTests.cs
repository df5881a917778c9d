namespace HousingBank.Store.Tests;

/// <summary>What was ever stored can be read, in today's shape.</summary>
public sealed class StoredNamesTests(StoreDatabase database) : IClassFixture<StoreDatabase>
{
    [Fact]
    public async Task A_fact_of_an_earlier_shape_is_read_in_todays()
    {
        var stream = Given.NewStream();
        await database.Store.WrittenAsync(Given.East, Given.Write(stream, 0, new NoteWritten("replaced below", "nn")));
        await database.ExecuteAsync($$"""update store.events set type_version = 1, body = '{"Note": "Fra før"}' where stream = '{{stream}}'""");

        (await database.Store.LoadAsync(Given.East, stream)).ShouldHaveSingleItem().Fact.ShouldBe(new NoteWritten("Fra før", "nb"));
    }

    [Fact]
    public async Task A_name_nobody_knows_is_an_error_that_names_it()
    {
        var stream = Given.NewStream();
        await database.Store.WrittenAsync(Given.East, Given.Write(stream, 0, new NoteWritten("1")));
        await database.ExecuteAsync($"update store.events set type = 'note-eaten' where stream = '{stream}'");

        (await Should.ThrowAsync<InvalidDataException>(() => database.Store.LoadAsync(Given.East, stream))).Message.ShouldContain("note-eaten");
    }
}
