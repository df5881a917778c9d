using HousingBank.Domain.Applications;
using HousingBank.Domain.Vocabulary;
using HousingBank.ReadModels.OneRound;
using HousingBank.Web.Forms;
using HousingBank.Web.Pages.Intake;

namespace HousingBank.Web.Pages.Applying;

/// <summary>A step in which a part of the draft is written. Saving is one decision, whether one goes on or leaves.</summary>
public abstract class FormOfDraft : FormOfApplication
{
    public const string Leave = "leave";

    protected abstract ApplyingStep Step { get; }

    /// <summary>The draft as it stands.</summary>
    protected ApplicationContent Draft => Application?.Content.ToContent() ?? ApplicationContent.Empty;

    protected override async Task FillAsync(RoundPage page)
    {
        await base.FillAsync(page);
        if (Application is { } application)
            ContentFields.Suggest(Form, application.Content);
    }

    /// <summary>Saves the draft with what was written in this step; begins the application when nobody has.</summary>
    protected Task SaveAsync(ApplicationContent content)
    {
        var (on, grounds) = (Form.On, Form.Grounds);
        var steps = new List<(string, Command)>();
        if (Application is null)
            steps.Add(("draft", new DraftApplication(Id, Applicant) { On = on, Grounds = grounds }));
        steps.Add(("save", new SaveApplicationDraft(Id, Applicant, content) { On = on, Grounds = grounds }));
        return Desk.CarryOutAllAsync(Form, steps, "draft-saved", Form.IsTicked(Leave) ? Shown : Step.Next!.AddressIn(Shown));
    }
}
