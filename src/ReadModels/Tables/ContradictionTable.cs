using HousingBank.Domain;
using HousingBank.Domain.Vocabulary;
using HousingBank.Store;

namespace HousingBank.ReadModels.Tables;

/// <summary>A rule that the facts of a stream, taken by their days, break from some day on.</summary>
/// <param name="Rule">Code of the refusal that would have met it.</param>
public sealed record ContradictionRow(string StreamKind, string Rule, DateOnly On);

/// <summary>Contradictions of every kind of stream, as its aggregate names them.</summary>
public sealed class ContradictionTable : TwoClockTable
{
    public override string Name => "contradiction";

    public override int Version => 1;

    public override Type RowType => typeof(ContradictionRow);

    public override bool Takes(string streamKind) => Aggregates.All.Any(a => a.Kind == streamKind);

    public override IReadOnlyList<Stretch> Timeline(IReadOnlyList<StoredFact> inEffectiveOrder) => Timelines()(inEffectiveOrder, 0);

    protected override Func<IReadOnlyList<StoredFact>, int, IReadOnlyList<Stretch>> Timelines()
    {
        IContradictionWalk? walk = null;
        return (inEffectiveOrder, from) =>
        {
            if (inEffectiveOrder is not [var first, ..])
                return [];
            var kind = first.Stream.Kind;
            walk ??= Aggregates.Of(kind).Walk();
            return Drawn(kind, walk.GoOn(from, inEffectiveOrder.Skip(from).Select(f => new StandingFact(f.Version, (Fact)f.Fact))));
        };
    }

    private static IReadOnlyList<Stretch> Drawn(string kind, IReadOnlyList<Contradiction> contradictions) =>
    [
        .. contradictions
            .Select(c => new Stretch($"{c.Code}/{c.Versions[0]:D6}", c.On, DateOnly.MaxValue, new ContradictionRow(kind, c.Code, c.On), c.Versions))
            .DistinctBy(s => s.Key)
            .OrderBy(s => s.Key, StringComparer.Ordinal),
    ];
}
