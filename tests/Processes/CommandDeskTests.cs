using HousingBank.Domain.Applications;
using HousingBank.Domain.IntakeRounds;
using HousingBank.Domain.Vocabulary;
using HousingBank.Store;

namespace HousingBank.Processes.Tests;

public sealed class CommandDeskTests(Desk desk) : IClassFixture<Desk>
{
    [Fact]
    public async Task The_same_id_carries_out_a_command_once_and_gives_its_first_answer()
    {
        var (hamar, id) = (await desk.MunicipalityAsync(), Guid.CreateVersion7());
        var round = await desk.RoundAsync(capacity: 4);
        var invite = new InviteMunicipality(round, hamar) { On = Desk.Spring };

        var first = (await desk.RunAsync(Desk.Secretariat, invite, id: id)).ShouldBeOfType<Outcome.Done>();
        await desk.DoneAsync(Desk.Secretariat, new InviteMunicipality(round, await desk.MunicipalityAsync()) { On = Desk.Spring });
        var again = (await desk.RunAsync(Desk.Secretariat, invite, id: id)).ShouldBeOfType<Outcome.Done>();

        again.Facts.ShouldBeEmpty();
        (again.Version, again.RecordedAt).ShouldBe((first.Version, first.RecordedAt));
    }

    [Fact]
    public async Task Twins_sent_at_once_record_one_fact_and_get_one_answer()
    {
        var (hamar, id) = (await desk.MunicipalityAsync(), Guid.CreateVersion7());
        var round = await desk.RoundAsync(capacity: 4);
        var invite = new InviteMunicipality(round, hamar) { On = Desk.Spring };

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => desk.RunAsync(Desk.Secretariat, invite, id: id))));

        outcomes.Select(o => o.ShouldBeOfType<Outcome.Done>()).Select(d => (d.Version, d.RecordedAt)).Distinct().ShouldHaveSingleItem();
        (await desk.Histories.StateAsync<IntakeRoundState>(Desk.Tenant, round.Stream, TestContext.Current.CancellationToken)).Invited.Count.ShouldBe(1);
    }

    [Fact]
    public async Task An_id_that_was_used_for_another_command_is_refused()
    {
        var id = Guid.CreateVersion7();
        var round = await desk.RoundAsync(capacity: 4);

        await desk.RunAsync(Desk.Secretariat, new RaiseCapacity(round, 5, "Flere søkere.") { On = Desk.October }, id: id);
        var other = await desk.RunAsync(Desk.Secretariat, new RaiseCapacity(round, 6, "Flere søkere.") { On = Desk.October }, id: id);

        other.ShouldBeOfType<Outcome.IdUsedForAnother>();
    }

    [Fact]
    public async Task A_refused_command_leaves_no_receipt_and_is_judged_anew()
    {
        var (hamar, id) = (await desk.MunicipalityAsync(), Guid.CreateVersion7());
        var round = await desk.RoundAsync(capacity: 4);
        var draft = new DraftApplication(round, hamar) { On = Desk.Spring };

        (await desk.RunAsync(Desk.Secretariat, draft, id: id)).ShouldBeOfType<Outcome.Refused>().LookedAt.Keys.ShouldContain(round.Stream);
        await desk.DoneAsync(Desk.Secretariat, new InviteMunicipality(round, hamar) { On = Desk.Spring });

        (await desk.RunAsync(Desk.Secretariat, draft, id: id)).ShouldBeOfType<Outcome.Done>();
    }

    [Fact]
    public async Task A_version_that_is_no_longer_the_newest_is_stale()
    {
        var round = await desk.RoundAsync(capacity: 4);
        await desk.DoneAsync(Desk.Secretariat, new RaiseCapacity(round, 5, "Flere søkere.") { On = Desk.October });

        var outcome = await desk.RunAsync(Desk.Secretariat, new RaiseCapacity(round, 6, "Enda flere.") { On = Desk.October }, expectedVersion: 1);

        outcome.ShouldBe(new Outcome.Stale(round.Stream, 1, 2));
    }

    [Fact]
    public async Task Of_two_admissions_to_the_last_place_exactly_one_wins()
    {
        var (hamar, moss) = (await desk.MunicipalityAsync(), await desk.MunicipalityAsync());
        var round = await desk.RoundAsync(capacity: 1, hamar, moss);
        await desk.RecommendedAsync(round, hamar);
        await desk.RecommendedAsync(round, moss);

        var outcomes = await Task.WhenAll(new[] { hamar, moss }.Select(m => Task.Run(() => desk.RunAsync(Desk.Secretariat, new AdmitMunicipality(round, m) { On = Desk.October }))));

        outcomes.OfType<Outcome.Done>().ShouldHaveSingleItem();
        outcomes.OfType<Outcome.Refused>().ShouldHaveSingleItem().Reason.Code.ShouldBe(IntakeRoundRefusals.RoundIsFull.Code);
    }

    [Theory]
    [InlineData(ApplicationOutcome.Admitted)]
    [InlineData(ApplicationOutcome.Declined)]
    [InlineData(ApplicationOutcome.Deferred)]
    public async Task Of_a_decision_and_a_withdrawal_at_the_same_moment_exactly_one_wins_and_the_other_is_told_why(ApplicationOutcome decided)
    {
        for (var i = 0; i < 5; i++)
        {
            var hamar = await desk.MunicipalityAsync();
            var round = await desk.RoundAsync(capacity: 1, hamar);
            await desk.RecommendedAsync(round, hamar);
            Command decision = decided switch
            {
                ApplicationOutcome.Admitted => new AdmitMunicipality(round, hamar) { On = Desk.October },
                ApplicationOutcome.Declined => new DeclineApplication(round, hamar, "Mindre behov.", [], "Rammen er brukt opp.") { On = Desk.October },
                _ => new DeferApplication(round, hamar, "Senere.", [], "Rammen er brukt opp.") { On = Desk.October },
            };

            var outcomes = await Task.WhenAll(
                Task.Run(() => desk.RunAsync(Desk.Secretariat, decision)),
                Task.Run(() => desk.RunAsync(Desk.Secretariat, new WithdrawApplication(round, hamar, "Ikke råd.") { On = Desk.October })));

            outcomes.OfType<Outcome.Done>().ShouldHaveSingleItem();
            outcomes.OfType<Outcome.Refused>().ShouldHaveSingleItem().Reason.Code.ShouldBe(
                (outcomes[0] is Outcome.Done ? ApplicationRefusals.ApplicationDecidedAlready : ApplicationRefusals.ApplicationIsWithdrawn).Code);
        }
    }

    [Fact]
    public async Task What_contradicts_an_earlier_day_is_refused_until_a_reason_is_given()
    {
        var (hamar, moss) = (await desk.MunicipalityAsync(), await desk.MunicipalityAsync());
        var round = await desk.RoundAsync(capacity: 1, hamar, moss);
        await desk.RecommendedAsync(round, hamar);
        await desk.RecommendedAsync(round, moss);
        await desk.DoneAsync(Desk.Secretariat, new AdmitMunicipality(round, hamar) { On = Desk.October });
        await desk.DoneAsync(Desk.Secretariat, new RaiseCapacity(round, 2, "Flere søkere.") { On = new DateOnly(2010, 1, 10) });
        var tooEarly = new AdmitMunicipality(round, moss) { On = new DateOnly(2009, 12, 1) };

        var refused = await desk.RunAsync(Desk.Secretariat, tooEarly);
        var withReason = await desk.RunAsync(Desk.Secretariat, tooEarly with { Grounds = Grounds.None with { EntryReason = "Vedtatt før kapasiteten ble ført." } });

        var contradiction = refused.ShouldBeOfType<Outcome.Contradicts>().Contradictions.ShouldHaveSingleItem();
        (contradiction.Code, contradiction.On).ShouldBe((IntakeRoundRefusals.RoundIsFull.Code, new DateOnly(2009, 12, 1)));
        withReason.ShouldBeOfType<Outcome.Done>().Facts[0].Circumstances.EntryReason.ShouldBe("Vedtatt før kapasiteten ble ført.");
    }

    [Fact]
    public async Task Facts_say_what_their_decision_looked_at()
    {
        var hamar = await desk.MunicipalityAsync();
        var round = await desk.RoundAsync(capacity: 1, hamar);

        var done = await desk.DoneAsync(Desk.Secretariat, new DraftApplication(round, hamar) { On = Desk.Spring });

        done.Facts[0].Circumstances.LookedAt[round.Stream.ToString()].ShouldBe(2);
    }

    [Fact]
    public async Task Only_an_import_may_leave_prerequisites_undocumented_or_rest_on_a_source()
    {
        var round = await desk.RoundAsync(capacity: 4);
        var raise = new RaiseCapacity(round, 5, "Flere søkere.") { On = Desk.October };
        var undocumented = raise with { Grounds = Grounds.None with { NotDocumented = ["capacity"] } };
        var fromSource = raise with { Grounds = Grounds.None with { Basis = new Basis(BasisKind.Source, "delrapport 2010") } };

        (await desk.RunAsync(Desk.Secretariat, undocumented)).ShouldBeOfType<Outcome.Refused>().Reason.ShouldBe(CommandRefusals.NotDocumentedIsForImports);
        (await desk.RunAsync(Desk.Secretariat, fromSource)).ShouldBeOfType<Outcome.Refused>().Reason.ShouldBe(CommandRefusals.BasisIsForImports);
        (await desk.RunAsync(Desk.Import, fromSource)).ShouldBeOfType<Outcome.Done>();
    }

    [Fact]
    public async Task A_fact_is_replaced_by_what_should_have_been_recorded_and_both_stay_in_the_log()
    {
        var round = await desk.RoundAsync(capacity: 4);
        var wrong = await desk.DoneAsync(Desk.Secretariat, new RaiseCapacity(round, 9, "Skrivefeil.") { On = Desk.October });
        var right = new RaiseCapacity(round, 6, "Flere søkere.") { On = Desk.October, Grounds = Grounds.None with { EntryReason = "Det sto 9 i stedet for 6." } };

        var corrected = await desk.RunAsync(Desk.Secretariat, new CorrectFact(wrong.Version, right) { On = Desk.October });

        corrected.ShouldBeOfType<Outcome.Done>().Facts.ShouldHaveSingleItem().Replaces.ShouldBe(wrong.Version);
        (await desk.Histories.StateAsync<IntakeRoundState>(Desk.Tenant, round.Stream, TestContext.Current.CancellationToken)).Capacity.ShouldBe(6);
        (await desk.Store.LoadAsync(Scope.Of(Desk.Tenant), [new StreamKey(round.Stream.ToString())], null, TestContext.Current.CancellationToken))
            .Streams.Single().Value.Count.ShouldBe(3);
    }

    [Fact]
    public async Task A_fact_that_never_was_so_is_struck()
    {
        var hamar = await desk.MunicipalityAsync();
        var round = await desk.RoundAsync(capacity: 4, hamar);

        await desk.DoneAsync(Desk.Secretariat, new StrikeFact(round.Stream, 2, "Feil kommune.") { On = Desk.Spring });

        (await desk.Histories.StateAsync<IntakeRoundState>(Desk.Tenant, round.Stream, TestContext.Current.CancellationToken)).Invited.ShouldBeEmpty();
        (await desk.DoneAsync(Desk.Secretariat, new StrikeFact(round.Stream, 2, "Feil kommune.") { On = Desk.Spring })).Facts.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("1850-01-01")]
    [InlineData("2250-01-01")]
    public async Task A_day_outside_the_programmes_world_is_refused(string day)
    {
        var round = await desk.RoundAsync(capacity: 4);

        var outcome = await desk.RunAsync(Desk.Secretariat, new RaiseCapacity(round, 5, "Flere søkere.") { On = DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture) });

        outcome.ShouldBeOfType<Outcome.Refused>().Reason.Code.ShouldBe(Fields.OutOfRange);
    }
}
