using HousingBank.EmbeddedPostgres;
using HousingBank.Store;
using Npgsql;

namespace HousingBank.Rehearse;

/// <summary>
/// Starts the web process that was published once, in production on a database that goes again, and asks what a first visitor asks. What that compiled is noted
/// beside the program, and every start of it is then ready sooner (src/Web/Shell/StartProfile.cs).
/// </summary>
public static class Rehearsal
{
    private const string Token = "hb_rehearsal";

    // Not more: the runtime notes 16,384 steps at most, which these nearly are.
    private static readonly string[] s_asked = ["/health/ready", "/tavle", "/"];
    private static readonly Dictionary<string, string> s_noting = new()
    {
        // Noted when it stops, not after twelve seconds that may be too few here; on one core too, where nobody would go by it. Hexadecimal.
        ["DOTNET_MultiCoreJitProfileWriteDelay"] = "FFFF",
        ["DOTNET_MultiCoreJitMinNumCpus"] = "1",
    };

    private static readonly TimeSpan s_longest = TimeSpan.FromMinutes(3);

    /// <param name="folder">Where src/Web was published; notes of an earlier rehearsal there are replaced.</param>
    /// <returns>The notes.</returns>
    /// <exception cref="RehearsalFailedException">It was not published, or did not start, answer or note anything.</exception>
    /// <exception cref="PostgresUnavailableException">There is no database to rehearse on.</exception>
    public static async Task<FileInfo> RunAsync(string folder, CancellationToken cancel)
    {
        var program = Path.Combine(Path.GetFullPath(folder), "HousingBank.Web.dll");
        if (!File.Exists(program))
            throw new RehearsalFailedException($"{folder} holds no HousingBank.Web.dll: publish src/Web into it first.");
        var notes = new FileInfo(Path.Combine(Path.GetDirectoryName(program)!, "start", "web"));
        if (notes.Directory!.Exists)
            notes.Directory.Delete(recursive: true);

        await using var server = await PostgresServer.StartAsync(PostgresServerOptions.ForTests, cancel);
        var login = new NpgsqlConnectionStringBuilder(server.ConnectionString) { Username = "programme_web" }.ConnectionString;
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        patience.CancelAfter(s_longest);
        try
        {
            await FillAsync(server.ConnectionString, patience.Token);
            await using (var web = Served.StartWeb(program, login))
                await SettleAsync(web, server.ConnectionString, patience.Token);
            await using (var web = Served.StartWeb(program, login, notes.DirectoryName!, s_noting))
                await AskAsync(web, patience.Token);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            throw new RehearsalFailedException($"{program} has not started and answered within {s_longest.TotalMinutes:0} minutes.");
        }
        catch (InvalidOperationException e)
        {
            throw new RehearsalFailedException(e.Message);
        }

        notes.Refresh();
        return notes is { Exists: true, Length: > 0 } ? notes : throw new RehearsalFailedException($"{program} started and answered, but noted nothing in {notes.DirectoryName}.");
    }

    /// <summary>The schema, something to see, and who may see it: a login as in production, a token of the secretariat.</summary>
    private static async Task FillAsync(string connectionString, CancellationToken cancel)
    {
        await RunCliAsync(connectionString, ["migrate"], cancel);
        await RunCliAsync(connectionString, ["simulate", "--tenant", "simulert", "--municipalities", "6"], cancel);
        await using var source = NpgsqlDataSource.Create(connectionString + ";Pooling=false");
        await using var command = source.CreateCommand(
            $"""
            create role programme_web login;
            grant programme_app, programme_numbering, programme_subscriber, programme_sealer to programme_web;
            insert into access.service_tokens (id, secret_hash, owner, role, tenant, name, scopes, expires_at)
            values (gen_random_uuid(), sha256(convert_to('{Token}', 'UTF8')), 'rehearsal', 'secretariat', 'simulert', 'rehearsal', '{"{read}"}', now() + interval '1 day')
            """);
        await command.ExecuteNonQueryAsync(cancel);
    }

    private static async Task RunCliAsync(string connectionString, string[] arguments, CancellationToken cancel)
    {
        var cli = BoundProcess.Describe(["dotnet", Path.Combine(AppContext.BaseDirectory, "HousingBank.Cli.dll"), .. arguments], stopSignal: "TERM");
        cli.Environment["ConnectionStrings__Programme"] = connectionString;
        await BoundProcess.RunToEndAsync(cli, cancel);
    }

    /// <summary>Until it has numbered, sealed and followed what there is: reading all kinds of facts would be most of what is noted, and a start has none to follow.</summary>
    private static async Task SettleAsync(Served web, string connectionString, CancellationToken cancel)
    {
        using var client = Served.Client(Token);
        await web.WaitForAsync(client, "/health/ready", cancel);
        await using var subscriber = StoreDataSource.Create(connectionString, StoreRole.Subscriber);
        await using var app = StoreDataSource.Create(connectionString, StoreRole.App);
        while (!IsSettled(await LogFigures.ReadAsync(subscriber, app, cancel)))
            await Task.Delay(TimeSpan.FromMilliseconds(50), cancel);
    }

    private static bool IsSettled(LogFigures log) =>
        log is { NotNumbered: 0, NotSealed: 0, Subscriptions.Count: > 0 } && log.Subscriptions.All(s => s.Checkpoint == log.LastOrdinal);

    private static async Task AskAsync(Served web, CancellationToken cancel)
    {
        using var client = Served.Client(Token);
        foreach (var path in s_asked)
            await web.WaitForAsync(client, path, cancel);
    }
}
