using HousingBank.Processes.Persons;
using Microsoft.Extensions.Configuration;

namespace HousingBank.Cli.Persons;

/// <summary>Secrets that the command line reads from the environment, as the web process does.</summary>
internal static class Environments
{
    /// <exception cref="MasterKeyException">One of them cannot be read.</exception>
    public static MasterKeys MasterKeys() => PersonsSetup.MasterKeysOf(new ConfigurationBuilder().AddEnvironmentVariables().Build());
}
