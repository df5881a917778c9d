using HousingBank.ReadModels.Register;
using HousingBank.ReadModels.Tables;
using HousingBank.Store;

namespace HousingBank.ReadModels.LearningLog;

/// <summary>Learning entries on the day asked about, as far as the asker may see them.</summary>
internal sealed class Learnt
{
    private readonly Names _names;
    private readonly Question _question;
    private readonly Asked<LearningEntryRow> _entries;
    private readonly Asked<LearningOutcomeRow> _outcomes;
    private readonly Lazy<ILookup<StreamKey, Segment<LearningOutcomeRow>>> _became;

    /// <param name="streams">Of the entries looked for; null for all.</param>
    public Learnt(Look look, Names names, Question question, IReadOnlyList<StreamKey>? streams)
        : this(look, names, question, look.At<LearningEntryRow>(streams), streams)
    {
    }

    /// <param name="entries">Those that were asked for before.</param>
    public Learnt(Look look, Names names, Question question, Asked<LearningEntryRow> entries)
        : this(look, names, question, entries, [.. entries.Rows.Select(e => e.Stream)])
    {
    }

    private Learnt(Look look, Names names, Question question, Asked<LearningEntryRow> entries, IReadOnlyList<StreamKey>? streams)
    {
        (_names, _question) = (names, question);
        (_entries, _outcomes) = (entries, look.At<LearningOutcomeRow>(streams));
        _became = new(() => _outcomes.Rows.OrderBy(o => o.Row.On).ThenBy(o => o.Row.Version).ToLookup(o => o.Stream));
    }

    public IEnumerable<StreamKey> Streams => _entries.Rows.Select(e => e.Stream);

    /// <summary>The newest first.</summary>
    public IReadOnlyList<LearningEntry> Entries(StreamFigures figures) =>
    [
        .. _entries.Rows.Where(e => MaySee(e.Row))
            .OrderByDescending(e => e.Row.WrittenOn.On).ThenBy(e => e.Row.Entry.Value)
            .Select(e => Entry(e, figures)),
    ];

    private bool MaySee(LearningEntryRow entry) =>
        _question.SeesOnly is not { } own || entry.Municipality is null || entry.Municipality == own || entry.IsShared;

    private LearningEntry Entry(Segment<LearningEntryRow> entry, StreamFigures figures)
    {
        var row = entry.Row;
        // The entry may have been corrected to a later day: what lies before it became of nothing yet.
        var became = _became.Value[entry.Stream].Where(b => b.Row.On >= row.WrittenOn.On).ToList();
        return new(
            row.Entry.Value,
            row.Programme.Value,
            row.Municipality is { } municipality ? _names.Of(municipality) : null,
            row.Participation?.Value,
            Codes.Of(row.Area),
            row.Loop,
            Codes.Of(row.Form),
            Codes.Of(row.Level),
            row.Phase,
            row.Text,
            row.Evidence,
            row.WrittenOn,
            row.Outcome ?? "none",
            [.. became.Select(b => new LearningOutcome(b.Row.Outcome, b.Row.On, b.Row.Detail, Codes.Of(b.Row.Change)))],
            figures.Version(entry.Stream),
            row.IsSimulated,
            FactsBehind.OfAll(entry.Stream, [entry.Versions, .. became.Select(b => b.Versions)]));
    }
}
