using HousingBank.Domain.Applications;
using HousingBank.Domain.IntakeRounds;
using HousingBank.Domain.Municipalities;
using HousingBank.Domain.Programmes;
using HousingBank.Domain.Vocabulary;

namespace HousingBank.Domain.Letters;

/// <summary>What a letter has to tell.</summary>
/// <param name="CriterionReasons">Why, for each criterion that there is something to say about.</param>
/// <param name="What">What is wanted; null in other letters.</param>
/// <param name="Due">The last day it is in time; null in other letters.</param>
public sealed record LetterMatter(LetterKind Kind, string? Reason, ValueList<CriterionReason> CriterionReasons, string? What = null, StatedDay? Due = null);

/// <summary>Writes the letter that tells of one fact of an application.</summary>
/// <remarks>It holds what the fact says and nothing else: asked for again it is the same command, whatever has changed around it.</remarks>
/// <param name="Programme">The one the round belongs to.</param>
/// <param name="Answers">Version of the fact in the application's stream.</param>
/// <param name="Corrects">Version of the fact that this one corrects; null when it corrects none.</param>
public sealed record WriteLetter(
    RoundId Round, MunicipalityId Municipality, ProgrammeId Programme, LetterMatter Matter, int Answers, int? Corrects = null) : Command
{
    internal LetterId Letter => LetterId.Of(Application, Answers);

    /// <summary>The letter that told what is corrected, if one was written.</summary>
    internal LetterId? Earlier => Corrects is { } version ? LetterId.Of(Application, version) : null;

    private ApplicationId Application => ApplicationId.Of(Round, Municipality);

    public override ValueList<StreamId> Streams() =>
    [
        Letter.Stream, Application.Stream, Round.Stream, Programme.Stream, Municipality.Stream,
        TemplateIn(WrittenForm.Bokmal), TemplateIn(WrittenForm.Nynorsk),
        .. Earlier is { } earlier ? [earlier.Stream] : Array.Empty<StreamId>(),
    ];

    public override Decision Decide(Histories histories) => LetterDecider.Write(
        histories.State<LetterState>(Letter.Stream),
        histories.State<ApplicationState>(Application.Stream),
        histories.State<IntakeRoundState>(Round.Stream),
        histories.State<ProgrammeState>(Programme.Stream),
        histories.State<MunicipalityState>(Municipality.Stream),
        form => histories.State<LetterTemplateState>(TemplateIn(form)),
        Earlier is { } earlier ? histories.State<LetterState>(earlier.Stream).Written : null,
        this);

    private StreamId TemplateIn(WrittenForm form) => LetterTemplateId.Of(Programme, Matter.Kind, form).Stream;
}
