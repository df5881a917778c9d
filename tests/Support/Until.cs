using System.Diagnostics;

namespace HousingBank.Support;

/// <summary>Waits for what has to come, and fails when it does not. When it comes is up to the machine, and to all transactions of a server that tests share.</summary>
public static class Until
{
    private static readonly TimeSpan s_longest = TimeSpan.FromMinutes(2);

    public static Task HoldsAsync(string what, Func<bool> condition) => HoldsAsync(what, () => Task.FromResult(condition()));

    public static Task HoldsAsync(string what, Func<Task<bool>> condition) => HoldsAsync(() => what, condition);

    /// <param name="what">Asked for when it has not come.</param>
    public static async Task HoldsAsync(Func<string> what, Func<Task<bool>> condition)
    {
        var waited = Stopwatch.StartNew();
        while (!await condition())
        {
            if (waited.Elapsed > s_longest)
                throw new TimeoutException($"Not within {s_longest.TotalSeconds:0} seconds: {what()}.");
            await Task.Delay(20);
        }
    }
}
