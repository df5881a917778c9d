using System.Globalization;
using HousingBank.Domain.Vocabulary;
using HousingBank.ReadModels.Register;
using HousingBank.ReadModels.Tables;
using HousingBank.Store;

namespace HousingBank.ReadModels.DecisionLog;

/// <summary>Every event, and the events behind a figure.</summary>
public sealed class DecisionLogQuery(EventStore store, Looking looking)
{
    private const int MostOnAPage = 1000;

    /// <param name="cursor">From the page before; null for the first.</param>
    /// <param name="take">1 to 1000; null for all, as exports want them.</param>
    /// <exception cref="FormatException">The cursor is not one of ours.</exception>
    public async Task<Answer<LoggedDecisions>> AskAsync(Scope scope, DecisionFilter filter, string? cursor, int? take, Question question, CancellationToken cancel)
    {
        var wanted = take is { } some ? Math.Clamp(some, 1, MostOnAPage) : int.MaxValue;
        var query = await QueryOfAsync(scope, filter, question, cancel) with { After = cursor is null ? null : ReadCursor(cursor), Limit = Math.Min(wanted, MostOnAPage) };
        var entries = new List<LoggedDecision>();
        FactCursor? next;
        Look look;
        do
        {
            var page = await store.FactsAsync(scope, query, cancel);
            (look, var subjects) = await SubjectsAsync(scope, page.Facts, question, cancel);
            var seen = page.Facts.Where(subjects.MaySee).Take(wanted - entries.Count).ToList();
            entries.AddRange(await EntriesAsync(scope, seen, subjects, question, cancel));
            // A page that is full before the store's page ends goes on after its own last event.
            next = entries.Count == wanted && seen.Count > 0 && (page.Next is not null || seen[^1] != page.Facts[^1])
                ? new FactCursor(seen[^1].RecordedAt, seen[^1].Position)
                : page.Next;
            query = query with { After = next };
        }
        while (next is not null && entries.Count < wanted);

        return look.Answer(new LoggedDecisions(entries, next is null ? null : WriteCursor(next)));
    }

    /// <summary>Why: the facts that something shown was made from, in order of version.</summary>
    /// <param name="facts">One version is a permalink.</param>
    /// <returns>Empty when none of them is there, or the asker may not see them.</returns>
    public async Task<Answer<IReadOnlyList<LoggedDecision>>> BehindAsync(Scope scope, FactsBehind facts, Question question, CancellationToken cancel)
    {
        var stream = await StreamAsync(scope, StreamId.Parse(facts.Stream), question, cancel);
        return stream.With<IReadOnlyList<LoggedDecision>>([.. stream.Value.Where(e => facts.Versions.Contains(e.Version))]);
    }

    /// <summary>Every event of a stream known at the moment, also those that take effect later.</summary>
    public async Task<Answer<IReadOnlyList<LoggedDecision>>> StreamAsync(Scope scope, StreamId stream, Question question, CancellationToken cancel)
    {
        var recorded = await store.StreamAsync(scope, new StreamKey(stream.ToString()), cancel);
        var (look, subjects) = await SubjectsAsync(scope, recorded, question, cancel);
        var known = recorded.TakeWhile(f => question.KnownAt is null || f.RecordedAt <= question.KnownAt).Where(subjects.MaySee).ToList();
        return look.Answer(await EntriesAsync(scope, known, subjects, question, cancel));
    }

