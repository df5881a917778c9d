using HousingBank.Cli.Terminal;

namespace HousingBank.Cli.Tests;

/// <summary>How the program ended and what it said.</summary>
public sealed record CommandLineResult(ExitCode Code, string Output)
{
    public static async Task<CommandLineResult> OfAsync(IReadOnlyList<string> arguments, CancellationToken interrupted)
    {
        var output = new StringWriter();
        var code = await CommandLine.RunAsync([.. arguments], output, interrupted);
        return new((ExitCode)code, output.ToString());
    }
}
