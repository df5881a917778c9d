using HousingBank.Domain.CouncilMeetings;
using HousingBank.Domain.IntakeRounds;
using HousingBank.Domain.Municipalities;
using HousingBank.Domain.Programmes;
using HousingBank.Domain.Reviews;
using HousingBank.Domain.Vocabulary;

namespace HousingBank.Domain.Applications;

/// <summary>A command about the one application that a municipality has in a round.</summary>
public abstract record ApplicationCommand(RoundId Round, MunicipalityId Municipality) : Command
{
    internal ApplicationId Application => ApplicationId.Of(Round, Municipality);

    public override ValueList<StreamId> Streams() => [Application.Stream];

    private protected ApplicationState Of(Histories histories) => histories.State<ApplicationState>(Application.Stream);

    private protected IntakeRoundState RoundOf(Histories histories) => histories.State<IntakeRoundState>(Round.Stream);
}

public sealed record DraftApplication(RoundId Round, MunicipalityId Municipality) : ApplicationCommand(Round, Municipality)
{
    public override ValueList<StreamId> Streams() => [Application.Stream, Round.Stream, Municipality.Stream];

    public override Decision Decide(Histories histories) =>
        ApplicationDecider.Draft(Of(histories), RoundOf(histories), histories.State<MunicipalityState>(Municipality.Stream), this);
}

/// <param name="Content">All that has been written so far, with anything missing.</param>
public sealed record SaveApplicationDraft(RoundId Round, MunicipalityId Municipality, ApplicationContent Content) : ApplicationCommand(Round, Municipality)
{
    public override Decision Decide(Histories histories) => ApplicationDecider.SaveDraft(Of(histories), this);
}

/// <summary>The municipality names somebody who may sign the application off beside its chief executive.</summary>
/// <param name="Person">By reference.</param>
/// <param name="Function">In words.</param>
public sealed record NameSignatory(RoundId Round, MunicipalityId Municipality, string Person, string Function) : ApplicationCommand(Round, Municipality)
{
    public override Decision Decide(Histories histories) => ApplicationDecider.NameSignatory(Of(histories), this);
}

/// <summary>Signs the draft off as it stands.</summary>
/// <param name="SignOff">Without a function it is signed in that of the named signatory.</param>
public sealed record SignOffApplication(RoundId Round, MunicipalityId Municipality, SignOff SignOff) : ApplicationCommand(Round, Municipality)
{
    public override Decision Decide(Histories histories) => ApplicationDecider.SignOff(Of(histories), this);
}

public sealed record AskForLateAcceptance(RoundId Round, MunicipalityId Municipality, string Reason) : ApplicationCommand(Round, Municipality)
{
    public override Decision Decide(Histories histories) => ApplicationDecider.AskForLateAcceptance(Of(histories), this);
}

/// <param name="Content">Null for the draft as it stands.</param>
/// <param name="SignOff">Who signs off what is submitted; null when the draft that is submitted has been signed off.</param>
public sealed record SubmitApplication(RoundId Round, MunicipalityId Municipality, ApplicationContent? Content = null, SignOff? SignOff = null)
    : ApplicationCommand(Round, Municipality)
{
    public override ValueList<StreamId> Streams() => [Application.Stream, Round.Stream];

    public override Decision Decide(Histories histories) => ApplicationDecider.Submit(Of(histories), RoundOf(histories), this);
}

public sealed record AcceptLateApplication(RoundId Round, MunicipalityId Municipality, string Reason) : ApplicationCommand(Round, Municipality)
{
    public override Decision Decide(Histories histories) => ApplicationDecider.AcceptLate(Of(histories), this);
}

/// <param name="What">What the secretariat wants to have added.</param>
/// <param name="Due">The last day it is in time.</param>
public sealed record RequestSupplement(RoundId Round, MunicipalityId Municipality, string What, StatedDay Due) : ApplicationCommand(Round, Municipality)
{
    public override Decision Decide(Histories histories) => ApplicationDecider.RequestSupplement(Of(histories), this);
}

/// <param name="What">What was added, in words.</param>
/// <param name="Content">The whole content as it now is; null when it is unchanged.</param>
public sealed record ReceiveSupplement(RoundId Round, MunicipalityId Municipality, string What, ApplicationContent? Content = null)
    : ApplicationCommand(Round, Municipality)
{
    public override Decision Decide(Histories histories) => ApplicationDecider.ReceiveSupplement(Of(histories), this);
}

public sealed record DeclareApplicationComplete(RoundId Round, MunicipalityId Municipality) : ApplicationCommand(Round, Municipality)
{
    public override Decision Decide(Histories histories) => ApplicationDecider.DeclareComplete(Of(histories), this);
}

public sealed record StartReview(RoundId Round, MunicipalityId Municipality) : ApplicationCommand(Round, Municipality)
{
    public override Decision Decide(Histories histories) => ApplicationDecider.StartReview(Of(histories), this);
}

