using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using HousingBank.Domain.Vocabulary;
using HousingBank.Processes.Persons;
using HousingBank.Support;
using HousingBank.Web.Tests.Api;
using Microsoft.Extensions.DependencyInjection;

namespace HousingBank.Web.Tests.Persons;

/// <summary>Persons named in every place: who reads them, and that nothing of them is left anywhere once they are erased.</summary>
public sealed partial class ErasureEverywhereTests(NamedPersonsSite site) : IClassFixture<NamedPersonsSite>
{
    [Fact]
    public async Task Those_who_may_read_names_and_after_the_erasure_nobody_does_anywhere()
    {
        var words = site.Persons.ToDictionary(p => p.Key, p => p.Value);
        words.Count.ShouldBe(5);

        // Each is found, in the pages and in the API, by the secretariat; and nowhere by those who may not read it.
        var toSecretariat = await site.EverythingAsync("secr");
        foreach (var (where, person) in words)
        {
            toSecretariat.Where(a => a.Text.Contains(person.Name)).Select(a => a.Address.StartsWith("/api/", StringComparison.Ordinal)).Distinct().Count().ShouldBe(2, where);
            toSecretariat.Single(a => a.Address == $"/api/v1/persons/{person.Id}").Text.ShouldContain(person.Name, customMessage: where);
        }

        FoundBy(await site.EverythingAsync("eval"), words).ShouldBeEmpty();
        FoundBy(await site.EverythingAsync("audit"), words).ShouldBeEmpty();
        FoundBy(await site.EverythingAsync("write"), words).ShouldBeEmpty();
        FoundBy(await site.EverythingAsync("coun"), words).ShouldBe(["council"]);
        FoundBy(await site.EverythingAsync("own"), words).ShouldBe(["contact", "leader", "project", "steering"], ignoreOrder: true);

        // Never in the open in the database, nor in any line of the log.
        var before = await site.WholeDatabaseAsync();
        Traces(before, words.Values).ShouldBeEmpty();
        var exported = (await site.Leadership.GetAsync("/api/v1/decisions?take=1000")).Text;
        var sealedBefore = SealedIn(before);
        sealedBefore.Count.ShouldBeGreaterThanOrEqualTo(5);

        foreach (var person in words.Where(w => w.Key != "leader").Select(w => w.Value))
        {
            var erased = await site.Leadership.PostAsync($"/api/v1/persons/{person.Id}/erase", new { reason = "requested", basis = new { kind = "case", reference = "10/55" }, effectiveOn = "2011-01-10" });
            erased.Status.ShouldBe(HttpStatusCode.Created, erased.Text);
        }

        var leader = $"/personer/{words["leader"].Id}";
        (await site.Secretariat.SendAsync($"{leader}/slett", ("reason", "requested"), ("on", "2011-01-10"))).StatusCode.ShouldBe(HttpStatusCode.OK, "neither confirmed nor with a case");
        (await site.Secretariat.SendAsync($"{leader}/slett", ("reason", "requested"), ("caseNumber", "10/56"), ("confirmed", "yes"), ("on", "2011-01-10"))).StatusCode.ShouldBe(HttpStatusCode.Redirect);

        foreach (var asker in new[] { "secr", "lead", "own", "coun" })
            FoundBy(await site.EverythingAsync(asker), words, w => w.Words).ShouldBeEmpty(asker);
        (await site.Secretariat.Client.PageAsync(leader)).Body!.TextContent.ShouldContain("Personen er slettet");
        Traces(await site.WholeDatabaseAsync(), words.Values).ShouldBeEmpty();
        Traces(string.Join('\n', site.Log.All), words.Values).ShouldBeEmpty();
        site.Log.All.Count.ShouldBeGreaterThan(1000);

        // What was exported or dumped before opens no more, and the log still says what it was sealed as.
        Traces(exported, words.Values).ShouldBeEmpty();
        var opened = await site.Matrix.Site.Services.GetRequiredService<PersonSafe>().OpenAsync("region-ost", sealedBefore, new("test", null, "auditor", "test"), TestContext.Current.CancellationToken);
        opened.Zip(sealedBefore).Where(o => words.Values.Any(w => w.Id == o.Second.Person.Value.ToString())).ShouldAllBe(o => o.First == OpenedPerson.Erased);
        await DemoHistory.RunCliAsync(site.Matrix.ConnectionString, "verify");
    }

    private static IEnumerable<string> FoundBy(IReadOnlyList<(string Address, string Text)> answers, Dictionary<string, Named> persons, Func<Named, IEnumerable<string>>? words = null) =>
        persons.Where(p => answers.Any(a => (words?.Invoke(p.Value) ?? p.Value.Words).Any(w => a.Text.Contains(w, StringComparison.Ordinal)))).Select(p => p.Key);

    /// <summary>As text, as bytes in hexadecimal digits, and as base64 at any of its three offsets.</summary>
    private static IEnumerable<string> Traces(string text, IEnumerable<Named> persons) =>
        from word in persons.SelectMany(p => p.Words)
        let bytes = Encoding.UTF8.GetBytes(word)
        from form in new[] { word, Convert.ToHexStringLower(bytes) }.Concat(Enumerable.Range(0, 3).Select(o => Convert.ToBase64String([.. new byte[o], .. bytes])[((o * 4 / 3) + 1)..^4]))
        where text.Contains(form, StringComparison.OrdinalIgnoreCase)
        select form;

    /// <summary>Everything sealed that the text of the database holds; jsonb writes its members by length: mark, person, ciphertext.</summary>
    private static List<PersonalData> SealedIn(string dump) =>
        [.. SealedObject().Matches(dump).Select(m => new PersonalData(new(Guid.Parse(m.Groups[2].Value)), m.Groups[3].Value, m.Groups[1].Value))];

