using System.CommandLine;
using HousingBank.EmbeddedPostgres;
using HousingBank.Rehearse;

var folder = new Argument<string>("folder") { Description = "Where src/Web was published." };
var command = new RootCommand("Starts the published web process once and leaves the notes by which each later start is ready sooner.") { folder };
command.SetAction(async (given, cancel) =>
{
    try
    {
        var notes = await Rehearsal.RunAsync(given.GetRequiredValue(folder), cancel);
        Console.WriteLine($"Rehearsed: {notes.Length / 1024} kB of notes in {notes.FullName}");
        return 0;
    }
    catch (Exception e) when (e is RehearsalFailedException or PostgresUnavailableException or IOException or UnauthorizedAccessException)
    {
        Console.Error.WriteLine(e.Message);
        return 1;
    }
});
return await command.Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromMinutes(1) });
