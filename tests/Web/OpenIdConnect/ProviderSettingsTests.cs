namespace HousingBank.Web.Tests.OpenIdConnect;

/// <summary>With settings by which nobody could sign in safely the process does not start.</summary>
public sealed class ProviderSettingsTests
{
    [Theory]
    [InlineData("Authority", "http://login.test", "Authority has to be an https address")]
    [InlineData("Authority", "login.test", "Authority has to be an https address")]
    [InlineData("Authority", "https://user:secret@login.test", "Authority has to be an https address")]
    [InlineData("ClientId", "", "ClientId is missing")]
    [InlineData("Scopes", "profile", "Scopes has to hold openid")]
    [InlineData("Roles:leadership", "", "Roles has to say")]
    [InlineData("Roles:boss", "programme-boss", "Roles:boss is no role of ours")]
    [InlineData("Roles:import", "programme-import", "Roles:import is no role of ours")]
    [InlineData("Roles:process", "programme-process", "Roles:process is no role of ours")]
    [InlineData("Roles:secretariat", "leader", "Roles gives leader to two roles")]
    [InlineData("Tenants:0", "", "Tenants has to name")]
    public void A_setting_that_cannot_be_used_is_named(string name, string value, string told)
    {
        var settings = new Dictionary<string, string>
        {
            ["SignIn:OpenIdConnect:Authority"] = "https://login.test",
            ["SignIn:OpenIdConnect:ClientId"] = "programme",
            ["SignIn:OpenIdConnect:Roles:leadership"] = "leader",
            ["SignIn:OpenIdConnect:Tenants:0"] = "region-ost",
            [$"SignIn:OpenIdConnect:{name}"] = value,
        };
        using var site = new Site { Environment = "Production", Settings = settings };

        Should.Throw<InvalidOperationException>(() => site.CreateClient()).Message.ShouldContain(told);
    }
}
