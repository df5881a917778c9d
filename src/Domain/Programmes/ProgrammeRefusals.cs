using HousingBank.Domain.Vocabulary;

namespace HousingBank.Domain.Programmes;

public static class ProgrammeRefusals
{
    public static readonly Refusal ProgrammeUnknown = Refusal.Unknown("programme-unknown");
    public static readonly Refusal ProgrammeLaunchedAlready = new("programme-launched-already");
    public static readonly Refusal PeriodEndsBeforeItStarts = Refusal.OfField("period-ends-before-it-starts", "periodTo");
    public static readonly Refusal FrameworkModelAdoptedAlready = new("framework-model-adopted-already");

    /// <summary>There is nothing to revise: no framework model has been adopted.</summary>
    public static readonly Refusal FrameworkModelMissing = new("framework-model-missing");

    public static readonly Refusal ModelVersionNotHigher = new("model-version-not-higher");

    /// <summary>A framework model holds every phase once, in order.</summary>
    public static readonly Refusal PhasesNotInOrder = Refusal.OfField("phases-not-in-order", "phases");

    public static readonly Refusal CouncilMemberAppointedAlready = new("council-member-appointed-already");
    public static readonly Refusal CouncilMemberNotAppointed = new("council-member-not-appointed");
    public static readonly Refusal CouncilAffiliationNotedAlready = new("council-affiliation-noted-already");
    public static readonly Refusal CouncilAffiliationUnknown = Refusal.Unknown("council-affiliation-unknown");

    /// <summary>Another round of the programme carries the number.</summary>
    public static readonly Refusal RoundNumberTaken = Refusal.OfField("round-number-taken", "number");

    public static readonly Refusal AppointmentEndsBeforeItStarts = Refusal.OfField("appointment-ends-before-it-starts", "until");
}
