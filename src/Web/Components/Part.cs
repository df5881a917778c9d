using HousingBank.ReadModels;
using HousingBank.Web.Access;
using HousingBank.Web.Forms;
using HousingBank.Web.Languages;
using HousingBank.Web.Shell;
using HousingBank.Web.Time;
using Microsoft.AspNetCore.Components;

namespace HousingBank.Web.Components;

/// <summary>What every page and part of a page has at hand.</summary>
public abstract class Part : ComponentBase
{
    [Inject]
    public required Texts Texts { get; init; }

    /// <summary>This page's address; makes links that keep the point in history.</summary>
    [Inject]
    public required Here Here { get; init; }

    [Inject]
    public required Viewer Viewer { get; init; }

    [Inject]
    private IHttpContextAccessor Request { get; init; } = null!;

    /// <summary>Ends when the reader has gone.</summary>
    protected CancellationToken Aborted => Request.HttpContext?.RequestAborted ?? CancellationToken.None;

    [Inject]
    private FormEntries Forms { get; init; } = null!;

    /// <summary>What this page asks read models with: the point in its address, what its viewer may see.</summary>
    protected Question Question => Viewer.Asks(Here.Point);

    // Blazor takes a cancelled task for a finished one: a page that was given up half way would be shown as if that were all.
    public override async Task SetParametersAsync(ParameterView parameters)
    {
        await base.SetParametersAsync(parameters);
        AnswerGivenUpException.ThrowIf(Request.HttpContext);
    }

    /// <summary>What has been typed into the form of this name; empty until it is sent.</summary>
    protected FormEntry FormNamed(string name) => Forms.Of(name);
}
