using System.Globalization;
using HousingBank.Domain.Vocabulary;

namespace HousingBank.Cli.Simulating;

/// <summary>What a simulated history is made from: the same gives the same history, ids included.</summary>
/// <param name="Municipalities">How many, 1 or more; each programme has at most <see cref="MostInOneProgramme"/>.</param>
/// <param name="From">The first day of the first programme.</param>
internal sealed record Simulation(string Tenant, int Municipalities, int Seed, int Years, DateOnly From)
{
    /// <summary>About five municipalities a year in the years in which rounds are opened.</summary>
    public const int MostInOneProgramme = 35;

    public string Description => string.Create(
        CultureInfo.InvariantCulture, $"simulation: {Municipalities} municipalities, {Years} years from {From:yyyy-MM-dd}, seed {Seed}");

    /// <summary>Marks everything that is simulated.</summary>
    public Basis Basis => new(BasisKind.Simulation, Description);

    public Guid Id => NamedUuid.Make(NamedUuid.Root, $"{Tenant}: {Description}");

    public ImportId Import => new(NamedUuid.Make(Id, "import"));

    /// <summary>The first day after the simulated years: nothing is recorded from then on.</summary>
    public DateOnly Until => From.AddYears(Years);

    public int ProgrammeCount => (Municipalities + MostInOneProgramme - 1) / MostInOneProgramme;

    public IEnumerable<SimulatedProgramme> Programmes()
    {
        var all = Enumerable.Range(1, Municipalities).Select(SimulatedMunicipality).Chunk(MostInOneProgramme);
        return all.Select((municipalities, i) => new SimulatedProgramme(this, i + 1, municipalities));
    }

    // The name says what it is: none that a real municipality could have.
    private (MunicipalityId Id, string Name) SimulatedMunicipality(int number)
    {
        var digits = Math.Max(2, Municipalities.ToString(CultureInfo.InvariantCulture).Length);
        return (new("simulert-" + number.ToString("D" + digits, CultureInfo.InvariantCulture)), $"Simulert kommune {number}");
    }
}
