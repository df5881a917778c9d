using HousingBank.Domain.Vocabulary;
using HousingBank.ReadModels.OneMeeting;
using HousingBank.ReadModels.OneRound;
using HousingBank.Web.Access;
using HousingBank.Web.Forms;
using Microsoft.AspNetCore.Components;

namespace HousingBank.Web.Pages.OneMeeting;

/// <summary>A form about the council's meeting on a round. For a member who does not lead it there is none.</summary>
public abstract class FormOfMeeting : FormOfRound
{
    [Inject]
    private MeetingQuery Meetings { get; init; } = null!;

    /// <summary>Null for those who do not run it.</summary>
    protected MeetingPage? Meeting { get; private set; }

    protected string About => Texts["deeds.about-round", ("round", Page?.Round.Number)];

    protected override async Task FillAsync(RoundPage page)
    {
        var meeting = (await Meetings.AskAsync(Viewer.Scope, Id, Now, Aborted))?.Value;
        if (meeting is null || !Chairing.Lets(Viewer, meeting.Chair))
        {
            Navigation.NotFound();
            return;
        }

        Meeting = meeting;
        Form.Expect(CouncilMeetingId.Of(Id).Stream, meeting.Version);
        SuggestItsDay(Form, meeting);
        Fill(meeting);
    }

    /// <summary>What the council does in its meeting it does on the meeting's day, whenever it is entered.</summary>
    public static void SuggestItsDay(FormEntry form, MeetingPage meeting)
    {
        if (meeting.OpenedOn is { } day)
            form.Suggest(FormEntry.OnName, day.On);
    }

    /// <summary>Suggests what the fields hold before anything is typed.</summary>
    protected virtual void Fill(MeetingPage meeting)
    {
    }
}
