using HousingBank.Domain.Letters;
using HousingBank.Domain.Municipalities;
using HousingBank.Domain.Vocabulary;

namespace HousingBank.Browser.Tests;

/// <summary>A page that every general test visits.</summary>
/// <param name="Name">Of its pictures.</param>
/// <param name="Person">Key of the demo person who looks at it; null for somebody who is not signed in.</param>
public sealed record SitePage(string Name, string Address, string? Person = null, int Status = 200)
{
    public string In(string language) => $"{Address}{(Address.Contains('?', StringComparison.Ordinal) ? '&' : '?')}lang={language}";
}

/// <summary>Every page there is: a new page is added here and is then tested like the others.</summary>
public static class Pages
{
    public const string Secretariat = "secretariat-region-ost";

    private const string SimulatedSecretariat = "secretariat-simulert";

    private const string Leadership = "leadership-region-ost";

    private const string Council = "council-region-ost";

    // The import makes the ids of what it tells from names: they are the same in every demo history.
    private static readonly Guid Programme = NamedUuid.Make(NamedUuid.Root, "programme:boso-ost");
    private static readonly RoundId SecondRound = new(NamedUuid.Make(Programme, "round:2"));
    private static readonly string Round = $"/runder/{SecondRound.Value}";
    private static readonly string Course = $"/deltakelser/{ParticipationId.Of(new(NamedUuid.Make(Programme, "round:1")), new("hamar")).Value}";

    private static readonly string Own = $"/runder/{OpenRound.Value}/soknader/hamar";

    /// <summary>A member of the council, by name; the demo history names nobody.</summary>
    public static Guid Person { get; } = NamedUuid.Make(Programme, "person");

    public static ProgrammeId NamedIn => new(Programme);

    /// <summary>A round in which something is wanted to Trondheim's application, and told so in a letter; what is imported has no letters here.</summary>
    public static RoundId RoundOfLetter { get; } = new(NamedUuid.Make(Programme, "round:letter"));

    public static MunicipalityId Receiver { get; } = new("trondheim");

    /// <summary>A municipality with two courses, whose rounds bear the same number.</summary>
    public static MunicipalityId OfTwoProgrammes { get; } = new("simulert-01");

    // Drafted, submitted, wanting something.
    private static readonly LetterId Letter = LetterId.Of(HousingBank.Domain.Vocabulary.ApplicationId.Of(RoundOfLetter, Receiver).Stream, 3);
    private static readonly string Template = $"/brev/maler/{LetterTemplateId.Of(NamedIn, LetterKind.Refusal, WrittenForm.Bokmal).Value}";

    /// <summary>A round in which hamar has begun its application.</summary>
    public static RoundId OpenRound => new(NamedUuid.Make(Programme, "round:open"));

    /// <summary>A round whose applications the council has judged and leadership has not decided on.</summary>
    public static RoundId JudgedRound => new(NamedUuid.Make(Programme, "round:judged"));

    private static readonly string Judged = $"/runder/{JudgedRound.Value}";

    // The simulation makes its ids from what it is made by.
    private static readonly Guid SimulatedProgramme = NamedUuid.Make(NamedUuid.Make(NamedUuid.Root, "simulert: simulation: 6 municipalities, 8 years from 2018-01-01, seed 1"), "programme:1");
    private static readonly string Simulated = $"/runder/{NamedUuid.Make(SimulatedProgramme, "round:1")}";

