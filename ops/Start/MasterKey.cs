using System.Security.Cryptography;

namespace HousingBank.Start;

/// <summary>The key that wraps the keys of persons, for trying things out: made once and kept beside the embedded database.</summary>
internal static class MasterKey
{
    public const string Variable = "PersonalData__MasterKey";

    /// <summary>The user's own when the environment holds one.</summary>
    public static string Find(Report report)
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } given)
            return given;
        var file = Path.Combine(Checkout.Data, "master-key");
        if (File.Exists(file))
            return File.ReadAllText(file).Trim();

        report.Say("Making a master key for personal data");
        Directory.CreateDirectory(Checkout.Data);
        var made = $"development:{Convert.ToBase64String(RandomNumberGenerator.GetBytes(32))}";
        var own = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            own.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using var writer = new StreamWriter(file, own);
        writer.WriteLine(made);
        return made;
    }
}
