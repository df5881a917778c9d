namespace HousingBank.Store.Tests;

/// <summary>Runs the tests; with "follow" it is a process that follows the log, for a test to kill.</summary>
internal static class Program
{
    public static Task<int> Main(string[] args) => args is ["follow", var connectionString, var name]
        ? FollowAsync(connectionString, name)
        : Xunit.Runner.InProc.SystemConsole.ConsoleRunner.Run(args);

    /// <summary>Writes "handled" and the ordinal of each event, then waits: the test kills it between handling and checkpoint.</summary>
    private static async Task<int> FollowAsync(string connectionString, string name)
    {
        await using var source = StoreDataSource.Create(connectionString, StoreRole.Subscriber);
        var subscription = new Subscription(source, new NoteCodec(), name, HandleAsync, TimeSpan.FromMinutes(10));
        await subscription.RunAsync(e => Console.Error.WriteLine(e), CancellationToken.None);
        return 0;
    }

    private static async Task HandleAsync(StoredFact fact, CancellationToken cancel)
    {
        await Console.Out.WriteLineAsync($"handled {fact.Ordinal}");
        await Console.Out.FlushAsync(cancel);
        await Task.Delay(Timeout.Infinite, cancel);
    }
}
