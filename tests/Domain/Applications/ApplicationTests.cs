using HousingBank.Domain.Applications;
using HousingBank.Domain.IntakeRounds;
using HousingBank.Domain.Municipalities;
using HousingBank.Domain.Vocabulary;
using static HousingBank.Domain.Applications.ApplicationRefusals;
using static HousingBank.Domain.Tests.Some;

namespace HousingBank.Domain.Tests.Applications;

public class ApplicationTests
{
    private static readonly DateOnly DecisionDay = new(2009, 10, 15);

    private static Scenario Round(RoundOpened opened) => Scenario
        .Given(Some.Round.Stream, opened)
        .And(Hamar.Stream, Registered(Hamar));

    private static Scenario Application(params ReadOnlySpan<Fact> facts) =>
        Round(Opened()).And(Some.Round.Stream, Invited(Hamar)).And(ApplicationOf(Hamar), facts);

    private static DraftApplication Draft() => new(Some.Round, Hamar) { On = Day(2009, 4, 1) };

    private static SaveApplicationDraft Save() => new(Some.Round, Hamar, Content) { On = Day(2009, 5, 10) };

    private static NameSignatory Name() => new(Some.Round, Hamar, "demo:municipality-hamar", "kommunalsjef") { On = Day(2009, 5, 11) };

    private static SignOffApplication SignOff(Signatory by = Signatory.ChiefExecutive, string? function = null) =>
        new(Some.Round, Hamar, new(by, function)) { On = Day(2009, 5, 15) };

    private static AskForLateAcceptance AskLate() => new(Some.Round, Hamar, "Kommunestyret møtes 10. juni") { On = Day(2009, 5, 30) };

    private static SubmitApplication Submit() => new(Some.Round, Hamar, Content, Some.SignedOff) { On = Day(2009, 5, 20) };

    private static SubmitApplication SubmitDraft() => new(Some.Round, Hamar) { On = Day(2009, 5, 20) };

    private static SubmitApplication SubmitLate() => Submit() with { On = Day(2009, 6, 2) };

    private static AcceptLateApplication AcceptLate() => new(Some.Round, Hamar, "Vedtaket ble utsatt") { On = Day(2009, 6, 1) };

    private static RequestSupplement Request() => new(Some.Round, Hamar, "Utskrift av vedtaket", Day(2009, 6, 20)) { On = Day(2009, 6, 5) };

    private static ReceiveSupplement Receive() => new(Some.Round, Hamar, "Utskrift av vedtaket") { On = Day(2009, 6, 9) };

    private static DeclareApplicationComplete Declare() => new(Some.Round, Hamar) { On = Day(2009, 6, 10) };

    private static StartReview Review() => new(Some.Round, Hamar) { On = Day(2009, 6, 15) };

    private static NoteRecommendation Recommend() => new(Some.Round, Hamar, Advice.Admit, 1, 6, 1, "Godt forankret.") { On = Day(2009, 9, 1), Grounds = OfSource };

    private static DeclineApplication Decline(string? deviation = null) => new(Some.Round, Hamar, "For liten plass", [], deviation) { On = DecisionDay };

    private static DeferApplication Defer(string? deviation = null) => new(Some.Round, Hamar, "Planen er ikke klar", [], deviation) { On = DecisionDay };

    private static WithdrawApplication Withdraw() => new(Some.Round, Hamar, "Mangler egne midler") { On = DecisionDay };

    private static ApplicationDraftSaved Saved() => new(Content) { On = new DateOnly(2009, 5, 10) };

    private static SignatoryNamed Named() => new("demo:municipality-hamar", "kommunalsjef") { On = new DateOnly(2009, 5, 11) };

    private static ApplicationSignedOff SignedOff(Signatory by = Signatory.ChiefExecutive, string? function = null) =>
        new(new SignOff(by, function)) { On = new DateOnly(2009, 5, 15) };

    private static LateAcceptanceAsked LateAsked() => new("Kommunestyret møtes 10. juni") { On = new DateOnly(2009, 5, 30) };

    private static LateApplicationAccepted LateAccepted() => new("Vedtaket ble utsatt") { On = new DateOnly(2009, 6, 1) };

    private static SupplementRequested Requested() => new("Utskrift av vedtaket", Day(2009, 6, 20)) { On = new DateOnly(2009, 6, 5) };

    private static SupplementReceived Received() => new("Utskrift av vedtaket", null) { On = new DateOnly(2009, 6, 9) };

    private static ApplicationDecided Decided(ApplicationOutcome outcome, string? reason, string? deviation = null) =>
        new(outcome, reason, deviation, [], []) { On = DecisionDay };

    private static ApplicationWithdrawn Withdrawn() => new("Mangler egne midler") { On = DecisionDay };

    private static Grounds SilentOn(params ReadOnlySpan<string> prerequisites) => Grounds.None with { NotDocumented = [.. prerequisites] };

    // Draft

    [Fact]
    public void An_invited_municipality_drafts_its_application() =>
        Application().When(Draft()).Then(Drafted(Hamar));

