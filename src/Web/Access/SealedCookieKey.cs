using System.Text;
using System.Xml.Linq;
using HousingBank.Processes.Persons;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;

namespace HousingBank.Web.Access;

/// <summary>A key that protects cookies, as the database keeps it: under the master key.</summary>
internal static class SealedCookieKey
{
    private const string What = "cookie-key";
    private const string Element = "sealed";
    private const string Under = "masterKey";

    /// <summary>False for one that anybody can read.</summary>
    public static bool Is(XElement key) => key.Descendants(Element).Any();

    public sealed class Sealer(MasterKeys masters) : IXmlEncryptor
    {
        public EncryptedXmlInfo Encrypt(XElement plaintextElement)
        {
            var written = masters.Seal(What, Encoding.UTF8.GetBytes(plaintextElement.ToString(SaveOptions.DisableFormatting)));
            return new(new XElement(Element, new XAttribute(Under, masters.Current), Convert.ToBase64String(written)), typeof(Opener));
        }
    }

    /// <summary>Made by the framework, by the name that stands beside what is sealed.</summary>
    public sealed class Opener(IServiceProvider services) : IXmlDecryptor
    {
        public XElement Decrypt(XElement encryptedElement)
        {
            var masters = services.GetRequiredService<MasterKeys>();
            return XElement.Parse(Encoding.UTF8.GetString(masters.Open(What, encryptedElement.Attribute(Under)!.Value, Convert.FromBase64String(encryptedElement.Value))));
        }
    }
}
