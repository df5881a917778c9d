using HousingBank.Store;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace HousingBank.Processes.Persons;

/// <summary>Personal data as a program that reads and writes them has them.</summary>
public static class PersonsSetup
{
    /// <exception cref="MasterKeyException">A master key that is configured cannot be read.</exception>
    public static IServiceCollection AddPersons(this IServiceCollection services, IConfiguration configuration) => services
        .AddSingleton(MasterKeysOf(configuration))
        .AddSingleton<PersonKeys>()
        .AddSingleton<PersonReadings>()
        .AddSingleton<AttachmentStore>()
        .AddSingleton<PersonSafe>();

    public static MasterKeys MasterKeysOf(IConfiguration configuration) => new(
        configuration[MasterKeys.Setting],
        configuration.GetSection(MasterKeys.OlderSetting).GetChildren().Select(key => key.Value).OfType<string>().Where(key => key.Length > 0));
}
