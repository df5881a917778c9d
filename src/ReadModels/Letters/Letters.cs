namespace HousingBank.ReadModels.Letters;

/// <summary>Which letters are asked for; null lets all pass.</summary>
/// <param name="Kind">admission, refusal, deferral, supplementWanted or extension.</param>
public sealed record LetterFilter(Guid? Round = null, string? Municipality = null, string? Kind = null)
{
    public bool Fits(LetterInList letter) =>
        (Round is null || Round == letter.Round)
        && (Municipality is null || Municipality == letter.Municipality.Key)
        && (Kind is null || Kind == letter.Kind);
}

/// <summary>Letters to municipalities, the newest first.</summary>
public sealed record LetterList(IReadOnlyList<LetterInList> Letters)
{
    private static readonly Columns<LetterInList> Flat = new("letters")
    {
        { "writtenOn", l => l.WrittenOn.On },
        { "municipality", l => l.Municipality.Name },
        { "round", l => l.RoundNumber },
        { "letterKind", l => new Code("letterKind", l.Kind) },
        { "subject", l => l.Subject },
        { "receiver", l => l.Receiver },
        { "office", l => l.Office },
        { "writtenForm", l => new Code("writtenForm", l.Form) },
        { "templateVersion", l => l.TemplateVersion },
        { "corrected", l => l.CorrectedBy is not null },
        { "ofStruck", l => l.IsOfStruck },
        { "simulated", l => l.IsSimulated },
        { "stream", l => l.Facts.Stream },
    };

    public FlatTable Rows() => Flat.Of(Letters);
}

/// <param name="Municipality">As it is called on the day asked about.</param>
/// <param name="Receiver">As it was called on the letter's day: "Hamar kommune".</param>
/// <param name="Office">The office there that it was sent to; null when none was known.</param>
/// <param name="Kind">admission, refusal, deferral, supplementWanted or extension.</param>
/// <param name="Form">bokmal or nynorsk.</param>
/// <param name="TemplateVersion">0 for the text that the program comes with.</param>
/// <param name="CorrectedBy">Id of the letter that took its place by the day; null when none did.</param>
/// <param name="IsOfStruck">True when the decision that it tells of has been struck.</param>
public sealed record LetterInList(
    Guid Id,
    Guid Round,
    int RoundNumber,
    MunicipalityOnDay Municipality,
    string Receiver,
    string? Office,
    string Kind,
    string Form,
    int TemplateVersion,
    string Subject,
    Day WrittenOn,
    Guid? CorrectedBy,
    bool IsOfStruck,
    bool IsSimulated,
    FactsBehind Facts);

/// <summary>A letter as it was sent.</summary>
/// <param name="Template">Id of the template it was written by.</param>
/// <param name="Sender">The regional office.</param>
/// <param name="Paragraphs">Plain text; a paragraph can hold several lines.</param>
/// <param name="Corrects">Id of the letter whose place it took; null when it took none's.</param>
/// <param name="Answers">The fact that it tells of.</param>
public sealed record Letter(LetterInList About, Guid Programme, Guid Template, string Sender, IReadOnlyList<string> Paragraphs, Guid? Corrects, FactsBehind Answers);