    [Fact]
    public void A_draft_begun_twice_is_one_draft() =>
        Application(Drafted(Hamar)).When(Draft()).ThenNothing();

    [Fact]
    public void A_municipality_has_one_application_in_a_round() =>
        Application(Drafted(Hamar), Submitted()).When(Draft()).ThenRefused(ApplicationDraftedAlready);

    [Fact]
    public void Only_invited_municipalities_apply() =>
        Round(Opened()).When(Draft()).ThenRefused(IntakeRoundRefusals.MunicipalityNotInvited);

    [Fact]
    public void Nobody_applies_before_the_invitation() =>
        Application().When(Draft() with { On = Day(2009, 3, 14) }).ThenRefused(IntakeRoundRefusals.MunicipalityNotInvited);

    [Fact]
    public void All_may_apply_when_the_round_is_open_to_all() =>
        Round(Opened(openToAll: true)).When(Draft()).Then(Drafted(Hamar));

    [Fact]
    public void Even_then_only_municipalities_of_the_register_apply() =>
        Scenario.Given(Some.Round.Stream, Opened(openToAll: true)).When(Draft()).ThenRefused(MunicipalityRefusals.MunicipalityUnknown);

    [Fact]
    public void A_municipality_that_is_part_of_another_by_then_does_not_apply() =>
        Application().And(Hamar.Stream, new MunicipalityMerged(Moss, null) { On = new DateOnly(2009, 4, 1) })
            .When(Draft())
            .ThenRefused(MunicipalityRefusals.MunicipalityIsMerged);

    [Fact]
    public void Nobody_applies_in_a_round_that_is_not_there_or_closed()
    {
        Scenario.Given(Hamar.Stream, Registered(Hamar)).When(Draft()).ThenRefused(IntakeRoundRefusals.RoundUnknown);
        Application().And(Some.Round.Stream, new RoundClosed { On = new DateOnly(2009, 3, 31) }).When(Draft()).ThenRefused(IntakeRoundRefusals.RoundIsClosed);
        Application(Drafted(Hamar)).And(Some.Round.Stream, new RoundClosed { On = new DateOnly(2009, 5, 19) })
            .When(Submit())
            .ThenRefused(IntakeRoundRefusals.RoundIsClosed);
    }

    [Fact]
    public void A_draft_is_saved_with_anything_missing()
    {
        var begun = ApplicationContent.Empty with { NeedsAssessment = "Unge mangler bolig." };
        Application(Drafted(Hamar)).When(Save() with { Content = begun }).Then(Saved() with { Content = begun });
        Application(Drafted(Hamar), Saved()).When(Save() with { Content = begun }).Then(Saved() with { Content = begun });
        StateOf(Drafted(Hamar), Saved()).ShouldSatisfyAllConditions(s => s.Draft.ShouldBe(Content), s => s.Content.ShouldBeNull());
    }

    [Fact]
    public void What_changes_nothing_is_not_saved()
    {
        Application(Drafted(Hamar), Saved()).When(Save()).ThenNothing();
        Application(Drafted(Hamar)).When(Save() with { Content = ApplicationContent.Empty }).ThenNothing();
    }

    [Fact]
    public void A_draft_holds_something() =>
        Application(Drafted(Hamar)).When(Save() with { Content = null! }).ThenRefused(Fields.Missing, "content");

    // Sign-off

    [Fact]
    public void A_draft_that_lacks_nothing_is_signed_off_by_the_chief_executive()
    {
        Application(Drafted(Hamar), Saved()).When(SignOff()).Then(SignedOff());
        Application(Drafted(Hamar), Saved()).When(SignOff(function: "rådmann")).Then(SignedOff());
        Application(Drafted(Hamar), Saved() with { Content = Content with { Contact = null } }).When(SignOff()).ThenRefused(ContactMissing);
    }

    [Fact]
    public void Somebody_beside_the_chief_executive_signs_in_the_function_that_was_named_or_is_told()
    {
        Application(Drafted(Hamar), Saved()).When(SignOff(Signatory.Named)).ThenRefused(SignatoryNotNamed);
        Application(Drafted(Hamar), Saved()).When(SignOff(Signatory.Named, "ordfører")).Then(SignedOff(Signatory.Named, "ordfører"));
        Application(Drafted(Hamar), Saved(), Named()).When(SignOff(Signatory.Named)).Then(SignedOff(Signatory.Named, "kommunalsjef"));
    }

    [Fact]
    public void A_draft_signed_off_twice_is_signed_off_once()
    {
        Application(Drafted(Hamar), Saved(), SignedOff()).When(SignOff()).ThenNothing();
        Application(Drafted(Hamar), Saved(), Named(), SignedOff()).When(SignOff(Signatory.Named)).Then(SignedOff(Signatory.Named, "kommunalsjef"));
    }

    [Fact]
    public void A_sign_off_says_by_whom()
    {
        Application(Drafted(Hamar), Saved()).When(SignOff() with { SignOff = null! }).ThenRefused(Fields.Missing, "signOff");
        Application(Drafted(Hamar), Saved()).When(SignOff((Signatory)9)).ThenRefused(Fields.UnknownValue, "signOff.by");
        Application(Drafted(Hamar), Saved()).When(SignOff(Signatory.Named, TooLongForAName)).ThenRefused(Fields.TooLong, "signOff.function");
    }

