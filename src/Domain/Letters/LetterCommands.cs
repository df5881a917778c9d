using HousingBank.Domain.Applications;
using HousingBank.Domain.IntakeRounds;
using HousingBank.Domain.Municipalities;
using HousingBank.Domain.Participations;
using HousingBank.Domain.Programmes;
using HousingBank.Domain.Vocabulary;

namespace HousingBank.Domain.Letters;

/// <summary>What a letter has to tell.</summary>
/// <param name="CriterionReasons">Why, for each criterion that there is something to say about.</param>
/// <param name="What">What is wanted; null in other letters.</param>
/// <param name="Due">The last day it is in time; null in other letters.</param>
/// <param name="Extended">The phase that is given more time; null in other letters.</param>
/// <param name="Months">How much, in whole calendar months; null in other letters.</param>
public sealed record LetterMatter(
    LetterKind Kind,
    string? Reason,
    ValueList<CriterionReason> CriterionReasons,
    string? What = null,
    StatedDay? Due = null,
    Phase? Extended = null,
    int? Months = null);

/// <summary>Writes the letter that tells of one fact of an application, or of the course that came of it.</summary>
/// <remarks>It holds what the fact says and nothing else: asked for again it is the same command, whatever has changed around it.</remarks>
/// <param name="Programme">The one the round belongs to.</param>
/// <param name="Answers">Version of the fact in the application's stream, for an extension in the course's.</param>
/// <param name="Corrects">Version of the fact that this one corrects; null when it corrects none.</param>
public sealed record WriteLetter(
    RoundId Round, MunicipalityId Municipality, ProgrammeId Programme, LetterMatter Matter, int Answers, int? Corrects = null) : Command
{
    internal LetterId Letter => LetterOf(Answers);

    /// <summary>The letter that told what is corrected, if one was written.</summary>
    internal LetterId? Earlier => Corrects is { } version ? LetterOf(version) : null;

    private ApplicationId Application => ApplicationId.Of(Round, Municipality);

    private ParticipationId Participation => ParticipationId.Of(Round, Municipality);

    public override ValueList<StreamId> Streams() =>
    [
        Letter.Stream, Application.Stream, Participation.Stream, Round.Stream, Programme.Stream, Municipality.Stream,
        TemplateIn(WrittenForm.Bokmal), TemplateIn(WrittenForm.Nynorsk),
        .. Earlier is { } earlier ? [earlier.Stream] : Array.Empty<StreamId>(),
    ];

    public override Decision Decide(Histories histories) => LetterDecider.Write(
        histories.State<LetterState>(Letter.Stream),
        histories.State<ApplicationState>(Application.Stream),
        histories.State<ParticipationState>(Participation.Stream),
        histories.State<IntakeRoundState>(Round.Stream),
        histories.State<ProgrammeState>(Programme.Stream),
        histories.State<MunicipalityState>(Municipality.Stream),
        form => histories.State<LetterTemplateState>(TemplateIn(form)),
        Earlier is { } earlier ? histories.State<LetterState>(earlier.Stream).Written : null,
        this);

    private LetterId LetterOf(int answers) => LetterId.Of(Matter.Kind.AnswersIn(Round, Municipality), answers);

    private StreamId TemplateIn(WrittenForm form) => LetterTemplateId.Of(Programme, Matter.Kind, form).Stream;
}
