using HousingBank.Domain.Vocabulary;

namespace HousingBank.ReadModels;

/// <summary>A row about one application: not there for whoever is recused from it (<see cref="Sight"/>).</summary>
public interface IOfApplication
{
    RoundId Round { get; }

    MunicipalityId Municipality { get; }
}