    public static TheoryData<Fact, bool> AfterSignOff => new()
    {
        { Saved() with { Content = Content with { Contact = "Boligkontoret" } }, false },
        { new AttachmentAdded(new(Guid.NewGuid()), "vedtak.pdf", "application/pdf", 1, new(default, "", "")), false },
        { new AttachmentRemoved(new(Guid.NewGuid()), "Feil fil"), false },
        { Named(), true },
        { LateAsked(), true },
        { LateAccepted(), true },
    };

    [Theory]
    [MemberData(nameof(AfterSignOff), DisableDiscoveryEnumeration = true)]
    public void A_sign_off_holds_until_what_was_signed_is_changed(Fact after, bool holds)
    {
        var state = StateOf(Drafted(Hamar), Saved(), SignedOff(), after with { On = new DateOnly(2009, 5, 16) });
        (state.SignOff is not null).ShouldBe(holds);
    }

    [Fact]
    public void What_is_added_after_the_submission_leaves_the_sign_off_as_it_was() =>
        StateOf(Drafted(Hamar), Submitted(), new AttachmentRemoved(new(Guid.NewGuid()), "Feil fil") { On = new DateOnly(2009, 5, 21) })
            .SignOff.ShouldBe(Some.SignedOff);

    [Fact]
    public void A_signatory_is_named_by_reference_and_function()
    {
        Application(Drafted(Hamar)).When(Name()).Then(Named());
        Application(Drafted(Hamar), Named()).When(Name()).ThenNothing();
        Application(Drafted(Hamar), Named()).When(Name() with { Function = "ordfører" }).Then(Named() with { Function = "ordfører" });
        Application(Drafted(Hamar)).When(Name() with { Person = " " }).ThenRefused(Fields.Missing, "person");
        Application(Drafted(Hamar)).When(Name() with { Function = "" }).ThenRefused(Fields.Missing, "function");
    }

    // Submission

    [Fact]
    public void An_application_with_all_it_needs_is_submitted() =>
        Application(Drafted(Hamar)).When(Submit()).Then(Submitted());

    [Fact]
    public void A_draft_that_was_signed_off_is_submitted_as_it_stands() =>
        Application(Drafted(Hamar), Saved(), SignedOff()).When(SubmitDraft()).Then(Submitted() with { SignOff = null });

    [Fact]
    public void The_sign_off_covers_exactly_what_is_submitted()
    {
        Application(Drafted(Hamar), Saved()).When(SubmitDraft()).ThenRefused(SignOffMissing);
        Application(Drafted(Hamar), Saved()).When(Submit() with { SignOff = null }).ThenRefused(SignOffMissing);
        Application(Drafted(Hamar), Saved(), SignedOff()).When(Submit() with { SignOff = null, Content = Content with { Contact = "Boligkontoret" } }).ThenRefused(SignOffMissing);
        Application(Drafted(Hamar), Saved(), SignedOff(), Saved() with { Content = Content with { Contact = "Boligkontoret" }, On = new DateOnly(2009, 5, 16) })
            .When(SubmitDraft())
            .ThenRefused(SignOffMissing);
    }

    [Fact]
    public void Whoever_submits_may_sign_off_in_the_same_breath()
    {
        Application(Drafted(Hamar), Saved()).When(SubmitDraft() with { SignOff = Some.SignedOff }).Then(Submitted());
        Application(Drafted(Hamar), Named()).When(Submit() with { SignOff = new(Signatory.Named, null) })
            .Then(Submitted() with { SignOff = new(Signatory.Named, "kommunalsjef") });
        Application(Drafted(Hamar)).When(Submit() with { SignOff = new(Signatory.Named, null) }).ThenRefused(SignatoryNotNamed);
    }

    [Fact]
    public void A_source_may_be_silent_on_who_signed_off() =>
        Application(Drafted(Hamar)).When(Submit() with { SignOff = null, Grounds = SilentOn(IntakePrerequisites.SignOff) })
            .Then(Submitted() with { SignOff = null, NotDocumented = [IntakePrerequisites.SignOff] });

    [Fact]
    public void An_application_submitted_twice_is_submitted_once()
    {
        Application(Drafted(Hamar), Submitted()).When(Submit()).ThenNothing();
        Application(Drafted(Hamar), Saved(), SignedOff(), Submitted() with { SignOff = null }).When(SubmitDraft()).ThenNothing();
    }

    public static TheoryData<ApplicationContent, Refusal, string> Lacking => new()
    {
        { Content with { Resolution = null }, ResolutionMissing, IntakePrerequisites.Resolution },
        { Content with { Resolution = Content.Resolution! with { On = null } }, ResolutionDayMissing, IntakePrerequisites.Resolution },
        { Content with { Resolution = Content.Resolution! with { CaseNumber = null } }, ResolutionCaseNumberMissing, IntakePrerequisites.Resolution },
        { Content with { NeedsAssessment = null }, NeedsAssessmentMissing, IntakePrerequisites.NeedsAssessment },
        { Content with { FocusAreas = [] }, FocusAreasMissing, IntakePrerequisites.FocusAreas },
        { Content with { ProposedOrganisation = null }, ProposedOrganisationMissing, IntakePrerequisites.ProposedOrganisation },
        { Content with { Contact = null }, ContactMissing, IntakePrerequisites.Contact },
    };

