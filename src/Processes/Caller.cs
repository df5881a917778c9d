using HousingBank.Domain.Vocabulary;

namespace HousingBank.Processes;

/// <summary>Who asks.</summary>
/// <param name="Actor">A reference to a person or a program ("demo:secretariat", "process:open-candidacy"); never a name.</param>
/// <param name="Role">The role acted in.</param>
/// <param name="Tenant">The regional office, or "national".</param>
public sealed record Caller(string Actor, Role Role, string Tenant)
{
    /// <summary>Records also what stands for good: somebody who has just signed in, and the operator.</summary>
    public bool MayDecideForGood { get; init; }
}
