using System.Diagnostics;
using HousingBank.Domain.Municipalities;

namespace HousingBank.Domain.Letters;

/// <summary>The texts that the program comes with: they hold until leadership adopts others.</summary>
public static class LetterDefaults
{
    /// <param name="form">Bokmål or nynorsk.</param>
    public static LetterTemplate Of(LetterKind kind, WrittenForm form) => (kind, form == WrittenForm.Nynorsk) switch
    {
        (LetterKind.Admission, false) => new(0, "Opptak i {programme}",
        [
            "{municipality} er tatt opp i {programme}, opptaksrunde {round}. Vedtaket er fra {decidedOn}.",
            "Begrunnelse: {reason}",
            "Det neste er en samarbeidsavtale mellom kommunen og oss. Vi ber {chiefExecutive} om å gi beskjed om hvem vi skal lage den sammen med.",
            "Med vennlig hilsen\n{office}",
        ]),
        (LetterKind.Admission, true) => new(0, "Opptak i {programme}",
        [
            "{municipality} er teken opp i {programme}, opptaksrunde {round}. Vedtaket er frå {decidedOn}.",
            "Grunngjeving: {reason}",
            "Det neste er ein samarbeidsavtale mellom kommunen og oss. Vi ber {chiefExecutive} om å gje beskjed om kven vi skal lage han saman med.",
            "Med venleg helsing\n{office}",
        ]),
        (LetterKind.Refusal, false) => new(0, "Svar på søknad om opptak i {programme}",
        [
            "Søknaden fra {municipality} om opptak i {programme}, opptaksrunde {round}, er avslått. Vedtaket er fra {decidedOn}.",
            "Begrunnelse: {reason}",
            "For hvert kriterium:\n{criterionReasons}",
            "Kommunen kan søke igjen i en senere opptaksrunde.",
            "Med vennlig hilsen\n{office}",
        ]),
        (LetterKind.Refusal, true) => new(0, "Svar på søknad om opptak i {programme}",
        [
            "Søknaden frå {municipality} om opptak i {programme}, opptaksrunde {round}, er avslått. Vedtaket er frå {decidedOn}.",
            "Grunngjeving: {reason}",
            "For kvart kriterium:\n{criterionReasons}",
            "Kommunen kan søkje igjen i ein seinare opptaksrunde.",
            "Med venleg helsing\n{office}",
        ]),
        (LetterKind.Deferral, false) => new(0, "Svar på søknad om opptak i {programme}",
        [
            "Søknaden fra {municipality} om opptak i {programme}, opptaksrunde {round}, er utsatt til en senere runde. Vedtaket er fra {decidedOn}.",
            "Begrunnelse: {reason}",
            "For hvert kriterium:\n{criterionReasons}",
            "Kommunen kan søke igjen når en ny runde åpner.",
            "Med vennlig hilsen\n{office}",
        ]),
        (LetterKind.Deferral, true) => new(0, "Svar på søknad om opptak i {programme}",
        [
            "Søknaden frå {municipality} om opptak i {programme}, opptaksrunde {round}, er utsett til ein seinare runde. Vedtaket er frå {decidedOn}.",
            "Grunngjeving: {reason}",
            "For kvart kriterium:\n{criterionReasons}",
            "Kommunen kan søkje igjen når ein ny runde opnar.",
            "Med venleg helsing\n{office}",
        ]),
        (LetterKind.SupplementWanted, false) => new(0, "Søknaden om opptak i {programme} trenger noe mer",
        [
            "Vi har gått gjennom søknaden fra {municipality} om opptak i {programme}, opptaksrunde {round}. Før den kan behandles videre, trenger vi dette:",
            "{what}",
            "Frist: {due}",
            "Med vennlig hilsen\n{office}",
        ]),
        (LetterKind.SupplementWanted, true) => new(0, "Søknaden om opptak i {programme} treng noko meir",
        [
            "Vi har gått gjennom søknaden frå {municipality} om opptak i {programme}, opptaksrunde {round}. Før han kan handsamast vidare, treng vi dette:",
            "{what}",
            "Frist: {due}",
            "Med venleg helsing\n{office}",
        ]),
        (LetterKind.Extension, false) => new(0, "Lengre tid i {programme}",
        [
            "{municipality} har fått {months} mer til {phase} i {programme}. Vedtaket er fra {decidedOn}.",
            "Fasen skal nå være ferdig senest {due}.",
            "Begrunnelse: {reason}",
            "Med vennlig hilsen\n{office}",
        ]),
        (LetterKind.Extension, true) => new(0, "Lengre tid i {programme}",
        [
            "{municipality} har fått {months} meir til {phase} i {programme}. Vedtaket er frå {decidedOn}.",
            "Fasen skal no vere ferdig seinast {due}.",
            "Grunngjeving: {reason}",
            "Med venleg helsing\n{office}",
        ]),
        _ => throw new UnreachableException($"{kind} has no text."),
    };
}
