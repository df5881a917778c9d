using HousingBank.Cli.Sources;

namespace HousingBank.Cli.Importing;

/// <summary>The commands that the files of one import ask for, in the order they can be decided: the register first.</summary>
public static class ImportPlan
{
    /// <param name="files">Read without problems.</param>
    /// <param name="tenant">The regional office the programmes belong to; the register belongs to all.</param>
    public static IReadOnlyList<ImportStep> Of(SourceFiles files, string tenant) =>
        [.. files.Registers.SelectMany(RegisterPlan.Of), .. files.Programmes.SelectMany(p => ProgrammePlan.Of(p, tenant))];
}
