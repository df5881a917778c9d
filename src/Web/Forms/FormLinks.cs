using HousingBank.Domain.Vocabulary;
using HousingBank.ReadModels.OneMeeting;
using HousingBank.ReadModels.OneMunicipality;
using HousingBank.ReadModels.OneProgramme;
using HousingBank.ReadModels.OneRound;
using HousingBank.ReadModels.PhaseBoard;
using HousingBank.ReadModels.Reviewing;
using HousingBank.ReadModels.Work;
using HousingBank.Web.Access;

namespace HousingBank.Web.Forms;

/// <summary>A form that makes sense where a thing stands now, and the rule for who may use it.</summary>
/// <param name="Text">Key of what it does: "deeds.extend-phase".</param>
public sealed record FormLink(string Address, string Text, string Policy);

/// <summary>Which forms lead on from where a thing stands. The rules still judge what is sent: a form reached by its address says why not.</summary>
public static class FormLinks
{
    public static IEnumerable<FormLink> OfProgramme(Guid programme) =>
    [
        new($"/programmet/{programme}/radet", "deeds.see-council", Policies.ReadCouncil),
        new("/runder/ny", "deeds.open-round", Policies.Register),
        new($"/programmet/{programme}/rammemodell", "deeds.revise-model", Policies.Decide),
    ];

    public static IEnumerable<FormLink> OfCouncil(ProgrammeCouncil council)
    {
        var page = $"/programmet/{council.Programme}/radet";
        yield return new($"{page}/oppnevn", "deeds.appoint-member", Policies.Decide);
        if (council.Members.Count == 0)
            yield break;
        yield return new($"{page}/fratre", "deeds.retire-member", Policies.Decide);
        yield return new($"{page}/tilknytning", "deeds.note-affiliation", Policies.Register);
        if (council.Members.Any(m => m.Affiliations.Any(a => a.EndedOn is null)))
            yield return new($"{page}/tilknytning/avslutt", "deeds.end-affiliation", Policies.Register);
    }

    /// <summary>What can be done about an application before the council.</summary>
    public static IEnumerable<FormLink> OfReviewing(RoundUnderReview round, ReviewedApplication application, Viewer viewer)
    {
        var page = $"/runder/{round.Id}/soknader/{application.Municipality.Key}";
        yield return new($"{page}/min-vurdering", "deeds.review", Policies.Review);
        if (!application.IsBeforeCouncil || round.MeetingClosedOn is not null)
            yield break;
        yield return new($"{page}/inhabil", "deeds.declare-conflict", Policies.Review);
        if (!viewer.Leads(round.Chair))
            yield break;
        yield return new($"{page}/kjenn-inhabil", "deeds.recuse", Policies.RunMeeting);
        yield return new($"{page}/opphev-inhabilitet", "deeds.withdraw-recusal", Policies.RunMeeting);
    }

    public static IEnumerable<FormLink> OfLearningLog() => [new("/laeringslogg/ny", "deeds.write-learning", Policies.WriteLearning)];

    public static IEnumerable<FormLink> OfLearningEntry(Guid entry, string outcome) =>
        outcome == "setAside" ? [] : [new($"/laeringslogg/{entry}/oppfolging", "deeds.follow-up-learning", Policies.Register)];

    public static IEnumerable<FormLink> OfLetterTemplate(Guid template) => [new($"/brev/maler/{template}/ny", "deeds.adopt-letter-template", Policies.Decide)];

    /// <summary>A fact that stands, in the decision log.</summary>
    public static IEnumerable<FormLink> OfFact(string stream, int version) => [new($"/vedtakslogg/{stream}/{version}/stryk", "deeds.strike", Policies.Decide)];

    public static IEnumerable<FormLink> OfPerson(Guid person) => [new($"/personer/{person}/slett", "deeds.erase-person", Policies.ErasePersons)];

    public static IEnumerable<FormLink> OfRound(RoundPage page)
    {
        var round = $"/runder/{page.Round.Id}";
        yield return new($"{round}/vurderinger", "deeds.see-reviews", Policies.ReadCouncil);
        yield return new($"{round}/radsmote", "deeds.see-meeting", Policies.ReadCouncil);
        yield return new($"{round}/rangering", "deeds.see-ranking", Policies.ReadCouncil);
        if (page.Round.In("recommended") > 0)
            yield return new($"{round}/vedtak", "deeds.decide-applications", Policies.Decide);
        if (page.Round is { PublishedOn: null, DecidedOn: not null })
            yield return new($"{round}/offentliggjor", "deeds.publish-decisions", Policies.Decide);
        if (page.Round.ClosedOn is not null)
            yield break;
        yield return new($"{round}/inviter", "deeds.invite", Policies.Register);
        yield return new($"{round}/soknadsperiode", "deeds.set-application-window", Policies.Register);
        yield return new($"{round}/utvalgstall", "deeds.keep-selection-figures", Policies.Register);
        yield return new($"{round}/kriterier", "deeds.revise-criteria", Policies.Decide);
        yield return new($"{round}/kapasitet", "deeds.raise-capacity", Policies.Decide);
        yield return new($"{round}/avslutt", "deeds.close-round", Policies.Register);
    }

