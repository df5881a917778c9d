namespace HousingBank.Web.Shell;

/// <summary>What was begun for a reader who has gone is still carried to its end.</summary>
public static class AbortedRequests
{
    /// <remarks>
    /// Breaking a batch off among its rows spoils its connection (<see cref="Store.FreshStatements"/>), which is mended by closing all of them: readers who leave
    /// would make the others wait for new connections. Questions take milliseconds; the command timeout and Limits:RequestSeconds still end those that do not.
    /// </remarks>
    public static void UseWholeRequests(this WebApplication app) => app.Use((context, next) =>
    {
        context.RequestAborted = CancellationToken.None;
        return next(context);
    });
}
