using System.Text.Json.Serialization;
using HousingBank.Domain.Applications;
using HousingBank.Domain.Vocabulary;
using HousingBank.ReadModels.OneProgramme;

namespace HousingBank.ReadModels.OneRound;

/// <summary>One intake round (opptaksrunde) with those invited, applying and admitted.</summary>
/// <param name="AppliesFrom">The first day applications can be submitted; null when no window was set.</param>
/// <param name="Criteria">What applications are judged by, with weights.</param>
/// <param name="CriteriaVersions">Every version of the criteria, the newest first.</param>
/// <param name="Timeline">What was to happen and what has happened, by day.</param>
/// <param name="Figures">The figures that municipalities were chosen by.</param>
public sealed record RoundPage(
    RoundFunnel Round,
    LocalText? ProgrammeName,
    Day? AppliesFrom,
    IReadOnlyList<RoundCriterion> Criteria,
    IReadOnlyList<CriteriaVersion> CriteriaVersions,
    IReadOnlyList<RoundMoment> Timeline,
    SelectionFigures Figures,
    IReadOnlyList<InvitedMunicipality> Municipalities)
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

    /// <summary>Everybody who is invited or has begun an application.</summary>
    [JsonIgnore]
    public ValueList<MunicipalityId> Applicants => [.. Municipalities.Select(m => new MunicipalityId(m.Municipality.Key))];

    public FlatTable Rows() => Flat.Of(Municipalities);
}

public sealed record RoundCriterion(string Code, LocalText Name, int Weight);

/// <param name="GivenReviews">What became of reviews on the criteria before: stand or doneAnew; null for those the round was opened with.</param>
/// <param name="Reason">Null for those the round was opened with.</param>
public sealed record CriteriaVersion(int Version, Day From, IReadOnlyList<RoundCriterion> Criteria, string? GivenReviews, string? Reason);

/// <param name="Kind">opened, windowOpens, deadline, meeting, decided (the last so far), published or closed.</param>
public sealed record RoundMoment(string Kind, Day Day);

/// <summary>The figures that a round's municipalities were chosen by.</summary>
public sealed record SelectionFigures(IReadOnlyList<KeptFigures> Municipalities)
{
    private static readonly Columns<(KeptFigures Kept, KeptFigure Figure)> Flat = new("selectionFigures")
    {
        { "municipality", r => r.Kept.Municipality.Name },
        { "municipalityNumber", r => r.Kept.Municipality.Number },
        { "figure", r => r.Figure.Name.Nb },
        { "unit", r => r.Figure.Unit },
        { "period", r => r.Figure.Period },
        { "value", r => r.Figure.Value },
        { "note", r => r.Figure.Note },
        { "source", r => r.Kept.Source },
        { "keptOn", r => r.Kept.KeptOn.On },
    };

    public FlatTable Rows() => Flat.Of(Municipalities.SelectMany(k => k.Figures, (kept, figure) => (kept, figure)));
}

/// <param name="Source">Source and table.</param>
public sealed record KeptFigures(MunicipalityOnDay Municipality, IReadOnlyList<KeptFigure> Figures, string Source, Day KeptOn, FactsBehind Facts);

/// <param name="Value">Null when it is missing in the source; the note says why.</param>
public sealed record KeptFigure(string Code, LocalText Name, string Unit, string Period, decimal? Value, string? Note);

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
/// <param name="CriterionReasons">Why it was decided as it was, as far as single criteria go.</param>
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
    Day? ReviewStartedOn,
    string? Advice,
    int? Ranking,
    int? VotesFor,
    int? VotesAgainst,
    string? AdviceReason,
    string? Outcome,
    Day? DecidedOn,
    string? DecisionReason,
    string? DeviationReason,
    IReadOnlyList<CriterionReason> CriterionReasons,
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
