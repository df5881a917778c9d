using System.Xml.Linq;
using HousingBank.Processes;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.Extensions.Options;
using Npgsql;

namespace HousingBank.Web.Access;

/// <summary>Keeps the keys that protect cookies where every web process finds them, so that neither a restart nor a second process signs anybody out.</summary>
public sealed class KeysInDatabase(NpgsqlDataSource database) : IXmlRepository
{
    public IReadOnlyCollection<XElement> GetAllElements()
    {
        using var command = database.CreateCommand("select xml from access.data_protection_keys order by made_at, name");
        using var reader = command.ExecuteReader();
        var keys = new List<XElement>();
        while (reader.Read())
            keys.Add(XElement.Parse(reader.GetString(0)));
        return keys;
    }

    public void StoreElement(XElement element, string friendlyName)
    {
        using var command = database.CreateCommand("insert into access.data_protection_keys (name, xml) values ($1, $2)");
        command.Parameters.Add(new() { Value = friendlyName });
        command.Parameters.Add(new() { Value = element.ToString(SaveOptions.DisableFormatting) });
        command.ExecuteNonQuery();
    }

    /// <summary>Without a database the framework's own choice stands: keys for this process.</summary>
    public sealed class Setup(HistoryConnection connection, IServiceProvider services) : IConfigureOptions<KeyManagementOptions>
    {
        public void Configure(KeyManagementOptions options)
        {
            if (connection.IsConfigured)
                options.XmlRepository = new KeysInDatabase(services.GetRequiredService<NpgsqlDataSource>());
        }
    }
}
