using System.Globalization;

namespace HousingBank.Store;

/// <summary>A table with a row of its own for each fact of some kind, from its day on: nothing that is recorded later changes it, but for what replaces or strikes the fact.</summary>
/// <remarks>A stream may hold hundreds of them: what one more changes is found without looking at the others.</remarks>
public abstract class FactsTable<TRow> : TwoClockTable
    where TRow : class
{
    public sealed override Type RowType => typeof(TRow);

    /// <returns>Null for a fact that has none.</returns>
    protected abstract TRow? RowOf(StoredFact fact);

    /// <inheritdoc/>
    public sealed override IReadOnlyList<Stretch> Timeline(IReadOnlyList<StoredFact> inEffectiveOrder) => Grow().Whole(inEffectiveOrder);

    internal sealed override GrowingTimeline Grow() => new RowsOfFacts(RowOf);

    private sealed class RowsOfFacts(Func<StoredFact, TRow?> rowOf) : GrowingTimeline
    {
        /// <summary>Beside the facts: null for one without a row.</summary>
        private readonly List<ShownStretch?> _ofFacts = [];

        public override void Begin(IReadOnlyList<StoredFact> inEffectiveOrder)
        {
            for (var i = _ofFacts.Count; i < inEffectiveOrder.Count; i++)
                _ofFacts.Add(StretchOf(inEffectiveOrder[i]));
        }

        public override Redrawn Fold(IReadOnlyList<StoredFact> inEffectiveOrder, int from)
        {
            var before = From(from);
            _ofFacts.RemoveRange(from, _ofFacts.Count - from);
            Begin(inEffectiveOrder);
            return new Redrawn(before, From(from));
        }

        public override IReadOnlyList<ShownStretch> Shown() => From(0);

        private ShownStretch? StretchOf(StoredFact fact) => rowOf(fact) is { } row
            ? new ShownStretch(new Stretch(fact.Version.ToString("D6", CultureInfo.InvariantCulture), fact.On.Placed, DateOnly.MaxValue, row, [fact.Version]))
            : null;

        private List<ShownStretch> From(int first)
        {
            var shown = new List<ShownStretch>();
            for (var i = first; i < _ofFacts.Count; i++)
            {
                if (_ofFacts[i] is { } stretch)
                    shown.Add(stretch);
            }

            shown.Sort(Segments.ByKeyAndDay);
            return shown;
        }
    }
}
