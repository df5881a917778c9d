using System.Globalization;
using HousingBank.Domain.Vocabulary;
using HousingBank.ReadModels.Register;
using HousingBank.ReadModels.Seeing;
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
        var (from, shown) = cursor is null ? (null, 0) : ReadCursor(cursor);
        var query = await QueryOfAsync(scope, filter, question, cancel) with { After = from, Limit = Math.Min(wanted, MostOnAPage - 1) + 1 };
        var entries = new List<LoggedDecision>();
        // One more than is wanted says whether another page follows.
        var seen = new List<StoredFact>();
        Look look;
        do
        {
            var page = await store.FactsAsync(scope, query, cancel);
            (look, var subjects) = await SubjectsAsync(scope, page.Facts, question, cancel);
            var more = page.Facts.Where(subjects.MaySee).ToList();
            var again = Math.Min(shown, more.Count(f => f.RecordedAt == from?.RecordedAt));
            shown -= again;
            more = [.. more.Skip(again).Take(wanted == int.MaxValue ? wanted : wanted + 1 - seen.Count)];
            seen.AddRange(more);
            entries.AddRange(await EntriesAsync(scope, more, subjects, question, cancel));
            query = query with { After = page.Next };
        }
        while (query.After is not null && seen.Count <= wanted);

        return seen.Count <= wanted
            ? look.Answer(new LoggedDecisions(entries, null))
            : look.Answer(new LoggedDecisions([.. entries.Take(wanted)], WriteCursor(seen, wanted, cursor)));
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
        var reviews = look.OverTime(new RowFilter<ReviewRow>().Where(r => r.Municipality, municipality));
        var letters = look.OverTime(new RowFilter<LetterRow>().Where(r => r.Municipality, municipality));
        var agreements = look.OverTime(new RowFilter<AgreementRow>().Where(r => r.Municipality, municipality));
        var learning = look.OverTime(new RowFilter<LearningEntryRow>().Where(r => r.Municipality, municipality));
        await look.AskAsync(cancel);
        return
        [
            new StreamKey(municipality.Stream.ToString()),
            .. participations.Rows.Select(r => r.Stream)
                .Concat(applications.Rows.Select(r => r.Stream))
                .Concat(reviews.Rows.Select(r => r.Stream))
                .Concat(letters.Rows.Select(r => r.Stream))
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
        return [.. facts.Select(f => Entry(f, last[(f.Tenant, f.Stream, f.Version)].LastOrDefault(), subjects, question.Member is not null))];
    }

    // Ordinals, and the versions that a decision looked at, count what is not there for a council member.
    private LoggedDecision Entry(StoredFact fact, Replacement? replacement, Subjects subjects, bool isMember)
    {
        var circumstances = fact.Circumstances;
        var sight = subjects.Sight;
        var body = FlatBody.Of(store.Codec.Write(subjects.Shown(fact)).Body);
        return new(
            fact.Tenant,
            fact.Stream.Name,
            sight.Version(fact.Stream, fact.Version),
            isMember ? null : fact.Ordinal,
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
            Counted(fact.Replaces),
            Counted(replacement is { Type: not Standing.Strike } ? replacement.Version : null),
            Counted(replacement is { Type: Standing.Strike } ? replacement.Version : null),
            IsRecordedLate(fact),
            circumstances.BasisKind == "simulation",
            circumstances.CommandId,
            isMember || !subjects.AreOfAll ? new Dictionary<string, int>() : circumstances.LookedAt)
        {
            Personal = body.Personal,
        };

        int? Counted(int? version) => version is { } some ? sight.Version(fact.Stream, some) : null;
    }

    // The same rule as the count by stream in StreamsNow.
    private static bool IsRecordedLate(StoredFact fact) =>
        fact.Circumstances.BasisKind != "source" && Norwegian.DayOf(fact.RecordedAt) > fact.On.Last.AddDays(14);

    /// <summary>The moment of the last event shown, and how many of that moment were shown: a place among what the asker sees, which says nothing of the rest.</summary>
    private static string WriteCursor(List<StoredFact> seen, int wanted, string? before)
    {
        var moment = seen[wanted - 1].RecordedAt;
        var shown = seen.Take(wanted).Count(f => f.RecordedAt == moment);
        if (before is not null && ReadCursor(before) is var (from, already) && from.RecordedAt == moment)
            shown += already;
        return string.Create(CultureInfo.InvariantCulture, $"{moment.UtcTicks}-{shown}");
    }

    private static (FactCursor From, int Shown) ReadCursor(string cursor)
    {
        var parts = cursor.Split('-');
        return parts.Length == 2
            && long.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var ticks) && ticks <= DateTimeOffset.MaxValue.Ticks
            && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var shown)
            ? (new FactCursor(new DateTimeOffset(ticks, TimeSpan.Zero), long.MaxValue), shown)
            : throw new FormatException("A cursor is taken from an earlier answer.");
    }

    /// <summary>Which municipality an event is about, and whether the asker may see it.</summary>
    private sealed class Subjects
    {
        private readonly Question _question;
        private readonly Look _look;
        private readonly Cases _cases;
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
            (_question, _look) = (question, look);
            _cases = look.CasesOf(streams);
            _names = new Names(look);
            _participations = look.OverTime(new RowFilter<ParticipationRow>().OfStream(streams));
            _applications = look.OverTime(new RowFilter<ApplicationRow>().OfStream(streams));
            _agreements = look.OverTime(new RowFilter<AgreementRow>().OfStream(streams));
            _learning = look.OverTime(new RowFilter<LearningEntryRow>().OfStream(streams));
            _ofStream = new(OfStreams);
            _shared = new(() => [.. _learning.Rows.Where(r => r.Row.IsShared).Select(r => r.Stream)]);
        }

        public MunicipalityOnDay? Of(StoredFact fact) => IdOf(fact) is { } municipality ? _names.Of(municipality) : null;

        /// <summary>False for a municipality: the streams that a decision on a round looked at tell who else applies in it.</summary>
        public bool AreOfAll => _question.SeesOnly is null;

        public Sight Sight => _look.Sight;

        public Fact Shown(StoredFact fact) => Sight.Shown(fact, _cases.Of(fact.Stream));

        public bool MaySee(StoredFact fact) => Sight.Sees(fact, _cases.Of(fact.Stream)) && IsOfTheAsker(fact);

        private bool IsOfTheAsker(StoredFact fact) =>
            _question.SeesOnly is null
            || IdOf(fact) is not { } municipality
            || municipality == _question.SeesOnly
            || fact.Stream.Kind == "municipality"
            || _shared.Value.Contains(fact.Stream);

        private MunicipalityId? IdOf(StoredFact fact) =>
            fact.Stream.Kind == "municipality" ? new MunicipalityId(fact.Stream.Id)
            : _cases.Of(fact.Stream) is { Municipality.Key.Length: > 0 } about ? about.Municipality
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
