using System.Text.Json;
using HousingBank.Domain.Applications;
using HousingBank.Domain.Participations;

namespace HousingBank.Web.Languages;

/// <summary>Under which name the words of an enum stand in the texts. Several enums can share their words; read models name some by shorter codes.</summary>
public static class WordKinds
{
    private static readonly Dictionary<Type, string> Shared = new()
    {
        [typeof(ApplicationOutcome)] = "outcome",
        [typeof(ApplicationStage)] = "applicationState",
        [typeof(CandidacyOutcome)] = "outcome",
        [typeof(ParticipationOutcome)] = "outcome",
        [typeof(PhaseGround)] = "ground",
        [typeof(ProgrammeLeaderOrientation)] = "orientation",
        [typeof(ProgrammeLeaderPlacement)] = "placement",
    };

    public static string Of(Type vocabulary) => Shared.GetValueOrDefault(vocabulary, JsonNamingPolicy.CamelCase.ConvertName(vocabulary.Name));
}
