using System.Security.Cryptography;
using System.Text;

namespace HousingBank.Store.Tests;

public sealed class ReceiptTests(StoreDatabase database) : IClassFixture<StoreDatabase>
{
    private readonly EventStore _store = database.Store;

    [Fact]
    public async Task A_command_leaves_its_answer_and_the_moment()
    {
        var (key, stream) = (Key("a body"), Given.NewStream());

        var written = (await WriteAsync(key, """{"version":1}""", Given.Write(stream, 0, new NoteWritten("1")))).ShouldBeOfType<WriteResult.Written>();
        var receipt = (await _store.LoadAsync(Given.East, [stream], key, Given.Cancel)).Receipt.ShouldNotBeNull();

        receipt.Answer.ShouldBe("""{"version": 1}""");
        receipt.RecordedAt.ShouldBe(written.RecordedAt);
        receipt.RequestHash.ShouldBe(key.RequestHash);
    }

    [Fact]
    public async Task The_same_id_with_another_body_is_seen_by_its_hash()
    {
        var first = Key("a body");
        var other = Key("another body", first.CommandId);
        await WriteAsync(first, "{}");

        (await _store.LoadAsync(Given.East, [], other, Given.Cancel)).Receipt.ShouldNotBeNull().RequestHash.ShouldNotBe(other.RequestHash);
        (await WriteAsync(other, "{}")).ShouldBeOfType<WriteResult.AlreadyDone>().Receipt.RequestHash.ShouldBe(first.RequestHash);
    }

    [Fact]
    public async Task The_same_command_again_writes_nothing_and_says_what_the_first_was_answered()
    {
        var (key, stream) = (Key("a body"), Given.NewStream());
        await WriteAsync(key, """{"first":true}""", Given.Write(stream, 0, new NoteWritten("1")));

        var stale = await WriteAsync(key, """{"first":false}""", Given.Write(stream, 0, new NoteWritten("1")));
        var fresh = await WriteAsync(key, """{"first":false}""", Given.Write(stream, 1, new NoteReworded("2")));

        stale.ShouldBeOfType<WriteResult.AlreadyDone>().Receipt.Answer.ShouldBe("""{"first": true}""");
        fresh.ShouldBeOfType<WriteResult.AlreadyDone>();
        (await _store.LoadAsync(Given.East, stream)).Count.ShouldBe(1);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Of_parallel_twins_one_writes_and_the_others_wait_for_its_answer(bool withNews)
    {
        for (var round = 0; round < 10; round++)
        {
            var (key, stream) = (Key("a body"), Given.NewStream());
            StreamWrite[] writes = withNews ? [Given.Write(stream, 0, new NoteWritten("1"))] : [];

            var results = await Task.WhenAll(Enumerable.Range(0, 6).Select(i => Task.Run(() => WriteAsync(key, $$"""{"twin":{{i}}}""", writes))));

            var written = results.OfType<WriteResult.Written>().ShouldHaveSingleItem();
            var others = results.OfType<WriteResult.AlreadyDone>().ToArray();
            others.Length.ShouldBe(5);
            others.ShouldAllBe(o => o.Receipt.RecordedAt == written.RecordedAt);
            others.Select(o => o.Receipt.Answer).Distinct().ShouldHaveSingleItem();
        }
    }

    [Fact]
    public async Task Another_actor_or_tenant_may_use_the_same_id()
    {
        var key = Key("a body");
        await WriteAsync(key, "{}");

        (await _store.LoadAsync(Given.East, [], key with { Actor = "somebody else" }, Given.Cancel)).Receipt.ShouldBeNull();
        (await _store.LoadAsync(Given.West, [], key, Given.Cancel)).Receipt.ShouldBeNull();
    }

    private static ReceiptKey Key(string body, Guid? command = null) =>
        new("tester", command ?? Guid.CreateVersion7(), SHA256.HashData(Encoding.UTF8.GetBytes(body)));

    private Task<WriteResult> WriteAsync(ReceiptKey key, string answer, params StreamWrite[] writes) =>
        _store.WriteAsync(Given.East, Given.Nothing, writes, Given.Circumstances(key.CommandId, key.Actor), key, answer, Given.Cancel);
}
