using HousingBank.Domain.Applications;
using HousingBank.Domain.IntakeRounds;
using HousingBank.Domain.Municipalities;
using HousingBank.Domain.Programmes;
using HousingBank.Domain.Vocabulary;
using static HousingBank.Domain.IntakeRounds.IntakeRoundRefusals;
using static HousingBank.Domain.Tests.Some;

namespace HousingBank.Domain.Tests.IntakeRounds;

public class IntakeRoundTests
{
    private static readonly DateOnly DecisionDay = new(2009, 10, 15);

    private static Scenario Open(params ReadOnlySpan<Fact> after) => Scenario
        .Given(Programme.Stream, Launched())
        .And(Hamar.Stream, Registered(Hamar))
        .And(Moss.Stream, Registered(Moss))
        .And(Round.Stream, Opened())
        .And(Round.Stream, after);

    private static Scenario Recommending(Advice advice, RoundOpened opened, params ReadOnlySpan<Fact> after) => Scenario
        .Given(Round.Stream, opened, Invited(Hamar))
        .And(Round.Stream, after)
        .And(ApplicationOf(Hamar), Drafted(Hamar), Submitted(), DeclaredComplete(), ReviewStarted(), Recommended(advice));

    private static OpenRound OpenTheRound() => new(Round, Programme, 1, StatedDay.Exactly(Deadline), 4, false, []) { On = OpeningDay };

    private static InviteMunicipality Invite(MunicipalityId municipality) => new(Round, municipality) { On = OpeningDay };

    private static RaiseCapacity Raise(int capacity) => new(Round, capacity, "Flere gode søknader") { On = Day(2009, 9, 1) };

    private static AdmitMunicipality Admit(string? deviation = null) => new(Round, Hamar, null, deviation) { On = DecisionDay };

    private static MunicipalityAdmitted Admitted(MunicipalityId municipality) => new(municipality, Advice.Admit, null, []) { On = DecisionDay };

    private static RoundNumbered Numbered() => new(Round, 1) { On = OpeningDay };

    private static PublishDecisions Publish(params ReadOnlySpan<MunicipalityId> municipalities) => new(Round, [.. municipalities]) { On = DecisionDay };

    private static ApplicationDecided Decided(ApplicationOutcome outcome) => new(outcome, "Som innstilt", null, [], []) { On = DecisionDay };

    private static RoundClosed Closed() => new() { On = new DateOnly(2009, 9, 30) };

    private static Grounds SilentOn(params ReadOnlySpan<string> prerequisites) => Grounds.None with { NotDocumented = [.. prerequisites] };

    [Fact]
    public void A_round_opens_in_a_programme() =>
        Scenario.Given(Programme.Stream, Launched()).When(OpenTheRound()).Then(Opened(), Numbered());

    [Fact]
    public void A_round_opened_twice_opens_once() =>
        Open().When(OpenTheRound()).ThenNothing();

    [Fact]
    public void An_open_round_is_not_opened_differently() =>
        Open().When(OpenTheRound() with { Capacity = 5 }).ThenRefused(RoundOpenedAlready);

    [Fact]
    public void Two_rounds_of_a_programme_do_not_carry_the_same_number()
    {
        var other = new RoundId(new Guid("01977f00-0000-7000-8000-000000000003"));
        var programme = Scenario.Given(Programme.Stream, Launched(), Numbered());
        programme.When(OpenTheRound() with { Round = other }).ThenRefused(ProgrammeRefusals.RoundNumberTaken);
        programme.When(OpenTheRound() with { Round = other, Number = 2 })
            .Then(Opened() with { Number = 2 }, new RoundNumbered(other, 2) { On = OpeningDay });
    }

    [Fact]
    public void A_round_whose_opening_is_told_anew_keeps_its_number() =>
        Scenario.Given(Programme.Stream, Launched(), Numbered()).When(OpenTheRound()).Then(Opened());

    [Fact]
    public void A_round_needs_its_programme() =>
        Scenario.Nothing.When(OpenTheRound()).ThenRefused(ProgrammeRefusals.ProgrammeUnknown);

