using HousingBank.Domain.Vocabulary;
using HousingBank.Store;
using Npgsql;
using NpgsqlTypes;

namespace HousingBank.ReadModels.Seeing;

/// <summary>What a stream is about: a municipality in a round, as its first fact says.</summary>
/// <param name="Member">Whose review it is; null for what is no review.</param>
/// <param name="SubmittedAt">The version at which an application left the municipality; null until it has, and for what is no application.</param>
/// <param name="TakenOut">Files that were taken out before that.</param>
public sealed record Case(RoundId Round, MunicipalityId Municipality, string? Member, int? SubmittedAt, IReadOnlyList<Guid> TakenOut)
{
    /// <summary>True when a file of an application has left the municipality: with what was submitted, or afterwards.</summary>
    public bool Sent(StoredFact added, AttachmentId file) => SubmittedAt is { } submitted && (added.Version > submitted || !TakenOut.Contains(file.Value));
}

/// <summary>The cases of streams, whoever asks: what may be seen of them is judged by these.</summary>
internal sealed class Cases
{
    // An agreement names its course, which names the round. Row by row, and the course's name taken out first: what looks into a body may not be
    // joined by under row-level security before the tenant has been judged, and then all first facts of the tenant are read for each.
    private const string FirstFacts = """
        with first as materialized (
          select e.stream, e.body ->> 'round' as round, e.body ->> 'municipality' as municipality, e.body ->> 'member' as member,
                 'participation/' || (e.body ->> 'participation') as course
            from unnest($2) s (name)
           cross join lateral (select * from store.events e where e.tenant = $1 and e.stream = s.name and e.version = 1 offset 0) e)
        select f.stream, coalesce(f.round, course.body ->> 'round'), coalesce(f.municipality, course.body ->> 'municipality', ''), f.member, sent.at,
               array(select (r.body ->> 'attachment')::uuid
                       from (select * from store.events e
                              where e.tenant = $1 and e.stream = f.stream and e.type = 'attachment-removed' and e.version < sent.at offset 0) r)
          from first f
          left join lateral (select min(e.version) as at from store.events e where e.tenant = $1 and e.stream = f.stream and e.type = 'application-submitted') sent on true
          left join lateral (select * from store.events e where e.tenant = $1 and e.stream = f.course and e.version = 1 offset 0) course on true
         where coalesce(f.round, course.body ->> 'round') is not null
        """;

    private readonly AskedBeside<(StreamKey Stream, Case Case)> _asked;
    private readonly Lazy<Dictionary<StreamKey, Case>> _of;

    public Cases(TableQuestions questions, Scope scope, IReadOnlyList<StreamKey> streams)
    {
        _asked = questions.Beside(
            new NpgsqlBatchCommand(FirstFacts)
            {
                Parameters =
                {
                    new() { Value = scope.Tenant, NpgsqlDbType = NpgsqlDbType.Text },
                    new() { Value = streams.Select(s => s.Name).Distinct().ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text },
                },
            },
            row => (
                new StreamKey(row.GetString(0)),
                new Case(new RoundId(Guid.Parse(row.GetString(1))), new MunicipalityId(row.GetString(2)), row.IsDBNull(3) ? null : row.GetString(3),
                    row.IsDBNull(4) ? null : row.GetInt32(4), row.GetFieldValue<Guid[]>(5))));
        _of = new(() => _asked.Rows.ToDictionary(r => r.Stream, r => r.Case));
    }

    /// <returns>Null for a stream that is about no municipality in a round.</returns>
    public Case? Of(StreamKey stream) => _of.Value.GetValueOrDefault(stream);
}
