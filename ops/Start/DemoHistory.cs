using System.Security.Cryptography;
using System.Text;
using Npgsql;

namespace HousingBank.Start;

/// <summary>Loads what there is to see: the real programme from its sources, and a simulated one. The database remembers what it has got.</summary>
internal sealed class DemoHistory(string connectionString, Programs programs, Report report)
{
    private static readonly Part[] Parts =
    [
        new("Loading the real programme, as its sources tell it",
            ["import", "ops/demo/boso-ost-2009-2010.json", "ops/demo/municipalities.csv", "--tenant", "region-ost"]),
        new("Simulating a programme of 24 municipalities over eight years",
            ["simulate", "--tenant", "simulert", "--municipalities", "24", "--seed", "1"]),
    ];

    public async Task LoadAsync(CancellationToken cancel)
    {
        await using var source = NpgsqlDataSource.Create(connectionString + ";Pooling=false");
        await ExecuteAsync(source, "create schema if not exists demo", cancel);
        await ExecuteAsync(source, "create table if not exists demo.loaded (part text primary key, loaded_at timestamptz not null default now())", cancel);
        foreach (var part in Parts)
        {
            if (await IsLoadedAsync(source, part, cancel))
                continue;
            report.Say(part.What);
            await programs.RunCliAsync(part.Command, cancel);
            await RememberAsync(source, part, cancel);
        }
    }

    private static async Task<bool> IsLoadedAsync(NpgsqlDataSource source, Part part, CancellationToken cancel)
    {
        await using var find = source.CreateCommand("select 1 from demo.loaded where part = $1");
        find.Parameters.AddWithValue(part.Key());
        return await find.ExecuteScalarAsync(cancel) is not null;
    }

    private static async Task RememberAsync(NpgsqlDataSource source, Part part, CancellationToken cancel)
    {
        await using var add = source.CreateCommand("insert into demo.loaded (part) values ($1) on conflict do nothing");
        add.Parameters.AddWithValue(part.Key());
        await add.ExecuteNonQueryAsync(cancel);
    }

    private static async Task ExecuteAsync(NpgsqlDataSource source, string sql, CancellationToken cancel)
    {
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(cancel);
    }

    private sealed record Part(string What, string[] Command)
    {
        /// <summary>Another once the command or a file it reads is another: it is then loaded again, and skips what is there.</summary>
        public string Key()
        {
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            foreach (var argument in Command)
            {
                hash.AppendData(Encoding.UTF8.GetBytes(argument + "\n"));
                var file = Path.Combine(Checkout.Root, argument);
                if (File.Exists(file))
                    hash.AppendData(File.ReadAllBytes(file));
            }

            return $"{Command[0]} {Convert.ToHexStringLower(hash.GetHashAndReset())}";
        }
    }
}
