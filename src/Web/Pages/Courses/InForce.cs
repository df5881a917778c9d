using HousingBank.Domain.Vocabulary;
using HousingBank.ReadModels.OneMunicipality;

namespace HousingBank.Web.Pages.Courses;

/// <summary>The cooperation agreement that a gate rests on.</summary>
internal static class InForce
{
    /// <returns>The one in force, or else the last drafted: the rule says whether it will do; null when there is none.</returns>
    public static AgreementId? Of(Course course) =>
        (course.Agreements.FirstOrDefault(a => a.State == "inForce") ?? course.Agreements.FirstOrDefault(a => a.State == "drafted")) is { } agreement
            ? new AgreementId(agreement.Id)
            : null;
}
