using HousingBank.Domain.Applications;
using HousingBank.Domain.Vocabulary;
using HousingBank.ReadModels.OneProgramme;

namespace HousingBank.ReadModels.OneRound;

/// <summary>One intake round (opptaksrunde) with those invited, applying and admitted.</summary>
/// <param name="Criteria">What applications are judged by, with weights.</param>
public sealed record RoundPage(RoundFunnel Round, LocalText? ProgrammeName, IReadOnlyList<RoundCriterion> Criteria, IReadOnlyList<InvitedMunicipality> Municipalities)
{
    private static readonly Columns<InvitedMunicipality> Flat = new("round")
    {
        { "municipality", r => r.Municipality.Name },
        { "municipalityNumber", r => r.Municipality.Number },
        { "invitedOn", r => r.InvitedOn?.On },
        { "application", r => Code.Of("applicationState", r.Application?.State) },
        { "submittedOn", r => r.Application?.SubmittedOn?.On },
        { "late", r => r.Application?.IsLate },
        { "supplementDue", r => r.Application?.SupplementDue?.On },
        { "advice", r => Code.Of("advice", r.Application?.Advice) },
        { "ranking", r => r.Application?.Ranking },
        { "outcome", r => Code.Of("outcome", r.Application?.Outcome) },
        { "decidedOn", r => r.Application?.DecidedOn?.On },
        { "deviates", r => r.Application?.IsDeviation },
        { "notDocumented", r => Code.Of("prerequisite", r.Application?.NotDocumented ?? []) },
    };

    public FlatTable Rows() => Flat.Of(Municipalities);
}

public sealed record RoundCriterion(string Code, LocalText Name, int Weight);

/// <param name="InvitedOn">Null when it applied to a round open to all.</param>
/// <param name="AdmittedOn">Null when not admitted by that day.</param>
/// <param name="Participation">Id of its course from this round.</param>
public sealed record InvitedMunicipality(
    MunicipalityOnDay Municipality,
    Day? InvitedOn,
    Day? AdmittedOn,
    Guid Participation,
    ApplicationInRound? Application,
    FactsBehind? Facts);

/// <summary>An application on the day.</summary>
/// <param name="State">draft, submitted, lateNotAccepted, supplementRequested, supplemented, complete, underReview, recommended, admitted, declined, deferred or withdrawn.</param>
/// <param name="Version">The last version of its stream, now.</param>
/// <param name="LateAskedBecause">Why the municipality asked to come after the deadline; null when it has not.</param>
/// <param name="IsContentShown">False for a draft that is not the asker's own: until it is submitted, others see that there is one and no more.</param>
/// <param name="Content">What was last submitted or supplemented; before that, the draft.</param>
/// <param name="Missing">What a draft cannot be submitted without and does not have on the day asked about, as prerequisites.</param>
/// <param name="SignOff">Null as long as nobody has signed off what is written.</param>
/// <param name="SupplementWanted">The one that is waited for; null when none is.</param>
/// <param name="Advice">The council's: admit, decline or defer; null before it is noted.</param>
/// <param name="Outcome">admitted, declined or deferred; null before it is decided.</param>
/// <param name="DeviationReason">Why it was decided against the advice; null when it was not.</param>
/// <param name="NotDocumented">Prerequisites on which the imported source is silent.</param>
public sealed record ApplicationInRound(
    Guid Id,
    Guid Round,
    int RoundNumber,
    MunicipalityOnDay Municipality,
    string State,
    int Version,
    Day DraftedOn,
    Day? SubmittedOn,
    bool IsLate,
    string? LateAskedBecause,
    string? LateAcceptedBecause,
    bool IsContentShown,
    ApplicationForm Content,
    IReadOnlyList<string> Missing,
    SignatoryInApplication? Signatory,
    SignOffInApplication? SignOff,
    string? SupplementWanted,
    Day? SupplementDue,
    IReadOnlyList<SupplementInApplication> Supplements,
    Day? CompleteOn,
    string? Advice,
    int? Ranking,
    int? VotesFor,
    int? VotesAgainst,
    string? AdviceReason,
    string? Outcome,
    Day? DecidedOn,
    string? DecisionReason,
    string? DeviationReason,
    Day? WithdrawnOn,
    IReadOnlyList<string> NotDocumented,
    IReadOnlyList<AttachmentInApplication> Attachments,
    bool IsSimulated,
    FactsBehind Facts)
{
    public bool IsDeviation => DeviationReason is not null;
}

/// <summary>Who may sign the application off beside the chief executive.</summary>
/// <param name="Person">By reference.</param>
public sealed record SignatoryInApplication(string Person, string Function);

/// <param name="By">chiefExecutive or named.</param>
/// <param name="Function">Null for the chief executive.</param>
public sealed record SignOffInApplication(string By, string? Function, Day On);

/// <summary>Something the secretariat wanted to have added.</summary>
/// <param name="Received">What was added; null until it was.</param>
/// <param name="IsLate">True when it came after the day it was due.</param>
public sealed record SupplementInApplication(string Wanted, Day RequestedOn, Day Due, string? Received, Day? ReceivedOn, bool IsLate);

/// <summary>A file that was sent in with an application.</summary>
/// <param name="Size">Bytes.</param>
public sealed record AttachmentInApplication(Guid Id, string FileName, string MediaType, int Size, Day AddedOn);

/// <summary>What the municipality has written.</summary>
/// <param name="ResolutionBody">The body that resolved to apply, by its own name; null when not documented.</param>
/// <param name="Contact">An office; never a person.</param>
/// <param name="ContactPerson">Whom to speak to there: a reference, which /api/v1/persons gives a name to for those who may read it.</param>
public sealed record ApplicationForm(
    string? ResolutionBody,
    Day? ResolutionOn,
    string? ResolutionCaseNumber,
    string? NeedsAssessment,
    IReadOnlyList<string> FocusAreas,
    string? ProposedOrganisation,
    string? Contact,
    PersonalData? ContactPerson)
{
    internal static ApplicationForm Of(ApplicationContent content) => new(
        content.Resolution?.Body,
        content.Resolution?.On is { } on ? Day.Start(on) : null,
        content.Resolution?.CaseNumber,
        content.NeedsAssessment,
        content.FocusAreas,
        content.ProposedOrganisation,
        content.Contact,
        content.ContactPerson);

    /// <summary>As commands have it.</summary>
    public ApplicationContent ToContent() => new(
        ResolutionBody is null ? null : new Resolution(ResolutionBody, ResolutionOn?.ToStated(), ResolutionCaseNumber),
        NeedsAssessment,
        FocusAreas.ToValueList(),
        ProposedOrganisation,
        Contact,
        ContactPerson);
}