    [Theory]
    [MemberData(nameof(Lacking), DisableDiscoveryEnumeration = true)]
    public void What_an_application_cannot_be_submitted_without_is_named(ApplicationContent content, Refusal refusal, string prerequisite)
    {
        var submit = Submit() with { Content = content };
        Application(Drafted(Hamar)).When(submit).ThenRefused(refusal);
        Application(Drafted(Hamar)).When(submit with { Grounds = SilentOn("recommendation") }).ThenRefused(refusal);
        Application(Drafted(Hamar)).When(submit with { Grounds = SilentOn(prerequisite, "recommendation") })
            .Then(Submitted() with { Content = content, NotDocumented = [prerequisite] });
    }

    public static TheoryData<ApplicationContent, string, string> Wrong => new()
    {
        { Content with { Resolution = Content.Resolution! with { Body = " " } }, Fields.Missing, "content.resolution.body" },
        { Content with { Resolution = Content.Resolution! with { CaseNumber = "" } }, Fields.Missing, "content.resolution.caseNumber" },
        { Content with { Resolution = Content.Resolution! with { On = StatedDay.Between(new(2009, 2, 1), new(2009, 1, 1)) } }, Fields.DaysReversed, "content.resolution.on" },
        { Content with { NeedsAssessment = new string('a', Fields.TextLength + 1) }, Fields.TooLong, "content.needsAssessment" },
        { Content with { FocusAreas = ["Bosetting", " "] }, Fields.Missing, "content.focusAreas[1]" },
        { Content with { FocusAreas = ["Bosetting", "Bosetting"] }, Fields.Repeated, "content.focusAreas" },
        { Content with { ProposedOrganisation = "\0" }, Fields.Unreadable, "content.proposedOrganisation" },
        { Content with { Contact = TooLongForAName }, Fields.TooLong, "content.contact" },
    };

    [Theory]
    [MemberData(nameof(Wrong), DisableDiscoveryEnumeration = true)]
    public void Wrong_fields_of_the_content_are_named(ApplicationContent content, string code, string field)
    {
        Application(Drafted(Hamar)).When(Submit() with { Content = content }).ThenRefused(code, field);
        Application(Drafted(Hamar)).When(Save() with { Content = content }).ThenRefused(code, field);
        Application(Drafted(Hamar), Submitted(), Requested()).When(Receive() with { Content = content }).ThenRefused(code, field);
    }

    [Fact]
    public void A_submission_of_a_draft_in_which_nothing_is_written_is_told_what_is_missing_first() =>
        Application(Drafted(Hamar)).When(SubmitDraft()).ThenRefused(ResolutionMissing);

    [Fact]
    public void The_resolution_is_not_made_after_the_submission() =>
        Application(Drafted(Hamar))
            .When(Submit() with { Content = Content with { Resolution = Content.Resolution! with { On = Day(2009, 5, 21) } } })
            .ThenRefused(ResolutionAfterSubmission);

    [Fact]
    public void On_the_day_of_the_deadline_an_application_is_in_time() =>
        Application(Drafted(Hamar)).When(Submit() with { On = Deadline }).Then(Submitted() with { On = Deadline });

    [Fact]
    public void After_the_deadline_an_application_comes_too_late_unless_the_secretariat_accepts_it()
    {
        Application(Drafted(Hamar)).When(SubmitLate()).ThenRefused(DeadlinePassed);
        Application(Drafted(Hamar), LateAccepted()).When(SubmitLate()).Then(Submitted() with { Late = true, On = new DateOnly(2009, 6, 2) });
    }

    [Fact]
    public void A_source_may_be_silent_on_why_a_late_application_was_taken() =>
        Application(Drafted(Hamar)).When(SubmitLate() with { Grounds = SilentOn(IntakePrerequisites.Deadline) })
            .Then(Submitted() with { Late = true, NotDocumented = [IntakePrerequisites.Deadline], On = new DateOnly(2009, 6, 2) });

    [Fact]
    public void Where_no_deadline_is_documented_no_application_is_late() =>
        Round(Opened() with { Deadline = null }).And(Some.Round.Stream, Invited(Hamar)).And(ApplicationOf(Hamar), Drafted(Hamar))
            .When(SubmitLate())
            .Then(Submitted() with { On = new DateOnly(2009, 6, 2) });

    [Fact]
    public void No_application_is_late_by_a_day_that_is_not_exact()
    {
        var june = StatedDay.From(new DateOnly(2009, 6, 1), DayPrecision.Month);
        Application(Drafted(Hamar)).When(Submit() with { On = june }).Then(Submitted() with { On = new EffectiveDay(Deadline, june) });
    }

