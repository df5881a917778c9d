using HousingBank.Domain.Vocabulary;

namespace HousingBank.ReadModels;

/// <summary>A row about one application: who may not see the application does not see the row.</summary>
public interface IOfApplication
{
    RoundId Round { get; }

    MunicipalityId Municipality { get; }
}