    private async Task<FactQuery> QueryOfAsync(Scope scope, DecisionFilter filter, Question question, CancellationToken cancel)
    {
        var to = filter.EffectiveTo is { } last && last < question.AsOf ? last : question.AsOf;
        var streams = filter.Municipality is { } municipality ? await StreamsOfAsync(scope, new MunicipalityId(municipality), question, cancel) : null;
        if (filter.Stream is { } one)
            streams = streams is null || streams.Contains(new StreamKey(one)) ? [new StreamKey(one)] : [];
        return new FactQuery
        {
            Streams = streams,
            Kinds = filter.Kinds is { Count: > 0 } kinds ? kinds : null,
            Types = filter.Types is { Count: > 0 } types ? types : null,
            Role = filter.Role,
            EffectiveFrom = filter.EffectiveFrom,
            EffectiveTo = to,
            RecordedFrom = filter.RecordedFrom is { } from ? Norwegian.StartOf(from) : null,
            RecordedTo = filter.RecordedTo is { } until ? Norwegian.StartOf(until.AddDays(1)).AddMicroseconds(-1) : null,
            KnownAt = question.KnownAt,
            Person = filter.Person,
        };
    }

    /// <summary>Every stream that is about a municipality.</summary>
    private async Task<IReadOnlyList<StreamKey>> StreamsOfAsync(Scope scope, MunicipalityId municipality, Question question, CancellationToken cancel)
    {
        var look = looking.Begin(scope, question);
        var participations = look.OverTime(new RowFilter<ParticipationRow>().Where(r => r.Municipality, municipality));
        var applications = look.OverTime(new RowFilter<ApplicationRow>().Where(r => r.Municipality, municipality));
        var agreements = look.OverTime(new RowFilter<AgreementRow>().Where(r => r.Municipality, municipality));
        var learning = look.OverTime(new RowFilter<LearningEntryRow>().Where(r => r.Municipality, municipality));
        await look.AskAsync(cancel);
        return
        [
            new StreamKey(municipality.Stream.ToString()),
            .. participations.Rows.Select(r => r.Stream)
                .Concat(applications.Rows.Select(r => r.Stream))
                .Concat(agreements.Rows.Select(r => r.Stream))
                .Concat(learning.Rows.Select(r => r.Stream))
                .Distinct(),
        ];
    }

    /// <summary>Whom these facts are about: only their own streams are looked up, however many there are.</summary>
    private async Task<(Look Look, Subjects Subjects)> SubjectsAsync(Scope scope, IReadOnlyList<StoredFact> facts, Question question, CancellationToken cancel)
    {
        var look = looking.Begin(scope, question);
        var subjects = new Subjects(look, question, [.. facts.Select(f => f.Stream).Distinct()]);
        await look.AskAsync(cancel);
        return (look, subjects);
    }

    private async Task<IReadOnlyList<LoggedDecision>> EntriesAsync(
        Scope scope, IReadOnlyList<StoredFact> facts, Subjects subjects, Question question, CancellationToken cancel)
    {
        var replacements = await store.ReplacementsAsync(scope, [.. facts.Select(f => f.Stream).Distinct()], question.KnownAt ?? DateTimeOffset.MaxValue, cancel);
        var last = replacements.ToLookup(r => (r.Tenant, r.Stream, r.Replaces));
        return [.. facts.Select(f => Entry(f, last[(f.Tenant, f.Stream, f.Version)].LastOrDefault(), subjects))];
    }

    private LoggedDecision Entry(StoredFact fact, Replacement? replacement, Subjects subjects)
    {
        var circumstances = fact.Circumstances;
        var body = FlatBody.Of(store.Codec.Write(fact.Fact).Body);
        return new(
            fact.Tenant,
            fact.Stream.Name,
            fact.Version,
            fact.Ordinal,
            fact.Type,
            subjects.Of(fact),
            body.Values,
            Day.Of(fact.On),
            fact.RecordedAt,
            circumstances.Actor,
            circumstances.Role,
            circumstances.DecidedBy,
            circumstances.BasisKind,
            circumstances.Basis,
            circumstances.EntryReason,
            circumstances.NotDocumented,
            fact.Replaces,
            replacement is { Type: not Standing.Strike } ? replacement.Version : null,
            replacement is { Type: Standing.Strike } ? replacement.Version : null,
            IsRecordedLate(fact),
            circumstances.BasisKind == "simulation",
            circumstances.CommandId,
            circumstances.LookedAt)
        {
            Personal = body.Personal,
        };
    }

