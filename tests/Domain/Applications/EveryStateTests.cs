using HousingBank.Domain.Applications;
using HousingBank.Domain.IntakeRounds;
using HousingBank.Domain.Vocabulary;
using static HousingBank.Domain.Tests.Council;
using static HousingBank.Domain.Tests.Some;

namespace HousingBank.Domain.Tests.Applications;

/// <summary>Every command in every state of an application: what it records, that it is nothing new, or by which code it is refused.</summary>
public sealed class EveryStateTests
{
    // In the order an application comes to them.
    private static readonly (string Name, Fact[] Facts)[] s_states =
    [
        ("none", []),
        ("draft", [Drafted(Hamar)]),
        ("submitted", [Drafted(Hamar), Submitted()]),
        ("wanting", [Drafted(Hamar), Submitted(), Wanted]),
        ("supplemented", [Drafted(Hamar), Submitted(), Wanted, Given]),
        ("complete", [Drafted(Hamar), Submitted(), DeclaredComplete()]),
        ("review", [Drafted(Hamar), Submitted(), DeclaredComplete(), ReviewStarted()]),
        ("recommended", [Drafted(Hamar), Submitted(), DeclaredComplete(), ReviewStarted(), Recommended()]),
        ("admitted", [Drafted(Hamar), Submitted(), DeclaredComplete(), ReviewStarted(), Recommended(), Decided(ApplicationOutcome.Admitted)]),
        ("declined", [Drafted(Hamar), Submitted(), DeclaredComplete(), ReviewStarted(), Recommended(), Decided(ApplicationOutcome.Declined)]),
        ("withdrawn", [Drafted(Hamar), Submitted(), DeclaredComplete(), ReviewStarted(), Recommended(), new ApplicationWithdrawn("Mangler midler") { On = Late }]),
    ];

    private static readonly Command[] s_commands =
    [
        new DraftApplication(Round, Hamar) { On = Day(2009, 4, 1) },
        new SaveApplicationDraft(Round, Hamar, Content) { On = Day(2009, 5, 10) },
        new NameSignatory(Round, Hamar, "demo:municipality-hamar", "kommunalsjef") { On = Day(2009, 5, 11) },
        new SignOffApplication(Round, Hamar, SignedOff) { On = Day(2009, 5, 12) },
        new AskForLateAcceptance(Round, Hamar, "Møter sent") { On = Day(2009, 5, 13) },
        new AcceptLateApplication(Round, Hamar, "Valgt råd") { On = Day(2009, 5, 14) },
        new SubmitApplication(Round, Hamar, Content, SignedOff) { On = Day(2009, 5, 20) },
        new AddAttachment(Round, Hamar, "vedtak.pdf", "application/pdf", 3, new SealedFile(ApplicationId.Of(Round, Hamar).Case, new string('a', 64), "mark")) { On = Day(2009, 5, 20) },
        new RemoveAttachment(Round, Hamar, new AttachmentId(Guid.Empty), "Feil fil") { On = Day(2009, 5, 20) },
        new RequestSupplement(Round, Hamar, "Utskrift av vedtaket", Day(2009, 6, 20)) { On = Day(2009, 6, 5) },
        new ReceiveSupplement(Round, Hamar, "Utskrift av vedtaket") { On = Day(2009, 6, 9) },
        new DeclareApplicationComplete(Round, Hamar) { On = Day(2009, 6, 10) },
        new StartReview(Round, Hamar) { On = Day(2009, 6, 15) },
        new RecuseMember(Round, Hamar, Programme, "member-2", RecusalCause.SelfDeclared, "Bor der") { On = Day(2009, 8, 1) },
        new WithdrawRecusal(Round, Hamar, "member-2", "Flyttet") { On = Day(2009, 8, 2) },
        new NoteRecommendation(Round, Hamar, Advice.Admit, 1, 6, 1, "Godt forankret.") { On = Day(2009, 9, 1), Grounds = OfSource },
        new GiveRecommendation(Round, Hamar, Programme, Members, Advice.Admit, [new(Chair, Vote.For, null)], "Stort behov") { On = Day(2009, 9, 1) },
        new AdmitMunicipality(Round, Hamar) { On = Day(2009, 10, 15) },
        new DeclineApplication(Round, Hamar, "For liten plass", Reasons, "Rammen er brukt opp") { On = Day(2009, 10, 15) },
        new DeferApplication(Round, Hamar, "Ikke klar", [], "Rammen er brukt opp") { On = Day(2009, 10, 15) },
        new WithdrawApplication(Round, Hamar, "Mangler midler") { On = Day(2009, 10, 15) },
    ];

    private static MunicipalityAdmitted Admitted => new(Hamar, Advice.Admit, null, []) { On = Late };

    private static DateOnly Late => new(2009, 10, 10);

    private static SupplementRequested Wanted => new("Utskrift av vedtaket", Day(2009, 6, 20)) { On = new DateOnly(2009, 6, 5) };

    private static SupplementReceived Given => new("Utskrift av vedtaket", null) { On = new DateOnly(2009, 6, 9) };

    private static ValueList<CriterionReason> Reasons => [.. Criteria.Select(c => new CriterionReason(c.Code, "Mindre behov"))];

    [Fact]
    public void No_command_is_left_out() => s_commands.Select(c => c.GetType()).ShouldBe(
        typeof(ApplicationCommand).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(ApplicationCommand))).Append(typeof(AdmitMunicipality)), ignoreOrder: true);

    [Fact]
    public void Every_command_in_every_state_ends_as_it_should()
    {
        var lines = s_commands.Select(command => $"{command.GetType().Name,-27}" + string.Concat(s_states.Select(state => $"{End(state.Facts, command),-31}")).TrimEnd());

        string.Join('\n', lines.Prepend($"                           " + string.Concat(s_states.Select(s => $"{s.Name,-31}")).TrimEnd())).ShouldBe(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Applications", "every-state.txt")).TrimEnd());
    }

    /// <summary>"yes" when something is recorded, "same" when there is nothing new in it, otherwise the code of the refusal.</summary>
    private static string End(Fact[] facts, Command command) => Scenario
        .Given(Programme.Stream, [Launched(), .. Members.Select(Appointed)])
        .And(Round.Stream, [OpenedWithCriteria(), Invited(Hamar), .. facts.OfType<ApplicationDecided>().Where(d => d.Outcome == ApplicationOutcome.Admitted).Select(_ => Admitted)])
        .And(Hamar.Stream, Registered(Hamar))
        .And(Meeting, Called(), MeetingOpened([.. Members]))
        .ReviewedBy([.. Members])
        .And(ApplicationOf(Hamar), facts)
        .When(command).Decision switch
    {
        Decision.Refused refused => refused.Reason.Code,
        var decision when decision == Decision.Nothing => "same",
        _ => "yes",
    };

    private static ApplicationDecided Decided(ApplicationOutcome outcome) =>
        new(outcome, "Samlet vurdering", outcome == ApplicationOutcome.Admitted ? null : "Rammen er brukt opp", outcome == ApplicationOutcome.Admitted ? [] : Reasons, []) { On = Late };
}
