using HousingBank.Domain.Vocabulary;
using HousingBank.ReadModels.Reviewing;
using HousingBank.Web.Forms;
using Microsoft.AspNetCore.Components;

namespace HousingBank.Web.Pages.Reviewing;

/// <summary>A form about one application before the council; there is none for those who may not see the application.</summary>
public abstract class FormOfReviewing : FormPage
{
    [Inject]
    private ReviewsQuery Reviews { get; init; } = null!;

    [Parameter]
    public Guid Round { get; set; }

    [Parameter]
    public string Municipality { get; set; } = "";

    /// <summary>Null when there is no such application for the viewer.</summary>
    protected ApplicationReviews? Page { get; private set; }

    protected RoundId Id => new(Round);

    protected MunicipalityId Applicant => new(Municipality);

    protected ProgrammeId Programme => new(Page!.Round.Programme);

    /// <summary>The page that shows the reviews of the round's applications.</summary>
    protected string AllShown => $"/runder/{Round}/vurderinger";

    /// <summary>The page that shows the reviews of the application.</summary>
    protected string Shown => $"/runder/{Round}/soknader/{Municipality}/vurderinger";

    protected string About => Texts["deeds.about-application", ("municipality", Page!.Application.Municipality.Name), ("round", Page.Round.Number)];

    protected override async Task OnInitializedAsync()
    {
        Page = MunicipalityId.IsWellFormed(Municipality)
            ? (await Reviews.OfApplicationAsync(Viewer.Scope, Id, Applicant, Now, Aborted))?.Value
            : null;
        if (Page is null || !IsFor(Page))
        {
            Page = null;
            Navigation.NotFound();
            return;
        }

        await FillAsync(Page);
    }

    /// <summary>False for those who have no part in it as things stand.</summary>
    protected virtual bool IsFor(ApplicationReviews page) => true;

    /// <summary>Suggests what the fields hold before anything is typed.</summary>
    protected virtual Task FillAsync(ApplicationReviews page) => Task.CompletedTask;
}

/// <summary>A form of the one who leads the meeting, and of the secretariat in that one's name.</summary>
public abstract class FormOfChair : FormOfReviewing
{
    protected sealed override bool IsFor(ApplicationReviews page) => Viewer.Leads(page.Round.Chair);
}
