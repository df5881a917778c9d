using HousingBank.Processes;
using HousingBank.ReadModels;
using HousingBank.Store;

namespace HousingBank.Cli.Terminal;

/// <summary>The two-clock tables of this program, as the commands build them.</summary>
internal static class ProgrammeTables
{
    public static TableBuilder BuilderOn(string connectionString) => new(connectionString, new TwoClockTables(ReadModelTables.All), FactCodec.OfDomain());
}
