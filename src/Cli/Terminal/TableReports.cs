using HousingBank.Store;

namespace HousingBank.Cli.Terminal;

/// <summary>Says how the building of tables goes.</summary>
internal static class TableReports
{
    public static Action<TableProgress> On(Progress progress) => step =>
    {
        switch (step.Step)
        {
            case TableStep.Waiting:
                progress.Report("Another program builds tables of this database: waiting for it", 0, null);
                break;
            case TableStep.InUse:
                progress.Say($"Table {step.Table}: in use, made from {step.Facts} facts.");
                break;
            default:
                progress.Report($"Table {step.Table}: facts", step.Facts, null);
                break;
        }
    };
}
