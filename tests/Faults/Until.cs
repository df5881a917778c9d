using System.Diagnostics;

namespace HousingBank.Faults.Tests;

/// <summary>Waits for what has to come, and fails when it does not.</summary>
internal static class Until
{
    private static readonly TimeSpan s_longest = TimeSpan.FromSeconds(90);

    public static Task HoldsAsync(string what, Func<Task<bool>> condition) => HoldsAsync(() => what, condition);

    /// <param name="what">Asked for when it has not come.</param>
    public static async Task HoldsAsync(Func<string> what, Func<Task<bool>> condition)
    {
        var waited = Stopwatch.StartNew();
        while (!await condition())
        {
            if (waited.Elapsed > s_longest)
                throw new TimeoutException($"Not within {s_longest.TotalSeconds:0} seconds: {what()}.");
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }
    }
}
