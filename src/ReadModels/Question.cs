using HousingBank.Domain.Vocabulary;

namespace HousingBank.ReadModels;

/// <summary>Where in history a screen looks, and for whom.</summary>
/// <param name="AsOf">What was true on this calendar day in Norway.</param>
/// <param name="KnownAt">As it was known at this moment; null for all that is known now.</param>
/// <param name="SeesOnly">The one municipality the asker may see, beside what is open to all; null for those who may see every one.</param>
/// <param name="Member">The council member who asks, by reference: sees nothing of applications it is recused from; null for those who are no member.</param>
public sealed record Question(DateOnly AsOf, DateTimeOffset? KnownAt = null, MunicipalityId? SeesOnly = null, string? Member = null)
{
    /// <summary>True for whoever answers for what is held about a person: that a draft is there, whatever municipality's it is; what it says is not to be shown.</summary>
    internal bool SeesThatDraftsAreThere { get; init; }
}
