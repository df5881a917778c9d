using System.Text;
using HousingBank.Store.Seals;
using HousingBank.Support;

namespace HousingBank.Store.Tests.Seals;

/// <summary>The form that is hashed is a contract: the example in docs/reference/seals.md has the line and the leaf that the program gives.</summary>
public sealed class CanonicalFormTests(TestServer server)
{
    private const string Example = """
        insert into store.events (position, transaction, tenant, stream, version, type, type_version, body, effective_on, effective_first, effective_last, precision,
          assumed_because, recorded_at, actor, role, decided_by, basis_kind, basis, entry_reason, not_documented, looked_at, replaces, command_id, correlation, salt)
        overriding system value
        values (41, '812', 'region-ost', 'round/0199c8f0-0000-7000-8000-000000000001', 3, 'capacity-raised', 1,
          '{"reason": "Two more applied: \"Ås\" and \\ \t Vågå\u0001", "newCapacity": 12.50, "a": [1e3, null, true]}', '2009-06-01', '2009-06-01', '2009-06-30', 'month',
          null, '2026-11-20 15:05:09.12+01', 'person:7', 'leadership', null, 'decision', 'Case 2009/41', null, '{}', '{"programme/1": 4}', null,
          '0199c8f0-0000-7000-8000-000000000002', '0199c8f0-0000-7000-8000-000000000003', decode('000102030405060708090a0b0c0d0e0f', 'hex'))
        """;

    [Fact]
    public async Task The_worked_example_of_the_reference_is_what_the_program_gives()
    {
        await using var database = await SealedDatabase.CreateAsync(server);
        await database.Database.ExecuteAsync(Example);
        await using var command = database.Database.As(StoreRole.Sealer).CreateCommand($"select e.salt, {CanonicalEvent.Line} from store.events e where e.position = 41 and e.version = 3");
        await using var reader = await command.ExecuteReaderAsync(Given.Cancel);
        await reader.ReadAsync(Given.Cancel);
        var line = reader.GetFieldValue<byte[]>(1);
        var leaf = Convert.ToHexStringLower(CanonicalEvent.Hash(reader.GetFieldValue<byte[]>(0), line));

        var reference = Checkout.Read("docs/reference/seals.md");
        reference.ShouldContain(Encoding.UTF8.GetString(line), Case.Sensitive);
        reference.ShouldContain(leaf);
        reference.ShouldContain(Convert.ToHexStringLower(Merkle.Node(Convert.FromHexString(leaf), Convert.FromHexString(leaf))));
        var header = Seal.HeaderOf(1, 1, 41, 42, Merkle.Node(Convert.FromHexString(leaf), Convert.FromHexString(leaf)), Seal.NoneBefore, "2026-11-20T14:05:10.5+00:00");
        reference.ShouldContain(header);
        reference.ShouldContain(Convert.ToHexStringLower(Seal.HashOf(header)));
    }
}
