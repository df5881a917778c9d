using System.Globalization;
using CsvHelper;
using HousingBank.Cli.Terminal;
using HousingBank.Domain.Persons;
using HousingBank.Domain.Vocabulary;

namespace HousingBank.Cli.Persons;

/// <summary>An erasure as it is kept outside the database: whom by reference, when and why, and no name.</summary>
/// <param name="On">The day it took effect; null for today.</param>
internal sealed record Erasure(string Tenant, Guid Person, DateOnly? On, ErasureReason Reason, Basis Basis);

/// <summary>Erasures as CSV: tenant, person, day, reason, kind of basis, basis.</summary>
internal static class ErasureList
{
    private static readonly string[] s_headings = ["tenant", "person", "effectiveOn", "reason", "basisKind", "basis"];

    public static async Task WriteAsync(TextWriter output, IEnumerable<Erasure> erasures)
    {
        await using var csv = new CsvWriter(output, CultureInfo.InvariantCulture, leaveOpen: true);
        foreach (var heading in s_headings)
            csv.WriteField(heading);
        await csv.NextRecordAsync();
        foreach (var erasure in erasures)
        {
            csv.WriteField(erasure.Tenant);
            csv.WriteField(erasure.Person);
            csv.WriteField(erasure.On?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
            csv.WriteField(erasure.Reason);
            csv.WriteField(erasure.Basis.Kind);
            csv.WriteField(erasure.Basis.Reference);
            await csv.NextRecordAsync();
        }
    }

    /// <exception cref="UserException">A line cannot be read.</exception>
    public static IReadOnlyList<Erasure> Read(FileInfo file)
    {
        using var reader = new CsvReader(file.OpenText(), CultureInfo.InvariantCulture);
        var erasures = new List<Erasure>();
        if (!reader.Read() || !reader.ReadHeader() || !s_headings.All(h => reader.HeaderRecord!.Contains(h)))
            throw new UserException($"{file.Name} is no list of erasures: its first line should be {string.Join(',', s_headings)}.");
        while (reader.Read())
        {
            if (!Guid.TryParse(reader.GetField("person"), out var person)
                || !Enum.TryParse<ErasureReason>(reader.GetField("reason"), ignoreCase: true, out var reason)
                || !Enum.TryParse<BasisKind>(reader.GetField("basisKind"), ignoreCase: true, out var kind)
                || !DateOnly.TryParseExact(reader.GetField("effectiveOn"), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var on)
                || reader.GetField("tenant") is not { Length: > 0 } tenant)
                throw new UserException(string.Create(CultureInfo.InvariantCulture, $"{file.Name}, line {reader.Parser.Row}: this is no erasure. Nothing of the list was carried out."));
            erasures.Add(new(tenant, person, on, reason, new Basis(kind, reader.GetField("basis"))));
        }

        return erasures;
    }
}
