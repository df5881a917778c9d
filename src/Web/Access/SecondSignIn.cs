using HousingBank.Web.Access.OpenIdConnect;

namespace HousingBank.Web.Access;

/// <summary>Before what stands for good one signs in again: a browser that was left open, or a copied cookie, is not enough for it.</summary>
public static class SecondSignIn
{
    /// <summary>Asks the provider to see the person anew.</summary>
    public const string Anew = "igjen";

    /// <summary>How long a sign-in is enough; the texts say it too.</summary>
    public static readonly TimeSpan GoodFor = TimeSpan.FromMinutes(10);

    /// <summary>False for programs, which cannot sign in, and where the provider has not said when it saw the person.</summary>
    public static bool IsDone(Viewer viewer, TimeProvider clock) => viewer.SignedInAt is { } at && clock.GetUtcNow() - at < GoodFor;

    /// <summary>Where the viewer signs in again.</summary>
    /// <param name="returnTo">The page that is shown afterwards.</param>
    public static string AddressFor(Viewer viewer, string returnTo) => DemoPeople.Knows(viewer)
        ? AccessSetup.SignInPage + QueryString.Create("til", returnTo)
        : ProviderSignIn.BeginAddress + QueryString.Create("til", returnTo).Add(Anew, "ja");
}
