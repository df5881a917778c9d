using AngleSharp.Dom;
using HousingBank.Domain.Vocabulary;
using HousingBank.Support;
using HousingBank.Web.Languages;
using HousingBank.Web.Tests.Api;

namespace HousingBank.Web.Tests;

/// <summary>A municipality in two programmes, whose rounds bear the same number in the same year.</summary>
public sealed class TwoCoursesTests(ApiSite api) : IClassFixture<ApiSite>
{
    [Fact]
    public async Task Headings_tables_and_landmarks_say_which_of_two_courses_they_are_about()
    {
        await JoinAnotherProgrammeAsync();

        foreach (var language in Language.All)
        {
            var page = await api.Secretariat.Http.PageAsync($"/kommuner/{ApiSite.Municipality}?asOf=2013-05-01&lang={language.Code}");

            var courses = page.QuerySelectorAll("section.course").ToList();
            courses.Count.ShouldBe(2, language.Code);
            foreach (var course in courses)
            {
                var heading = course.QuerySelector("h2")!.TextContent;
                var captions = course.QuerySelectorAll("caption").Select(c => c.TextContent).ToList();
                captions.Count.ShouldBe(3, "the phases, the gates and how the work is anchored");
                captions.ShouldAllBe(c => c.Contains(heading, StringComparison.Ordinal), heading);
            }

            page.QuerySelectorAll("h2").Select(h => h.TextContent).ShouldBeUnique();
            page.QuerySelectorAll("caption").Select(c => c.TextContent).ShouldBeUnique();
            page.QuerySelectorAll("[id]").Select(e => e.Id!).ShouldBeUnique();
            Landmarks(page).ShouldBeUnique();
            page.QuerySelectorAll("nav.actions a").GroupBy(a => a.TextContent).ShouldAllBe(same => same.DistinctBy(a => a.GetAttribute("href")).Count() == 1);
        }
    }

    private static IEnumerable<string> Landmarks(IDocument page) => page
        .QuerySelectorAll("nav, section[aria-label], section[aria-labelledby], [role=region], aside, form[aria-label], form[aria-labelledby]")
        .Select(e => $"{e.GetAttribute("role") ?? e.LocalName}: {e.GetAttribute("aria-label") ?? page.GetElementById(e.GetAttribute("aria-labelledby") ?? "")?.TextContent}");

    private async Task JoinAnotherProgrammeAsync()
    {
        var programme = (await api.Leadership.MakeAsync("/api/v1/programmes", Bodies.ProgrammeOf(null, "Områdesatsingen"))).Id;
        await api.Leadership.DecideAsync($"/api/v1/programmes/{programme}/adopt-framework-model", $"programme/{programme}", Bodies.Model("admitted"));
        var round = Guid.CreateVersion7();
        await api.Secretariat.MakeAsync("/api/v1/rounds", new
        {
            id = round,
            programme,
            number = 1,
            deadline = "2009-06-01",
            capacity = 2,
            openToAll = false,
            criteria = Array.Empty<object>(),
            effectiveOn = "2009-03-15",
        });
        await api.Secretariat.DecideAsync($"/api/v1/rounds/{round}/invite", $"round/{round}", new { municipality = ApiSite.Municipality, effectiveOn = "2009-04-01" });
        foreach (var each in new[] { Guid.Parse(api.Round), round })
        {
            var participation = ParticipationId.Of(new(each), new(ApiSite.Municipality)).Value;
            await api.Secretariat.DecideAsync($"/api/v1/participations/{participation}/assess-anchoring", $"participation/{participation}", new
            {
                dimension = "administrative",
                level = "partial",
                ownership = "Rådmannen",
                representation = (bool?)null,
                statements = new[] { "Står i virksomhetsplanen." },
                plans = Array.Empty<object>(),
                assessedBy = "secretariat",
                effectiveOn = "2013-04-15",
            });
        }
    }
}