    /// <summary>What there is to read about the council's work on a round.</summary>
    public static IEnumerable<FormLink> OfCouncil(MeetingPage meeting)
    {
        yield return new($"/runder/{meeting.Round}", "deeds.see-round", Policies.Read);
        yield return new($"/runder/{meeting.Round}/rangering", "deeds.see-ranking", Policies.ReadCouncil);
        if (meeting.OpenedOn is not null)
            yield return new($"/runder/{meeting.Round}/protokoll", "deeds.see-minutes", Policies.ReadCouncil);
    }

    /// <summary>For those who run the council's meeting.</summary>
    public static IEnumerable<FormLink> ToRun(MeetingPage meeting)
    {
        var page = $"/runder/{meeting.Round}/radsmote";
        return meeting.State switch
        {
            "notCalled" => [new($"{page}/innkall", "deeds.call-meeting", Policies.RunMeeting)],
            "called" =>
            [
                new($"{page}/apne", "deeds.open-meeting", Policies.RunMeeting),
                new($"{page}/flytt", "deeds.move-meeting", Policies.RunMeeting),
            ],
            "open" =>
            [
                new($"{page}/ranger", "deeds.rank-applications", Policies.RunMeeting),
                new($"{page}/avslutt", "deeds.close-meeting", Policies.RunMeeting),
            ],
            _ => [],
        };
    }

    public static IEnumerable<FormLink> ToRecommend(Guid round, string municipality) =>
        [new($"/runder/{round}/soknader/{municipality}/innstilling", "deeds.give-recommendation", Policies.RunMeeting)];

    /// <param name="state">Of the application; null when there is none.</param>
    public static IEnumerable<FormLink> OfApplication(Guid round, string municipality, string? state)
    {
        var application = $"/runder/{round}/soknader/{municipality}";
        foreach (var (page, text, policy) in Next(state))
            yield return new($"{application}/{page}", text, policy);
        if (state is not (null or "admitted" or "declined" or "deferred" or "withdrawn"))
            yield return new($"{application}/trekk", "deeds.withdraw-application", Policies.WriteForMunicipality);
    }

    /// <summary>What only the municipality's own people do with their application, each as far as one may.</summary>
    /// <param name="shown">Address of the page that shows it.</param>
    /// <param name="application">Null as long as nobody has begun it.</param>
    public static IEnumerable<FormLink> OfOwnApplication(string shown, ApplicationInRound? application, Viewer viewer)
    {
        if (application is not { State: "draft" } draft || viewer.Municipality is not { } own)
            yield break;
        if (draft.SignOff is null && SigningRights.SignsAs(viewer, own, draft.Signatory?.Person) is not null)
            yield return new($"{shown}/godkjenn", "deeds.sign-off", Policies.Apply);
        if (SigningRights.MayName(viewer, own))
            yield return new($"{shown}/signatar", "deeds.name-signatory", Policies.Apply);
    }

    public static IEnumerable<FormLink> OfCourse(Course course)
    {
        var card = course.Card;
        var participation = $"/deltakelser/{card.Participation}";
        if (card.Standing == CourseStanding.Ended)
            return [];
        if (card.Standing == CourseStanding.Candidate)
        {
            return
            [
                .. OfApplication(card.Round, card.Municipality.Key, course.Application?.State),
                new($"{participation}/vilkar", "deeds.meet-criterion", Policies.Register),
            ];
        }

        return
        [
            .. card.Standing == CourseStanding.Suspended
                ? [new FormLink($"{participation}/gjenoppta", "deeds.resume", Policies.Decide)]
                : OfPhase(card, participation),
            new($"{participation}/vilkar", "deeds.meet-criterion", Policies.Register),
            .. OfAgreements(course, participation),
            new($"{participation}/programleder", "deeds.appoint-programme-leader", Policies.Register),
            new($"{participation}/styringsgruppe", "deeds.appoint-steering-group", Policies.Register),
            new($"{participation}/prosjektgruppe", "deeds.appoint-project-group", Policies.Register),
            new($"{participation}/foranalyse", "deeds.deliver-pre-analysis", Policies.Register),
            new($"{participation}/hovedmal", "deeds.describe-main-goals", Policies.Register),
            new($"{participation}/forankring", "deeds.assess-anchoring", Policies.Register),
            new($"{participation}/rammemodell", "deeds.move-to-model", Policies.Decide),
            new($"{participation}/avslutt", "deeds.end-participation", Policies.Decide),
        ];
    }

