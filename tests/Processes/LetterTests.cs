using HousingBank.Domain.Applications;
using HousingBank.Domain.IntakeRounds;
using HousingBank.Domain.Letters;
using HousingBank.Domain.Municipalities;
using HousingBank.Domain.Participations;
using HousingBank.Domain.Vocabulary;
using HousingBank.Store;
using ApplicationId = HousingBank.Domain.Vocabulary.ApplicationId;

namespace HousingBank.Processes.Tests;

/// <summary>Letters follow from decisions: each once, whatever is killed when, and none is changed by what comes after.</summary>
public sealed class LetterTests(Desk desk) : IClassFixture<Desk>
{
    private static readonly Caller Register = new("import", Role.Import, Scope.National);

    [Fact]
    public async Task An_admission_is_told_in_one_letter()
    {
        var (round, hamar) = await RecommendedAsync();

        await desk.DoneAsync(Desk.Secretariat, new AdmitMunicipality(round, hamar) { On = Desk.October });

        var letter = (await LettersAsync(round, hamar)).ShouldHaveSingleItem();
        (letter.Kind, letter.Form, letter.TemplateVersion, letter.Office).ShouldBe((LetterKind.Admission, WrittenForm.Bokmal, 0, "Servicekontoret"));
        letter.On.Placed.ShouldBe(Desk.October);
    }

