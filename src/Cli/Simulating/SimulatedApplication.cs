using System.Globalization;
using HousingBank.Domain.Applications;
using HousingBank.Domain.Participations;
using HousingBank.Domain.Vocabulary;

namespace HousingBank.Cli.Simulating;

/// <summary>One municipality's way through intake, from its invitation until the council has it.</summary>
internal sealed class SimulatedApplication(
    RoundId round, MunicipalityId municipality, DateOnly opening, DateOnly deadline, Schedule.Lane lane, Dice dice)
{
    private static readonly string[] FocusAreas =
        ["Unge i etableringsfasen", "Bosetting av flyktninger", "Rus og psykisk helse", "Boveiledning", "Kommunale utleieboliger", "Økonomisk rådgivning"];

    public MunicipalityId Municipality => municipality;

    public Schedule.Lane Lane => lane;

    public RoundId Round => round;

    /// <summary>The day it was handed to the council; null when it did not get as far.</summary>
    public DateOnly? ReviewStarted { get; private set; }

    /// <summary>1 to 100: what the members see in it.</summary>
    public int Quality { get; } = dice.Between(1, 100);

    /// <summary>The members who are not recused.</summary>
    public IReadOnlyList<string> Entitled { get; set; } = [];

    /// <summary>What they scored together, weighed.</summary>
    public decimal Total { get; set; }

    public Advice? Advice { get; set; }

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

        ReviewStarted = complete.AddDays(7);
        lane.Add(new StartReview(round, municipality) { On = ReviewStarted.Value });
    }

    private static DateOnly Earlier(DateOnly day, DateOnly atLeast) => day < atLeast ? atLeast : day;
}
