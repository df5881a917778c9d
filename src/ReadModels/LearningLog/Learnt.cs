using HousingBank.ReadModels.Register;
using HousingBank.ReadModels.Tables;
using HousingBank.Store;

namespace HousingBank.ReadModels.LearningLog;

/// <summary>Learning entries on the day asked about, as far as the asker may see them.</summary>
internal sealed class Learnt
{
    private static readonly string[] FurthestFirst = ["ledToChange", "setAside", "broughtToMinistry", "takenUp", "shared"];

    private readonly Names _names;
    private readonly Question _question;
    private readonly Asked<LearningEntryRow> _entries;

    public Learnt(Look look, Names names, Question question, RowFilter<LearningEntryRow> which) =>
        (_names, _question, _entries) = (names, question, look.At(which));

    public IEnumerable<StreamKey> Streams => _entries.Rows.Select(e => e.Stream);

    /// <summary>The newest first.</summary>
    public IReadOnlyList<LearningEntry> Entries(StreamFigures figures) =>
    [
        .. _entries.Rows.Where(e => MaySee(e.Row))
            .OrderByDescending(e => e.Row.WrittenOn.On).ThenBy(e => e.Row.Entry.Value)
            .Select(e => Entry(e, figures)),
    ];

    private bool MaySee(LearningEntryRow entry) =>
        _question.SeesOnly is not { } own || entry.Municipality is null || entry.Municipality == own || entry.Became.Any(b => b.Outcome == "shared");

    private LearningEntry Entry(Segment<LearningEntryRow> entry, StreamFigures figures)
    {
        var row = entry.Row;
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
            FurthestFirst.FirstOrDefault(outcome => row.Became.Any(b => b.Outcome == outcome)) ?? "none",
            [.. row.Became.Select(b => new LearningOutcome(b.Outcome, b.On, b.Detail, Codes.Of(b.Change)))],
            figures.Version(entry.Stream),
            row.IsSimulated,
            FactsBehind.Of(entry));
    }
}
