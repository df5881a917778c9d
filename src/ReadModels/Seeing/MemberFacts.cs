using HousingBank.Domain.Vocabulary;
using HousingBank.Store;
using Npgsql;
using NpgsqlTypes;

namespace HousingBank.ReadModels.Seeing;

/// <summary>What decides which applications a council member sees: all that was ever recorded of the member's ties and reviews, and how far the rounds have come.</summary>
/// <remarks>Asked of the events themselves, beside every question of a member: access is judged by what is known now, and what was struck or replaced counts until then.</remarks>
internal sealed class MemberFacts
{
    // The types are word for word those of the indexes store.events_about_members and store.events_of_intake.
    private const string AboutMember = """
        select e.type, e.stream, e.effective_on, e.recorded_at,
               (select min(r.recorded_at) from store.events r where r.tenant = e.tenant and r.stream = e.stream and r.replaces = e.version),
               coalesce(e.body ->> 'round', first.body ->> 'round'), coalesce(e.body ->> 'municipality', first.body ->> 'municipality'),
               e.type = 'review-begun' and exists (
                 select from store.events h
                  where h.tenant = e.tenant and h.stream = e.stream and h.type = 'review-handed-in'
                    and not exists (select from store.events r where r.tenant = h.tenant and r.stream = h.stream and r.replaces = h.version))
          from store.events e
          join store.events first on first.tenant = e.tenant and first.stream = e.stream and first.version = 1
         where e.tenant = $1 and e.body ->> 'member' = $2
           and e.type in ('member-recused', 'recusal-withdrawn', 'council-affiliation-noted', 'council-affiliation-ended', 'review-begun')
         order by e.recorded_at, e.position
        """;

    private const string OfIntake = """
        select e.type, e.stream, e.version, e.effective_on, e.body ->> 'programme', e.body ->> 'municipality'
          from store.events e
         where e.tenant = $1
           and e.type in ('round-opened', 'decisions-published', 'municipality-admitted', 'recommendation-given', 'recommendation-noted', 'council-meeting-closed')
           and not exists (select from store.events r where r.tenant = e.tenant and r.stream = e.stream and r.replaces = e.version)
         order by e.stream, e.version
        """;

    private readonly AskedBeside<Tie> _ties;
    private readonly AskedBeside<Step> _steps;

    public MemberFacts(TableQuestions questions, Scope scope, string member)
    {
        _ties = questions.Beside(new NpgsqlBatchCommand(AboutMember) { Parameters = { Text(scope.Tenant), Text(member) } }, Tie.Read);
        _steps = questions.Beside(new NpgsqlBatchCommand(OfIntake) { Parameters = { Text(scope.Tenant) } }, Step.Read);
    }

    /// <summary>In the order they were recorded.</summary>
    public IReadOnlyList<Tie> Ties => _ties.Rows;

    /// <summary>Those that stand, by stream and version.</summary>
    public IReadOnlyList<Step> Steps => _steps.Rows;

    private static NpgsqlParameter Text(string value) => new() { Value = value, NpgsqlDbType = NpgsqlDbType.Text };
}

/// <summary>A fact about a member.</summary>
/// <param name="ReplacedAt">When it was struck or corrected; null when it was not.</param>
/// <param name="Round">Null for an affiliation, which is of no round.</param>
/// <param name="IsHandedIn">True for a review that is in.</param>
internal sealed record Tie(
    string Type, StreamKey Stream, DateOnly On, DateTimeOffset RecordedAt, DateTimeOffset? ReplacedAt, RoundId? Round, MunicipalityId Municipality, bool IsHandedIn)
{
    public static Tie Read(NpgsqlDataReader row) => new(
        row.GetString(0),
        new StreamKey(row.GetString(1)),
        row.GetFieldValue<DateOnly>(2),
        row.GetFieldValue<DateTimeOffset>(3),
        row.IsDBNull(4) ? null : row.GetFieldValue<DateTimeOffset>(4),
        row.IsDBNull(5) ? null : new RoundId(Guid.Parse(row.GetString(5))),
        new MunicipalityId(row.GetString(6)),
        row.GetBoolean(7));
}

/// <summary>A fact that says how far a round has come.</summary>
internal sealed record Step(string Type, StreamKey Stream, int Version, DateOnly On, string? Programme, string? Municipality)
{
    public static Step Read(NpgsqlDataReader row) => new(
        row.GetString(0),
        new StreamKey(row.GetString(1)),
        row.GetInt32(2),
        row.GetFieldValue<DateOnly>(3),
        row.IsDBNull(4) ? null : row.GetString(4),
        row.IsDBNull(5) ? null : row.GetString(5));
}