    [Fact]
    public void A_late_application_is_accepted_with_a_reason()
    {
        Application(Drafted(Hamar)).When(AcceptLate()).Then(LateAccepted());
        Application(Drafted(Hamar)).When(AcceptLate() with { Reason = "" }).ThenRefused(Fields.Missing, "reason");
    }

    [Fact]
    public void The_municipality_asks_with_a_reason_to_come_late_until_it_is_accepted()
    {
        Application(Drafted(Hamar)).When(AskLate()).Then(LateAsked());
        Application(Drafted(Hamar), LateAsked()).When(AskLate()).ThenNothing();
        Application(Drafted(Hamar), LateAsked()).When(AskLate() with { Reason = "Formannskapet møtes 8. juni" })
            .Then(LateAsked() with { Reason = "Formannskapet møtes 8. juni" });
        Application(Drafted(Hamar)).When(AskLate() with { Reason = " " }).ThenRefused(Fields.Missing, "reason");
        Application(Drafted(Hamar), LateAsked(), LateAccepted()).When(AskLate() with { On = Day(2009, 6, 2) }).ThenRefused(LateAcceptedAlready);
        Application(Drafted(Hamar), LateAsked()).When(AcceptLate()).Then(LateAccepted());
    }

    [Fact]
    public void A_late_application_accepted_twice_is_accepted_once() =>
        Application(Drafted(Hamar), LateAccepted()).When(AcceptLate()).ThenNothing();

    // Supplements and completeness

    [Fact]
    public void A_supplement_is_asked_for_with_a_due_date()
    {
        Application(Drafted(Hamar), Submitted()).When(Request()).Then(Requested());
        Application(Drafted(Hamar), Submitted()).When(Request() with { Due = Day(2009, 6, 4) }).ThenRefused(DueBeforeRequest);
        Application(Drafted(Hamar), Submitted()).When(Request() with { Due = null! }).ThenRefused(Fields.Missing, "due");
        Application(Drafted(Hamar), Submitted()).When(Request() with { What = "" }).ThenRefused(Fields.Missing, "what");
    }

    [Fact]
    public void A_supplement_asked_for_twice_is_asked_for_once() =>
        Application(Drafted(Hamar), Submitted(), Requested()).When(Request()).ThenNothing();

    [Fact]
    public void A_second_supplement_waits_for_the_first()
    {
        Application(Drafted(Hamar), Submitted(), Requested()).When(Request() with { What = "Budsjett" }).ThenRefused(SupplementOutstanding);
        Application(Drafted(Hamar), Submitted(), Requested(), Received()).When(Request() with { What = "Budsjett", On = Day(2009, 6, 10) })
            .Then(new SupplementRequested("Budsjett", Day(2009, 6, 20)) { On = new DateOnly(2009, 6, 10) });
    }

    [Fact]
    public void A_supplement_can_change_the_content()
    {
        var supplemented = Content with { Contact = "Boligkontoret" };
        Application(Drafted(Hamar), Submitted(), Requested()).When(Receive() with { Content = supplemented })
            .Then(Received() with { Content = supplemented });
        ApplicationState.Evolve(StateOf(Drafted(Hamar), Submitted(), Requested()), Received() with { Content = supplemented }).Content.ShouldBe(supplemented);
        ApplicationState.Evolve(StateOf(Drafted(Hamar), Submitted(), Requested()), Received()).Content.ShouldBe(Content);
    }

    [Fact]
    public void A_supplement_received_twice_is_received_once() =>
        Application(Drafted(Hamar), Submitted(), Requested(), Received()).When(Receive()).ThenNothing();

    [Fact]
    public void A_supplement_says_what_it_is() =>
        Application(Drafted(Hamar), Submitted(), Requested()).When(Receive() with { What = " " }).ThenRefused(Fields.Missing, "what");

    [Fact]
    public void An_application_declared_complete_twice_is_complete_once() =>
        Application(Drafted(Hamar), Submitted(), DeclaredComplete()).When(Declare()).ThenNothing();

    [Fact]
    public void An_application_that_lacks_something_is_not_complete()
    {
        var withoutContact = Submitted() with { Content = Content with { Contact = null }, NotDocumented = [IntakePrerequisites.Contact] };
        Application(Drafted(Hamar), withoutContact).When(Declare()).ThenRefused(ContactMissing);
        Application(Drafted(Hamar), withoutContact).When(Declare() with { Grounds = SilentOn(IntakePrerequisites.Contact) })
            .Then(DeclaredComplete() with { NotDocumented = [IntakePrerequisites.Contact] });
    }

    // Review and recommendation

    [Fact]
    public void A_review_started_twice_is_started_once() =>
        Application(Drafted(Hamar), Submitted(), DeclaredComplete(), ReviewStarted()).When(Review()).ThenNothing();

    [Fact]
    public void A_recommendation_is_noted_only_where_a_source_is_silent_on_the_reviews()
    {
        var underReview = Application(Drafted(Hamar), Submitted(), DeclaredComplete(), ReviewStarted());

        underReview.When(Recommend()).Then(Recommended());
        underReview.When(Recommend() with { Grounds = Grounds.None }).ThenRefused(ReviewsMissing);
        underReview.When(Recommend() with { Grounds = SilentOn(IntakePrerequisites.Reviews) }).ThenRefused(ReviewsMissing);
        underReview.When(Recommend() with { Grounds = OfSource with { NotDocumented = [IntakePrerequisites.Recommendation] } }).ThenRefused(ReviewsMissing);
    }

