using HousingBank.Processes;
using HousingBank.ReadModels;
using HousingBank.ReadModels.PhaseBoard;
using HousingBank.Store;
using HousingBank.Web.Time;

namespace HousingBank.Web.Shell;

/// <summary>Asks a first question while routes are made and the listener starts, on a core that would be idle: whoever opens the first page does not wait for it.</summary>
internal static class WarmUp
{
    public static void BeginWarmUp(this WebApplication app)
    {
        if (app.Services.GetRequiredService<HistoryConnection>().IsConfigured)
            _ = Task.Run(() => AskAsync(app.Services, app.Lifetime.ApplicationStopping));
    }

    private static async Task AskAsync(IServiceProvider services, CancellationToken cancel)
    {
        try
        {
            // Nobody's courses: what reads the rows of a board is compiled, and a connection made.
            await services.GetRequiredService<BoardQuery>().AskAsync(Scope.Of(Scope.National), new Question(Oslo.Today(services.GetRequiredService<TimeProvider>())), cancel);
        }
        catch (Exception)
        {
            // Without a database, or without its schema, whoever keeps the history says so.
        }
    }
}
