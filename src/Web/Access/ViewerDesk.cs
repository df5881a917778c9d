using HousingBank.Domain.Vocabulary;
using HousingBank.Processes;
using HousingBank.Web.Persons;
using HousingBank.Web.Shell;

namespace HousingBank.Web.Access;

/// <summary>The desk as whoever is signed in comes to it, by form or by API.</summary>
public sealed class ViewerDesk(CommandDesk desk, PersonSealing sealing, Watch watch, Viewer viewer, TimeProvider clock)
{
    /// <param name="tenant">Where it is decided; null for the viewer's own.</param>
    public async Task<Outcome> RunAsync(Command command, Guid commandId, int? expectedVersion, CancellationToken cancel, string? tenant = null)
    {
        var caller = viewer.Caller with { Tenant = tenant ?? viewer.Tenant, MayDecideForGood = SecondSignIn.IsDone(viewer, clock) };
        var outcome = await desk.RunAsync(caller, command, commandId, expectedVersion, cancel, beforeWriting: sealing.KeepKeysAsync);
        if (outcome is Outcome.Done)
            watch.Decided(viewer);
        return outcome;
    }
}
