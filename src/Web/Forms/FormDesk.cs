using HousingBank.Domain.Vocabulary;
using HousingBank.Processes;
using HousingBank.Processes.Persons;
using HousingBank.ReadModels.DecisionLog;
using HousingBank.Web.Access;
using HousingBank.Web.Components;
using HousingBank.Web.Languages;
using HousingBank.Web.Shell;
using HousingBank.Web.Time;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.WebUtilities;

namespace HousingBank.Web.Forms;

/// <summary>Carries out what a form asks for. Refused, the form says why and keeps what was typed; done, the page that shows it follows.</summary>
public sealed class FormDesk(ViewerDesk desk, DecisionLogQuery log, Viewer viewer, Texts texts, TimeProvider clock, NavigationManager navigation, IHttpContextAccessor request)
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

    /// <summary>Several commands of one form, each on its own: what is refused holds none of the others back. Where all were done, the page that shows them follows.</summary>
    /// <param name="steps">Each with the fields it was made from, where what is wrong with it is told.</param>
    /// <returns>Those that were done.</returns>
    public async Task<IReadOnlyList<FieldGroup>> CarryOutEachAsync(
        FormEntry form, IReadOnlyList<(FieldGroup Fields, Command Command)> steps, string done, string address)
    {
        if (form.Errors.Count > 0)
            return [];
        var sent = form.CommandId;
        var carriedOut = new List<FieldGroup>();
        foreach (var (fields, command) in steps)
        {
            var outcome = await RunAsync(command, NamedUuid.Make(sent, fields.Name), null);
            if (outcome is Outcome.Done)
                carriedOut.Add(fields);
            else
                await TellAsync(form, outcome, fields);
        }

        if (form.Errors.Count == 0)
            LeadTo(done, address);
        else
            form.BeginAnew();
        return carriedOut;
    }

    private async Task<bool> StepAsync(FormEntry form, Command command, Guid commandId)
    {
        if (form.Errors.Count > 0)
            return false;
        var stream = command.Streams()[0];
        var expected = form.Versions.TryGetValue(stream.Kind, out var version) ? version : (int?)null;
        var outcome = await RunAsync(command, commandId, expected);
        if (outcome is not Outcome.Done done)
        {
            await TellAsync(form, outcome, null);
            return false;
        }

        if (expected is not null)
            form.GoOnFrom(stream, done.Version);
        return true;
    }

    /// <summary>Says on the form why something was not done.</summary>
    /// <param name="fields">The fields it was made from; null for the form as a whole.</param>
    private async Task TellAsync(FormEntry form, Outcome outcome, FieldGroup? fields)
    {
        switch (outcome)
        {
            case Outcome.Refused refused:
                form.Add(refused.Reason, fields);
                break;
            case Outcome.Contradicts contradicts:
                form.Tell(contradicts.Contradictions);
                form.KnowLabel(FormEntry.EntryReasonName, texts["forms.entry-reason"]);
                form.AddError(fields?.Whole ?? FormEntry.EntryReasonName, texts["forms.contradicts-short"]);
                break;
            case Outcome.Stale stale:
                form.GoOnFrom(stale.Stream, stale.Actual);
                form.Tell(await SinceAsync(stale));
                form.AddError(fields?.Whole, texts["forms.stale-short"]);
                break;
            case Outcome.SignInNeeded:
                form.AddError(fields?.Whole, texts["problems.sign-in-again.detail"]);
                break;
            case Outcome.IdUsedForAnother:
                form.BeginAnew();
                form.AddError(fields?.Whole, texts["forms.sent-before"]);
                break;
            case Outcome.TablesMoved:
                form.AddError(fields?.Whole, texts["problems.unavailable.detail"]);
                break;
            default:
                throw new System.Diagnostics.UnreachableException(outcome.GetType().Name);
        }
    }

    private async Task<Outcome> RunAsync(Command command, Guid commandId, int? expected)
    {
        try
        {
            return await desk.RunAsync(command, commandId, expected, Aborted);
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
