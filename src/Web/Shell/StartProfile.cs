using System.Runtime;

namespace HousingBank.Web.Shell;

/// <summary>What was compiled in one start is compiled in the next on a core that would be idle: the runtime notes it in a file when the process ends, or after some seconds.</summary>
internal static class StartProfile
{
    private const string Own = "housing-bank-programme";

    /// <remarks>Only what is deployed: whoever develops starts another program each time.</remarks>
    public static void BeginStartProfile(this WebApplicationBuilder builder)
    {
        if (!builder.Environment.IsProduction() || Folder(builder.Configuration["Start:ProfileFolder"]) is not { } folder)
            return;
        try
        {
            ProfileOptimization.SetProfileRoot(Directory.CreateDirectory(folder).FullName);
            ProfileOptimization.StartProfile("web");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Where nothing can be written each start is as the first.
        }
    }

    private static string? Folder(string? configured) => configured is not null
        ? configured.Length > 0 ? configured : null
        : Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData) is { Length: > 0 } own ? Path.Combine(own, Own) : null;
}
