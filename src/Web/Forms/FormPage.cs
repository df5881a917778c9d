using HousingBank.Domain.Vocabulary;
using HousingBank.ReadModels;
using HousingBank.ReadModels.OneMunicipality;
using HousingBank.ReadModels.OneRound;
using HousingBank.Web.Components;
using HousingBank.Web.Time;
using Microsoft.AspNetCore.Components;
using ApplicationId = HousingBank.Domain.Vocabulary.ApplicationId;

namespace HousingBank.Web.Forms;

/// <summary>A page with one form that asks for one thing. It always works on what is known now, whatever day the page before showed.</summary>
public abstract class FormPage : Part
{
    [Inject]
    public required FormDesk Desk { get; init; }

    [Inject]
    public required NavigationManager Navigation { get; init; }

    [Inject]
    private TimeProvider Clock { get; init; } = null!;

    protected FormEntry Form => FormNamed("form");

    protected DateOnly Today => Oslo.Today(Clock);

    /// <summary>What is true today, as far as the viewer may see it.</summary>
    protected Question Now => Viewer.Asks(Here.Point) with { AsOf = Today, KnownAt = null };

    protected override void OnInitialized() => Form.Suggest(FormEntry.OnName, Today);
}

/// <summary>A form about one intake round.</summary>
public abstract class FormOfRound : FormPage
{
    [Inject]
    private RoundPageQuery Rounds { get; init; } = null!;

    [Parameter]
    public Guid Round { get; set; }

    /// <summary>Null when there is no such round.</summary>
    protected RoundPage? Page { get; private set; }

    protected RoundId Id => new(Round);

    /// <summary>The page that shows the round.</summary>
    protected string ShownRound => $"/runder/{Round}";

    /// <summary>The page that shows the meeting on the round.</summary>
    protected string ShownMeeting => $"{ShownRound}/radsmote";

    /// <summary>The page that shows what the form is about.</summary>
    protected virtual string Shown => ShownRound;

    protected override async Task OnInitializedAsync()
    {
        Page = (await Rounds.AskAsync(Viewer.Scope, Id, Now, Aborted))?.Value;
        if (Page is null)
        {
            Navigation.NotFound();
            return;
        }

        Form.Expect(Id.Stream, Page.Round.Version);
        await FillAsync(Page);
    }

    /// <summary>Suggests what the fields hold before anything is typed.</summary>
    protected virtual Task FillAsync(RoundPage page) => Task.CompletedTask;
}

/// <summary>A form about one municipality's application in a round.</summary>
public abstract class FormOfApplication : FormOfRound
{
    [Parameter]
    public string Municipality { get; set; } = "";

    /// <summary>Null until somebody has begun it.</summary>
    protected ApplicationInRound? Application => Candidate?.Application;

    protected MunicipalityId Applicant => new(Municipality);

    /// <summary>The page that shows the application.</summary>
    protected override string Shown => $"{ShownRound}/soknader/{Municipality}";

    protected string About => Texts["deeds.about-application", ("municipality", Candidate?.Municipality.Name ?? Municipality), ("round", Page?.Round.Number)];

    private InvitedMunicipality? Candidate => Page?.Municipalities.FirstOrDefault(m => m.Municipality.Key == Municipality);

    protected override async Task OnInitializedAsync()
    {
        // A municipality's own people fill in forms about their own municipality only.
        if (!MunicipalityId.IsWellFormed(Municipality) || (Viewer.Is(Role.Municipality) && Viewer.Municipality != Applicant))
            Navigation.NotFound();
        else
            await base.OnInitializedAsync();
    }

    protected override Task FillAsync(RoundPage page)
    {
        Form.Expect(ApplicationId.Of(Id, Applicant).Stream, Application?.Version ?? 0);
        return Task.CompletedTask;
    }
}

/// <summary>A form about one municipality's course.</summary>
public abstract class FormOfCourse : FormPage
{
    [Inject]
    private MunicipalityPageQuery Courses { get; init; } = null!;

    [Parameter]
    public Guid Participation { get; set; }

    /// <summary>Null when there is no such course.</summary>
    protected Course? Course { get; private set; }

    protected ParticipationId Id => new(Participation);

    protected ProgrammeId Programme => new(Course!.Card.Programme);

    /// <summary>The page that shows the municipality.</summary>
    protected string Shown => $"/kommuner/{Course!.Card.Municipality.Key}";

    protected string About => Course is null ? "" : Texts["deeds.about-course", ("municipality", Course.Card.Municipality.Name), ("round", Course.Card.RoundNumber), ("phase", Texts.Word(Course.Card.PhaseInFact))];

    protected override async Task OnInitializedAsync()
    {
        Course = (await Courses.CourseAsync(Viewer.Scope, Id, Now, Aborted))?.Value;
        if (Course is null)
        {
            Navigation.NotFound();
            return;
        }

        Form.Expect(Id.Stream, Course.Version);
        Fill(Course);
    }

    /// <summary>Suggests what the fields hold before anything is typed.</summary>
    protected virtual void Fill(Course course)
    {
    }
}
