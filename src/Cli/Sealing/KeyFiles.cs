using System.CommandLine;
using HousingBank.Cli.Terminal;
using HousingBank.Store.Seals;

namespace HousingBank.Cli.Sealing;

/// <summary>The keys that heads must be signed with.</summary>
internal static class KeyFiles
{
    // The web process reads the same as Seals:SigningKey.
    private const string Variable = "Seals__SigningKey";

    public static Option<string[]> Option() => new("--key")
    {
        Description = $"File with the public key, in PEM, that heads must be signed with; otherwise that of the signing key in the environment variable {Variable}. Can be given several times.",
        AllowMultipleArgumentsPerToken = true,
    };

    /// <exception cref="UserException">A file holds no key.</exception>
    public static IReadOnlyList<PublicKey> Of(ParseResult line, Option<string[]> option)
    {
        try
        {
            if (line.GetValue(option) is { Length: > 0 } files)
                return [.. files.Select(f => PublicKey.FromPem(File.ReadAllText(f)))];
            using var signing = SigningKey.From(Environment.GetEnvironmentVariable(Variable));
            return signing is null ? [] : [signing.Public];
        }
        catch (InvalidDataException e)
        {
            throw new UserException(e.Message);
        }
    }
}
