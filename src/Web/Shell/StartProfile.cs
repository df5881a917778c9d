using System.Runtime;

namespace HousingBank.Web.Shell;

/// <summary>What was compiled in one start is compiled in the next on a core that would be idle: the runtime notes it in a file when the process ends, or after some seconds.</summary>
internal static class StartProfile
{
    private const string Own = "housing-bank-programme";
    private const string Notes = "web";

    // What ops/Rehearse leaves beside the program.
    private static readonly string s_rehearsed = Path.Combine(AppContext.BaseDirectory, "start");

    /// <remarks>Only what is deployed: whoever develops starts another program each time.</remarks>
    public static void BeginStartProfile(this WebApplicationBuilder builder)
    {
        if (!builder.Environment.IsProduction() || Folder(builder.Configuration["Start:ProfileFolder"]) is not { } own)
            return;
        try
        {
            ProfileOptimization.SetProfileRoot(AreOfThisBuild(Path.Combine(s_rehearsed, Notes)) ? WithRehearsed(own) : Directory.CreateDirectory(own).FullName);
            ProfileOptimization.StartProfile(Notes);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Where nothing can be written each start is as the first.
        }
    }

    private static string? Folder(string? configured) => configured is not null
        ? configured.Length > 0 ? configured : null
        : Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify) is { Length: > 0 } own ? Path.Combine(own, Own) : null;

    /// <summary>Notes name the modules they are about, and the runtime goes by none when one of them is another: after an upgrade of it those of the last start are better.</summary>
    private static bool AreOfThisBuild(string notes)
    {
        if (!File.Exists(notes))
            return false;
        var text = File.ReadAllBytes(notes).AsSpan();
        return text.IndexOf(typeof(StartProfile).Module.ModuleVersionId.ToByteArray()) >= 0 && text.IndexOf(typeof(object).Module.ModuleVersionId.ToByteArray()) >= 0;
    }

    /// <summary>The rehearsed notes rather than those of the last start, which may have had no visitor in its first seconds. A copy: the runtime writes where it has read.</summary>
    /// <returns>The folder of the copy; of the rehearsed notes themselves where nothing can be written.</returns>
    private static string WithRehearsed(string own)
    {
        try
        {
            own = Directory.CreateDirectory(own).FullName;
            // Whole under its name, for another process that starts at this moment.
            var copy = Path.Combine(own, Path.GetRandomFileName());
            File.Copy(Path.Combine(s_rehearsed, Notes), copy);
            File.Move(copy, Path.Combine(own, Notes), overwrite: true);
            return own;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return s_rehearsed;
        }
    }
}
