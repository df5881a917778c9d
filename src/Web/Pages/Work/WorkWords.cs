using HousingBank.ReadModels.Work;
using HousingBank.Web.Access;
using HousingBank.Web.Languages;

namespace HousingBank.Web.Pages.Work;

/// <summary>What the work list says in words wherever it is told.</summary>
internal static class WorkWords
{
    /// <summary>What a task is about; who speaks for a municipality knows which it is.</summary>
    public static string About(this Texts texts, WorkItem item, Viewer viewer) => item.Municipality is { } municipality && viewer.Municipality is null
        ? texts["deeds.about-application", ("municipality", municipality.Name), ("round", item.RoundNumber)]
        : texts["deeds.about-round", ("round", item.RoundNumber)];
}
