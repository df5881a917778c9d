using System.Globalization;
using HousingBank.Store.Seals;

namespace HousingBank.Cli.Sealing;

/// <summary>What a verification found, in sentences.</summary>
internal static class Report
{
    public static IEnumerable<string> Of(VerificationResult result)
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
        yield return result.HeadsCompared > 0
            ? $"Published heads compared: {N(result.HeadsCompared)}."
            : "No published head was compared (--head): an end of the log that was cut off together with its seals would not be noticed.";
        if (result.Newest is { } head)
            yield return $"Newest head: {head.Statement}";
        yield return "Not covered by seals: receipts, the tables made from the log, and who may come in.";
    }

    private static string Signatures(VerificationResult result) => result switch
    {
        { SignaturesVerified: > 0 } => $"Signatures that hold: {N(result.SignaturesVerified)} of {N(result.Seals)} heads.",
        { SignaturesUnchecked: > 0 } => "Signatures were not checked: no key was given (--key). Whoever can write to the database could have made all seals anew.",
        _ => "No head is signed: whoever can write to the database could have made all seals anew.",
    };

    private static string N(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
