using HousingBank.Domain.Vocabulary;

namespace HousingBank.Domain.IntakeRounds;

public static class IntakeRoundRefusals
{
    public static readonly Refusal RoundUnknown = Refusal.Unknown("round-unknown");
    public static readonly Refusal RoundOpenedAlready = new("round-opened-already");
    public static readonly Refusal RoundBeforeProgramme = new("round-before-programme");
    public static readonly Refusal DeadlineBeforeOpening = Refusal.OfField("deadline-before-opening", "deadline");

    public static readonly Refusal RoundOfAnotherProgramme = Refusal.OfField("round-of-another-programme", "programme");

    /// <summary>Versions of the criteria are counted 1, 2, 3 …</summary>
    public static readonly Refusal CriteriaVersionNotNext = new("criteria-version-not-next");

    public static readonly Refusal WindowReversed = Refusal.OfField("window-reversed", "deadline");

    /// <summary>A report of counts says neither how many were invited nor how many applied.</summary>
    public static readonly Refusal CountsMissing = Refusal.OfField("counts-missing", "invited");

    public static readonly Refusal MunicipalityInvitedAlready = new("municipality-invited-already");
    public static readonly Refusal MunicipalityNotInvited = new("municipality-not-invited");
    public static readonly Refusal MunicipalityAdmittedAlready = new("municipality-admitted-already");
    public static readonly Refusal RoundIsFull = new("round-is-full");

    /// <summary>The round's capacity is not documented, and the command does not say that the source is silent on it.</summary>
    public static readonly Refusal CapacityUnknown = new("capacity-unknown");

    public static readonly Refusal CapacityNotRaised = new("capacity-not-raised");

    /// <summary>The municipalities named are not all who were invited.</summary>
    public static readonly Refusal InvitedLeftOut = Refusal.OfField("invited-left-out", "municipalities");

    /// <summary>No application has been decided: there is nothing to publish.</summary>
    public static readonly Refusal DecisionsMissing = new("decisions-missing");

    /// <summary>Applications that reached the council have not been decided.</summary>
    public static readonly Refusal DecisionsOutstanding = new("decisions-outstanding");

    public static readonly Refusal DecisionsPublishedAlready = new("decisions-published-already");
    public static readonly Refusal RoundIsClosed = new("round-closed");
}
