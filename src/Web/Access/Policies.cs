using HousingBank.Domain.Vocabulary;
using Microsoft.AspNetCore.Authorization;

namespace HousingBank.Web.Access;

/// <summary>The rules that routes name. Each is a set of roles and, for service tokens, a scope.</summary>
public static class Policies
{
    /// <summary>Sees pages, answers and exports that hold nothing personal.</summary>
    public const string Read = "read";

    /// <summary>Registers what has happened: the secretariat, and leadership too.</summary>
    public const string Register = "register";

    /// <summary>Decides: admission, the framework model, waivers, extensions, endings.</summary>
    public const string Decide = "decide";

    /// <summary>Writes the draft of an application, which is the own municipality's alone.</summary>
    public const string Apply = "apply";

    /// <summary>Writes for a municipality: its own people for their own, the secretariat for all.</summary>
    public const string WriteForMunicipality = "write-for-municipality";

    /// <summary>Reviews applications as a member of the council, in the own name.</summary>
    public const string Review = "review";

    /// <summary>Runs the council's meeting: the secretariat, and the member who leads it.</summary>
    public const string RunMeeting = "run-meeting";

    /// <summary>Reads reviews, ranking and minutes of the council, as far as <see cref="HousingBank.ReadModels.Sight"/> lets the viewer.</summary>
    public const string ReadCouncil = "read-council";

    /// <summary>Writes in the learning log.</summary>
    public const string WriteLearning = "write-learning";

    /// <summary>Reads what persons are called, as far as <see cref="PersonRights"/> lets the viewer.</summary>
    public const string ReadPersonal = "read-personal";

    /// <summary>Fetches the files of applications, which may hold what is personal.</summary>
    public const string ReadAttachments = "read-attachments";

    /// <summary>Sees all that is held about a person, and erases it, which asks for a <see cref="SecondSignIn"/> as well.</summary>
    public const string ErasePersons = "erase-persons";

    /// <summary>Sees who has read about persons: those who check, and those who answer for it.</summary>
    public const string ReadReadings = "read-readings";

    /// <summary>Takes the events themselves with their proof: those who check, and those who know them anyway.</summary>
    public const string Prove = "prove";

    /// <summary>Makes and revokes own service tokens; in person only.</summary>
    public const string OwnTokens = "own-tokens";

    /// <summary>Changes something that only concerns oneself, such as signing out.</summary>
    public const string SignedIn = "signed-in";

    /// <summary>The roles that people have.</summary>
    public static readonly IReadOnlyList<Role> Everybody = [Role.Secretariat, Role.Council, Role.Leadership, Role.Municipality, Role.Evaluator, Role.Auditor];

    public static IReadOnlyList<Policy> All { get; } =
    [
        new(Read, Scopes.Read, Everybody),
        new(Register, Scopes.Write, [Role.Secretariat, Role.Leadership]),
        new(Decide, Scopes.Write, [Role.Leadership]),
        new(Apply, Scopes.Write, [Role.Municipality]),
        new(WriteForMunicipality, Scopes.Write, [Role.Municipality, Role.Secretariat, Role.Leadership]),
        new(Review, Scopes.Write, [Role.Council]),
        new(RunMeeting, Scopes.Write, [Role.Council, Role.Secretariat]),
        new(ReadCouncil, Scopes.Read, [Role.Secretariat, Role.Leadership, Role.Council, Role.Evaluator, Role.Auditor]),
        new(WriteLearning, Scopes.Write, [Role.Secretariat, Role.Leadership, Role.Municipality, Role.Evaluator]),
        new(ReadPersonal, Scopes.Personal, [Role.Secretariat, Role.Leadership, Role.Council, Role.Municipality]),
        new(ReadAttachments, Scopes.Personal, [Role.Secretariat, Role.Leadership, Role.Council, Role.Municipality]),
        new(ErasePersons, Scopes.Personal, [Role.Secretariat, Role.Leadership]),
        new(ReadReadings, Scopes.Read, [Role.Auditor, Role.Leadership]),
        new(Prove, Scopes.Read, [Role.Auditor, Role.Evaluator, Role.Secretariat, Role.Leadership]),
        new(OwnTokens, null, Everybody),
        new(SignedIn, null, Everybody),
    ];

    /// <param name="Name">What routes name it by.</param>
    /// <param name="Scope">What a service token must hold; null when no token will do.</param>
    /// <param name="Roles">Any of these.</param>
    public sealed record Policy(string Name, string? Scope, IReadOnlyList<Role> Roles)
    {
        public bool Lets(Viewer viewer) =>
            viewer.Is([.. Roles]) && (Scope is null ? viewer.Scopes is null : viewer.MayUse(Scope));
    }

    public static bool Lets(string policy, Viewer viewer) => All.Single(p => p.Name == policy).Lets(viewer);

    public static void AddTo(AuthorizationBuilder authorization)
    {
        foreach (var policy in All)
            authorization.AddPolicy(policy.Name, p => p.RequireAuthenticatedUser().RequireAssertion(context => policy.Lets(Viewer.Of(context.User))));

        // A route that names no rule is closed to strangers; a test sees to it that there is none. What is no route of ours (404, 405, 415) may say so.
        authorization.SetFallbackPolicy(new AuthorizationPolicyBuilder()
            .RequireAssertion(context => context.User.Identity?.IsAuthenticated == true || (context.Resource as HttpContext)?.GetEndpoint() is not RouteEndpoint)
            .Build());
    }
}

/// <summary>What a service token may be given.</summary>
public static class Scopes
{
    public const string Read = "read";
    public const string Write = "write";

    /// <summary>What persons are called, and what is held about them: beyond what the other scopes give.</summary>
    public const string Personal = "personal";

    public static IReadOnlyList<string> All { get; } = [Read, Write, Personal];
}
