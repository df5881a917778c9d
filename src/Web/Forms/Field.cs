using HousingBank.Web.Components;
using Microsoft.AspNetCore.Components;

namespace HousingBank.Web.Forms;

/// <summary>A field of a <see cref="CommandForm"/>: label, help, what was typed, what is wrong with it.</summary>
public abstract class Field : Part
{
    [CascadingParameter]
    public required FormEntry Entry { get; set; }

    /// <summary>The command's field, camelCase, as refusals name it.</summary>
    [Parameter, EditorRequired]
    public required string Name { get; set; }

    [Parameter, EditorRequired]
    public required string Label { get; set; }

    [Parameter]
    public string? Help { get; set; }

    /// <summary>May be left empty; the label says so.</summary>
    [Parameter]
    public bool Optional { get; set; }

    protected string Id => Entry.IdOf(Name);

    protected string HelpId => $"{Id}-help";

    protected string ErrorId => $"{Id}-error";

    protected string? Error => Entry.ErrorOf(Name);

    protected string? IsInvalid => Error is null ? null : "true";

    protected string? DescribedBy => (Help, Error) switch
    {
        (null, null) => null,
        (not null, null) => HelpId,
        (null, not null) => ErrorId,
        _ => $"{HelpId} {ErrorId}",
    };

    protected string WholeLabel => Optional ? $"{Label} ({Texts["forms.optional"]})" : Label;

    protected override void OnParametersSet() => Entry.KnowLabel(Name, Label);
}
