namespace HousingBank.Domain.Applications;

/// <summary>Names of what intake asks for before a step can be taken. An imported source may be silent on them, by name.</summary>
public static class IntakePrerequisites
{
    /// <summary>An invitation to the round, where the source only tells that the municipality was a candidate.</summary>
    public const string Invitation = "invitation";
    public const string Resolution = "resolution";
    public const string NeedsAssessment = "needsAssessment";
    public const string FocusAreas = "focusAreas";
    public const string ProposedOrganisation = "proposedOrganisation";
    public const string Contact = "contact";

    /// <summary>That the chief executive, or whom the municipality has named, has signed off what is submitted.</summary>
    public const string SignOff = "signOff";
    public const string Completeness = "completeness";
    public const string Recommendation = "recommendation";

    /// <summary>A reason for each criterion, of an application that was declined.</summary>
    public const string CriterionReasons = "criterionReasons";

    /// <summary>The members' reviews and their meeting, where the source only tells what the council recommended.</summary>
    public const string Reviews = "reviews";
    public const string Capacity = "capacity";
    public const string Deadline = "deadline";
}
