using System.Globalization;
using HousingBank.Domain.Applications;
using HousingBank.Domain.Participations;
using HousingBank.Domain.Vocabulary;

namespace HousingBank.Cli.Simulating;

/// <summary>One municipality's way through intake, from its invitation to the council's recommendation.</summary>
internal sealed class SimulatedApplication(
    RoundId round, MunicipalityId municipality, DateOnly opening, DateOnly deadline, Schedule.Lane lane, Dice dice)
{
    private static readonly string[] FocusAreas =
        ["Unge i etableringsfasen", "Bosetting av flyktninger", "Rus og psykisk helse", "Boveiledning", "Kommunale utleieboliger", "Økonomisk rådgivning"];

    public MunicipalityId Municipality => municipality;

    public Schedule.Lane Lane => lane;

    /// <summary>True when it got as far as the council.</summary>
    public bool IsReviewed { get; private set; }

    /// <summary>1 to 100; the council ranks by it.</summary>
    public int Quality { get; } = dice.Between(1, 100);

    public Advice? Advice { get; private set; }

    public void Add()
    {
        if (!dice.Chance(92))
        {
            lane.Add(new EndCandidacy(ParticipationId.Of(round, municipality), CandidacyOutcome.Withdrawn, "Søkte ikke innen fristen.") { On = deadline.AddDays(20) });
            return;
        }

        var drafted = opening.AddDays(dice.Between(14, 30));
        lane.Add(new DraftApplication(round, municipality) { On = drafted });
        Submit(drafted.AddDays(dice.Between(12, 30)));
    }

    /// <param name="meeting">The day of the council's meeting.</param>
    public void Recommend(Advice advice, int ranking, DateOnly meeting)
    {
        Advice = advice;
        var against = dice.Between(0, 2);
        var reason = advice switch
        {
            Domain.Applications.Advice.Admit => "Tydelig behov og god forankring.",
            Domain.Applications.Advice.Defer => "God søknad, men andre har større behov nå.",
            _ => "Behovet er ikke godt nok dokumentert.",
        };
        lane.Add(new NoteRecommendation(round, municipality, advice, ranking, 7 - against, against, reason) { On = meeting }, "programrådet");
    }

    private void Submit(DateOnly resolved)
    {
        var late = dice.Chance(10);
        var submitted = late ? deadline.AddDays(dice.Between(2, 9)) : Earlier(deadline.AddDays(-dice.Between(0, 9)), atLeast: resolved);
        var number = string.Create(CultureInfo.InvariantCulture, $"{resolved.Year % 100}/{dice.Between(100, 4999)}");
        var resolution = new Resolution("kommunestyret", StatedDay.Exactly(resolved), number);
        var content = new ApplicationContent(
            resolution,
            "Kommunen mangler egnede boliger for vanskeligstilte, og tjenestene er spredt på flere enheter.",
            [dice.One(FocusAreas[..3]), dice.One(FocusAreas[3..])],
            "Styringsgruppe ledet av rådmannen, prosjektgruppe på tvers av enhetene",
            "Servicekontoret");
        if (late)
            lane.Add(new AcceptLateApplication(round, municipality, "Forsinket politisk behandling.") { On = submitted });
        lane.Add(new SubmitApplication(round, municipality, content, new SignOff(Signatory.ChiefExecutive, null)) { On = submitted });

        var complete = submitted.AddDays(dice.Between(10, 20));
        if (dice.Chance(25))
        {
            var asked = submitted.AddDays(dice.Between(5, 10));
            lane.Add(new RequestSupplement(round, municipality, "Tall for kommunale utleieboliger", StatedDay.Exactly(asked.AddDays(21))) { On = asked });
            complete = asked.AddDays(dice.Between(8, 21));
            lane.Add(new ReceiveSupplement(round, municipality, "Tallene er lagt ved.") { On = complete });
        }

        lane.Add(new DeclareApplicationComplete(round, municipality) { On = complete });
        if (dice.Chance(4))
        {
            lane.Add(new WithdrawApplication(round, municipality, "Kommunen prioriterer andre oppgaver.") { On = complete.AddDays(10) });
            return;
        }

        lane.Add(new StartReview(round, municipality) { On = complete.AddDays(7) });
        IsReviewed = true;
    }

    private static DateOnly Earlier(DateOnly day, DateOnly atLeast) => day < atLeast ? atLeast : day;
}