    // The same rule as the count by stream in StreamsNow.
    private static bool IsRecordedLate(StoredFact fact) =>
        fact.Circumstances.BasisKind != "source" && Norwegian.DayOf(fact.RecordedAt) > fact.On.Last.AddDays(14);

    private static string WriteCursor(FactCursor cursor) =>
        string.Create(CultureInfo.InvariantCulture, $"{cursor.RecordedAt.UtcTicks}-{cursor.Position}");

    private static FactCursor ReadCursor(string cursor)
    {
        var parts = cursor.Split('-');
        return parts.Length == 2
            && long.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var ticks) && ticks <= DateTimeOffset.MaxValue.Ticks
            && long.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var position)
            ? new FactCursor(new DateTimeOffset(ticks, TimeSpan.Zero), position)
            : throw new FormatException("A cursor is taken from an earlier answer.");
    }

    /// <summary>Which municipality an event is about, and whether the asker may see it.</summary>
    private sealed class Subjects
    {
        private readonly Question _question;
        private readonly Names _names;
        private readonly Asked<ParticipationRow> _participations;
        private readonly Asked<ApplicationRow> _applications;
        private readonly Asked<AgreementRow> _agreements;
        private readonly Asked<LearningEntryRow> _learning;
        private readonly Lazy<Dictionary<StreamKey, MunicipalityId>> _ofStream;
        private readonly Lazy<HashSet<StreamKey>> _shared;

        /// <param name="streams">Of the facts that will be asked about.</param>
        public Subjects(Look look, Question question, IReadOnlyList<StreamKey> streams)
        {
            _question = question;
            _names = new Names(look);
            _participations = look.OverTime(new RowFilter<ParticipationRow>().OfStream(streams));
            _applications = look.OverTime(new RowFilter<ApplicationRow>().OfStream(streams));
            _agreements = look.OverTime(new RowFilter<AgreementRow>().OfStream(streams));
            _learning = look.OverTime(new RowFilter<LearningEntryRow>().OfStream(streams));
            _ofStream = new(OfStreams);
            _shared = new(() => [.. _learning.Rows.Where(r => r.Row.Became.Any(b => b.Outcome == "shared")).Select(r => r.Stream)]);
        }

        public MunicipalityOnDay? Of(StoredFact fact) => IdOf(fact) is { } municipality ? _names.Of(municipality) : null;

        public bool MaySee(StoredFact fact) =>
            _question.SeesOnly is null
            || IdOf(fact) is not { } municipality
            || municipality == _question.SeesOnly
            || fact.Stream.Kind == "municipality"
            || _shared.Value.Contains(fact.Stream);

        private MunicipalityId? IdOf(StoredFact fact) =>
            fact.Stream.Kind == "municipality" ? new MunicipalityId(StreamId.Parse(fact.Stream.Name).Id)
            : _ofStream.Value.TryGetValue(fact.Stream, out var known) ? known
            : fact.Fact.GetType().GetProperty("Municipality")?.GetValue(fact.Fact) is MunicipalityId named ? named
            : null;

        private Dictionary<StreamKey, MunicipalityId> OfStreams() => new(
            _participations.Rows.Select(r => (r.Stream, Municipality: (MunicipalityId?)r.Row.Municipality))
                .Concat(_applications.Rows.Select(r => (r.Stream, Municipality: (MunicipalityId?)r.Row.Municipality)))
                .Concat(_agreements.Rows.Select(r => (r.Stream, Municipality: (MunicipalityId?)r.Row.Municipality)))
                .Concat(_learning.Rows.Select(r => (r.Stream, r.Row.Municipality)))
                .Where(r => r.Municipality is not null)
                .DistinctBy(r => r.Stream)
                .Select(r => KeyValuePair.Create(r.Stream, r.Municipality!.Value)));
    }
}
