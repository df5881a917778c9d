using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using HousingBank.Domain.Participations;
using HousingBank.Domain.Programmes;
using HousingBank.Domain.Vocabulary;
using HousingBank.ReadModels;
using HousingBank.ReadModels.Overview;
using HousingBank.ReadModels.PhaseBoard;
using HousingBank.ReadModels.Tables;
using HousingBank.Store;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Npgsql;
using ApplicationId = HousingBank.Domain.Vocabulary.ApplicationId;

namespace HousingBank.Benchmarks;

/// <summary>
/// The limit: board and matrix of now written by hand for the asked office. One round trip of SQL that takes only the columns shown, under the same
/// row-level security as the same role; the same records and the same serialiser; an endpoint with nothing around it: no sign-in, no choice of formats,
/// no past.
/// </summary>
internal sealed class ByHand(NpgsqlDataSource source)
{
    private const string Valid = "tenant = any ($1) and known_to = 'infinity' and valid_from <= $2 and valid_to > $2";

    private static readonly string[] s_tenants = [LargeHistory.Tenant, Scope.National];
    private static readonly Phase[] s_phases = Enum.GetValues<Phase>();
    private static readonly Dictionary<string, Phase> s_phaseOf = s_phases.ToDictionary(p => Codes.Of(p));
    private static readonly StringComparer s_order = StringComparer.Create(CultureInfo.GetCultureInfo("nb-NO"), CompareOptions.None);