    [Fact]
    public void A_round_does_not_open_before_its_programme_is_launched() =>
        Scenario.Given(Programme.Stream, Launched()).When(OpenTheRound() with { On = Day(2009, 2, 28) }).ThenRefused(RoundBeforeProgramme);

    [Fact]
    public void A_round_opened_some_day_in_spring_opens_no_earlier_than_the_launch()
    {
        var spring = StatedDay.From(new DateOnly(2009, 3, 1), DayPrecision.Season);
        Scenario.Given(Programme.Stream, Launched() with { On = new DateOnly(2009, 4, 2) })
            .When(OpenTheRound() with { On = spring })
            .Then(
                Opened() with { On = new EffectiveDay(new DateOnly(2009, 4, 2), spring) },
                Numbered() with { On = new EffectiveDay(new DateOnly(2009, 4, 2), spring) });
    }

    [Fact]
    public void The_deadline_is_not_before_the_opening() =>
        Scenario.Given(Programme.Stream, Launched()).When(OpenTheRound() with { Deadline = Day(2009, 3, 14) }).ThenRefused(DeadlineBeforeOpening);

    [Fact]
    public void A_round_needs_a_deadline_and_a_capacity()
    {
        Scenario.Given(Programme.Stream, Launched()).When(OpenTheRound() with { Deadline = null }).ThenRefused(Fields.Missing, "deadline");
        Scenario.Given(Programme.Stream, Launched()).When(OpenTheRound() with { Capacity = null }).ThenRefused(Fields.Missing, "capacity");
    }

    [Fact]
    public void A_source_may_be_silent_on_deadline_and_capacity() =>
        Scenario.Given(Programme.Stream, Launched())
            .When(OpenTheRound() with { Deadline = null, Capacity = null, Grounds = SilentOn(IntakePrerequisites.Deadline, IntakePrerequisites.Capacity) })
            .Then(Opened(capacity: null) with { Deadline = null }, Numbered());

    [Fact]
    public void Wrong_fields_of_a_round_are_named()
    {
        var programme = Scenario.Given(Programme.Stream, Launched());
        var need = new SelectionCriterion("need", new LocalText("Behov"), 2);
        programme.When(OpenTheRound() with { Number = 0 }).ThenRefused(Fields.OutOfRange, "number");
        programme.When(OpenTheRound() with { Capacity = 0 }).ThenRefused(Fields.OutOfRange, "capacity");
        programme.When(OpenTheRound() with { Deadline = StatedDay.Between(new(2009, 7, 1), new(2009, 6, 1)) }).ThenRefused(Fields.DaysReversed, "deadline");
        programme.When(OpenTheRound() with { Criteria = [need with { Code = " " }] }).ThenRefused(Fields.Missing, "criteria[0].code");
        programme.When(OpenTheRound() with { Criteria = [need with { Name = new LocalText("") }] }).ThenRefused(Fields.Missing, "criteria[0].name.nb");
        programme.When(OpenTheRound() with { Criteria = [need, need with { Code = "will", Weight = 0 }] }).ThenRefused(Fields.OutOfRange, "criteria[1].weight");
        programme.When(OpenTheRound() with { Criteria = [need, need] }).ThenRefused(Fields.Repeated, "criteria");
    }

    [Fact]
    public void Counts_without_names_are_facts_of_their_own() =>
        Open().When(new ReportCounts(Round, 16, 11, "delrapport 2010, kapittel 1") { On = OpeningDay })
            .Then(new CountsReported(16, 11, "delrapport 2010, kapittel 1") { On = OpeningDay });

    [Fact]
    public void Counts_reported_twice_are_recorded_once() =>
        Open(new CountsReported(16, 11, "delrapport 2010") { On = OpeningDay })
            .When(new ReportCounts(Round, 16, 11, "delrapport 2010") { On = OpeningDay })
            .ThenNothing();

    [Fact]
    public void A_report_of_counts_says_at_least_one_and_where_it_is_from()
    {
        Open().When(new ReportCounts(Round, null, null, "delrapport") { On = OpeningDay }).ThenRefused(CountsMissing);
        Open().When(new ReportCounts(Round, -1, 11, "delrapport") { On = OpeningDay }).ThenRefused(Fields.OutOfRange, "invited");
        Open().When(new ReportCounts(Round, 16, 1_001, "delrapport") { On = OpeningDay }).ThenRefused(Fields.OutOfRange, "applied");
        Open().When(new ReportCounts(Round, 16, 11, "") { On = OpeningDay }).ThenRefused(Fields.Missing, "source");
    }

