using HousingBank.Domain.Vocabulary;
using HousingBank.ReadModels.OneMeeting;

namespace HousingBank.Web.Access;

/// <summary>Who runs the council's meeting: the secretariat, and the member who leads it from when it is opened.</summary>
public static class Chairing
{
    /// <param name="chair">By reference; null until the meeting is opened.</param>
    public static bool Lets(Viewer viewer, string? chair) =>
        Policies.Lets(Policies.RunMeeting, viewer) && (viewer.Role != Role.Council || (chair is not null && viewer.Person == chair));

    /// <summary>The applications of a meeting that are there for a member who runs it; null for the secretariat, for whom all are.</summary>
    public static ValueList<MunicipalityId>? Seen(Viewer viewer, MeetingPage meeting) =>
        viewer.Role == Role.Council ? [.. meeting.Applications.Select(a => new MunicipalityId(a.Municipality.Key))] : null;
}
