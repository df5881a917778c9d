using System.Net;
using AngleSharp.Dom;
using HousingBank.Domain.Applications;
using HousingBank.Domain.IntakeRounds;
using HousingBank.Domain.Vocabulary;
using HousingBank.Processes;
using Microsoft.Extensions.DependencyInjection;

namespace HousingBank.Web.Tests;

/// <summary>What the council's members, and those who look after the council, carry out in forms.</summary>
public sealed class CouncilFormTests(DemoSite demo) : IClassFixture<DemoSite>
{
    private const string First = "council-region-ost";
    private const string Second = "council-2-region-ost";

    private static readonly MunicipalityId Trondheim = new("trondheim");
    private static readonly ProgrammeId Programme = new(NamedUuid.Make(NamedUuid.Root, "programme:boso-ost"));
    private static readonly string Council = $"/programmet/{Programme.Value}/radet";

    private static readonly (string, string)[] s_scores =
        [("scores[0].score", "4"), ("scores[0].reason", "Mange uten bolig"), ("scores[1].score", "2"), ("scores[1].reason", "Lite avklart"), ("on", "2012-04-02")];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_review_is_left_handed_in_and_changed_and_the_others_are_seen_after_the_own()
    {
        await SeatAsync();
        var application = await UnderReviewAsync(41);
        var (first, second) = (await AsAsync(First), await AsAsync(Second));
        var mine = $"{application}/min-vurdering";

        (await first.DoneAsync(mine, ("draft", "yes"), ("scores[0].reason", "Må leses igjen"), ("on", "2012-04-01"))).ShouldBe(mine);
        (await first.OpenAsync(mine)).Typed("scores[0].reason").ShouldBe("Må leses igjen");
        (await RowAsync(first, application)).ShouldContain("utkast");

        var refused = await (await first.SendAsync(mine, ("scores[0].score", "4"))).PageAsync();
        refused.Problems().Count.ShouldBe(2);
        refused.Typed("scores[0].reason").ShouldBe("Må leses igjen");
        (await first.DoneAsync(mine, s_scores)).ShouldBe($"{application}/vurderinger");
        (await RowAsync(first, application)).ShouldContain("levert");

        (await TextAsync(second, $"{application}/vurderinger")).ShouldNotContain("Mange uten bolig");
        (await TextAsync(second, mine)).ShouldNotContain("Mange uten bolig");
        await second.DoneAsync(mine, [.. s_scores.Where(s => s.Item1 != "scores[0].reason"), ("scores[0].reason", "Stort behov")]);
        (await TextAsync(second, mine)).ShouldContain("Mange uten bolig");

        await first.DoneAsync(mine, ("scores[1].score", "3"), ("on", "2012-04-03"));
        (await RowAsync(first, application)).ShouldContain("levert og endret");
        (await TextAsync(first, mine)).ShouldContain("Levert tidligere");
        var secretary = await TextAsync(await AsAsync("secretariat-region-ost"), $"{application}/vurderinger");
        secretary.ShouldContain("Mange uten bolig");
        secretary.ShouldContain("Stort behov");
    }

    [Fact]
    public async Task A_declared_conflict_is_final_for_the_member_and_the_secretariat_can_take_it_back()
    {
        await SeatAsync();
        var application = await UnderReviewAsync(42);
        var (member, secretary) = (await AsAsync(First), await AsAsync("secretariat-region-ost"));

        (await (await member.SendAsync($"{application}/inhabil", ("reason", "Var med på å skrive den"), ("on", "2012-04-01"))).PageAsync()).Problems().ShouldHaveSingleItem();
        var list = await member.DoneAsync($"{application}/inhabil", ("reason", "Var med på å skrive den"), ("confirmed", "yes"), ("on", "2012-04-01"));
        (await TextAsync(member, list)).ShouldNotContain("Trondheim");
        foreach (var page in new[] { "min-vurdering", "inhabil", "vurderinger" })
            (await member.Client.GetAsync($"{application}/{page}")).StatusCode.ShouldBe(HttpStatusCode.NotFound, page);

        (await TextAsync(secretary, $"{application}/vurderinger")).ShouldContain("Var med på å skrive den");
        await secretary.DoneAsync($"{application}/opphev-inhabilitet", ("member", "demo:" + First), ("reason", "Forveksling"), ("on", "2012-04-02"));
        (await TextAsync(secretary, $"{application}/vurderinger")).ShouldContain("Forveksling");
    }

