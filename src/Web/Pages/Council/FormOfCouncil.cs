using HousingBank.Domain.Vocabulary;
using HousingBank.ReadModels.OneProgramme;
using HousingBank.Web.Forms;
using HousingBank.Web.Persons;
using Microsoft.AspNetCore.Components;

namespace HousingBank.Web.Pages.Council;

/// <summary>A form about the council of one programme.</summary>
public abstract class FormOfCouncil : FormPage
{
    [Inject]
    private ProgrammeCouncilQuery Councils { get; init; } = null!;

    [Inject]
    private PersonOpening Opening { get; init; } = null!;

    [Parameter]
    public Guid Programme { get; set; }

    /// <summary>Null when there is no such programme.</summary>
    protected ProgrammeCouncil? Page { get; private set; }

    /// <summary>Each member's reference with what people read.</summary>
    protected IReadOnlyList<KeyValuePair<string, string>> Members { get; private set; } = [];

    protected ProgrammeId Id => new(Programme);

    /// <summary>The page that shows the council.</summary>
    protected string Shown => $"/programmet/{Programme}/radet";

    protected override async Task OnInitializedAsync()
    {
        Page = (await Councils.AskAsync(Viewer.Scope, Id, Now, Aborted))?.Value;
        if (Page is null)
        {
            Navigation.NotFound();
            return;
        }

        Form.Expect(Id.Stream, Page.Version);
        Members = await Opening.MembersAsync(Page.Members.Select(m => m.Member.AsPerson()), Aborted);
        await FillAsync(Page);
    }

    /// <summary>Suggests what the fields hold before anything is typed.</summary>
    protected virtual Task FillAsync(ProgrammeCouncil page) => Task.CompletedTask;
}
