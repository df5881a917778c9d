namespace HousingBank.Web.Access.OpenIdConnect;

/// <summary>Why somebody is not let in, as the page tells it.</summary>
public enum SignInRefusal
{
    /// <summary>No such sign-in was begun in this browser, or it has been used or has run out.</summary>
    NotBegunHere,

    /// <summary>The provider said no, or the person did.</summary>
    Denied,

    /// <summary>The provider does not answer.</summary>
    Unavailable,

    /// <summary>The provider answered with something that cannot be relied on.</summary>
    NotTrusted,

    /// <summary>It came over plain http, where nobody is known: <see cref="AccessCookies.Reach"/>.</summary>
    PlainHttp,

    /// <summary>The provider knows the person, and we have no role for them.</summary>
    NoRole,

    /// <summary>They have more than one of our roles.</summary>
    SeveralRoles,

    /// <summary>They belong to no office that may be signed in to here.</summary>
    NoOffice,

    /// <summary>They are to speak for a municipality, and it is not said which.</summary>
    NoMunicipality,
}

/// <summary>A sign-in that comes to nothing.</summary>
/// <param name="reason">For the log: which check failed. Never anything that came from outside.</param>
public sealed class SignInRefusedException(SignInRefusal kind, string reason, Exception? inner = null) : Exception(reason, inner)
{
    public SignInRefusal Kind => kind;

    public static SignInRefusedException NotTrusted(string reason, Exception? inner = null) => new(SignInRefusal.NotTrusted, reason, inner);
}