    [Fact]
    public void A_municipality_is_invited() =>
        Open().When(Invite(Hamar)).Then(Invited(Hamar));

    [Fact]
    public void A_municipality_invited_twice_is_invited_once() =>
        Open(Invited(Hamar)).When(Invite(Hamar)).ThenNothing();

    [Fact]
    public void Only_municipalities_of_the_register_are_invited() =>
        Open().When(Invite(new MunicipalityId("atlantis"))).ThenRefused(MunicipalityRefusals.MunicipalityUnknown);

    [Fact]
    public void A_municipality_that_is_part_of_another_by_then_is_not_invited() =>
        Open().And(Hamar.Stream, new MunicipalityMerged(Moss, null) { On = OpeningDay })
            .When(Invite(Hamar))
            .ThenRefused(MunicipalityRefusals.MunicipalityIsMerged);

    [Fact]
    public void Nothing_is_done_in_a_round_that_is_not_there()
    {
        var registered = Scenario.Given(Hamar.Stream, Registered(Hamar));
        registered.When(Invite(Hamar)).ThenRefused(RoundUnknown);
        registered.When(new ReportCounts(Round, 16, 11, "delrapport") { On = OpeningDay }).ThenRefused(RoundUnknown);
        registered.When(Raise(5)).ThenRefused(RoundUnknown);
        registered.When(Admit()).ThenRefused(RoundUnknown);
        registered.When(new CloseRound(Round) { On = OpeningDay }).ThenRefused(RoundUnknown);
        registered.When(Publish(Hamar)).ThenRefused(RoundUnknown);
    }

    [Fact]
    public void Capacity_is_raised_with_a_reason()
    {
        Open().When(Raise(5)).Then(new CapacityRaised(5, "Flere gode søknader") { On = new DateOnly(2009, 9, 1) });
        Open().When(Raise(5) with { Reason = "" }).ThenRefused(Fields.Missing, "reason");
        Open().When(Raise(5) with { Reason = TooLongForAReason }).ThenRefused(Fields.TooLong, "reason");
        Open().When(Raise(0)).ThenRefused(Fields.OutOfRange, "capacity");
    }

    [Fact]
    public void Capacity_raised_twice_is_raised_once() =>
        Open(new CapacityRaised(5, "Flere gode søknader") { On = new DateOnly(2009, 9, 1) }).When(Raise(5)).ThenNothing();

    [Fact]
    public void Capacity_is_not_raised_to_less() =>
        Open().When(Raise(3)).ThenRefused(CapacityNotRaised);

    [Fact]
    public void A_capacity_that_was_not_documented_becomes_known_when_it_is_raised() =>
        Scenario.Given(Round.Stream, Opened(capacity: null)).When(Raise(6)).Then(new CapacityRaised(6, "Flere gode søknader") { On = new DateOnly(2009, 9, 1) });

    [Fact]
    public void An_admission_decides_the_application_and_joins_the_cohort() =>
        Recommending(Advice.Admit, Opened()).When(Admit()).Then(
            Admitted(Hamar),
            new ApplicationDecided(ApplicationOutcome.Admitted, null, null, [], []) { On = DecisionDay });

    [Fact]
    public void An_admission_is_written_to_the_round_and_to_the_application() =>
        Recommending(Advice.Admit, Opened()).When(Admit()).Decision.ShouldBeOfType<Decision.Accepted>()
            .Facts.Select(f => f.Stream).ShouldBe([Round.Stream, ApplicationOf(Hamar)]);

    [Fact]
    public void A_municipality_admitted_twice_is_admitted_once() =>
        Recommending(Advice.Admit, Opened(), Admitted(Hamar)).When(Admit()).ThenNothing();

