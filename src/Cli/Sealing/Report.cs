using System.Globalization;
using HousingBank.Store;
using HousingBank.Store.Seals;

namespace HousingBank.Cli.Sealing;

/// <summary>What a verification found, in sentences.</summary>
internal static class Report
{
    /// <param name="withoutHeads">Where heads to compare with were looked for in vain.</param>
    public static IEnumerable<string> Of(VerificationResult result, IReadOnlyList<string> withoutHeads)
    {
        if (result.IsWhole)
            yield return $"Whole: {N(result.Sealed)} events under {N(result.Seals)} seals are as they were sealed.";
        else
            yield return $"NOT WHOLE. First: {result.Wrong[0]}.";
        foreach (var finding in result.Wrong.Skip(1))
            yield return $"  Then: {finding}.";
        if (result.WrongInAll > result.Wrong.Count)
            yield return $"  And {N(result.WrongInAll - result.Wrong.Count)} more.";

        if (result.NotSealed + result.NotNumbered > 0)
            yield return $"Not sealed yet, and so not proven: {N(result.NotSealed)} events from number {N(result.Sealed + 1)} on, and {N(result.NotNumbered)} without a number.";
        if (result.Attachments > 0)
            yield return $"Attachments hashed again: {N(result.Attachments)}.";
        yield return Signatures(result);
        foreach (var place in withoutHeads)
            yield return $"NOT COMPARED with {place}: it holds no published head.";
        yield return result.HeadsCompared > 0
            ? $"Published heads compared: {N(result.HeadsCompared)}."
            : "No published head was compared (--head): an end of the log that was cut off together with its seals would not be noticed.";
        if (result.Newest is { } head)
            yield return $"Newest head: {head.Statement}";
        yield return "Not covered by seals: receipts, the tables made from the log (--tables), and who may come in.";
    }

    public static IEnumerable<string> Of(ComparedTables compared)
    {
        foreach (var otherwise in compared.Otherwise)
            yield return $"TABLES WERE NOT COMPARED: {otherwise}.";
        foreach (var table in compared.All)
        {
            foreach (var otherwise in table.Otherwise)
                yield return $"TABLE {table.Table} IS NOT AS THIS PROGRAM MAKES IT: {otherwise}.";
        }

        foreach (var table in compared.All.Where(t => t.DifferingInAll > 0))
        {
            yield return $"TABLE {table.Table} IS NOT WHAT THE LOG GIVES, in {N(table.DifferingInAll)} of {N(table.Rows)} rows: make it anew by rebuild {table.Table}.";
            foreach (var row in table.Differing)
                yield return $"  {row.Tenant}/{row.Stream}, {row.Key} from {row.ValidFrom}: {What(row)}.";
        }

        foreach (var table in compared.All.Where(t => t.NotCompared is not null))
            yield return $"TABLE {table.Table} WAS NOT COMPARED: {table.NotCompared}.";
        if (compared.All.Count(t => t.IsAsGiven) is > 0 and var alike)
            yield return $"Tables that are what the log gives: {N(alike)} of {N(compared.All.Count)}, {N(compared.All.Sum(t => t.Rows))} rows in all.";
    }

    private static string What(DifferingRow row) => row switch
    {
        { IsThere: true, IsGiven: true } => "says something else",
        { IsThere: true } => "is not given by the log",
        _ => "is missing",
    };

    private static string Signatures(VerificationResult result) => result switch
    {
        { SignaturesVerified: > 0 } => $"Signatures that hold: {N(result.SignaturesVerified)} of {N(result.Seals)} heads.",
        { SignaturesUnchecked: > 0 } => "Signatures were not checked: no key was given (--key). Whoever can write to the database could have made all seals anew.",
        _ => "No head is signed: whoever can write to the database could have made all seals anew.",
    };

    private static string N(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
