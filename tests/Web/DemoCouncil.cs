using HousingBank.Domain.Applications;
using HousingBank.Domain.IntakeRounds;
using HousingBank.Domain.Programmes;
using HousingBank.Domain.Reviews;
using HousingBank.Domain.Vocabulary;
using HousingBank.Processes;
using HousingBank.Web.Access;
using Microsoft.Extensions.DependencyInjection;

namespace HousingBank.Web.Tests;

/// <summary>A council of three in the demo history, by the demo people who sit in it.</summary>
internal static class DemoCouncil
{
    private const string Tenant = "region-ost";

    /// <summary>In the order in which forms show them.</summary>
    public static IReadOnlyList<string> Members { get; } = ["demo:council-2-region-ost", "demo:council-3-region-ost", "demo:council-region-ost"];

    /// <summary>Seats the members, unless they are seated, and hands in what each thinks of an application.</summary>
    /// <param name="round">The id of the round, or an address that ends with it.</param>
    public static async Task ReviewedAsync(this Site site, string round, string municipality, DateOnly on)
    {
        var histories = site.Services.GetRequiredService<HistoryReader>();
        var id = new RoundId(Guid.Parse(round.Split('/')[^1]));
        var state = await histories.StateAsync<IntakeRoundState>(Tenant, id.Stream, TestContext.Current.CancellationToken);
        var programme = state.Opened!.Programme;
        foreach (var member in Members)
        {
            await site.DoAsync(new AppointCouncilMember(programme, member, "Husbanken", true) { On = new DateOnly(2010, 1, 1) }, Role.Leadership);
            ValueList<CriterionScore> scores = [.. state.Criteria.All.Select(c => new CriterionScore(c.Code, 4, "Godt beskrevet"))];
            await site.DoAsync(new HandInReview(id, new(municipality), programme, member, scores) { On = on }, Role.Council);
        }
    }

    /// <summary>The council's recommendation, as a source tells it that is silent on the meeting.</summary>
    /// <inheritdoc cref="ReviewedAsync" path="/param"/>
    public static Task ToldToAdmitAsync(this Site site, string round, string municipality, DateOnly on)
    {
        var told = new Grounds(null, new Basis(BasisKind.Source, "protokoll"), null, [IntakePrerequisites.Reviews]);
        return site.DoAsync(
            new NoteRecommendation(new(Guid.Parse(round.Split('/')[^1])), new(municipality), Advice.Admit, null, null, null, "Stort behov") { On = on, Grounds = told }, Role.Import);
    }

    /// <summary>Carries out what must succeed, as somebody in a role.</summary>
    public static async Task DoAsync(this Site site, Command command, Role role)
    {
        var desk = site.Services.GetRequiredService<CommandDesk>();
        (await desk.RunAsync(new Caller($"{DemoPeople.Prefix}{role}", role, Tenant), command, Guid.CreateVersion7(), null, TestContext.Current.CancellationToken))
            .ShouldBeOfType<Outcome.Done>();
    }
}