    private static readonly JsonSerializerOptions s_stored = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) } };

    private static readonly JsonSerializerOptions s_answers = new(JsonSerializerDefaults.Web)
    {
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        NumberHandling = JsonNumberHandling.Strict,
        Converters = { new Moments(), new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
    };

    private static readonly string[] s_ofBoard =
    [
        $"select stream, versions, participation, programme, round, round_number, municipality, model_version, admitted_on is not null, suspensions, outcome, ended_on, is_simulated from read.participation where {Valid}",
        $"select stream, versions, phase, ground, started_on, longest_months, criteria, months_added, days_stopped, stopped_since from read.phase where {Valid}",
        $"select stream, versions, phase, criterion, met_on from read.criterion where {Valid}",
        $"select stream, versions, participation, bank_signed_on, municipality_signed_on, reported_in_force_on, ended_on is null from read.agreement where {Valid}",
        $"select programme, model_version, phase, longest_months from read.framework_phase where {Valid}",
        $"select stream from read.contradiction where {Valid}",
        $"""
        select m.municipality, coalesce(n.name, m.name), n.number, coalesce(n.county, m.county), m.kind, m.merged_into
          from (select * from read.municipality where {Valid}) m
          left join (select * from read.municipality_number where {Valid} and "from" <= $2 and ("to" is null or "to" >= $2)) n using (municipality)
        """,
        """
        select stream, count(*)::integer from store.events
         where tenant = $1[1] and effective_on <= $2 and basis_kind <> 'source' and (recorded_at at time zone 'Europe/Oslo')::date > effective_last + 14
         group by stream
        """,
        "select last_ordinal, settled, $1 is null, $2 is null from store.numbering",
    ];

    private static readonly string[] s_ofMatrix =
    [
        $"select stream, versions, part, since, local_name, unit, placement, orientation, project_group_model, members, other_counts, goals from read.organisation where {Valid}",
        $"select stream, versions, dimension, level, ownership, representation, statements, plans, assessed_by, assessed_on from read.anchoring where {Valid}",
    ];

    /// <summary>Serves until it is killed: /board, /matrix, and /fixed, which is as many bytes as the board and asks nobody.</summary>
    public static async Task ServeAsync(string connectionString, string address)
    {
        await using var source = StoreDataSource.Create(connectionString, StoreRole.App);
        var hand = new ByHand(source);
        var builder = WebApplication.CreateBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        await using var app = builder.Build();
        app.Urls.Add(address);
        app.MapGet("/board", async (CancellationToken cancel) => TypedResults.Json(await hand.BoardAsync(cancel), s_answers));
        app.MapGet("/matrix", async (CancellationToken cancel) => TypedResults.Json(await hand.MatrixAsync(cancel), s_answers));
        var bytes = JsonSerializer.SerializeToUtf8Bytes(await hand.BoardAsync(CancellationToken.None), s_answers);
        app.MapGet("/fixed", () => TypedResults.Bytes(bytes, "application/json"));
        await app.RunAsync();
    }

    private async Task<Answer<Board>> BoardAsync(CancellationToken cancel)
    {
        var today = Today();
        await using var batch = Batch(s_ofBoard, today);
        await using var reader = await batch.ExecuteReaderAsync(cancel);
        var courses = await ReadAsync(reader, today, cancel);
        var cards = courses.Cards().Select(c => c.Card)
            .OrderByDescending(c => c.IsLate).ThenBy(c => c.PlannedEndLatest).ThenBy(c => c.Municipality.Name, s_order).ToList();
        var onTheirWay = cards.Where(c => c.Standing is CourseStanding.Candidate or CourseStanding.Participant).ToLookup(c => c.Phase);
        return courses.Answer(new Board(
            [.. s_phases.Select(phase => new BoardColumn(phase, [.. onTheirWay[phase]]))],
            [.. cards.Where(c => c.Standing == CourseStanding.Suspended)],
            [.. cards.Where(c => c.Standing == CourseStanding.Ended)]));
    }

    private async Task<Answer<OverviewMatrix>> MatrixAsync(CancellationToken cancel)
    {
        var today = Today();
        await using var batch = Batch([.. s_ofBoard, .. s_ofMatrix], today);
        await using var reader = await batch.ExecuteReaderAsync(cancel);
        var courses = await ReadAsync(reader, today, cancel);
        await reader.NextResultAsync(cancel);
        var parts = new Dictionary<(string, string), object>();
        while (await reader.ReadAsync(cancel))
        {
            var (stream, part, since) = (reader.GetString(0), reader.GetString(2), Stored<Day>(reader, 3)!);
            var facts = new FactsBehind(stream, reader.GetFieldValue<int[]>(1));
            parts[(stream, part)] = part switch
            {
                OrganisationTable.SteeringGroup => new SteeringGroup(
                    Members(reader), Stored<OtherCount[]>(reader, 10)!.GroupBy(c => c.Source).ToDictionary(g => g.Key, g => g.Last().Count), Text(reader, 4), since, facts),
                OrganisationTable.ProjectGroup => new ProjectGroup(reader.GetString(8), Members(reader), since, facts),
                OrganisationTable.ProgrammeLeader => new ProgrammeLeader(reader.GetString(5), reader.GetString(6), reader.GetString(7), Text(reader, 4), null, since, facts),
                _ => new MainGoals(Stored<string[]>(reader, 11)!, Text(reader, 4), since, facts),
            };
        }

        await reader.NextResultAsync(cancel);
        var latest = new Dictionary<(string, string), Anchoring>();
        while (await reader.ReadAsync(cancel))
        {
            var (stream, dimension, on) = (reader.GetString(0), reader.GetString(2), Stored<Day>(reader, 9)!);
            var versions = reader.GetFieldValue<int[]>(1);
            if (latest.TryGetValue((stream, dimension), out var other) && (other.On.On, other.Facts.Versions[^1]).CompareTo((on.On, versions[^1])) > 0)
                continue;
            latest[(stream, dimension)] = new Anchoring(
                dimension, Text(reader, 3), Text(reader, 4), reader.IsDBNull(5) ? null : reader.GetBoolean(5), Stored<string[]>(reader, 6)!,
                [.. Stored<PlanAnchoring[]>(reader, 7)!.Select(p => new AnchoringPlan(p.Plan, Codes.Of(p.Relation)))], reader.GetString(8), on, new FactsBehind(stream, versions));
        }

        T? Part<T>(string stream, string part)
            where T : class => parts.GetValueOrDefault((stream, part)) as T;

        return courses.Answer(new OverviewMatrix(
        [
            .. courses.Cards().Where(c => c.Course is { IsAdmitted: true, EndedOn: null }).Select(c => new OverviewColumn(
                    c.Card.Participation, c.Card.Municipality, c.Card.RoundNumber, c.Card.Phase,
                    Part<SteeringGroup>(c.Course.Stream, OrganisationTable.SteeringGroup),
                    Part<ProjectGroup>(c.Course.Stream, OrganisationTable.ProjectGroup),
                    Part<ProgrammeLeader>(c.Course.Stream, OrganisationTable.ProgrammeLeader),
                    latest.GetValueOrDefault((c.Course.Stream, "political")),
                    latest.GetValueOrDefault((c.Course.Stream, "administrative")),
                    latest.GetValueOrDefault((c.Course.Stream, "external")),
                    latest.GetValueOrDefault((c.Course.Stream, "users")),
                    latest.GetValueOrDefault((c.Course.Stream, "plans")),
                    Part<MainGoals>(c.Course.Stream, OrganisationTable.MainGoals),
                    c.Card.IsSimulated))
                .OrderBy(c => c.RoundNumber).ThenBy(c => c.Municipality.Name, s_order),
        ]));
    }

    private static HousingBank.ReadModels.Overview.GroupMember[] Members(NpgsqlDataReader reader) =>
        [.. Stored<HousingBank.Domain.Participations.GroupMember[]>(reader, 9)!.Select(m => new HousingBank.ReadModels.Overview.GroupMember(m.Text, Codes.Of(m.RoleLevel), null))];

    private static DateOnly Today() => DateOnly.FromDateTime(TimeZoneInfo.ConvertTimeBySystemTimeZoneId(DateTime.UtcNow, "Europe/Oslo"));

    private NpgsqlBatch Batch(IReadOnlyList<string> statements, DateOnly today)
    {
        var batch = source.CreateBatch();
        batch.BatchCommands.Add(Scope.Of(LargeHistory.Tenant).Setting());
        foreach (var statement in statements)
            batch.BatchCommands.Add(new NpgsqlBatchCommand(statement) { Parameters = { new NpgsqlParameter<string[]> { TypedValue = s_tenants }, new NpgsqlParameter<DateOnly> { TypedValue = today } } });
        return batch;
    }

    private static async Task<Courses> ReadAsync(NpgsqlDataReader reader, DateOnly today, CancellationToken cancel)
    {
        var courses = new Courses(today);
        await reader.NextResultAsync(cancel);
        while (await reader.ReadAsync(cancel))
        {
            courses.All.Add(new Course(
                reader.GetString(0), reader.GetFieldValue<int[]>(1), reader.GetGuid(2), reader.GetGuid(3), reader.GetGuid(4), reader.GetInt32(5), reader.GetString(6), reader.GetInt32(7),
                reader.GetBoolean(8), Stored<SuspendedSpan[]>(reader, 9)!, Text(reader, 10), Stored<Day>(reader, 11), reader.GetBoolean(12)));
        }

        await reader.NextResultAsync(cancel);
        while (await reader.ReadAsync(cancel))
        {
            var started = Stored<Day>(reader, 4)!;
            var clock = new PhaseClock(
                started.On, started.Last, reader.GetInt32(5), reader.GetInt32(7), reader.GetInt32(8), reader.IsDBNull(9) ? null : reader.GetFieldValue<DateOnly>(9));
            Add(courses.Phases, reader.GetString(0), new Started(reader.GetFieldValue<int[]>(1), s_phaseOf[reader.GetString(2)], reader.GetString(3), started, clock, Stored<string[]>(reader, 6)!));
        }

        await reader.NextResultAsync(cancel);
        while (await reader.ReadAsync(cancel))
            Add(courses.Criteria, reader.GetString(0), new Met(reader.GetFieldValue<int[]>(1), Text(reader, 2) is { } phase ? s_phaseOf[phase] : null, reader.GetString(3), Stored<Day>(reader, 4)));

        await reader.NextResultAsync(cancel);
        while (await reader.ReadAsync(cancel))
        {
            Add(courses.Agreements, reader.GetGuid(2), new Agreed(
                reader.GetString(0), reader.GetFieldValue<int[]>(1), InForceFrom(Stored<Day>(reader, 3), Stored<Day>(reader, 4), Stored<Day>(reader, 5)), reader.GetBoolean(6)));
        }

        await reader.NextResultAsync(cancel);
        while (await reader.ReadAsync(cancel))
            courses.Model[(reader.GetGuid(0), reader.GetInt32(1), s_phaseOf[reader.GetString(2)])] = reader.GetInt32(3);
        await reader.NextResultAsync(cancel);
        while (await reader.ReadAsync(cancel))
            courses.Contradictions[reader.GetString(0)] = courses.Contradictions.GetValueOrDefault(reader.GetString(0)) + 1;
        await reader.NextResultAsync(cancel);
        while (await reader.ReadAsync(cancel))
            courses.Names[reader.GetString(0)] = new(reader.GetString(0), reader.GetString(1), Text(reader, 2), Text(reader, 3), reader.GetString(4), Text(reader, 5));
        await reader.NextResultAsync(cancel);
        while (await reader.ReadAsync(cancel))
            courses.Late[reader.GetString(0)] = reader.GetInt32(1);
        await reader.NextResultAsync(cancel);
        await reader.ReadAsync(cancel);
        (courses.Ordinal, courses.Settled) = (reader.GetInt64(0), reader.GetFieldValue<DateTimeOffset>(1));
        return courses;
    }

    private static Day? InForceFrom(Day? bank, Day? municipality, Day? reported)
    {
        var signed = bank is null || municipality is null ? null : bank.On > municipality.On ? bank : municipality;
        return signed is null || reported?.On < signed.On ? reported : signed;
    }

    private static string? Text(NpgsqlDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetString(column);

    private static T? Stored<T>(NpgsqlDataReader reader, int column) =>
        reader.IsDBNull(column) ? default : JsonSerializer.Deserialize<T>(reader.GetString(column), s_stored);

    private static void Add<TKey, TValue>(Dictionary<TKey, List<TValue>> all, TKey key, TValue value)
        where TKey : notnull
    {
        if (!all.TryGetValue(key, out var values))
            all.Add(key, values = []);
        values.Add(value);
    }

    private sealed class Courses(DateOnly today)
    {
        public List<Course> All { get; } = [];

        public Dictionary<string, List<Started>> Phases { get; } = [];

        public Dictionary<string, List<Met>> Criteria { get; } = [];

        public Dictionary<Guid, List<Agreed>> Agreements { get; } = [];

        public Dictionary<(Guid Programme, int Version, Phase), int> Model { get; } = [];

        public Dictionary<string, int> Contradictions { get; } = [];

        public Dictionary<string, MunicipalityOnDay> Names { get; } = [];

        public Dictionary<string, int> Late { get; } = [];

        public long Ordinal { get; set; }

        public DateTimeOffset Settled { get; set; }

        public Answer<T> Answer<T>(T value) => new(value, today, DateTimeOffset.UtcNow, Ordinal, Settled);

        public IEnumerable<(Course Course, BoardCard Card)> Cards()
        {
            foreach (var course in All)
            {
                if (Card(course) is { } card)
                    yield return (course, card);
            }
        }

        private BoardCard? Card(Course course)
        {
            if (!Phases.TryGetValue(course.Stream, out var phases))
                return null;
            phases.Sort(static (a, b) => (a.StartedOn.On, a.Phase, a.IsInFact).CompareTo((b.StartedOn.On, b.Phase, b.IsInFact)));
            if (phases.FindLast(p => p.IsInFact) is not { } inFact)
                return null;
            var current = phases[^1];
            var judgedOn = course.EndedOn is { } ended && ended.On <= today ? ended.On.AddDays(-1) : today;
            var plannedEnd = current.Clock.PlannedEnd(judgedOn);
            var suspended = course.Suspensions is [.., { To: null } open] ? open : null;
            var standing = course.EndedOn is not null ? CourseStanding.Ended
                : suspended is not null ? CourseStanding.Suspended
                : course.IsAdmitted ? CourseStanding.Participant : CourseStanding.Candidate;
            var agreements = Agreements.GetValueOrDefault(course.Participation) ?? [];
            string[] streams =
            [
                course.Stream,
                ApplicationId.Of(new RoundId(course.Round), new MunicipalityId(course.Municipality)).Stream.ToString(),
                .. agreements.Select(a => a.Stream),
            ];
            return new BoardCard(
                course.Participation, course.Programme, course.Round, course.RoundNumber,
                Names.GetValueOrDefault(course.Municipality) ?? MunicipalityOnDay.Unregistered(course.Municipality),
                standing, current.Phase, current.Ground, inFact.Phase,
                PlannedCourse.PhaseByModel(current.Phase, current.Clock, phase => Model.GetValueOrDefault((course.Programme, course.ModelVersion, phase), 1), judgedOn),
                current.StartedOn, current.Clock.DaysUsed(judgedOn), current.Clock.LongestDays, plannedEnd.Earliest, plannedEnd.Latest,
                standing is CourseStanding.Candidate or CourseStanding.Participant ? current.Clock.DaysLate(judgedOn) : 0,
                Gate(course, inFact, agreements),
                suspended?.From, course.Outcome, course.EndedOn,
                streams.Sum(s => Contradictions.GetValueOrDefault(s)), streams.Sum(s => Late.GetValueOrDefault(s)), course.IsSimulated,
                FactsBehind.OfAll(new StreamKey(course.Stream), course.Versions, current.Versions, inFact.Versions));
        }

        private GateCriterion[] Gate(Course course, Started phase, List<Agreed> agreements)
        {
            var recorded = Criteria.GetValueOrDefault(course.Stream) ?? [];
            return [.. phase.Criteria.Select(criterion =>
            {
                if (criterion == GateCriteria.AgreementInForce && agreements.Find(a => a.InForceFrom is not null && a.IsOpen) is { } agreement)
                    return new GateCriterion(phase.Phase, criterion, CriterionState.Met, agreement.InForceFrom, new FactsBehind(agreement.Stream, agreement.Versions));
                var known = recorded.Where(c => c.Criterion == criterion && (c.Phase is null || c.Phase == phase.Phase)).OrderBy(c => c.On is null).FirstOrDefault();
                var state = known is null ? CriterionState.Missing : known.On is null ? CriterionState.NotDocumented : CriterionState.Met;
                return new GateCriterion(phase.Phase, criterion, state, known?.On, known is null ? null : new FactsBehind(course.Stream, known.Versions));
            })];
        }
    }

    private sealed record Course(
        string Stream, int[] Versions, Guid Participation, Guid Programme, Guid Round, int RoundNumber, string Municipality, int ModelVersion,
        bool IsAdmitted, SuspendedSpan[] Suspensions, string? Outcome, Day? EndedOn, bool IsSimulated);

    private sealed record Started(int[] Versions, Phase Phase, string Ground, Day StartedOn, PhaseClock Clock, string[] Criteria)
    {
        public bool IsInFact => Ground != "byModel";
    }

    private sealed record Met(int[] Versions, Phase? Phase, string Criterion, Day? On);

    private sealed record Agreed(string Stream, int[] Versions, Day? InForceFrom, bool IsOpen);

    private sealed class Moments : JsonConverter<DateTimeOffset>
    {
        public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetDateTimeOffset();

        public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.ffffffZ", CultureInfo.InvariantCulture));
    }
}
