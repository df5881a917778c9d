using HousingBank.Web.Access;

namespace HousingBank.Web.Pages;

/// <summary>The pages of the main navigation, in its order.</summary>
public static class SiteMap
{
    public static IReadOnlyList<(string Address, string Text, string Policy)> All { get; } =
    [
        ("/tavle", "shell.board", Policies.Read),
        ("/kommuner", "shell.municipalities", Policies.Read),
        ("/oppgaver", "shell.tasks", Policies.Read),
        ("/opptak", "shell.intake", Policies.Read),
        ("/programmet", "shell.programme", Policies.Read),
        ("/oversiktsmatrise", "shell.matrix", Policies.Read),
        ("/laeringslogg", "shell.learning", Policies.Read),
        ("/brev", "letters.letters", Policies.Read),
        ("/vedtakslogg", "shell.decisions", Policies.Read),
        ("/personer", "shell.persons", Policies.ReadPersonal),
    ];
}