    public static IReadOnlyList<SitePage> All { get; } =
    [
        new("front-before-sign-in", "/"),
        new("sign-in", "/logg-inn"),
        new("front", "/", Secretariat),
        new("front-simulated", "/", SimulatedSecretariat),
        new("problem-type", "/problems/gate-not-met"),
        new("my-access", "/tilganger", "evaluator-region-ost"),
        new("board", "/tavle?asOf=2010-12-10", Secretariat),
        new("board-of-candidates", "/tavle?asOf=2009-06-01", Secretariat),
        new("board-of-nobody", "/tavle?knownAt=2010-12-10", Secretariat),
        new("municipalities", "/kommuner", Secretariat),
        new("municipality", "/kommuner/hamar?asOf=2010-12-10", Secretariat),
        new("municipality-of-two-programmes", $"/kommuner/{OfTwoProgrammes.Key}", SimulatedSecretariat),
        new("municipality-unknown", "/kommuner/ukjent", Secretariat, Status: 404),
        new("programme", "/programmet?asOf=2010-12-10", Secretariat),
        new("learning", "/laeringslogg", Secretariat),
        new("letters", "/brev", Secretariat),
        new("letters-simulated", "/brev", SimulatedSecretariat),
        new("letter", $"/brev/{Letter.Value}", Secretariat),
        new("letter-unknown", $"/brev/{Guid.Empty}", Secretariat, Status: 404),
        new("letter-templates", "/brev/maler", Secretariat),
        new("letter-template", $"{Template}?fra=0&til=1", Secretariat),
        new("form-letter-template", $"{Template}/ny", Leadership),
        new("decisions", "/vedtakslogg?kommune=hamar", Secretariat),
        new("decision", "/vedtakslogg/municipality/hamar/1", Secretariat),
        new("why", "/hvorfor?stream=municipality/hamar&versions=1,2", Secretariat),
        new("seals", "/segl", "auditor-region-ost"),
        new("matrix", "/oversiktsmatrise?asOf=2010-12-10", Secretariat),
        new("round", Round, Secretariat),
        new("council-meeting", $"{Round}/radsmote", Secretariat),
        new("ranking", $"{Round}/rangering", Secretariat),
        new("minutes-of-nothing", $"{Round}/protokoll", Secretariat, Status: 404),
        new("form-call-meeting", $"{Round}/radsmote/innkall", Secretariat),
        new("form-open-meeting", $"{Round}/radsmote/apne", Secretariat),
        new("round-simulated", Simulated, SimulatedSecretariat),
        new("council-meeting-simulated", $"{Simulated}/radsmote", SimulatedSecretariat),
        new("ranking-simulated", $"{Simulated}/rangering", SimulatedSecretariat),
        new("minutes-simulated", $"{Simulated}/protokoll", SimulatedSecretariat),
        new("reviews-of-round-simulated", $"{Simulated}/vurderinger", SimulatedSecretariat),
        new("intake", "/opptak", Secretariat),
        new("intake-simulated", "/opptak", SimulatedSecretariat),
        new("tasks", "/oppgaver", Secretariat),
        new("tasks-of-leadership", "/oppgaver", Leadership),
        new("tasks-of-council", "/oppgaver", Council),
        new("tasks-of-municipality", "/oppgaver", "municipality-hamar"),
        new("round-judged", Judged, Council),
        new("application-judged", $"{Judged}/soknader/hamar", Leadership),
        new("council-meeting-open", $"{Judged}/radsmote", Secretariat),
        new("form-move-meeting", $"{Round}/radsmote/flytt", Secretariat),
        new("form-rank", $"{Judged}/radsmote/ranger", Secretariat),
        new("form-close-meeting", $"{Judged}/radsmote/avslutt", Secretariat),
        new("form-recommendation-judged", $"{Judged}/soknader/hamar/innstilling", Secretariat),
        new("form-decisions", $"{Judged}/vedtak", Leadership),
        new("form-decision-judged", $"{Judged}/soknader/moss/vedtak", Leadership),
        new("form-publish", $"{Judged}/offentliggjor", Leadership),
        new("form-criteria", $"{Judged}/kriterier", Leadership),
        new("form-window", $"{Judged}/soknadsperiode", Secretariat),
        new("form-figures", $"{Judged}/utvalgstall", Secretariat),
        new("form-close-round", $"{Judged}/avslutt", Secretariat),
        new("form-withdraw-recusal", $"{Judged}/soknader/moss/opphev-inhabilitet", Secretariat),
        new("form-open-round", "/runder/ny", Secretariat),
        new("form-invite", $"{Round}/inviter", Secretariat),
        new("form-raise-capacity", $"{Round}/kapasitet", Leadership),
        new("form-register-application", $"{Round}/soknader/trondheim/registrer", Secretariat),
        new("application", $"{Round}/soknader/moss", Secretariat),
        new("application-own", $"{Own}", "municipality-hamar"),
        new("form-step-resolution", $"{Own}/skjema/vedtak", "municipality-hamar"),
        new("form-step-needs", $"{Own}/skjema/behov", "municipality-hamar"),
        new("form-step-organisation", $"{Own}/skjema/organisering", "municipality-hamar"),
        new("form-step-contact", $"{Own}/skjema/kontakt", "municipality-hamar"),
        new("form-step-attachments", $"{Own}/skjema/vedlegg", "municipality-hamar"),
        new("form-step-submission", $"{Own}/skjema/send", "executive-hamar"),
        new("form-sign-off", $"{Own}/godkjenn", Secretariat),
        new("form-signatory", $"{Own}/signatar", "executive-hamar"),
        new("form-ask-late", $"{Own}/be-om-sen", "municipality-hamar"),
        new("form-accept-late", $"{Own}/godta-sen", Secretariat),
        new("form-want-supplement", $"{Round}/soknader/moss/etterspor-supplering", Secretariat),
        new("form-complete", $"{Round}/soknader/moss/komplett", Secretariat),
        new("form-start-review", $"{Round}/soknader/moss/vurdering", Secretariat),
        new("form-withdraw", $"{Own}/trekk", "municipality-hamar"),
        new("form-supplement", $"{Round}/soknader/moss/motta-supplering", Secretariat),
        new("form-recommendation", $"{Round}/soknader/moss/innstilling", Secretariat),
        new("form-decision", $"{Round}/soknader/moss/vedtak", Leadership),
        new("reviews-of-round", $"{Round}/vurderinger", Secretariat),
        new("reviews-of-application", $"{Round}/soknader/moss/vurderinger", Secretariat),
        new("form-review", $"{Round}/soknader/moss/min-vurdering", Council),
        new("form-conflict", $"{Round}/soknader/moss/inhabil", Council),
        new("form-recuse", $"{Round}/soknader/moss/kjenn-inhabil", Secretariat),
        new("council", $"/programmet/{Programme}/radet", Secretariat),
        new("form-appoint-member", $"/programmet/{Programme}/radet/oppnevn", Leadership),
        new("form-retire-member", $"/programmet/{Programme}/radet/fratre", Leadership),
        new("form-end-affiliation", $"/programmet/{Programme}/radet/tilknytning/avslutt", Secretariat),
        new("form-affiliation", $"/programmet/{Programme}/radet/tilknytning", Secretariat),
        new("form-agreement", $"{Course}/avtaler/ny", Secretariat),
        new("form-steering-group", $"{Course}/styringsgruppe", Secretariat),
        new("form-anchoring", $"{Course}/forankring", Secretariat),
        new("form-criterion", $"{Course}/vilkar", Secretariat),
        new("form-next-phase", $"{Course}/neste-fase", Leadership),
        new("form-extend", $"{Course}/forleng", Leadership),
        new("form-end-participation", $"{Course}/avslutt", Leadership),
        new("form-model", $"/programmet/{Programme}/rammemodell", Leadership),
        new("form-learning", "/laeringslogg/ny", Secretariat),
        new("persons", "/personer", Secretariat),
        new("persons-of-nobody", "/personer?asOf=2009-06-01", Secretariat),
        new("person", $"/personer/{Person}", Secretariat),
        new("form-erase-person", $"/personer/{Person}/slett", Leadership),
        new("readings", $"/innsynslogg?person={Person}", "auditor-region-ost"),
        new("form-strike", $"/vedtakslogg/round/{SecondRound.Value}/1/stryk", Leadership),
        new("not-found", "/finnes-ikke", Secretariat, Status: 404),
    ];

    public static SitePage Named(string name) => All.Single(page => page.Name == name);
}
