using System.Security.Cryptography;
using System.Text;
using Npgsql;

namespace HousingBank.Store.Tests;

public sealed class AttachmentTests(StoreDatabase database) : IClassFixture<StoreDatabase>
{
    private readonly AttachmentStore _attachments = new(database.As(StoreRole.App));

    [Fact]
    public async Task Content_is_kept_under_its_hash_and_adding_it_again_changes_nothing()
    {
        var content = RandomNumberGenerator.GetBytes(100_000);

        var hash = await _attachments.AddAsync(Given.East, content, Given.Cancel);
        var again = await _attachments.AddAsync(Given.East, content, Given.Cancel);

        hash.ShouldBe(Convert.ToHexStringLower(SHA256.HashData(content)));
        again.ShouldBe(hash);
        (await _attachments.ReadAsync(Given.East, hash, Given.Cancel)).ShouldBe(content);
        (await database.AskAsync($"select count(*) from store.attachments where sha256 = '{hash}'")).ShouldBe(1L);
    }

    [Fact]
    public async Task Another_tenant_sees_nothing_of_it()
    {
        var hash = await _attachments.AddAsync(Given.East, "east"u8.ToArray(), Given.Cancel);

        (await _attachments.ReadAsync(Given.West, hash, Given.Cancel)).ShouldBeNull();
        (await _attachments.ReadAsync(new Scope("region-vest", ["region-ost"]), hash, Given.Cancel)).ShouldBe("east"u8.ToArray());
    }

    [Theory]
    [InlineData("update store.attachments set content = ''")]
    [InlineData("delete from store.attachments")]
    [InlineData("truncate store.attachments")]
    [InlineData("insert into store.attachments (tenant, sha256, content, stored_at) values ('region-ost', '', '', now())")]
    [InlineData("insert into store.attachments (tenant, sha256, content) values ('region-vest', encode(sha256(''), 'hex'), '')")]
    public async Task The_application_cannot_change_remove_or_forge_any(string attempt)
    {
        await _attachments.AddAsync(Given.East, "kept"u8.ToArray(), Given.Cancel);

        (await Should.ThrowAsync<PostgresException>(() => InEastAsync(attempt))).SqlState.ShouldBe(PostgresErrorCodes.InsufficientPrivilege);
    }

    [Fact]
    public async Task The_database_refuses_a_hash_that_is_not_the_contents() =>
        (await Should.ThrowAsync<PostgresException>(
            () => InEastAsync("insert into store.attachments (tenant, sha256, content) values ('region-ost', encode(sha256('a'), 'hex'), 'b')")))
        .SqlState.ShouldBe(PostgresErrorCodes.CheckViolation);

    [Fact]
    public async Task Content_that_was_swapped_is_not_given_out()
    {
        var hash = await _attachments.AddAsync(Given.East, Encoding.UTF8.GetBytes("the true one"), Given.Cancel);
        await database.ExecuteAsync($"""
            alter table store.attachments drop constraint attachments_check;
            update store.attachments set content = 'another' where sha256 = '{hash}';
            alter table store.attachments add constraint attachments_check check (sha256 = encode(sha256(content), 'hex')) not valid
            """);

        await Should.ThrowAsync<InvalidDataException>(() => _attachments.ReadAsync(Given.East, hash, Given.Cancel));
    }

    private async Task InEastAsync(string sql)
    {
        await using var connection = await database.As(StoreRole.App).OpenConnectionAsync(Given.Cancel);
        await using var transaction = await connection.BeginTransactionAsync(Given.Cancel);
        await connection.AskAsync("select set_config('store.tenant', 'region-ost', true), set_config('store.readable', '{region-ost,national}', true)");
        await connection.AskAsync(sql);
    }
}
