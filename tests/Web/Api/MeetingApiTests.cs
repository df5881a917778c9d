using System.Net;
using HousingBank.Domain.Applications;
using HousingBank.Domain.Programmes;
using HousingBank.Domain.Vocabulary;

namespace HousingBank.Web.Tests.Api;

/// <summary>The council's meeting, from outside: called by the secretariat, led by its chair.</summary>
public sealed class MeetingApiTests(ApiSite api) : IClassFixture<ApiSite>
{
    private static readonly string[] s_members = [.. DemoCouncil.Members];
    private static int s_number = 70;

    private static readonly object s_call = new { day = "2009-09-01", effectiveOn = "2009-08-01" };
    private static readonly object s_open = new { chair = s_members[0], present = s_members, effectiveOn = "2009-09-01" };
    private static readonly object s_close = new { effectiveOn = "2009-09-01" };

    private static object Advice(string advice, params string[] votes) => new
    {
        advice,
        votes = votes.Select((vote, i) => new { member = s_members[i], vote, dissent = vote == "against" ? "Stort behov" : null }),
        reason = "Godt forankret",
        effectiveOn = "2009-09-01",
    };

    [Fact]
    public async Task A_meeting_goes_from_the_call_to_its_minutes()
    {
        var round = await UnderReviewAsync(reviewed: true);
        var chair = await api.AsAsync("council-2-region-ost");
        var (meeting, application) = ($"/api/v1/rounds/{round}/meeting", $"/api/v1/rounds/{round}/applications/hamar");

        var called = await api.Secretariat.MakeAsync($"{meeting}/call", s_call);
        called.Message.Headers.Location!.ToString().ShouldBe(meeting);
        (await api.Secretariat.PostAsync($"{meeting}/open", s_open)).ShouldBeProblem(HttpStatusCode.PreconditionRequired, "precondition-required");
        (await api.Secretariat.PostAsync($"{meeting}/open", s_open, 7)).ShouldBeProblem(HttpStatusCode.PreconditionFailed, "stale");
        (await api.Secretariat.PostAsync($"{meeting}/open", s_open, 1)).ETag.ShouldBe("\"2\"");
        (await api.Secretariat.GetAsync(meeting)).ETag.ShouldBe("\"2\"");

        var version = (int)(await chair.GetAsync(meeting)).Value["applications"]![0]!["version"]!;
        (await chair.PostAsync($"{application}/recommend", Advice("admit", "for", "for", "against"), version)).Status.ShouldBe(HttpStatusCode.OK);
        (await chair.PostAsync($"{meeting}/rank", new { order = new[] { "hamar" }, effectiveOn = "2009-09-01" }, 2)).ETag.ShouldBe("\"3\"");
        (await chair.PostAsync($"{meeting}/close", s_close, 3)).ETag.ShouldBe("\"4\"");
        (await chair.PostAsync($"{meeting}/close", s_close, 4)).ETag.ShouldBe("\"4\"");

        var minutes = (await api.Leadership.GetAsync($"/api/v1/rounds/{round}/minutes")).Value;
        ((string?)minutes["chair"]!["member"], (int)minutes["items"]![0]!["number"]!, (string?)minutes["ranking"]![0]!["key"]).ShouldBe((s_members[0], 1, "hamar"));
        ((string?)minutes["items"]![0]!["application"]!["votes"]![2]!["dissent"]).ShouldBe("Stort behov");
        (await api.Leadership.GetAsync($"/api/v1/rounds/{round}/ranking?format=csv")).Text.ShouldContain("Hamar,1,4,4,4,0,3,4,4,4,1,admit");
        (await api.Leadership.GetAsync($"{meeting}?format=csv")).Text.ShouldContain("3,3,admit,2009-09-01,2,1,0,Godt forankret,Stort behov,1");
    }