    [Fact]
    public void A_recommendation_noted_twice_is_noted_once() =>
        Application(Drafted(Hamar), Submitted(), DeclaredComplete(), ReviewStarted(), Recommended()).When(Recommend()).ThenNothing();

    [Fact]
    public void Until_the_decision_a_newer_recommendation_takes_the_place_of_the_one_before() =>
        Application(Drafted(Hamar), Submitted(), DeclaredComplete(), ReviewStarted(), Recommended())
            .When(Recommend() with { Advice = Advice.Defer, On = Day(2009, 9, 8) })
            .Then(Recommended(Advice.Defer) with { On = new DateOnly(2009, 9, 8) });

    [Fact]
    public void Wrong_fields_of_a_recommendation_are_named()
    {
        var underReview = Application(Drafted(Hamar), Submitted(), DeclaredComplete(), ReviewStarted());
        underReview.When(Recommend() with { Advice = (Advice)9 }).ThenRefused(Fields.UnknownValue, "advice");
        underReview.When(Recommend() with { Ranking = 0 }).ThenRefused(Fields.OutOfRange, "ranking");
        underReview.When(Recommend() with { VotesFor = -1 }).ThenRefused(Fields.OutOfRange, "votesFor");
        underReview.When(Recommend() with { VotesAgainst = -1 }).ThenRefused(Fields.OutOfRange, "votesAgainst");
        underReview.When(Recommend() with { Reason = "" }).ThenRefused(Fields.Missing, "reason");
    }

    // Decision

    [Fact]
    public void An_application_is_declined_or_deferred_with_a_reason()
    {
        Ready(Advice.Decline).When(Decline()).Then(Decided(ApplicationOutcome.Declined, "For liten plass"));
        Ready(Advice.Defer).When(Defer()).Then(Decided(ApplicationOutcome.Deferred, "Planen er ikke klar"));
        Ready(Advice.Decline).When(Decline() with { Reason = "" }).ThenRefused(Fields.Missing, "reason");
        Ready(Advice.Defer).When(Defer() with { Reason = null! }).ThenRefused(Fields.Missing, "reason");
    }

    [Fact]
    public void An_application_declined_or_deferred_twice_is_decided_once()
    {
        Ready(Advice.Decline, Decided(ApplicationOutcome.Declined, "For liten plass")).When(Decline()).ThenNothing();
        Ready(Advice.Defer, Decided(ApplicationOutcome.Deferred, "Planen er ikke klar")).When(Defer()).ThenNothing();
    }

    [Fact]
    public void An_application_is_not_decided_differently_afterwards() =>
        Ready(Advice.Decline, Decided(ApplicationOutcome.Declined, "For liten plass")).When(Defer()).ThenRefused(ApplicationDecidedAlready);

    [Fact]
    public void A_declined_municipality_is_told_why_for_each_criterion()
    {
        var weighed = Scenario.Given(Some.Round.Stream, Some.Opened() with { Criteria = [new("need", new LocalText("Behov"), 2), new("will", new LocalText("Vilje"), 1)] })
            .And(ApplicationOf(Hamar), Drafted(Hamar), Submitted(), DeclaredComplete(), ReviewStarted(), Recommended(Advice.Decline));
        CriterionReason need = new("need", "Lite dokumentert"), will = new("will", "Ingen egne midler");

        weighed.When(Decline() with { CriterionReasons = [need, will] })
            .Then(Decided(ApplicationOutcome.Declined, "For liten plass") with { CriterionReasons = [need, will] });
        weighed.When(Decline() with { CriterionReasons = [need] }).ThenRefused(CriterionReasonMissing);
        weighed.When(Decline() with { CriterionReasons = [need, will, new("beauty", "Stygg")] }).ThenRefused(CriterionUnknown);
        weighed.When(Decline() with { CriterionReasons = [need, need, will] }).ThenRefused(Fields.Repeated, "criterionReasons");
        weighed.When(Decline() with { CriterionReasons = [need with { Criterion = "" }] }).ThenRefused(Fields.Missing, "criterionReasons[0].criterion");
        weighed.When(Decline() with { CriterionReasons = [need with { Reason = " " }] }).ThenRefused(Fields.Missing, "criterionReasons[0].reason");
        weighed.When(Decline() with { Grounds = SilentOn(IntakePrerequisites.CriterionReasons) })
            .Then(Decided(ApplicationOutcome.Declined, "For liten plass") with { NotDocumented = [IntakePrerequisites.CriterionReasons] });
    }

