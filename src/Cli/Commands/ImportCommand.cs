using System.CommandLine;
using HousingBank.Cli.Importing;
using HousingBank.Cli.Sources;
using HousingBank.Cli.Terminal;

namespace HousingBank.Cli.Commands;

/// <summary>import: reads files of a published source and carries out what they tell, as commands in the role import.</summary>
internal static class ImportCommand
{
    public static Command Build(DatabaseOption database)
    {
        var files = new Argument<FileInfo[]>("file")
        {
            Description = "A register of municipalities (.csv) or a programme (.json), in any order.",
            Arity = ArgumentArity.OneOrMore,
        };
        var tenant = new Option<string>("--tenant")
        {
            Description = "The regional office that the programme belongs to. The register of municipalities belongs to all.",
            DefaultValueFactory = _ => "region-ost",
        };
        var dryRun = new Option<bool>("--dry-run") { Description = "Read and check the files and list what would be done; write nothing." };

        var command = new Command("import", "Import a published source. What was imported before is left alone.") { files, tenant, dryRun };
        command.SetAction((line, interrupted) => RunAsync(
            line.GetRequiredValue(files), line.GetRequiredValue(tenant), line.GetValue(dryRun), () => database.Of(line), Progress.On(line), interrupted));
        return command;
    }

    private static async Task<int> RunAsync(
        FileInfo[] files, string tenant, bool dryRun, Func<string> database, Progress progress, CancellationToken interrupted)
    {
        var read = await SourceFiles.ReadAsync(files, interrupted);
        foreach (var left in read.Notes.LeftOut)
            progress.Say(left.ToString());
        if (read.Notes.Problems.Count > 0)
        {
            foreach (var problem in read.Notes.Problems)
                progress.Say(problem.ToString());
            progress.Say($"{Count(read.Notes.Problems.Count, "problem")}: nothing was imported.");
            return (int)ExitCode.BrokenSource;
        }

        var plan = ImportPlan.Of(read, tenant);
        if (dryRun)
        {
            foreach (var step in plan)
                progress.Say($"{step.At.File}:{step.At.Line}: {step.What}");
            progress.Say($"{Count(plan.Count, "command")} would be carried out. Nothing was written.");
            return (int)ExitCode.Done;
        }

        await using var desk = await Desk.OpenAsync(database(), interrupted);
        return (int)Tell(await new ImportRun(desk, progress).RunAsync(plan, interrupted), progress);
    }

    private static ExitCode Tell(ImportSummary summary, Progress progress)
    {
        foreach (var (step, reason) in summary.NotImported)
            progress.Say($"{step.At}: {step.What}: not imported: {reason}");
        progress.Say($"New: {summary.New}, already there: {summary.AlreadyThere}, not imported: {summary.NotImported.Count}.");
        if (summary.StoppedBefore is not { } next)
            return summary.NotImported.Count > 0 ? ExitCode.Refused : ExitCode.Done;

        progress.Say($"Interrupted before {next.At} ({next.What}). What was imported stands; run the same command again to go on.");
        return ExitCode.Interrupted;
    }

    private static string Count(int count, string what) => $"{count} {what}{(count == 1 ? "" : "s")}";
}