    [Fact]
    public void A_full_round_refuses_until_its_capacity_is_raised()
    {
        Recommending(Advice.Admit, Opened(capacity: 1), Admitted(Moss)).When(Admit()).ThenRefused(RoundIsFull);
        Recommending(Advice.Admit, Opened(capacity: 1), Admitted(Moss), new CapacityRaised(2, "Flere") { On = new DateOnly(2009, 10, 1) })
            .When(Admit()).Then(Admitted(Hamar), new ApplicationDecided(ApplicationOutcome.Admitted, null, null, [], []) { On = DecisionDay });
    }

    [Fact]
    public void Nobody_is_admitted_beyond_a_capacity_that_is_known_whatever_the_source_is_silent_on() =>
        Recommending(Advice.Admit, Opened(capacity: 1), Admitted(Moss))
            .When(Admit() with { Grounds = SilentOn(IntakePrerequisites.Capacity) })
            .ThenRefused(RoundIsFull);

    [Fact]
    public void Where_the_capacity_is_not_documented_an_admission_must_say_so()
    {
        Recommending(Advice.Admit, Opened(capacity: null)).When(Admit()).ThenRefused(CapacityUnknown);
        Recommending(Advice.Admit, Opened(capacity: null)).When(Admit() with { Grounds = SilentOn(IntakePrerequisites.Capacity) }).Then(
            Admitted(Hamar) with { NotDocumented = [IntakePrerequisites.Capacity] },
            new ApplicationDecided(ApplicationOutcome.Admitted, null, null, [], []) { On = DecisionDay });
    }

    [Fact]
    public void An_imported_admission_stands_without_completeness_recommendation_and_capacity() =>
        Scenario.Given(Round.Stream, Opened(capacity: null), Invited(Hamar))
            .And(ApplicationOf(Hamar), Drafted(Hamar), Submitted())
            .When(Admit() with { Grounds = SilentOn(IntakePrerequisites.Completeness, IntakePrerequisites.Recommendation, IntakePrerequisites.Capacity) })
            .Then(
                new MunicipalityAdmitted(Hamar, null, null, [IntakePrerequisites.Capacity]) { On = DecisionDay },
                new ApplicationDecided(ApplicationOutcome.Admitted, null, null, [], [IntakePrerequisites.Completeness, IntakePrerequisites.Recommendation]) { On = DecisionDay });

    [Fact]
    public void An_admission_against_the_recommendation_says_why()
    {
        Recommending(Advice.Decline, Opened()).When(Admit()).ThenRefused(ApplicationRefusals.DeviationNeedsReason);
        Recommending(Advice.Decline, Opened()).When(Admit("Geografisk spredning")).Then(
            new MunicipalityAdmitted(Hamar, Advice.Decline, "Geografisk spredning", []) { On = DecisionDay },
            new ApplicationDecided(ApplicationOutcome.Admitted, null, "Geografisk spredning", [], []) { On = DecisionDay });
    }

    [Fact]
    public void A_municipality_that_was_never_invited_is_not_admitted() =>
        Scenario.Given(Round.Stream, Opened())
            .And(ApplicationOf(Hamar), Drafted(Hamar), Submitted(), DeclaredComplete(), ReviewStarted(), Recommended())
            .When(Admit())
            .ThenRefused(MunicipalityNotInvited);

    [Fact]
    public void Without_an_application_nobody_is_admitted() =>
        Scenario.Given(Round.Stream, Opened(), Invited(Hamar)).When(Admit()).ThenRefused(ApplicationRefusals.ApplicationUnknown);

    [Fact]
    public void A_withdrawn_application_is_not_admitted() =>
        Recommending(Advice.Admit, Opened()).And(ApplicationOf(Hamar), new ApplicationWithdrawn("Ikke kapasitet") { On = new DateOnly(2009, 10, 1) })
            .When(Admit())
            .ThenRefused(ApplicationRefusals.ApplicationIsWithdrawn);

    [Fact]
    public void Reasons_of_an_admission_are_readable()
    {
        Recommending(Advice.Admit, Opened()).When(Admit() with { Reason = " " }).ThenRefused(Fields.Missing, "reason");
        Recommending(Advice.Decline, Opened()).When(Admit(TooLongForAReason)).ThenRefused(Fields.TooLong, "deviationReason");
    }