    /// <summary>The forms that answer a task.</summary>
    public static IEnumerable<FormLink> Of(WorkItem item)
    {
        var participation = $"/deltakelser/{item.Participation}";
        var application = $"/runder/{item.Round}/soknader/{item.Municipality?.Key}";
        return item.Kind switch
        {
            "phaseLate" or "phaseEndsSoon" =>
            [
                new($"{participation}/neste-fase", "deeds.start-phase", Policies.Register),
                new($"{participation}/forleng", "deeds.extend-phase", Policies.Decide),
            ],
            "phaseToStart" => [new($"{participation}/neste-fase", "deeds.start-phase", Policies.Register)],
            "agreementToSign" => [new($"{participation}/avtaler/{StreamId.Parse(item.Facts.Stream).Id}/undertegn", "deeds.sign-agreement", Policies.Register)],
            "applicationToWrite" => [new($"{application}", "deeds.write-application", Policies.Apply)],
            "lateApplicationToAccept" => [new($"{application}/godta-sen", "deeds.accept-late", Policies.Register)],
            "applicationToCheck" => [new($"{application}/komplett", "deeds.declare-complete", Policies.Register)],
            "supplementDue" =>
            [
                new($"{application}/motta-supplering", "deeds.receive-supplement", Policies.Register),
                new($"{application}/motta-supplering", "deeds.give-supplement", Policies.Apply),
                .. item.DaysLate > 0 ? [new FormLink($"{application}/vedtak", "deeds.decide-application", Policies.Decide)] : Array.Empty<FormLink>(),
            ],
            "reviewToStart" => [new($"{application}/vurdering", "deeds.start-review", Policies.Register)],
            "recommendationToGive" => [new($"/runder/{item.Round}/radsmote", "deeds.see-meeting", Policies.RunMeeting)],
            "applicationToDecide" =>
            [
                new($"{application}/vedtak", "deeds.decide-application", Policies.Decide),
                new($"/runder/{item.Round}/vedtak", "deeds.decide-applications", Policies.Decide),
            ],
            "reviewToWrite" or "reviewToHandIn" => [new($"{application}/min-vurdering", "deeds.review", Policies.Review)],
            "reviewsMissing" => [new($"/runder/{item.Round}/vurderinger", "deeds.see-reviews", Policies.ReadCouncil)],
            "decisionsToPublish" => [new($"/runder/{item.Round}/offentliggjor", "deeds.publish-decisions", Policies.Decide)],
            _ => [],
        };
    }

    private static (string Page, string Text, string Policy)[] Next(string? state) => state switch
    {
        null =>
        [
            ("skjema/vedtak", "deeds.write-application", Policies.Apply),
            ("registrer", "deeds.register-application", Policies.Register),
        ],
        "draft" =>
        [
            ("skjema/vedtak", "deeds.write-application", Policies.Apply),
            ("be-om-sen", "deeds.ask-late", Policies.Apply),
            ("registrer", "deeds.register-application", Policies.Register),
            ("godkjenn", "deeds.register-sign-off", Policies.Register),
            ("godta-sen", "deeds.accept-late", Policies.Register),
        ],
        "submitted" or "supplemented" =>
        [
            ("komplett", "deeds.declare-complete", Policies.Register),
            ("etterspor-supplering", "deeds.request-supplement", Policies.Register),
            ("skjema/vedlegg", "deeds.attach", Policies.WriteForMunicipality),
        ],
        "supplementRequested" =>
        [
            ("motta-supplering", "deeds.receive-supplement", Policies.Register),
            ("motta-supplering", "deeds.give-supplement", Policies.Apply),
            ("skjema/vedlegg", "deeds.attach", Policies.WriteForMunicipality),
            ("vedtak", "deeds.decide-application", Policies.Decide),
        ],
        "complete" => [("vurdering", "deeds.start-review", Policies.Register)],
        "recommended" => [("vedtak", "deeds.decide-application", Policies.Decide)],
        _ => [],
    };

    private static IEnumerable<FormLink> OfPhase(BoardCard card, string participation)
    {
        if (card.PhaseInFact != Phase.PhaseOut)
            yield return new($"{participation}/neste-fase", "deeds.start-phase", Policies.Register);
        yield return new($"{participation}/forleng", "deeds.extend-phase", Policies.Decide);
        yield return new($"{participation}/fullfor-fase", "deeds.complete-phase", Policies.Register);
        yield return new($"{participation}/stans", "deeds.suspend", Policies.Decide);
    }

    private static IEnumerable<FormLink> OfAgreements(Course course, string participation)
    {
        var agreements = $"{participation}/avtaler";
        foreach (var agreement in course.Agreements)
        {
            if (agreement.State == "drafted" && agreement is { BankSignedOn: null, MunicipalitySignedOn: null })
                yield return new($"{agreements}/{agreement.Id}/endre", "deeds.revise-agreement", Policies.Register);
            if (agreement.State == "drafted")
                yield return new($"{agreements}/{agreement.Id}/undertegn", "deeds.sign-agreement", Policies.Register);
            if (agreement.State == "inForce")
                yield return new($"{agreements}/{agreement.Id}/avslutt", "deeds.end-agreement", Policies.Decide);
        }

        if (course.Agreements.All(a => a.State == "ended"))
            yield return new($"{agreements}/ny", "deeds.draft-agreement", Policies.Register);
    }
}
