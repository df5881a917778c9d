using FsCheck;
using FsCheck.Fluent;

namespace HousingBank.Store.Tests.TwoClock;

/// <summary>What one recording does, told so that any list of them makes a history: what it names is found among the facts there are.</summary>
/// <param name="Day">0, 1, 2 …; late when below that of an earlier one.</param>
/// <param name="Span">Days by which the effective day is inexact.</param>
/// <param name="Names">Which earlier fact a correction or strike names.</param>
/// <param name="SameCommit">Recorded at the moment of the one before.</param>
public sealed record Recording(RecordingKind Kind, ShelfFact Fact, int Day, int Span, int Names, bool SameCommit);

public enum RecordingKind
{
    Plain,
    Correction,
    Strike,
}

public static class ShelfHistories
{
    public static readonly DateOnly FirstDay = new(2010, 1, 1);
    public const int Days = 6;
    public static readonly DateTimeOffset FirstMoment = new(2010, 6, 1, 12, 0, 0, TimeSpan.Zero);

    private static readonly Gen<string> s_goods = Gen.Elements("apples", "bread", "cheese");
    private static readonly Gen<int> s_amount = Gen.Choose(-1, 2);

    private static readonly Gen<ShelfFact> s_fact = Gen.Frequency(
        (3, s_goods.SelectMany(g => s_amount, ShelfFact (g, a) => new Put(g, a))),
        (3, s_goods.SelectMany(g => s_amount, ShelfFact (g, a) => new Added(g, a))),
        (1, s_amount.Select(ShelfFact (a) => new AddedToAll(a))),
        (1, s_goods.Select(ShelfFact (g) => new Removed(g))));

    private static readonly Gen<Recording> s_recording =
        from kind in Gen.Frequency((5, Gen.Constant(RecordingKind.Plain)), (2, Gen.Constant(RecordingKind.Correction)), (2, Gen.Constant(RecordingKind.Strike)))
        from fact in s_fact
        from day in Gen.Choose(0, Days - 1)
        from span in Gen.Frequency((3, Gen.Constant(0)), (1, Gen.Choose(1, 3)))
        from names in Gen.Choose(0, 20)
        from sameCommit in Gen.Frequency((3, Gen.Constant(false)), (1, Gen.Constant(true)))
        select new Recording(kind, fact, day, span, names, sameCommit);

    /// <summary>Histories of up to some recordings; a failing one is shrunk by leaving recordings out.</summary>
    public static Arbitrary<Recording[]> UpTo(int recordings) =>
        Arb.From(Gen.Choose(0, recordings).SelectMany(n => s_recording.ArrayOf(n)), WithOneLess);

    /// <summary>The stream that the recordings make.</summary>
    public static IReadOnlyList<StoredFact> Stream(IReadOnlyList<Recording> recordings, string tenant = "region", string name = "shelf/1")
    {
        var stream = new List<StoredFact>();
        foreach (var recording in recordings)
        {
            var moment = stream.Count == 0 ? FirstMoment : recording.SameCommit ? stream[^1].RecordedAt : stream[^1].RecordedAt.AddMinutes(1);
            var write = ToWrite(recording, stream.Count);
            stream.Add(new StoredFact(
                tenant, new StreamKey(name), stream.Count + 1, ShelfCodec.TypeOf(write.Fact), write.Fact, write.On, moment, ShelfCodec.Circumstances, write.Replaces, 0, null));
        }

        return stream;
    }

    /// <param name="there">How many facts the stream has; the first of a stream can neither correct nor strike.</param>
    public static FactToWrite ToWrite(Recording recording, int there)
    {
        var placed = FirstDay.AddDays(recording.Day);
        var span = recording.Span == 0
            ? new EffectiveSpan(placed, placed, placed, "day", null)
            : new EffectiveSpan(placed, placed.AddDays(-recording.Span), placed.AddDays(recording.Span), "between", null);
        int? names = recording.Kind == RecordingKind.Plain || there == 0 ? null : recording.Names % there + 1;
        return new FactToWrite(names is not null && recording.Kind == RecordingKind.Strike ? new Struck() : recording.Fact, span, names);
    }

    private static IEnumerable<Recording[]> WithOneLess(Recording[] recordings) =>
        Enumerable.Range(0, recordings.Length).Select(i => (Recording[])[.. recordings[..i], .. recordings[(i + 1)..]]);
}
