namespace HousingBank.Web.Shell;

/// <summary>What was begun for a reader who has gone is still carried to its end.</summary>
public static class AbortedRequests
{
    /// <remarks>
    /// Breaking a batch off leaves its connection with statements that Npgsql takes for prepared and PostgreSQL has never seen; whoever got that connection
    /// next would be answered with a fault (26000). Questions take milliseconds, and the command timeout ends those that do not.
    /// </remarks>
    public static void UseWholeRequests(this WebApplication app) => app.Use((context, next) =>
    {
        context.RequestAborted = CancellationToken.None;
        return next(context);
    });
}