    [Fact]
    public void Who_is_deferred_may_be_told_why_by_criterion()
    {
        var weighed = Scenario.Given(Some.Round.Stream, Some.Opened() with { Criteria = [new("need", new LocalText("Behov"), 2)] })
            .And(ApplicationOf(Hamar), Drafted(Hamar), Submitted(), DeclaredComplete(), ReviewStarted(), Recommended(Advice.Defer));

        weighed.When(Defer()).Then(Decided(ApplicationOutcome.Deferred, "Planen er ikke klar"));
        weighed.When(Defer() with { CriterionReasons = [new("need", "Lite dokumentert")] })
            .Then(Decided(ApplicationOutcome.Deferred, "Planen er ikke klar") with { CriterionReasons = [new("need", "Lite dokumentert")] });
        weighed.When(Defer() with { CriterionReasons = [new("beauty", "Stygg")] }).ThenRefused(CriterionUnknown);
    }

    [Fact]
    public void A_decision_against_the_recommendation_says_why()
    {
        Ready(Advice.Admit).When(Decline()).ThenRefused(DeviationNeedsReason);
        Ready(Advice.Admit).When(Defer()).ThenRefused(DeviationNeedsReason);
        Ready(Advice.Admit).When(Decline("Budsjettet er kuttet")).Then(Decided(ApplicationOutcome.Declined, "For liten plass", "Budsjettet er kuttet"));
    }

    [Fact]
    public void A_decision_that_follows_the_recommendation_deviates_from_nothing() =>
        Ready(Advice.Decline).When(Decline("Budsjettet er kuttet")).ThenRefused(NothingToDeviateFrom);

    [Fact]
    public void The_recommendation_comes_before_the_decision() =>
        Application(Drafted(Hamar), Submitted(), DeclaredComplete(), ReviewStarted()).When(Decline()).ThenRefused(RecommendationMissing);

    [Fact]
    public void What_was_asked_for_and_did_not_come_in_time_is_ground_enough_not_to_admit()
    {
        var asked = Scenario.Given(Some.Round.Stream, Some.Opened() with { Criteria = [new("need", new LocalText("Behov"), 2)] })
            .And(ApplicationOf(Hamar), Drafted(Hamar), Submitted(), Requested());
        var due = Requested().Due.Last;

        asked.When(Decline()).Then(Decided(ApplicationOutcome.Declined, "For liten plass"));
        asked.When(Defer()).Then(Decided(ApplicationOutcome.Deferred, "Planen er ikke klar"));
        asked.When(Decline() with { On = StatedDay.Exactly(due) }).ThenRefused(ApplicationNotComplete);
        asked.When(Defer() with { On = StatedDay.Exactly(due) }).ThenRefused(ApplicationNotComplete);
        asked.When(new AdmitMunicipality(Some.Round, Hamar) { On = StatedDay.Exactly(DecisionDay) }).ThenRefused(ApplicationNotComplete);
        asked.And(ApplicationOf(Hamar), new SupplementReceived("Utskrift av vedtaket", null) { On = due.AddDays(1) }).When(Defer()).ThenRefused(ApplicationNotComplete);
        Contradictions(Drafted(Hamar), Submitted(), Requested(), Decided(ApplicationOutcome.Declined, "For liten plass") with { On = due })
            .ShouldContain(c => c.Code == ApplicationNotComplete.Code);
        Contradictions(Drafted(Hamar), Submitted(), Requested(), Decided(ApplicationOutcome.Declined, "For liten plass")).ShouldBeEmpty();
    }

    [Fact]
    public void A_source_may_be_silent_on_completeness_and_recommendation() =>
        Application(Drafted(Hamar), Submitted())
            .When(Decline() with { Grounds = SilentOn(IntakePrerequisites.Completeness, IntakePrerequisites.Recommendation) })
            .Then(Decided(ApplicationOutcome.Declined, "For liten plass") with { NotDocumented = [IntakePrerequisites.Completeness, IntakePrerequisites.Recommendation] });

    [Fact]
    public void Nothing_is_decided_in_a_round_that_is_not_there() =>
        Scenario.Given(ApplicationOf(Hamar), Drafted(Hamar), Submitted()).When(Decline()).ThenRefused(IntakeRoundRefusals.RoundUnknown);

    // Withdrawal

    [Fact]
    public void An_application_is_withdrawn_with_a_reason()
    {
        Application(Drafted(Hamar)).When(Withdraw()).Then(Withdrawn());
        Application(Drafted(Hamar)).When(Withdraw() with { Reason = "" }).ThenRefused(Fields.Missing, "reason");
    }

    [Fact]
    public void An_application_withdrawn_twice_is_withdrawn_once() =>
        Application(Drafted(Hamar), Withdrawn()).When(Withdraw()).ThenNothing();

    // The whole course: which step may follow which