    [GeneratedRegex("""\{""mark"": ""([^"]+)"", ""person"": ""([0-9a-f-]{36})"", ""ciphertext"": ""([^"]+)""\}""")]
    private static partial Regex SealedObject();
}

/// <summary>What programs meet when they name persons.</summary>
public sealed class PersonRequestTests(ApiSite api) : IClassFixture<ApiSite>
{
    private static object Leader(object? person) => new { unit = "Fagstab", placement = "strategicUnit", orientation = "both", person, effectiveOn = "2009-05-01" };

    [Fact]
    public async Task A_request_sent_again_names_the_same_person_once_also_when_both_come_at_once()
    {
        var address = $"/api/v1/programmes/{api.Programme}/appoint-council-member";
        object Body(string name) => new { member = "medlem-a", affiliation = "x", inside = true, person = new { name }, effectiveOn = "2009-05-01" };
        var version = (await api.Leadership.GetAsync($"/api/v1/facts/programme/{api.Programme}")).Value.AsArray().Count;

        var twins = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => api.Leadership.PostAsync(address, Body("Navn Navnesen"), version, "samme")));
        twins.ShouldAllBe(t => t.Status == HttpStatusCode.OK, string.Join('\n', twins.Select(t => t.Text)));
        twins.Select(t => t.Text).Distinct().ShouldHaveSingleItem();
        (await api.Leadership.PostAsync(address, Body("En Annen"), version, "samme")).ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "id-used-for-another");
        (await api.Leadership.GetAsync("/api/v1/persons")).Value["persons"]!.AsArray().Count(p => (string?)p!["name"] == "Navn Navnesen").ShouldBe(1);
    }

    [Fact]
    public async Task What_cannot_be_right_is_told_by_its_field_and_a_municipality_writes_under_nobodys_key()
    {
        var address = $"/api/v1/programmes/{api.Programme}/appoint-council-member";
        var wrong = await api.Leadership.PostAsync(address, new { member = "b", affiliation = "x", inside = true, person = new { name = "Navn", email = "ingen adresse" }, effectiveOn = "2009-05-01" }, 1);
        wrong.ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "email-unreadable");
        wrong.Json["errors"]!.AsObject().Select(e => e.Key).ShouldBe(["person.email"]);

        var municipality = await api.AsAsync("municipality-hamar");
        var course = Domain.Vocabulary.ParticipationId.Of(new(Guid.Parse(api.Round)), new("hamar")).Value;
        (await municipality.PostAsync($"/api/v1/participations/{course}/appoint-programme-leader", Leader(new { name = "Navn", person = Guid.CreateVersion7() }), 1))
            .ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "person-reference-not-allowed");
    }

    [Fact]
    public async Task Without_a_master_key_what_names_a_person_is_refused_for_now_and_the_rest_works()
    {
        await using var without = new Site { Settings = new Dictionary<string, string> { ["ConnectionStrings:Programme"] = api.ConnectionString, ["PersonalData:MasterKey"] = "" } };
        await without.ReadyAsync();
        var leader = new ApiClient(await without.SignedInAsync("leadership-region-ost"));
        var address = $"/api/v1/programmes/{api.Programme}/appoint-council-member";
        object Body(object? person) => new { member = "c", affiliation = "x", inside = true, person, effectiveOn = "2009-05-01" };

        (await leader.PostAsync(address, Body(new { name = "Navn" }), 1)).ShouldBeProblem(HttpStatusCode.ServiceUnavailable, "personal-data-unavailable");
        (await leader.GetAsync("/api/v1/persons")).Status.ShouldBe(HttpStatusCode.OK);
        var version = (await leader.GetAsync($"/api/v1/facts/programme/{api.Programme}")).Value.AsArray().Count;
        (await leader.PostAsync(address, Body(null), version)).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task An_erasure_is_of_somebody_rests_on_a_case_and_is_kept_by_no_cache()
    {
        var erase = new { reason = "requested", basis = new { kind = "case", reference = "1" }, effectiveOn = "2009-06-01" };
        (await api.Leadership.PostAsync($"/api/v1/persons/{Guid.CreateVersion7()}/erase", erase)).ShouldBeProblem(HttpStatusCode.NotFound, "person-unknown");
        var id = Guid.CreateVersion7();
        await api.Leadership.DecideAsync($"/api/v1/programmes/{api.Programme}/appoint-council-member", $"programme/{api.Programme}", new
        {
            member = "d",
            affiliation = "x",
            inside = true,
            person = new { name = "Navn", person = id },
            effectiveOn = "2009-05-01",
        });
        (await api.Leadership.PostAsync($"/api/v1/persons/{id}/erase", new { reason = "requested", effectiveOn = "2009-06-01" })).ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "basis-missing");

        foreach (var address in new[] { "/api/v1/persons?knownAt=2009-01-01", "/api/v1/persons", $"/api/v1/persons/{id}?knownAt={DateTimeOffset.UtcNow:yyyy-MM-ddTHH:mm:ssZ}" })
            (await api.Leadership.GetAsync(address)).Message.Headers.CacheControl!.NoStore.ShouldBeTrue(address);
        (await api.Leadership.PostAsync($"/api/v1/persons/{id}/erase", erase)).Status.ShouldBe(HttpStatusCode.Created);
        var again = await api.Leadership.PostAsync($"/api/v1/persons/{id}/erase", erase);
        again.Status.ShouldBe(HttpStatusCode.Created, again.Text);
        ((string?)(await api.Leadership.GetAsync($"/api/v1/persons/{id}")).Value["readability"]).ShouldBe("erased");
    }
}
