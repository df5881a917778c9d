using System.Diagnostics;
using HousingBank.Cli.Terminal;
using HousingBank.Domain.Vocabulary;
using HousingBank.Processes;

namespace HousingBank.Cli.Importing;

/// <summary>A step that was not carried out, and why.</summary>
public sealed record NotImported(ImportStep Step, string Reason);

/// <summary>What an import did.</summary>
/// <param name="New">Steps that recorded something.</param>
/// <param name="AlreadyThere">Steps that had been carried out before, or found everything so already.</param>
/// <param name="StoppedBefore">The first step that was not tried, when the import was interrupted.</param>
public sealed record ImportSummary(int New, int AlreadyThere, IReadOnlyList<NotImported> NotImported, ImportStep? StoppedBefore);

/// <summary>Carries out a plan at the desk where everybody's commands are carried out, in the role import.</summary>
internal sealed class ImportRun(Desk desk, Progress progress)
{
    public const string Actor = "program:import";

    /// <param name="interrupted">Heeded between two steps: the one under way is finished.</param>
    public async Task<ImportSummary> RunAsync(IReadOnlyList<ImportStep> steps, CancellationToken interrupted)
    {
        var (added, there) = (0, 0);
        var notImported = new List<NotImported>();
        for (var i = 0; i < steps.Count; i++)
        {
            var step = steps[i];
            progress.Report("Importing", i, steps.Count, step.What);
            if (interrupted.IsCancellationRequested)
                return new(added, there, notImported, step);

            var caller = new Caller(Actor, Role.Import, step.Tenant);
            switch (await desk.Commands.RunAsync(caller, step.Command, step.CommandId, null, CancellationToken.None))
            {
                case Outcome.Done { Facts.Count: > 0 }:
                    added++;
                    break;
                case Outcome.Done done:
                    await desk.FollowUpAgainAsync(step.Tenant, done.Stream, step.CommandId, CancellationToken.None);
                    there++;
                    break;
                case var other:
                    notImported.Add(new(step, Reason(other)));
                    break;
            }
        }

        progress.Report("Importing", steps.Count, steps.Count);
        progress.EndLine();
        return new(added, there, notImported, null);
    }

    private static string Reason(Outcome outcome) => outcome switch
    {
        Outcome.IdUsedForAnother => "the source said something else here when it was imported before; what was recorded stands. Record the change as a correction",
        Outcome.Refused refused => $"a rule stands in the way: {refused.Reason.Code}{Field(refused.Reason)}{Values(refused.Reason)}",
        Outcome.Contradicts contradicts => "it contradicts what is recorded: "
            + string.Join("; ", contradicts.Contradictions.Select(c => $"{c.Code} on {c.On:yyyy-MM-dd}")),
        Outcome.Stale stale => $"{stale.Stream} was changed by others all the while: run the import again",
        Outcome.TablesMoved moved => $"the table {moved.Table} is being rebuilt by another version of the program: run the import again with that version",
        _ => throw new UnreachableException(outcome.GetType().Name),
    };

    private static string Field(Refusal refusal) => refusal.Field is { } field ? $", in {field}" : "";

    private static string Values(Refusal refusal) => refusal.Values.Values.Count == 0
        ? ""
        : $" ({string.Join(", ", refusal.Values.Values.Select(v => $"{v.Key}: {v.Value}"))})";
}
