using System.Security.Cryptography;
using HousingBank.Store.Seals;
using HousingBank.Support;

namespace HousingBank.Store.Tests.Seals;

/// <summary>A log of two tenants under signed seals, and a superuser who can do anything to it but sign.</summary>
/// <remarks>
/// Seal 1: events 1 and 2 of <see cref="Stream"/>, 3 and 4 of another tenant. Seal 2: event 5, the stream's third. Seal 3: event 6 with an attachment,
/// 7 to 11 of the other tenant. Seal 4: event 12, the stream's fourth. Seal 5: event 13 of the other tenant.
/// </remarks>
public sealed class SealedDatabase : IAsyncDisposable
{
    public static readonly StreamKey Stream = Given.NewStream();
    public static readonly byte[] Attachment = "sealed in an envelope"u8.ToArray();

    private static readonly string s_pem = NewKey();
    private static string s_heads = "";

    private readonly TemporaryFolder _folder = new();

    private SealedDatabase(StoreDatabase database) => Database = database;

    public static PublicKey PublicKey { get; } = NewSigningKey().Public;

    public StoreDatabase Database { get; }

    public string HeadsFile => Path.Combine(_folder.Path, "heads", "heads.ndjson");

    public PublishedHeads Heads => new(HeadsFile);

    public static async Task<SealedDatabase> CreateAsync(TestServer server)
    {
        var made = new SealedDatabase(await StoreDatabase.CopyOfAsync(server, "sealed", FillAsync));
        Directory.CreateDirectory(Path.GetDirectoryName(made.HeadsFile)!);
        await File.WriteAllTextAsync(made.HeadsFile, s_heads, Given.Cancel);
        return made;
    }

    public static SigningKey NewSigningKey() => SigningKey.From(s_pem)!;

    public static string NewKey()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return key.ExportPkcs8PrivateKeyPem();
    }

    public Task<long?> SealAsync() => SealAsync(NewSigningKey());

    public Task<long?> SealAsync(SigningKey? key) => SealAsync(Database, key, Heads);

    public Task<VerificationResult> VerifyAsync() => VerifyAsync([PublicKey], null);

    public async Task<VerificationResult> VerifyAsync(IReadOnlyList<PublicKey> keys, IAsyncEnumerable<SignedHead>? heads)
    {
        await using var verification = new Verification(Database.ConnectionString, keys);
        return await verification.RunAsync(heads, _ => { }, Given.Cancel);
    }

    /// <summary>As superuser, who is bound by no privilege, policy or trigger; constraints are taken away.</summary>
    public Task TamperAsync(string sql) => Database.ExecuteAsync($"""
        set session_replication_role = replica;
        alter table store.events drop constraint events_pkey, drop constraint events_check, drop constraint events_version_check, drop constraint events_check1;
        drop index store.events_in_log_order;
        create index events_in_log_order on store.events (transaction, position);
        alter table store.ordinals drop constraint ordinals_pkey cascade, drop constraint ordinals_transaction_position_key;
        alter table store.events alter tenant drop not null, alter stream drop not null, alter version drop not null, alter body drop not null,
          alter recorded_at drop not null, alter transaction drop not null, alter salt drop not null;
        alter table store.ordinals alter ordinal drop not null;
        alter table store.attachments drop constraint attachments_check, drop constraint attachments_pkey, alter content drop not null;
        alter table store.seals drop constraint seals_check, drop constraint seals_check1, drop constraint seals_pkey, drop constraint seals_number_check,
          drop constraint seals_first_ordinal_key, alter number drop not null, alter sealed_at drop not null;
        {sql}
        """);

    /// <summary>As <see cref="TamperAsync"/> after the first time.</summary>
    public Task TamperAgainAsync(string sql) => Database.ExecuteAsync($"set session_replication_role = replica; {sql}");

    public async ValueTask DisposeAsync()
    {
        await Database.DisposeAsync();
        _folder.Dispose();
    }

    private static async Task FillAsync(StoreDatabase database)
    {
        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.Path, "heads", "heads.ndjson");
        Task Seal() => SealAsync(database, NewSigningKey(), new PublishedHeads(file));

        var hash = await new AttachmentStore(database.As(StoreRole.App)).AddAsync(Given.East, Attachment, Given.Cancel);
        await database.Store.WrittenAsync(Given.East, Given.Write(Stream, 0, new NoteWritten("1"), new NoteReworded("Blåbær \"2\" \u2028 \\ \t 😀")));
        await database.Store.WrittenAsync(Given.West, Given.Write(Given.NewStream(), 0, new NoteWritten("west 1"), new NoteReworded("west 2")));
        await Seal();
        await database.Store.WrittenAsync(Given.East, Given.Write(Stream, 2, new NoteReworded("3")));
        await Seal();
        await database.Store.WrittenAsync(Given.East, Given.Write(Given.NewStream(), 0, new NoteEnclosed(hash)));
        for (var i = 0; i < 5; i++)
            await database.Store.WrittenAsync(Given.West, Given.Write(Given.NewStream(), 0, new NoteWritten($"{i}")));
        await Seal();
        await database.Store.WrittenAsync(Given.East, Given.Write(Stream, 3, new NoteReworded("4")));
        await Seal();
        await database.Store.WrittenAsync(Given.West, Given.Write(Given.NewStream(), 0, new NoteWritten("last")));
        await Seal();
        s_heads = await File.ReadAllTextAsync(file, Given.Cancel);
    }

    private static async Task<long?> SealAsync(StoreDatabase database, SigningKey? key, PublishedHeads heads)
    {
        await database.NumberAllAsync();
        using var sealing = new Sealing(database.As(StoreRole.Sealer), key, heads);
        try
        {
            return await sealing.RunOnceAsync(Given.Cancel);
        }
        catch (LogChangedException)
        {
            // Said once.
            return await sealing.RunOnceAsync(Given.Cancel);
        }
    }
}
