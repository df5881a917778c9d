using System.Net;
using System.Text.Json.Nodes;
using HousingBank.Domain.CouncilMeetings;
using HousingBank.Domain.Vocabulary;
using HousingBank.Processes;
using HousingBank.Web.Access;
using Microsoft.Extensions.DependencyInjection;

namespace HousingBank.Web.Tests.Api;

/// <summary>Reviews, conflicts and recusals through the API: each member in the own name, and nothing told to who may not see.</summary>
public sealed class ReviewTests(ApiSite site) : IClassFixture<ApiSite>
{
    private const string First = "council-region-ost";
    private const string Second = "council-2-region-ost";
    private const string Third = "council-3-region-ost";

    private static readonly Handed s_handedIn = new([new("need", 4, "Mange uten bolig")], "2009-08-10");

    private sealed record Handed(Domain.Reviews.CriterionScore[] Scores, string EffectiveOn);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static string Reference(string person) => DemoPeople.Prefix + person;

    [Fact]
    public async Task Two_members_hand_in_at_once_and_both_are_recorded()
    {
        var application = await UnderReviewAsync(11);
        var members = new[] { await site.AsAsync(First), await site.AsAsync(Second) };

        var answers = await Task.WhenAll(members.Select(m => m.PostAsync($"{application}/review/hand-in", s_handedIn)));

        answers.Select(a => a.Status).ShouldBe([HttpStatusCode.Created, HttpStatusCode.Created]);
        var reviews = (await site.Secretariat.GetAsync($"{application}/reviews")).Value["application"]!;
        reviews["reviews"]!.AsArray().Select(r => (string?)r!["member"]!["member"]).ShouldBe([Reference(First), Reference(Second)], ignoreOrder: true);
        reviews["awaited"]!.AsArray().ShouldHaveSingleItem()!["member"]!.GetValue<string>().ShouldBe(Reference(Third));
    }

    [Fact]
    public async Task Sent_twice_it_is_handed_in_once()
    {
        var application = await UnderReviewAsync(12);
        var member = await site.AsAsync(First);
        var key = Guid.CreateVersion7().ToString();

        var first = await member.PostAsync($"{application}/review/hand-in", s_handedIn, key: key);
        var same = await member.PostAsync($"{application}/review/hand-in", s_handedIn, key: key);
        var again = await member.PostAsync($"{application}/review/hand-in", s_handedIn);

        new[] { same.Status, again.Status }.ShouldAllBe(s => s == HttpStatusCode.Created);
        (same.Text, again.ETag).ShouldBe((first.Text, first.ETag));
    }

    [Fact]
    public async Task A_draft_is_the_members_own_and_what_was_handed_in_before_stays()
    {
        var application = await UnderReviewAsync(13);
        var member = await site.AsAsync(First);
        await MakeAsync(member, $"{application}/review/save-draft", new { scores = new[] { new { criterion = "need", score = (int?)2, reason = (string?)null } }, remark = "uferdig", effectiveOn = "2009-08-09" });

        (await OwnAsync(member, application))!["draft"]!["remark"]!.GetValue<string>().ShouldBe("uferdig");
        var seen = await site.Secretariat.GetAsync($"{application}/reviews");
        seen.Text.ShouldNotContain("uferdig");
        (await site.Secretariat.GetAsync($"{application}/reviews?format=csv")).Text.ShouldNotContain("uferdig");

        await MakeAsync(member, $"{application}/review/hand-in", s_handedIn);
        await MakeAsync(member, $"{application}/review/hand-in", new { scores = new[] { new { criterion = "need", score = 5, reason = "Flere enn før" } }, effectiveOn = "2009-08-12" });
        var own = (await OwnAsync(member, application))!;
        (own["state"]!.GetValue<string>(), own["draft"]).ShouldBe(("changed", null));
        own["earlier"]!.AsArray().ShouldHaveSingleItem()!["scores"]![0]!["score"]!.GetValue<int>().ShouldBe(4);
    }

    [Fact]
    public async Task Others_reviews_are_there_when_the_own_is_in()
    {
        var application = await UnderReviewAsync(19);
        var (first, second) = (await site.AsAsync(First), await site.AsAsync(Second));
        await MakeAsync(first, $"{application}/review/hand-in", s_handedIn);
        var everywhere = new[] { $"{application}/reviews", $"{application}/reviews?format=csv", application.Split("/applications")[0] + "/reviews" };

        foreach (var address in everywhere)
            (await second.GetAsync(address)).Text.ShouldNotContain("Mange uten bolig", Case.Insensitive, address);
        await MakeAsync(second, $"{application}/review/save-draft", s_handedIn with { EffectiveOn = "2009-08-09" });
        (await second.GetAsync(everywhere[0])).Value["application"]!["reviews"]!.AsArray().ShouldBeEmpty();

        await MakeAsync(second, $"{application}/review/hand-in", s_handedIn);
        (await second.GetAsync(everywhere[0])).Value["application"]!["reviews"]!.AsArray().Count.ShouldBe(2);
    }

