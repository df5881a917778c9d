using HousingBank.Domain.Vocabulary;

namespace HousingBank.Domain.Learning;

public static class LearningEntryRefusals
{
    public static readonly Refusal LearningEntryUnknown = Refusal.Unknown("learning-entry-unknown");
    public static readonly Refusal LearningEntryWrittenAlready = new("learning-entry-written-already");

    public static readonly Refusal ParticipationWithoutMunicipality = Refusal.OfField("participation-without-municipality", "municipality");
    public static readonly Refusal ParticipationOfAnotherMunicipality = Refusal.OfField("participation-of-another-municipality", "participation");

    /// <summary>A municipality's entry is its own until it is shared: others cannot take it up.</summary>
    public static readonly Refusal LearningEntryNotShared = new("learning-entry-not-shared");

    public static readonly Refusal TakenUpByItsOwn = new("learning-entry-taken-up-by-its-own");

    /// <summary>What has led to a change was not set aside.</summary>
    public static readonly Refusal LearningEntryLedToAChange = new("learning-entry-led-to-change");

    public static readonly Refusal LearningEntryIsSetAside = new("learning-entry-set-aside");
}
