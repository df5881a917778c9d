using System.Xml.Linq;
using HousingBank.Processes;
using HousingBank.Processes.Persons;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.Extensions.Options;
using Npgsql;

namespace HousingBank.Web.Access;

/// <summary>Keeps the keys that protect cookies where every web process finds them, so that neither a restart nor a second process signs anybody out.</summary>
/// <remarks>
/// Sealed under the master key where there is one: whoever steals the database or a copy of it could otherwise sign in as anybody. Keys from a time without one are
/// then passed over, and people sign in again.
/// </remarks>
public sealed class KeysInDatabase(NpgsqlDataSource database, MasterKeys masters) : IXmlRepository
{
    public IReadOnlyCollection<XElement> GetAllElements()
    {
        using var command = database.CreateCommand("select xml from access.data_protection_keys order by made_at, name");
        using var reader = command.ExecuteReader();
        var keys = new List<XElement>();
        while (reader.Read())
            keys.Add(XElement.Parse(reader.GetString(0)));
        return masters.IsConfigured ? keys.FindAll(k => k.Name != "key" || SealedCookieKey.Is(k)) : keys;
    }

    public void StoreElement(XElement element, string friendlyName)
    {
        using var command = database.CreateCommand("insert into access.data_protection_keys (name, xml) values ($1, $2)");
        command.Parameters.Add(new() { Value = friendlyName });
        command.Parameters.Add(new() { Value = element.ToString(SaveOptions.DisableFormatting) });
        command.ExecuteNonQuery();
    }

    /// <summary>Without a database the framework's own choice stands: keys for this process.</summary>
    public sealed class Setup(HistoryConnection connection, MasterKeys masters, IServiceProvider services) : IConfigureOptions<KeyManagementOptions>
    {
        public void Configure(KeyManagementOptions options)
        {
            if (connection.IsConfigured)
                options.XmlRepository = new KeysInDatabase(services.GetRequiredService<NpgsqlDataSource>(), masters);
            if (masters.IsConfigured)
                options.XmlEncryptor = new SealedCookieKey.Sealer(masters);
        }
    }
}