    [Fact]
    public async Task Who_does_not_lead_the_meeting_does_not_run_it()
    {
        var round = await UnderReviewAsync(reviewed: true);
        var (chair, member) = (await api.AsAsync("council-2-region-ost"), await api.AsAsync("council-3-region-ost"));
        var meeting = $"/api/v1/rounds/{round}/meeting";

        (await chair.PostAsync($"{meeting}/call", s_call)).ShouldBeProblem(HttpStatusCode.Forbidden, "not-allowed");
        await api.Secretariat.MakeAsync($"{meeting}/call", s_call);
        (await chair.PostAsync($"{meeting}/open", s_open, 1)).ShouldBeProblem(HttpStatusCode.Forbidden, "not-allowed");
        await api.Secretariat.PostAsync($"{meeting}/open", s_open, 1);
        (await member.PostAsync($"{meeting}/close", s_close, 2)).ShouldBeProblem(HttpStatusCode.Forbidden, "not-allowed");
        (await member.PostAsync($"/api/v1/rounds/{round}/applications/hamar/recommend", Advice("admit", "for"), 5)).ShouldBeProblem(HttpStatusCode.Forbidden, "not-allowed");
        (await chair.PostAsync($"{meeting}/close", s_close, 2)).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_recommendation_is_refused_until_all_is_as_it_should_be()
    {
        var round = await UnderReviewAsync(reviewed: false);
        var (meeting, application) = ($"/api/v1/rounds/{round}/meeting", $"/api/v1/rounds/{round}/applications/hamar");
        Task<ApiAnswer> Recommend(object body) => api.Secretariat.PostAsync($"{application}/recommend", body, headers: ("If-Match", "*"));

        (await Recommend(Advice("admit", "for"))).ShouldBeProblem(HttpStatusCode.Conflict, "council-meeting-not-open");
        await api.Secretariat.MakeAsync($"{meeting}/call", s_call);
        await api.Secretariat.PostAsync($"{meeting}/open", s_open, 1);
        (await Recommend(Advice("admit", "for"))).ShouldBeProblem(HttpStatusCode.Conflict, "too-few-reviews");
        await api.Site.ReviewedAsync(round, "hamar", new DateOnly(2009, 8, 20));
        (await Recommend(Advice("admit", "against", "for"))).ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "advice-has-no-majority");
        (await Recommend(Advice("admit", "for", "against"))).Status.ShouldBe(HttpStatusCode.OK);
        await api.Site.DoAsync(
            new RecuseMember(new(Guid.Parse(round)), new("hamar"), new(Guid.Parse(api.Programme)), s_members[2], RecusalCause.Chair, "Ny stilling i kommunen") { On = new DateOnly(2009, 9, 1) },
            Role.Secretariat);
        (await Recommend(Advice("admit", "for", "for", "for"))).ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "voter-not-entitled");
        await api.Secretariat.PostAsync($"{meeting}/close", s_close, 2);
        (await Recommend(Advice("defer", "for"))).ShouldBeProblem(HttpStatusCode.Conflict, "council-meeting-closed");
    }

    [Fact]
    public async Task A_recused_chair_finds_nothing_to_recommend_on()
    {
        var round = await UnderReviewAsync(reviewed: true);
        var chair = await api.AsAsync("council-2-region-ost");
        await api.Site.DoAsync(
            new RecuseMember(new(Guid.Parse(round)), new("hamar"), new(Guid.Parse(api.Programme)), s_members[0], RecusalCause.SelfDeclared, "Bor der") { On = new DateOnly(2009, 8, 25) },
            Role.Council);
        await api.Secretariat.MakeAsync($"/api/v1/rounds/{round}/meeting/call", s_call);
        await api.Secretariat.PostAsync($"/api/v1/rounds/{round}/meeting/open", s_open, 1);

        (await chair.PostAsync($"/api/v1/rounds/{round}/applications/hamar/recommend", Advice("admit", "for"), 5)).Status.ShouldBe(HttpStatusCode.NotFound);
        await api.Secretariat.PostAsync($"/api/v1/rounds/{round}/meeting/rank", new { order = new[] { "hamar" }, effectiveOn = "2009-09-01" }, headers: ("If-Match", "*"));
        (await chair.PostAsync($"/api/v1/rounds/{round}/meeting/rank", new { order = new[] { "moss" }, effectiveOn = "2009-09-01" }, headers: ("If-Match", "*"))).Status.ShouldBe(HttpStatusCode.OK);
        (await api.Leadership.GetAsync($"/api/v1/rounds/{round}/ranking")).Value["applications"]![0]!["councilPlace"]!.GetValue<int>().ShouldBe(1, "the chair does not rank what is not there for the chair");
        (await chair.GetAsync($"/api/v1/rounds/{round}/meeting")).Text.ShouldNotContain("hamar");
        (await chair.GetAsync($"/api/v1/rounds/{round}/ranking?format=csv")).Text.ShouldNotContain("Hamar");
    }

    /// <summary>A round in which hamar's application is handed to the council.</summary>
    private async Task<string> UnderReviewAsync(bool reviewed)
    {
        var round = await api.OpenRoundAsync(Interlocked.Increment(ref s_number));
        var (id, hamar) = (new RoundId(Guid.Parse(round)), new MunicipalityId("hamar"));
        foreach (var member in s_members)
            await api.Site.DoAsync(new AppointCouncilMember(new(Guid.Parse(api.Programme)), member, "Husbanken", true) { On = new DateOnly(2009, 3, 1) }, Role.Leadership);
        var content = new ApplicationContent(
            new Resolution("kommunestyret", StatedDay.Exactly(new(2009, 4, 20)), "09/123"), "Mangler egnede boliger.", ["Bosetting"], "Styringsgruppe.", "Servicekontoret");
        var day = new DateOnly(2009, 5, 1);
        await api.Site.DoAsync(new DraftApplication(id, hamar) { On = day }, Role.Secretariat);
        await api.Site.DoAsync(new SubmitApplication(id, hamar, content, new SignOff(Signatory.ChiefExecutive, null)) { On = day }, Role.Secretariat);
        await api.Site.DoAsync(new DeclareApplicationComplete(id, hamar) { On = day }, Role.Secretariat);
        await api.Site.DoAsync(new StartReview(id, hamar) { On = day }, Role.Secretariat);
        if (reviewed)
            await api.Site.ReviewedAsync(round, "hamar", new DateOnly(2009, 8, 20));
        return round;
    }
}