    [Fact]
    public async Task A_member_is_recused_by_the_secretariat_for_the_chair_and_not_by_other_members()
    {
        await SeatAsync();
        var application = await UnderReviewAsync(43);
        var (member, secretary) = (await AsAsync(Second), await AsAsync("secretariat-region-ost"));

        (await member.Client.GetAsync($"{application}/kjenn-inhabil")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        await secretary.DoneAsync($"{application}/kjenn-inhabil", ("member", "demo:" + Second), ("reason", "Nær slekt"), ("confirmed", "yes"), ("on", "2012-04-01"));

        (await member.Client.GetAsync($"{application}/min-vurdering")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await secretary.OpenAsync($"{application}/kjenn-inhabil")).QuerySelectorAll("[name=member] option").Select(o => o.GetAttribute("value")).ShouldNotContain("demo:" + Second);
    }

    [Fact]
    public async Task The_council_is_looked_after_by_its_forms()
    {
        var (leader, secretary) = (await AsAsync("leadership-region-ost"), await AsAsync("secretariat-region-ost"));
        (await leader.DoneAsync(
            $"{Council}/oppnevn", ("member", "medlem-7"), ("affiliation", "KS"), ("inside", "outside"), ("until", "2013-12-31"), ("on", "2012-01-01"))).ShouldBe(Council);
        await secretary.DoneAsync($"{Council}/tilknytning", ("member", "medlem-7"), ("municipality", "moss"), ("as", "folkevalgt"), ("on", "2012-02-01"));

        (await TextAsync(secretary, $"{Council}?asOf=2012-03-01")).ShouldContain("Moss: folkevalgt");
        await secretary.DoneAsync($"{Council}/tilknytning/avslutt", ("municipality", "moss/medlem-7"), ("on", "2012-06-01"));
        (await TextAsync(secretary, $"{Council}?asOf=2012-07-01")).ShouldContain("avsluttet");
        await leader.DoneAsync($"{Council}/fratre", ("member", "medlem-7"), ("on", "2012-09-01"));
        (await TextAsync(secretary, $"{Council}?asOf=2012-10-01")).ShouldNotContain("medlem-7");
    }

    private static async Task<string> RowAsync(FormFiller member, string application) =>
        (await member.OpenAsync($"{application.Split("/soknader")[0]}/vurderinger")).QuerySelectorAll("tbody tr").ShouldHaveSingleItem().TextContent;

    private static async Task<string> TextAsync(FormFiller who, string address) => (await who.OpenAsync(address)).QuerySelector("main")!.Text();

    private async Task<FormFiller> AsAsync(string person) => new(await demo.Site.SignedInAsync(person));

    private async Task SeatAsync()
    {
        foreach (var person in new[] { First, Second })
            await DoAsync(new Domain.Programmes.AppointCouncilMember(Programme, "demo:" + person, "KS", false) { On = Day(2012, 1, 1) }, Role.Leadership);
    }

    /// <returns>The address of the application.</returns>
    private async Task<string> UnderReviewAsync(int number)
    {
        var round = new RoundId(Guid.CreateVersion7());
        ValueList<SelectionCriterion> criteria = [new("need", new LocalText("Behov"), 3), new("plan", new LocalText("Plan"), 1)];
        await DoAsync(new OpenRound(round, Programme, number, Day(2012, 3, 1), 1, true, criteria) { On = Day(2012, 1, 10) });
        await DoAsync(new DraftApplication(round, Trondheim) { On = Day(2012, 2, 1) });
        await DoAsync(new SubmitApplication(round, Trondheim, new(
            new Resolution("bystyret", Day(2012, 2, 1), "12/3"), "Mangler egnede boliger", ["Bosetting"], "Prosjektleder i staben", "servicekontoret"), new SignOff(Signatory.ChiefExecutive, null))
        { On = Day(2012, 2, 20) });
        await DoAsync(new DeclareApplicationComplete(round, Trondheim) { On = Day(2012, 3, 5) });
        await DoAsync(new StartReview(round, Trondheim) { On = Day(2012, 3, 10) });
        return $"/runder/{round.Value}/soknader/trondheim";
    }

    private async Task DoAsync(Command command, Role role = Role.Secretariat) =>
        (await demo.Site.Services.GetRequiredService<CommandDesk>().RunAsync(new Caller("demo:office", role, "region-ost"), command, Guid.CreateVersion7(), null, Cancel))
            .ShouldBeOfType<Outcome.Done>();

    private static StatedDay Day(int year, int month, int day) => StatedDay.Exactly(new(year, month, day));
}
