using System.CommandLine;
using System.Globalization;
using HousingBank.Cli.Simulating;
using HousingBank.Cli.Terminal;
using HousingBank.Store;

namespace HousingBank.Cli.Commands;

/// <summary>simulate: makes a plausible history of imagined municipalities, for demos and benchmarks.</summary>
internal static class SimulateCommand
{
    public static Command Build(DatabaseOption database)
    {
        var tenant = new Option<string>("--tenant")
        {
            Description = "The office that gets the history; it must hold nothing else.",
            DefaultValueFactory = _ => "simulert",
        };
        var municipalities = Number("--municipalities", "How many municipalities.", 24, 1, 100_000);
        var seed = Number("--seed", "The same seed gives the same history, ids included.", 1, 0, int.MaxValue);
        var years = Number("--years", "How many years.", 8, 1, 20);
        var usually = new DateOnly(2018, 1, 1);
        // Told here: the help would show a default as no day is written.
        var from = new Option<DateOnly?>("--from")
        {
            Description = $"The first day, from 1990 on. [default: {usually:yyyy-MM-dd}]",
            CustomParser = result =>
            {
                if (DateOnly.TryParseExact(result.Tokens[0].Value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day.Year >= 1990)
                    return day;
                result.AddError($"\"{result.Tokens[0].Value}\" is no day to begin with; 2018-01-01 is how one is written, from 1990 on.");
                return default;
            },
        };
        tenant.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string>() == Scope.National)
                result.AddError("The national register is not simulated: say another --tenant.");
        });

        var command = new Command("simulate", "Make a plausible history of imagined municipalities, marked as simulated throughout.") { tenant, municipalities, seed, years, from };
        command.SetAction(async (line, interrupted) =>
        {
            var simulation = new Simulation(
                line.GetRequiredValue(tenant), line.GetRequiredValue(municipalities), line.GetRequiredValue(seed), line.GetRequiredValue(years), line.GetValue(from) ?? usually);
            return (int)await new SimulationRun(database.Of(line), simulation, Progress.On(line), TimeProvider.System).RunAsync(interrupted);
        });
        return command;
    }

    private static Option<int> Number(string name, string description, int usually, int least, int most)
    {
        var option = new Option<int>(name) { Description = description, DefaultValueFactory = _ => usually };
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is var value && (value < least || value > most))
                result.AddError($"{name} is a number from {least} to {most}.");
        });
        return option;
    }
}