    [Fact]
    public void An_admission_some_day_in_autumn_is_placed_after_what_it_rests_on()
    {
        var autumn = StatedDay.From(new DateOnly(2009, 9, 1), DayPrecision.Season);
        var on = new EffectiveDay(new DateOnly(2009, 9, 20), autumn);
        Recommending(Advice.Admit, Opened(capacity: 1), Admitted(Moss) with { On = new DateOnly(2009, 9, 1) }, new CapacityRaised(2, "Flere") { On = new DateOnly(2009, 9, 20) })
            .When(Admit() with { On = autumn })
            .Then(Admitted(Hamar) with { On = on }, new ApplicationDecided(ApplicationOutcome.Admitted, null, null, [], []) { On = on });
    }

    // Publication

    [Fact]
    public void What_was_decided_is_published_when_nothing_that_reached_the_council_is_undecided()
    {
        Fact[] reviewed = [Drafted(Hamar), Submitted(), DeclaredComplete(), ReviewStarted()];
        var round = Scenario.Given(Round.Stream, Opened(), Invited(Hamar), Invited(Moss))
            .And(ApplicationOf(Hamar), [.. reviewed, Recommended(), Decided(ApplicationOutcome.Admitted)])
            .And(ApplicationOf(Moss), Drafted(Moss), Submitted(), DeclaredComplete());
        round.When(Publish(Hamar, Moss)).Then(new DecisionsPublished { On = DecisionDay });

        round.And(ApplicationOf(Moss), ReviewStarted());
        var outstanding = round.When(Publish(Hamar, Moss));
        outstanding.ThenRefused(DecisionsOutstanding);
        outstanding.Decision.ShouldBeOfType<Decision.Refused>().Reason.Values.Values["n"].ShouldBe("1");
        round.And(ApplicationOf(Moss), Recommended()).When(Publish(Hamar, Moss)).ThenRefused(DecisionsOutstanding);
        round.And(ApplicationOf(Moss), Decided(ApplicationOutcome.Deferred)).When(Publish(Hamar, Moss)).Then(new DecisionsPublished { On = DecisionDay });
    }

    [Fact]
    public void What_is_published_twice_is_published_once() =>
        Scenario.Given(Round.Stream, Opened(), Invited(Hamar), new DecisionsPublished { On = DecisionDay }).When(Publish(Hamar)).ThenNothing();

    [Fact]
    public void Nothing_is_published_before_something_is_decided()
    {
        Scenario.Nothing.When(Publish(Hamar)).ThenRefused(RoundUnknown);
        Scenario.Given(Round.Stream, Opened(), Invited(Hamar)).When(Publish(Hamar)).ThenRefused(DecisionsMissing);
        Scenario.Given(Round.Stream, Opened()).When(Publish()).ThenRefused(DecisionsMissing);
    }

    [Fact]
    public void Everybody_who_was_invited_is_looked_at()
    {
        var round = Scenario.Given(Round.Stream, Opened(), Invited(Hamar), Invited(Moss));
        round.When(Publish(Hamar)).ThenRefused(InvitedLeftOut);
        round.When(Publish(Hamar, Moss, new MunicipalityId(""))).ThenRefused(Fields.Missing, "municipalities[2]");
    }

    [Fact]
    public void Publication_is_not_before_the_last_decision_and_may_come_after_the_round_is_closed()
    {
        var october = StatedDay.From(new DateOnly(2009, 10, 1), DayPrecision.Month);
        Scenario.Given(Round.Stream, Opened(), Invited(Hamar), Closed())
            .And(ApplicationOf(Hamar), Drafted(Hamar), Submitted(), DeclaredComplete(), ReviewStarted(), Recommended(), Decided(ApplicationOutcome.Admitted))
            .When(Publish(Hamar) with { On = october })
            .Then(new DecisionsPublished { On = new EffectiveDay(DecisionDay, october) });
    }

    [Fact]
    public void Publication_on_two_days_is_a_contradiction() =>
        Contradictions([Opened(), new DecisionsPublished { On = DecisionDay }, new DecisionsPublished { On = DecisionDay.AddDays(1) }])
            .ShouldBe([new Contradiction(DecisionsPublishedAlready.Code, DecisionDay.AddDays(1), [3])]);