    [Fact]
    public async Task Killed_before_the_letter_and_asked_again_it_is_still_one()
    {
        var (round, hamar) = await RecommendedAsync();
        var admitted = (await desk.NewDesk(reacts: false).RunAsync(
            Desk.Secretariat, new AdmitMunicipality(round, hamar) { On = Desk.October }, Guid.CreateVersion7(), null, Cancel)).ShouldBeOfType<Outcome.Done>();
        (await LettersAsync(round, hamar)).ShouldBeEmpty();

        await HandleAsync(admitted);
        await HandleAsync(admitted);

        (await LettersAsync(round, hamar)).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task What_is_changed_between_two_attempts_changes_no_letter_and_stops_nothing()
    {
        var (round, hamar) = await RecommendedAsync();
        var deferred = await desk.DoneAsync(
            Desk.Secretariat, new DeferApplication(round, hamar, "Rammen er brukt opp.", [], "Vi har ikke plass.") { On = Desk.October });
        var before = (await LettersAsync(round, hamar)).ShouldHaveSingleItem();

        await AdoptAsync(desk.Programme, LetterKind.Deferral);
        await desk.DoneAsync(Register, new ChooseWrittenForm(hamar, WrittenForm.Nynorsk) { On = Desk.Spring });
        await HandleAsync(deferred);

        (await LettersAsync(round, hamar)).ShouldHaveSingleItem().ShouldBe(before);
    }

    [Fact]
    public async Task The_next_letter_is_written_by_the_new_template_and_in_the_form_that_was_chosen()
    {
        var (round, hamar) = await RecommendedAsync();
        var (_, moss) = await RecommendedAsync(round);
        await desk.DoneAsync(Register, new ChooseWrittenForm(moss, WrittenForm.Nynorsk) { On = Desk.Spring });
        await AdoptAsync(desk.Programme, LetterKind.Deferral);

        foreach (var municipality in new[] { hamar, moss })
            await desk.DoneAsync(Desk.Secretariat, new DeferApplication(round, municipality, "Rammen er brukt opp.", [], "Vi har ikke plass.") { On = Desk.October });

        (await LettersAsync(round, hamar)).ShouldHaveSingleItem().Paragraphs.ShouldBe(["Nei: Rammen er brukt opp."]);
        var nynorsk = (await LettersAsync(round, moss)).ShouldHaveSingleItem();
        (nynorsk.Form, nynorsk.TemplateVersion).ShouldBe((WrittenForm.Nynorsk, 0));
        nynorsk.Paragraphs[1].ShouldBe("Grunngjeving: Rammen er brukt opp.");
    }

    [Fact]
    public async Task A_supplement_that_is_wanted_is_asked_for_in_a_letter_each_time()
    {
        var hamar = await desk.MunicipalityAsync();
        var round = await desk.RoundAsync(capacity: 4, hamar);
        var day = new DateOnly(2009, 5, 1);
        await desk.DoneAsync(Desk.Secretariat, new DraftApplication(round, hamar) { On = day });
        await desk.DoneAsync(Desk.Secretariat, new SubmitApplication(round, hamar, Content, new SignOff(Signatory.ChiefExecutive, null)) { On = day });
        await desk.DoneAsync(Desk.Secretariat, new RequestSupplement(round, hamar, "Saksnummer.", day.AddDays(20)) { On = day });
        await desk.DoneAsync(Desk.Secretariat, new ReceiveSupplement(round, hamar, "09/123") { On = day.AddDays(2) });
        await desk.DoneAsync(Desk.Secretariat, new RequestSupplement(round, hamar, "Organisering.", day.AddDays(30)) { On = day.AddDays(3) });

        var letters = await LettersAsync(round, hamar);

        letters.Select(l => (l.Kind, l.Paragraphs[1], l.Paragraphs[2])).ShouldBe(
            [(LetterKind.SupplementWanted, "Saksnummer.", "Frist: 21. mai 2009"), (LetterKind.SupplementWanted, "Organisering.", "Frist: 31. mai 2009")]);
    }

    [Fact]
    public async Task A_decision_that_is_corrected_is_told_in_a_letter_that_corrects_the_first()
    {
        var (round, hamar) = await RecommendedAsync();
        await desk.DoneAsync(Desk.Secretariat, Decline(round, hamar));
        var decided = (await FactsAsync(round, hamar)).Single(f => f.Fact is ApplicationDecided);

        await desk.DoneAsync(Desk.Secretariat, new CorrectFact(decided.Version, Decline(round, hamar) with { Reason = "For liten plan.", Grounds = Late }) { On = Desk.October, Grounds = Late });

        var letters = await LettersAsync(round, hamar);
        letters.Select(l => l.Corrects).ShouldBe([null, LetterId.Of(ApplicationId.Of(round, hamar).Stream, decided.Version)]);
        letters[1].Paragraphs.ToArray()[..1].ShouldBe(["Dette brevet retter vårt brev av 15. oktober 2009."]);
        letters[1].Paragraphs.ShouldContain(p => p.EndsWith("For liten plan.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_refusal_gives_the_reason_for_each_criterion_by_its_name()
    {
        var round = new RoundId(Guid.CreateVersion7());
        await desk.DoneAsync(Desk.Secretariat, new OpenRound(
            round, desk.Programme, 77, StatedDay.Exactly(Desk.Deadline), 4, false, [new("need", new LocalText("Behov"), 60), new("anchoring", new LocalText("Forankring"), 40)])
        { On = Desk.Spring });
        var (_, hamar) = await RecommendedAsync(round);

        await desk.DoneAsync(Desk.Secretariat, Decline(round, hamar) with { CriterionReasons = [new("need", "Behovet er lite."), new("anchoring", "Ikke behandlet politisk.")] });

        (await LettersAsync(round, hamar)).ShouldHaveSingleItem().Paragraphs
            .ShouldContain("For hvert kriterium:\n– Behov: Behovet er lite.\n– Forankring: Ikke behandlet politisk.");
    }

    [Fact]
    public async Task No_letter_is_made_up_for_what_is_imported()
    {
        var (round, hamar) = await RecommendedAsync();

        await desk.DoneAsync(Desk.Import, Decline(round, hamar) with { Grounds = Grounds.None with { Basis = new Basis(BasisKind.Source, "delrapport 2010") } });

        (await LettersAsync(round, hamar)).ShouldBeEmpty();
    }

    [Fact]
    public async Task More_time_for_a_phase_is_told_in_one_letter_and_corrected_in_another()
    {
        var (round, hamar) = await RecommendedAsync();
        var course = ParticipationId.Of(round, hamar);
        var extended = await desk.DoneAsync(Desk.Secretariat, new ExtendPhase(course, Phase.Preparation, 2, "Valg i høst.") { On = Desk.October });
        await HandleAsync(extended);
        var version = extended.Facts.Single().Version;
        await desk.DoneAsync(Desk.Secretariat, new CorrectFact(version, new ExtendPhase(course, Phase.Preparation, 3, "Valg i høst.") { On = Desk.October, Grounds = Late }) { On = Desk.October, Grounds = Late });

        var letters = new List<LetterWritten>();
        foreach (var fact in await StreamAsync(course.Stream))
            letters.AddRange((await StreamAsync(LetterId.Of(course.Stream, fact.Version).Stream)).Select(f => (LetterWritten)f.Fact));

        letters.Select(l => (l.Kind, l.Answers, l.Office, l.Corrects)).ShouldBe(
            [(LetterKind.Extension, version, "Servicekontoret", null), (LetterKind.Extension, version + 1, "Servicekontoret", LetterId.Of(course.Stream, version))]);
        letters[0].Paragraphs[0].ShouldContain("2 måneder mer til forberedelsesfasen");
        letters[1].Paragraphs[1].ShouldContain("3 måneder mer til forberedelsesfasen");
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static ApplicationContent Content => new(
        new Resolution("kommunestyret", StatedDay.Exactly(new(2009, 4, 20)), "09/123"), "Mangler egnede boliger.", ["Bosetting"], "Styringsgruppe.", "Servicekontoret");

    private static Grounds Late => Grounds.None with { EntryReason = "Feil i protokollen" };

    private static DeclineApplication Decline(RoundId round, MunicipalityId municipality) =>
        new(round, municipality, "Rammen er brukt opp.", [], "Vi har ikke plass.") { On = Desk.October };

    private async Task<(RoundId Round, MunicipalityId Municipality)> RecommendedAsync(RoundId? known = null)
    {
        var municipality = await desk.MunicipalityAsync();
        var round = known ?? await desk.RoundAsync(capacity: 4);
        await desk.DoneAsync(Desk.Secretariat, new InviteMunicipality(round, municipality) { On = Desk.Spring });
        await desk.RecommendedAsync(round, municipality);
        return (round, municipality);
    }

    /// <summary>The same for every test that asks for it: they share the programme.</summary>
    private Task<Outcome.Done> AdoptAsync(ProgrammeId programme, LetterKind kind) => desk.DoneAsync(
        Desk.Secretariat, new AdoptLetterTemplate(programme, kind, WrittenForm.Bokmal, "Nei", ["Nei: {reason}"], "Kortere") { On = Desk.October });

    private async Task HandleAsync(Outcome.Done done)
    {
        var handler = new ReactionHandler(desk.NewDesk(), desk.AllReactions());
        foreach (var fact in done.Facts)
            await handler.HandleAsync(fact, Cancel);
    }

    private async Task<IReadOnlyList<StoredFact>> FactsAsync(RoundId round, MunicipalityId municipality) =>
        await StreamAsync(ApplicationId.Of(round, municipality).Stream);

    /// <summary>Those about the application's facts, in the order of these.</summary>
    private async Task<IReadOnlyList<LetterWritten>> LettersAsync(RoundId round, MunicipalityId municipality)
    {
        var letters = new List<LetterWritten>();
        foreach (var fact in await FactsAsync(round, municipality))
            letters.AddRange((await StreamAsync(LetterId.Of(ApplicationId.Of(round, municipality).Stream, fact.Version).Stream)).Select(f => (LetterWritten)f.Fact));
        return letters;
    }

    private async Task<IReadOnlyList<StoredFact>> StreamAsync(StreamId stream) =>
        (await desk.Store.LoadAsync(Scope.Of(Desk.Tenant), [new StreamKey(stream.ToString())], null, Cancel)).Streams.Single().Value;
}
