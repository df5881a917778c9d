using HousingBank.Domain.Vocabulary;
using HousingBank.Processes;
using HousingBank.Store;

namespace HousingBank.ReadModels.Tests.Tables;

/// <summary>A stream as it was recorded, fact by fact, for folds without a database.</summary>
internal sealed class Told(string stream)
{
    private readonly List<StoredFact> _recorded = [];

    public IReadOnlyList<StoredFact> Recorded => _recorded;

    public Told Fact(StatedDay on, Fact fact, int? replaces = null, string basisKind = "none", DateOnly? placed = null)
    {
        var day = new EffectiveDay(placed ?? on.First, on);
        var circumstances = new Circumstances("demo:secretariat", "secretariat", null, basisKind, null, null, [], Guid.Empty, Guid.Empty, new Dictionary<string, int>());
        _recorded.Add(new StoredFact(
            "region-ost", new StreamKey(stream), _recorded.Count + 1, fact is FactStruck ? Standing.Strike : fact.GetType().Name, fact with { On = day }, FactCodec.ToSpan(day),
            Moment(_recorded.Count + 1), circumstances, replaces, _recorded.Count + 1, null));
        return this;
    }

    /// <summary>The moment at which the fact of a version was recorded.</summary>
    public static DateTimeOffset Moment(int version) => new(2020, 1, 1, 12, version, 0, TimeSpan.Zero);

    /// <summary>A table's rows on a day, by what was known when the fact of a version had been recorded.</summary>
    public Dictionary<string, TRow> Rows<TRow>(TwoClockTable table, DateOnly asOf, int knownVersion)
        where TRow : notnull => Stretches(table, asOf, knownVersion).ToDictionary(s => s.Key, s => (TRow)s.Row);

    public IEnumerable<Stretch> Stretches(TwoClockTable table, DateOnly asOf, int knownVersion) =>
        table.Timeline([.. Standing.InEffectiveOrder(Standing.KnownAt(_recorded, Moment(knownVersion))).Select(f => f.Fact)])
            .Where(s => s.ValidFrom <= asOf && asOf < s.ValidTo);
}
