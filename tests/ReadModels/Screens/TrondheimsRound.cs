using HousingBank.Domain.Applications;
using HousingBank.Domain.IntakeRounds;
using HousingBank.Domain.Vocabulary;

namespace HousingBank.ReadModels.Tests.Screens;

/// <summary>A round of 2011 to which Trondheim has applied.</summary>
internal static class TrondheimsRound
{
    public static readonly MunicipalityId Trondheim = new("trondheim");

    private static ApplicationContent Content => new(
        new Resolution("bystyret", Day(2, 25), "11/3"), "Mange uten bolig", ["bosetting"], "Prosjektleder", "servicekontoret");

    public static async Task BeginAsync(Screens screens, ProgrammeId programme, RoundId round)
    {
        await screens.DoneAsync(new OpenRound(round, programme, 3, Day(4, 1), 1, true, [new("need", new LocalText("Behov"), 2)]) { On = Day(1, 10) });
        await screens.DoneAsync(new DraftApplication(round, Trondheim) { On = Day(2, 20) });
        await screens.DoneAsync(new SubmitApplication(round, Trondheim, Content, new SignOff(Signatory.ChiefExecutive, null)) { On = Day(3, 1) });
    }

    private static StatedDay Day(int month, int day) => StatedDay.Exactly(new(2011, month, day));
}