    [Fact]
    public async Task Nobody_writes_the_review_of_another()
    {
        var application = await UnderReviewAsync(14);
        var member = await site.AsAsync(First);

        (await member.PostAsync($"{application}/review/hand-in", new { member = Reference(Second), scores = Array.Empty<object>(), effectiveOn = "2009-08-10" })).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await site.Secretariat.PostAsync($"{application}/review/hand-in", s_handedIn)).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await (await site.AsAsync("council-7-region-ost")).PostAsync($"{application}/review/hand-in", s_handedIn)).ShouldBeProblem(HttpStatusCode.Conflict, "council-member-not-appointed");
    }

    [Fact]
    public async Task After_the_meeting_no_review_is_changed()
    {
        var application = await UnderReviewAsync(15);
        var member = await site.AsAsync(First);
        await MakeAsync(member, $"{application}/review/hand-in", s_handedIn);
        await MeetAsync(application, First, close: true);

        var changed = new { scores = new[] { new { criterion = "need", score = 1, reason = "Ombestemt" } }, effectiveOn = "2009-09-02" };
        (await member.PostAsync($"{application}/review/hand-in", changed)).ShouldBeProblem(HttpStatusCode.Conflict, "council-meeting-closed");
        (await member.PostAsync($"{application}/review/save-draft", changed)).ShouldBeProblem(HttpStatusCode.Conflict, "council-meeting-closed");
    }

    [Fact]
    public async Task Who_has_declared_a_conflict_is_told_the_same_as_where_there_is_no_application()
    {
        var application = await UnderReviewAsync(16);
        var nowhere = application.Replace("hamar", "moss", StringComparison.Ordinal);
        var member = await site.AsAsync(First);
        var conflict = new { reason = "Var med på å skrive den", effectiveOn = "2009-08-10" };

        var declared = await member.PostAsync($"{application}/declare-conflict", conflict);

        declared.Status.ShouldBe(HttpStatusCode.OK, declared.Text);
        declared.ETag.ShouldBeNull();
        declared.Json.Select(p => p.Key).ShouldBe(["recordedAt"]);
        foreach (var (deed, body) in new (string, object)[] { ("declare-conflict", conflict), ("review/hand-in", s_handedIn), ("review/save-draft", s_handedIn) })
        {
            var here = await member.PostAsync($"{application}/{deed}", body);
            here.ShouldBeProblem(HttpStatusCode.NotFound, "application-unknown");
            Told(here).ShouldBe(Told(await member.PostAsync($"{nowhere}/{deed}", body)));
        }

        foreach (var question in new[] { "reviews", "recusals" })
            (await member.GetAsync($"{application}/{question}")).Status.ShouldBe((await member.GetAsync($"{nowhere}/{question}")).Status);
        (await member.GetAsync(application.Split("/applications")[0] + "/reviews")).Text.ShouldNotContain("hamar");
    }

    [Fact]
    public async Task The_chair_recuses_and_takes_it_back_and_other_members_do_not()
    {
        var application = await UnderReviewAsync(17);
        await MeetAsync(application, First);
        var chair = await site.AsAsync(First);
        var member = await site.AsAsync(Second);
        var recusal = new { member = Reference(Second), reason = "Nær slekt", effectiveOn = "2009-09-01" };

        (await member.PostAsync($"{application}/recuse", recusal with { member = Reference(First) })).Status.ShouldBe(HttpStatusCode.Forbidden);
        foreach (var time in new[] { 1, 2 })
        {
            var recused = await chair.PostAsync($"{application}/recuse", recusal);
            recused.Status.ShouldBe(HttpStatusCode.OK, recused.Text);
            (recused.ETag, recused.Json.Count).ShouldBe((null, 1), $"time {time}");
        }

        var standing = (await chair.GetAsync($"{application}/recusals")).Value["recusals"]!.AsArray()
            .Single(r => (string?)r!["member"]!["member"] == Reference(Second))!;
        (standing["member"]!["member"]!.GetValue<string>(), standing["cause"]!.GetValue<string>(), standing["withdrawnOn"]).ShouldBe((Reference(Second), "chair", null));

        (await member.PostAsync($"{application}/withdraw-recusal", recusal)).Status.ShouldBe(HttpStatusCode.NotFound);
        (await site.Secretariat.PostAsync($"{application}/withdraw-recusal", recusal)).Status.ShouldBe(HttpStatusCode.OK);
        (await site.Secretariat.PostAsync($"{application}/withdraw-recusal", recusal)).ShouldBeProblem(HttpStatusCode.Conflict, "member-not-recused");
    }

    [Fact]
    public async Task An_affiliation_recuses_by_itself_and_nobody_takes_it_back()
    {
        var application = await UnderReviewAsync(18);
        var affiliation = new { member = Reference(Third), municipality = ApiSite.Municipality, @as = "folkevalgt", effectiveOn = "2009-05-01" };
        await site.Secretariat.DecideAsync($"/api/v1/programmes/{site.Programme}/note-affiliation", $"programme/{site.Programme}", affiliation);

        var recusal = (await site.Secretariat.GetAsync($"{application}/recusals")).Value["recusals"]!.AsArray().ShouldHaveSingleItem()!;
        (recusal["cause"]!.GetValue<string>(), recusal["reason"]!.GetValue<string>()).ShouldBe(("affiliation", "folkevalgt"));
        (await site.Secretariat.PostAsync($"{application}/withdraw-recusal", new { affiliation.member, reason = "x", effectiveOn = "2009-09-01" }))
            .ShouldBeProblem(HttpStatusCode.Conflict, "member-not-recused");
        var council = (await site.Secretariat.GetAsync($"/api/v1/programmes/{site.Programme}/council")).Value["members"]!.AsArray();
        council.Single(m => (string?)m!["member"]!["member"] == affiliation.member)!["affiliations"]!.AsArray().ShouldHaveSingleItem()!["as"]!.GetValue<string>().ShouldBe("folkevalgt");

        await site.Secretariat.DecideAsync(
            $"/api/v1/programmes/{site.Programme}/end-affiliation", $"programme/{site.Programme}", new { affiliation.member, affiliation.municipality, effectiveOn = "2009-06-01" });
        (await site.Secretariat.GetAsync($"{application}/recusals")).Value["recusals"]!.AsArray().ShouldHaveSingleItem()!["withdrawnOn"]!["on"]!.GetValue<string>().ShouldBe("2009-06-01");
    }

    /// <summary>What an answer says, but for where it was asked.</summary>
    private static string Told(ApiAnswer answer)
    {
        var json = answer.Json;
        json.Remove("instance");
        json.Remove("traceId");
        return json.ToJsonString();
    }

    private static async Task<JsonNode?> OwnAsync(ApiClient member, string application) => (await member.GetAsync($"{application}/reviews")).Value["application"]!["own"];

    private static async Task MakeAsync(ApiClient member, string address, object body)
    {
        var answer = await member.PostAsync(address, body);
        answer.Status.ShouldBe(HttpStatusCode.Created, answer.Text);
    }

    /// <summary>Opens a round of its own, with hamar's application before a council of three.</summary>
    /// <returns>The address of the application.</returns>
    private async Task<string> UnderReviewAsync(int number)
    {
        await SeatAsync();
        var round = await site.OpenRoundAsync(number);
        var application = $"/api/v1/rounds/{round}/applications/{ApiSite.Municipality}";
        var stream = $"application/{HousingBank.Domain.Vocabulary.ApplicationId.Of(new(Guid.Parse(round)), new(ApiSite.Municipality)).Value}";
        await site.Secretariat.MakeAsync($"/api/v1/rounds/{round}/applications", new { municipality = ApiSite.Municipality, effectiveOn = "2009-04-02" });
        await site.Secretariat.DecideAsync($"{application}/submit", stream, new
        {
            content = new
            {
                resolution = new { body = "kommunestyret", on = "2009-04-20", caseNumber = "09/12" },
                needsAssessment = "Mange uten bolig",
                focusAreas = new[] { "bosetting" },
                proposedOrganisation = "Prosjektleder i staben",
                contact = "servicetorget",
            },
            signOff = new { by = "chiefExecutive" },
            effectiveOn = "2009-05-02",
        });
        await site.Secretariat.DecideAsync($"{application}/declare-complete", stream, new { effectiveOn = "2009-06-10" });
        await site.Secretariat.DecideAsync($"{application}/start-review", stream, new { effectiveOn = "2009-06-15" });
        return application;
    }

    private async Task SeatAsync()
    {
        foreach (var person in new[] { First, Second, Third })
        {
            var council = (await site.Leadership.GetAsync($"/api/v1/programmes/{site.Programme}/council")).Value["members"]!.AsArray();
            if (council.All(m => (string?)m!["member"]!["member"] != Reference(person)))
                await site.Leadership.DecideAsync($"/api/v1/programmes/{site.Programme}/appoint-council-member", $"programme/{site.Programme}", new
                {
                    member = Reference(person),
                    affiliation = "KS",
                    inside = false,
                    effectiveOn = "2009-03-10",
                });
        }
    }

    /// <summary>Calls and opens the council's meeting on the application's round.</summary>
    private async Task MeetAsync(string application, string chair, bool close = false)
    {
        var round = new RoundId(Guid.Parse(application.Split('/')[4]));
        var day = StatedDay.Exactly(new(2009, 9, 1));
        await DoneAsync(new CallCouncilMeeting(round, day) { On = StatedDay.Exactly(new(2009, 8, 1)) });
        await DoneAsync(new OpenCouncilMeeting(round, new(Guid.Parse(site.Programme)), Reference(chair), [Reference(First), Reference(Second)]) { On = day });
        if (close)
            await DoneAsync(new CloseCouncilMeeting(round) { On = day });
    }

    private async Task DoneAsync(Command command) =>
        (await site.Site.Services.GetRequiredService<CommandDesk>().RunAsync(
            new Caller("demo:secretariat-region-ost", Role.Secretariat, "region-ost"), command, Guid.CreateVersion7(), null, Cancel)).ShouldBeOfType<Outcome.Done>();
}
