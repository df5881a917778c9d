using HousingBank.Cli.Terminal;

namespace HousingBank.Cli.Tests;

/// <summary>What the program says about itself.</summary>
public sealed class HelpTests
{
    [Fact]
    public async Task Every_command_is_told_on_a_line_that_can_be_read()
    {
        var help = await HelpAsync();

        help.ShouldContain("rebuild <table>");
        help.Split('\n').Max(line => line.TrimEnd().Length).ShouldBeLessThan(200);
    }

    [Fact]
    public async Task A_day_is_shown_as_it_is_written() => (await HelpAsync("simulate")).ShouldContain("[default: 2018-01-01]");

    private static async Task<string> HelpAsync(params string[] command)
    {
        var result = await CommandLineResult.OfAsync([.. command, "--help"], TestContext.Current.CancellationToken);
        result.Code.ShouldBe(ExitCode.Done, result.Output);
        return result.Output;
    }
}
