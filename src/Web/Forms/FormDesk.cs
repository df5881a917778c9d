using HousingBank.Domain.Vocabulary;
using HousingBank.Processes;
using HousingBank.Processes.Persons;
using HousingBank.ReadModels;
using HousingBank.ReadModels.DecisionLog;
using HousingBank.Web.Access;
using HousingBank.Web.Components;
using HousingBank.Web.Languages;
using HousingBank.Web.Persons;
using HousingBank.Web.Shell;
using HousingBank.Web.Time;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.WebUtilities;

namespace HousingBank.Web.Forms;

/// <summary>Carries out what a form asks for. Refused, the form says why and keeps what was typed; done, the page that shows it follows.</summary>
public sealed class FormDesk(CommandDesk desk, PersonSealing sealing, DecisionLogQuery log, Viewer viewer, Texts texts, TimeProvider clock, NavigationManager navigation, IHttpContextAccessor request)
{
    private CancellationToken Aborted => request.HttpContext?.RequestAborted ?? CancellationToken.None;

    /// <param name="done">Name of the text that tells what was done: "done.round-opened".</param>
    /// <param name="address">The page that shows it.</param>
    public async Task CarryOutAsync(FormEntry form, Command command, string done, string address)
    {
        if (await StepAsync(form, command, form.CommandId))
            LeadTo(done, address);
    }

    /// <summary>Several commands of one form: each happens once, and those after one that was refused do not.</summary>
    /// <param name="steps">By a name of their own within the form.</param>
    public async Task CarryOutAllAsync(FormEntry form, IEnumerable<(string Name, Command Command)> steps, string done, string address)
    {
        if (form.Errors.Count > 0)
            return;
        var sent = form.CommandId;
        foreach (var (name, command) in steps)
        {
            if (!await StepAsync(form, command, NamedUuid.Make(sent, name)))
            {
                // What was done stays done; what is put right and sent again may say something else under the same names.
                form.BeginAnew();
                return;
            }
        }

        LeadTo(done, address);
    }

    private async Task<bool> StepAsync(FormEntry form, Command command, Guid commandId)
    {
        if (form.Errors.Count > 0)
            return false;
        var stream = command.Streams()[0];
        var expected = form.Versions.TryGetValue(stream.Kind, out var version) ? version : (int?)null;
        switch (await RunAsync(command, commandId, expected))
        {
            case Outcome.Done done:
                if (expected is not null)
                    form.GoOnFrom(stream, done.Version);
                return true;
            case Outcome.Refused refused:
                form.Add(refused.Reason);
                return false;
            case Outcome.Contradicts contradicts:
                form.Tell(contradicts.Contradictions);
                form.KnowLabel(FormEntry.EntryReasonName, texts["forms.entry-reason"]);
                form.AddError(FormEntry.EntryReasonName, texts["forms.contradicts-short"]);
                return false;
            case Outcome.Stale stale:
                form.GoOnFrom(stale.Stream, stale.Actual);
                form.Tell(await SinceAsync(stale));
                form.AddError(null, texts["forms.stale-short"]);
                return false;
            case Outcome.IdUsedForAnother:
                form.BeginAnew();
                form.AddError(null, texts["forms.sent-before"]);
                return false;
            case Outcome.TablesMoved:
                form.AddError(null, texts["problems.unavailable.detail"]);
                return false;
            case var other:
                throw new System.Diagnostics.UnreachableException(other.GetType().Name);
        }
    }

    private async Task<Outcome> RunAsync(Command command, Guid commandId, int? expected)
    {
        try
        {
            return await desk.RunAsync(viewer.Caller, command, commandId, expected, Aborted, beforeWriting: sealing.KeepKeysAsync);
        }
        catch (PersonKeyTakenException)
        {
            // The same form was sent twice at once, and the other came first.
            return new Outcome.IdUsedForAnother();
        }
        catch (OperationCanceledException)
        {
            // The form would else be shown again as if nothing had been asked.
            AnswerGivenUpException.ThrowIf(request.HttpContext);
            throw;
        }
    }

    private async Task<IReadOnlyList<LoggedDecision>> SinceAsync(Outcome.Stale stale)
    {
        var all = await log.StreamAsync(viewer.Scope, stale.Stream, viewer.Asks(PointInTime.Now(clock)), Aborted);
        return [.. all.Value.Where(e => e.Version > stale.Expected)];
    }

    private void LeadTo(string done, string address) => navigation.NavigateTo(QueryHelpers.AddQueryString(address, DoneNotice.Name, done));
}
