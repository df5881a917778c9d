using HousingBank.Domain.Vocabulary;

namespace HousingBank.Web.Access;

/// <summary>Who runs the council's meeting: the secretariat, and the member who leads it from when it is opened.</summary>
public static class Chairing
{
    /// <param name="chair">By reference; null until the meeting is opened.</param>
    public static bool Lets(Viewer viewer, string? chair) =>
        Policies.Lets(Policies.RunMeeting, viewer) && (viewer.Role != Role.Council || (chair is not null && viewer.Person == chair));
}
