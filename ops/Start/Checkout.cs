namespace HousingBank.Start;

/// <summary>The folders of the working copy this program was built in.</summary>
internal static class Checkout
{
    public static string Root { get; } = FindRoot();

    public static string Data => Path.Combine(Root, ".data");

    /// <summary>The assembly of a project, built with the same configuration as this one.</summary>
    public static string AssemblyOf(string project)
    {
        var output = Path.GetRelativePath(Path.Combine(Root, "ops", "Start"), AppContext.BaseDirectory);
        return Path.Combine(Root, "src", project, output, $"HousingBank.{project}.dll");
    }

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Programme.sln")))
                return folder.FullName;
        }

        throw new CannotStartException("This program starts the system from its checkout: run it there with 'dotnet run --project ops/Start'.");
    }
}
