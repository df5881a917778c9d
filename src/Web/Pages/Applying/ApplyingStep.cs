using HousingBank.Domain.Applications;

namespace HousingBank.Web.Pages.Applying;

/// <summary>A step of the form in which a municipality writes its application. Each has its own address; they can be taken in any order.</summary>
/// <param name="Page">Last part of its address.</param>
/// <param name="Name">Key of its name: "applying.resolution".</param>
/// <param name="Holds">What an application cannot be submitted without and is given here: <see cref="IntakePrerequisites"/>.</param>
public sealed record ApplyingStep(string Page, string Name, IReadOnlyList<string> Holds)
{
    public static readonly ApplyingStep Resolution = new("vedtak", "applying.resolution", [IntakePrerequisites.Resolution]);
    public static readonly ApplyingStep Needs = new("behov", "applying.needs", [IntakePrerequisites.NeedsAssessment]);
    public static readonly ApplyingStep Organisation =
        new("organisering", "applying.organisation", [IntakePrerequisites.FocusAreas, IntakePrerequisites.ProposedOrganisation]);
    public static readonly ApplyingStep Contact = new("kontakt", "applying.contact", [IntakePrerequisites.Contact]);
    public static readonly ApplyingStep Attachments = new("vedlegg", "applying.attachments", []);
    public static readonly ApplyingStep Submission = new("send", "applying.submission", [IntakePrerequisites.SignOff, IntakePrerequisites.Deadline]);

    public static IReadOnlyList<ApplyingStep> All { get; } = [Resolution, Needs, Organisation, Contact, Attachments, Submission];

    /// <summary>1 for the first.</summary>
    public int Number => All.TakeWhile(s => s != this).Count() + 1;

    /// <param name="application">Address of the page that shows the application.</param>
    public string AddressIn(string application) => $"{application}/skjema/{Page}";

    /// <summary>The one after this; the last has none.</summary>
    public ApplyingStep? Next => All.ElementAtOrDefault(Number);
}