    private static readonly Dictionary<ApplicationStage, Fact[]> Reaching = new()
    {
        [ApplicationStage.None] = [],
        [ApplicationStage.Draft] = [Drafted(Hamar)],
        [ApplicationStage.Submitted] = [Drafted(Hamar), Submitted()],
        [ApplicationStage.SupplementRequested] = [Drafted(Hamar), Submitted(), Requested()],
        [ApplicationStage.Supplemented] = [Drafted(Hamar), Submitted(), Requested(), Received()],
        [ApplicationStage.Complete] = [Drafted(Hamar), Submitted(), DeclaredComplete()],
        [ApplicationStage.UnderReview] = [Drafted(Hamar), Submitted(), DeclaredComplete(), ReviewStarted()],
        [ApplicationStage.Recommended] = [Drafted(Hamar), Submitted(), DeclaredComplete(), ReviewStarted(), Recommended()],
        [ApplicationStage.Decided] = [Drafted(Hamar), Submitted(), DeclaredComplete(), ReviewStarted(), Recommended(), Decided(ApplicationOutcome.Admitted, null)],
        [ApplicationStage.Withdrawn] = [Drafted(Hamar), Withdrawn()],
    };

    // One letter for each stage, in the order of ApplicationStage. "+" is recorded, "=" is so already;
    // the other letters are explained in Refused.
    private static readonly (Command Command, string AtEachStage)[] Course =
    [
        (Draft(), "+=ddddddDW"),
        (Save(), "?+ssssssDW"),
        (Name(), "?+ssssssDW"),
        (SignOff(), "?!ssssssDW"),
        (AskLate(), "?+ssssssDW"),
        (SubmitDraft(), "?!ssssssDW"),
        (Submit(), "?+=sssssDW"),
        (AcceptLate(), "?+ssssssDW"),
        (Request(), "?n+=+cccDW"),
        (Receive(), "?nr+=rrrDW"),
        (Declare(), "?n+o+=ccDW"),
        (Review(), "?niii+=vDW"),
        (Recommend(), "?nbbbb+=DW"),
        (Decline("Budsjettet er kuttet"), "?niximm+DW"),
        (Withdraw(), "?+++++++D="),
    ];

    private static readonly Dictionary<char, Refusal> Refused = new()
    {
        ['?'] = ApplicationUnknown,
        ['!'] = ResolutionMissing,
        ['d'] = ApplicationDraftedAlready,
        ['n'] = ApplicationNotSubmitted,
        ['s'] = ApplicationSubmittedAlready,
        ['r'] = SupplementNotRequested,
        ['o'] = SupplementOutstanding,
        ['c'] = ApplicationCompleteAlready,
        ['i'] = ApplicationNotComplete,
        ['v'] = ReviewStartedAlready,
        ['b'] = ReviewNotStarted,
        ['m'] = RecommendationMissing,
        ['x'] = NothingToDeviateFrom,
        ['D'] = ApplicationDecidedAlready,
        ['W'] = ApplicationIsWithdrawn,
    };

    public static TheoryData<int, ApplicationStage> EveryCommandAtEveryStage =>
        [.. Enumerable.Range(0, Course.Length).SelectMany(c => Enum.GetValues<ApplicationStage>().Select(stage => (c, stage)))];

    [Theory]
    [MemberData(nameof(EveryCommandAtEveryStage))]
    public void Each_command_is_taken_at_its_stages_and_refused_by_its_code_at_all_others(int course, ApplicationStage stage)
    {
        var (command, atEachStage) = Course[course];
        var answer = Application(Reaching[stage]).When(command);
        switch (atEachStage[(int)stage])
        {
            case '+':
                answer.Decision.ShouldBeOfType<Decision.Accepted>(answer.Decision.ToString()).Facts.Count.ShouldBe(1);
                break;
            case '=':
                answer.ThenNothing();
                break;
            case var letter:
                answer.ThenRefused(Refused[letter]);
                break;
        }
    }

    [Fact]
    public void Each_stage_is_reached_by_its_facts() =>
        Reaching.ShouldAllBe(r => StateOf(r.Value).Stage == r.Key);

    [Fact]
    public void A_step_placed_before_the_one_it_rests_on_is_a_contradiction() =>
        Contradictions(Drafted(Hamar), Decided(ApplicationOutcome.Admitted, null) with { On = new DateOnly(2009, 5, 1) }, Submitted()).ShouldBe(
        [
            new Contradiction(ApplicationNotSubmitted.Code, new DateOnly(2009, 5, 1), [2]),
            new Contradiction(ApplicationDecidedAlready.Code, new DateOnly(2009, 5, 20), [3]),
        ]);

    [Fact]
    public void What_stands_before_the_draft_finds_no_application_and_changes_nothing()
    {
        Contradictions(Submitted(), Drafted(Hamar)).ShouldBe([new Contradiction(ApplicationUnknown.Code, new DateOnly(2009, 5, 20), [1])]);
        StateOf(Submitted()).ShouldBe(ApplicationState.Initial);
    }

    private static Scenario Ready(Advice advice, params ReadOnlySpan<Fact> after) =>
        Application(Drafted(Hamar), Submitted(), DeclaredComplete(), ReviewStarted(), Recommended(advice)).And(ApplicationOf(Hamar), after);

    private static ApplicationState StateOf(params Fact[] facts) => (ApplicationState)ApplicationAggregate.Instance.Fold(facts);

    private static IReadOnlyList<Contradiction> Contradictions(params Fact[] inEffectiveOrder) =>
        ApplicationAggregate.Instance.Contradictions([.. inEffectiveOrder.Select((fact, i) => new StandingFact(i + 1, fact))]);
}
