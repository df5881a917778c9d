using HousingBank.Support;

namespace HousingBank.Web.Tests.OpenIdConnect;

/// <summary>A site of production that is registered at a real provider, and people whom the provider knows.</summary>
public sealed class SiteWithRealProvider(TestServer server) : IAsyncLifetime
{
    private RealProvider _provider = null!;

    public ProductionSite Site { get; private set; } = null!;

    public string Issuer => _provider.Issuer;

    public async ValueTask InitializeAsync()
    {
        _provider = await RealProvider.StartAsync(
            [Client(ProductionSite.ClientId, "RS256"), Client("programme-PS256", "PS256"), Client("programme-ES256", "ES256")],
            new Dictionary<string, object>
            {
                ["leader"] = new { role = new[] { "something-else", "urn:programme:leader" }, tenant = "region-ost" },
                ["assistant"] = new { role = "programme-assistant", tenant = "region-vest" },
                ["hamar"] = new { role = "programme-municipality", tenant = "region-ost", municipality = "hamar" },
                ["nowhere"] = new { role = "programme-municipality", tenant = "region-ost" },
                ["outsider"] = new { role = "something-else", tenant = "region-ost" },
                ["roleless"] = new { tenant = "region-ost" },
                ["importer"] = new { role = "import", tenant = "region-ost" },
                ["both"] = new { role = new[] { "urn:programme:leader", "programme-secretary" }, tenant = "region-ost" },
                ["stranger"] = new { role = "urn:programme:leader", tenant = "region-nowhere" },
            });
        Site = await ProductionSite.StartAsync(server, _provider.Issuer);
    }

    public async ValueTask DisposeAsync()
    {
        await Site.DisposeAsync();
        await _provider.DisposeAsync();
    }

    private static object Client(string id, string algorithm) => new
    {
        client_id = id,
        client_secret = ProductionSite.ClientSecret,
        redirect_uris = new[] { ProductionSite.AnswerAddress },
        post_logout_redirect_uris = new[] { ProductionSite.Address + "/logg-inn" },
        id_token_signed_response_alg = algorithm,
    };
}