/// <summary>What an imported source tells of the council's recommendation, without its meeting.</summary>
/// <param name="Ranking">Place among the round's applications, 1 the first; null when they were not ranked.</param>
public sealed record NoteRecommendation(
    RoundId Round,
    MunicipalityId Municipality,
    Advice Advice,
    int? Ranking,
    int? VotesFor,
    int? VotesAgainst,
    string Reason) : ApplicationCommand(Round, Municipality)
{
    public override Decision Decide(Histories histories) => ApplicationDecider.NoteRecommendation(Of(histories), this);
}

/// <summary>A conflict of interest: nobody can set it aside as long as it stands.</summary>
/// <param name="Programme">The one the round belongs to: it knows who the members are.</param>
/// <param name="Member">By reference.</param>
public sealed record RecuseMember(RoundId Round, MunicipalityId Municipality, ProgrammeId Programme, string Member, RecusalCause Cause, string Reason)
    : ApplicationCommand(Round, Municipality)
{
    public override ValueList<StreamId> Streams() => [Application.Stream, Programme.Stream];

    public override Decision Decide(Histories histories) =>
        ApplicationDecider.Recuse(Of(histories), histories.State<ProgrammeState>(Programme.Stream), this);
}

/// <param name="Member">By reference.</param>
public sealed record WithdrawRecusal(RoundId Round, MunicipalityId Municipality, string Member, string Reason) : ApplicationCommand(Round, Municipality)
{
    public override Decision Decide(Histories histories) => ApplicationDecider.WithdrawRecusal(Of(histories), this);
}

/// <summary>The council recommends, in its open meeting.</summary>
/// <param name="Programme">The one the round belongs to.</param>
/// <param name="Members">Every member that holds a seat on the day, by reference: their reviews are looked at.</param>
/// <param name="Votes">One for each member that votes.</param>
public sealed record GiveRecommendation(
    RoundId Round, MunicipalityId Municipality, ProgrammeId Programme, ValueList<string> Members, Advice Advice, ValueList<CouncilVote> Votes, string Reason)
    : ApplicationCommand(Round, Municipality)
{
    public override ValueList<StreamId> Streams() =>
        [Application.Stream, Round.Stream, Programme.Stream, CouncilMeetingId.Of(Round).Stream, .. Members.Distinct().Select(ReviewOf)];

    public override Decision Decide(Histories histories) => ApplicationDecider.GiveRecommendation(
        Of(histories),
        RoundOf(histories),
        histories.State<ProgrammeState>(Programme.Stream),
        histories.State<CouncilMeetingState>(CouncilMeetingId.Of(Round).Stream),
        member => histories.State<ReviewState>(ReviewOf(member)),
        this);

    private StreamId ReviewOf(string member) => ReviewId.Of(Application, member).Stream;
}

/// <param name="Reason">Why; the municipality is told in a letter.</param>
/// <param name="CriterionReasons">Why, for each of the round's criteria.</param>
/// <param name="DeviationReason">Why it is declined against the recommendation; null when it is not.</param>
public sealed record DeclineApplication(
    RoundId Round, MunicipalityId Municipality, string Reason, ValueList<CriterionReason> CriterionReasons, string? DeviationReason = null) : ApplicationCommand(Round, Municipality)
{
    public override ValueList<StreamId> Streams() => [Application.Stream, Round.Stream];

    public override Decision Decide(Histories histories) => ApplicationDecider.Decline(Of(histories), RoundOf(histories), this);
}

/// <param name="Reason">Why; the municipality is told in a letter.</param>
/// <param name="CriterionReasons">Why, for those of the round's criteria that there is something to say about.</param>
/// <param name="DeviationReason">Why it is deferred against the recommendation; null when it is not.</param>
public sealed record DeferApplication(
    RoundId Round, MunicipalityId Municipality, string Reason, ValueList<CriterionReason> CriterionReasons, string? DeviationReason = null) : ApplicationCommand(Round, Municipality)
{
    public override ValueList<StreamId> Streams() => [Application.Stream, Round.Stream];

    public override Decision Decide(Histories histories) => ApplicationDecider.Defer(Of(histories), RoundOf(histories), this);
}

public sealed record WithdrawApplication(RoundId Round, MunicipalityId Municipality, string Reason) : ApplicationCommand(Round, Municipality)
{
    public override Decision Decide(Histories histories) => ApplicationDecider.Withdraw(Of(histories), this);
}

/// <param name="MediaType">What its content was recognised as.</param>
/// <param name="Size">Bytes of the file itself.</param>
public sealed record AddAttachment(RoundId Round, MunicipalityId Municipality, string FileName, string MediaType, int Size, SealedFile File)
    : ApplicationCommand(Round, Municipality)
{
    public override Decision Decide(Histories histories) => ApplicationDecider.AddAttachment(Of(histories), this);
}

public sealed record RemoveAttachment(RoundId Round, MunicipalityId Municipality, AttachmentId Attachment, string Reason) : ApplicationCommand(Round, Municipality)
{
    public override Decision Decide(Histories histories) => ApplicationDecider.RemoveAttachment(Of(histories), this);
}
