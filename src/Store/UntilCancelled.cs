namespace HousingBank.Store;

/// <summary>What a program does in the background, again and again.</summary>
internal static class UntilCancelled
{
    /// <summary>Goes on until it is cancelled. Nothing else ends it: whatever goes wrong is told and tried again.</summary>
    /// <param name="step">Does a part of it; true when there may be more to do at once, without the pause.</param>
    /// <param name="report">Gets what went wrong.</param>
    public static async Task RunAsync(Func<CancellationToken, Task<bool>> step, TimeSpan pause, Action<Exception> report, CancellationToken cancel)
    {
        while (!cancel.IsCancellationRequested)
        {
            var more = false;
            try
            {
                more = await step(cancel);
            }
            catch (Exception) when (cancel.IsCancellationRequested)
            {
                break;
            }
            catch (Exception e)
            {
                report(e);
            }

            if (!more)
                await Task.Delay(pause, cancel).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
