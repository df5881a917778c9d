namespace HousingBank.Web.Access;

/// <summary>Sign-in of programs by an opaque bearer token.</summary>
public static class ServiceTokenScheme
{
    public const string Name = "serviceToken";
}