    [Fact]
    public void A_round_closes_on_the_last_day_it_can_have() =>
        Open().When(new CloseRound(Round) { On = StatedDay.From(new DateOnly(2009, 9, 1), DayPrecision.Month) })
            .Then(new RoundClosed { On = new EffectiveDay(new DateOnly(2009, 9, 30), StatedDay.From(new DateOnly(2009, 9, 1), DayPrecision.Month)) });

    [Fact]
    public void A_round_closed_twice_closes_once() =>
        Open(Closed()).When(new CloseRound(Round) { On = Day(2009, 9, 30) }).ThenNothing();

    [Fact]
    public void A_closed_round_takes_nobody_in()
    {
        Open(Closed()).When(new CloseRound(Round) { On = Day(2009, 11, 1) }).ThenRefused(RoundIsClosed);
        Open(Closed()).When(Invite(Hamar) with { On = Day(2009, 10, 1) }).ThenRefused(RoundIsClosed);
        Open(Closed()).When(Raise(5) with { On = Day(2009, 10, 1) }).ThenRefused(RoundIsClosed);
        Recommending(Advice.Admit, Opened(), Closed()).When(Admit()).ThenRefused(RoundIsClosed);
    }

    [Fact]
    public void On_its_last_day_a_round_still_takes_somebody_in() =>
        Open(Closed()).When(Invite(Hamar) with { On = Day(2009, 9, 30) }).Then(Invited(Hamar) with { On = new DateOnly(2009, 9, 30) });

    [Fact]
    public void What_happened_before_the_round_closed_can_be_recorded_after() =>
        Open(Closed()).When(Invite(Hamar)).Then(Invited(Hamar));

    [Fact]
    public void Five_admitted_on_a_day_when_the_capacity_was_four_is_a_contradiction()
    {
        Fact[] inEffectiveOrder =
        [
            Opened(capacity: 1), Invited(Hamar), Invited(Moss), Admitted(Hamar), Admitted(Moss), new CapacityRaised(2, "Flere") { On = new DateOnly(2009, 11, 1) },
        ];
        Contradictions(inEffectiveOrder).ShouldBe([new Contradiction(RoundIsFull.Code, DecisionDay, [5])]);
    }

    [Fact]
    public void A_capacity_raised_to_less_than_it_was_by_then_is_a_contradiction() =>
        Contradictions([Opened(), new CapacityRaised(6, "Flere") { On = new DateOnly(2009, 4, 1) }, new CapacityRaised(5, "Flere") { On = new DateOnly(2009, 5, 1) }])
            .ShouldBe([new Contradiction(CapacityNotRaised.Code, new DateOnly(2009, 5, 1), [3])]);

    [Fact]
    public void An_admission_before_the_invitation_is_a_contradiction() =>
        Contradictions([Opened(), Admitted(Hamar) with { On = new DateOnly(2009, 3, 16) }, Invited(Hamar) with { On = new DateOnly(2009, 3, 17) }])
            .ShouldBe([new Contradiction(MunicipalityNotInvited.Code, new DateOnly(2009, 3, 16), [2])]);

    [Fact]
    public void The_same_municipality_invited_or_admitted_on_two_days_is_a_contradiction() =>
        Contradictions([Opened(), Invited(Hamar), Invited(Hamar), Admitted(Hamar), Admitted(Hamar)]).Select(c => c.Code)
            .ShouldBe([MunicipalityInvitedAlready.Code, MunicipalityAdmittedAlready.Code]);

    [Fact]
    public void What_stands_before_the_opening_finds_no_round_and_changes_nothing()
    {
        Contradictions([Invited(Hamar), Opened()]).ShouldBe([new Contradiction(RoundUnknown.Code, OpeningDay, [1])]);
        IntakeRoundAggregate.Instance.Fold([Invited(Hamar)]).ShouldBe(IntakeRoundState.Initial);
    }

    private static IReadOnlyList<Contradiction> Contradictions(Fact[] inEffectiveOrder) =>
        IntakeRoundAggregate.Instance.Contradictions([.. inEffectiveOrder.Select((fact, i) => new StandingFact(i + 1, fact))]);
}
