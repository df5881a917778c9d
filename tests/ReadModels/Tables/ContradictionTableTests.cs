using HousingBank.Domain.Participations;
using HousingBank.Domain.Vocabulary;
using HousingBank.ReadModels.Tables;
using HousingBank.Store;

namespace HousingBank.ReadModels.Tests.Tables;

public sealed class ContradictionTableTests
{
    private static readonly DateOnly s_first = new(2010, 1, 1);

    /// <summary>In whatever order facts are entered, struck and replaced.</summary>
    [Fact]
    public void What_is_kept_between_commits_gives_the_same_as_beginning_anew()
    {
        var (contradicted, settled) = (0, 0);
        for (var seed = 1; seed <= 300; seed++)
        {
            var recorded = Course(new Random(seed));
            var history = Segments.History(new ContradictionTable(), recorded);

            history.ShouldBe(Segments.History(new BegunAnew(), recorded), $"seed {seed}");
            contradicted += history.Count;
            settled += history.Count(s => s.KnownTo < DateTimeOffset.MaxValue);
        }

        contradicted.ShouldBeGreaterThan(1000);
        settled.ShouldBeGreaterThan(300);
    }

    private static IReadOnlyList<StoredFact> Course(Random random)
    {
        var course = new Told($"participation/{Guid.NewGuid()}").Fact(s_first, new CandidacyOpened(new(Guid.NewGuid()), new(Guid.NewGuid()), 1, new("mun-a"), 1));
        for (var version = 2; version <= 25; version++)
        {
            StatedDay on = s_first.AddDays(random.Next(60));
            var earlier = random.Next(1, version);
            ParticipationEvent fact = random.Next(5) switch
            {
                0 => new ParticipantAdmitted(),
                1 => new ParticipationSuspended("elections"),
                2 => new ParticipationResumed(),
                3 => new PhaseExtended(Phase.Planning, 1, "late"),
                _ => new PreAnalysisDelivered("a supplier"),
            };
            _ = random.Next(8) switch
            {
                0 => course.Fact(on, new FactStruck(earlier, "not so"), replaces: earlier),
                1 => course.Fact(on, fact, replaces: earlier),
                _ => course.Fact(on, fact),
            };
        }

        return course.Recorded;
    }

    /// <summary>The same timelines, of which nothing is kept.</summary>
    private sealed class BegunAnew : TwoClockTable
    {
        private readonly ContradictionTable _table = new();

        public override string Name => _table.Name;

        public override int Version => _table.Version;

        public override Type RowType => _table.RowType;

        public override bool Takes(string streamKind) => _table.Takes(streamKind);

        public override IReadOnlyList<Stretch> Timeline(IReadOnlyList<StoredFact> inEffectiveOrder) => _table.Timeline(inEffectiveOrder);
    }
}
