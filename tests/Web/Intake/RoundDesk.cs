using System.Net;
using HousingBank.Domain.Vocabulary;
using HousingBank.Support;
using HousingBank.Web.Access;
using HousingBank.Web.Tests.Api;

namespace HousingBank.Web.Tests.Intake;

/// <summary>A programme with one round, carried on through the API by everybody who has a part in it. What is decided must succeed; what is asked for need not.</summary>
/// <param name="programme">Chosen by the test, like <paramref name="round"/>: the same ids give the same streams.</param>
internal sealed class RoundDesk(Site site, Guid programme, Guid round)
{
    private readonly Dictionary<string, ApiClient> _people = [];

    public string Address => $"/api/v1/rounds/{round}";

    public ApiClient Secretariat => _people["secretariat-region-ost"];

    public ApiClient Leadership => _people["leadership-region-ost"];

    public static string Reference(string person) => DemoPeople.Prefix + person;

    public async Task<ApiClient> AsAsync(string person) =>
        _people.TryGetValue(person, out var client) ? client : _people[person] = new(await site.SignedInAsync(person));

    /// <summary>The programme with its model, and its council.</summary>
    /// <param name="preparation">What has to be met before planning, by code.</param>
    public async Task BeginAsync(IEnumerable<string> municipalities, IEnumerable<string> council, string[] preparation)
    {
        await site.ReadyAsync();
        await AsAsync("secretariat-region-ost");
        await AsAsync("leadership-region-ost");
        foreach (var key in municipalities)
            await Secretariat.MakeAsync("/api/v1/municipalities", new { key, name = key, kind = "municipality", county = "Fylke", effectiveOn = "2009-01-01" });
        await Leadership.MakeAsync("/api/v1/programmes", Bodies.ProgrammeOf(programme));
        await OnProgrammeAsync("adopt-framework-model", Bodies.Model(preparation));
        foreach (var member in council)
            await OnProgrammeAsync("appoint-council-member", new { member = Reference(member), affiliation = "Husbanken", inside = true, effectiveOn = "2009-03-10" });
    }

    /// <summary>A round by two criteria, "need" of weight 2 and "will" of weight 1, with its deadline on 1 June 2009.</summary>
    public async Task OpenAsync(int capacity, IEnumerable<string> invited)
    {
        await Secretariat.MakeAsync("/api/v1/rounds", new
        {
            id = round,
            programme,
            number = 1,
            deadline = "2009-06-01",
            capacity,
            openToAll = false,
            criteria = new[] { new { code = "need", name = new { nb = "Behov" }, weight = 2 }, new { code = "will", name = new { nb = "Vilje" }, weight = 1 } },
            effectiveOn = "2009-03-15",
        });
        foreach (var municipality in invited)
            await OnRoundAsync("invite", new { municipality, effectiveOn = "2009-04-01" });
    }

    public Task<ApiAnswer> OnProgrammeAsync(string what, object body) => Leadership.DecideAsync($"/api/v1/programmes/{programme}/{what}", $"programme/{programme}", body);

    public Task<ApiAnswer> OnRoundAsync(string what, object body, ApiClient? by = null) => (by ?? Secretariat).DecideAsync($"{Address}/{what}", $"round/{round}", body);

    /// <summary>On the version that the application itself tells: what is left out of its log for whoever asks counts too.</summary>
    public async Task<ApiAnswer> OnApplicationAsync(ApiClient by, string municipality, string what, object body)
    {
        var address = $"{Address}/applications/{municipality}";
        var answer = await by.PostAsync($"{address}/{what}", body, (int)(await by.GetAsync(address)).Value["version"]!);
        answer.Status.ShouldBe(HttpStatusCode.OK, $"{municipality} {what}: {answer.Text}");
        return answer;
    }

    /// <summary>What may be refused: whatever its version is.</summary>
    public static Task<ApiAnswer> TryAsync(ApiClient by, string address, object body) => by.PostAsync(address, body, headers: ("If-Match", "*"));

    /// <summary>What a council member does at an application, of which the member need not know a version.</summary>
    public async Task AtAsync(string member, string municipality, string what, object body)
    {
        var answer = await (await AsAsync(member)).PostAsync($"{Address}/applications/{municipality}/{what}", body);
        answer.Message.IsSuccessStatusCode.ShouldBeTrue($"{member} {municipality} {what}: {answer.Text}");
    }

    public async Task CallMeetingAsync(string day) =>
        (await Secretariat.PostAsync($"{Address}/meeting/call", new { day, effectiveOn = "2009-07-20" })).Message.IsSuccessStatusCode.ShouldBeTrue();

    public Task<ApiAnswer> AtMeetingAsync(string what, object body, ApiClient? by = null) =>
        (by ?? Secretariat).DecideAsync($"{Address}/meeting/{what}", CouncilMeetingId.Of(new(round)).Stream.ToString(), body);

    public string Stream(string municipality) => Domain.Vocabulary.ApplicationId.Of(new(round), new(municipality)).Stream.ToString();
}
