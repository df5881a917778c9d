using HousingBank.Domain.Vocabulary;
using HousingBank.Store;
using Npgsql;
using NpgsqlTypes;

namespace HousingBank.ReadModels.Seeing;

/// <summary>What a stream is about: a municipality in a round, as its first fact says.</summary>
/// <param name="Member">Whose review it is; null for what is no review.</param>
public sealed record Case(RoundId Round, MunicipalityId Municipality, string? Member);

/// <summary>The cases of streams, whoever asks: what may be seen of them is judged by these.</summary>
internal sealed class Cases
{
    // An agreement names its course, which names the round.
    private const string FirstFacts = """
        select e.stream, coalesce(e.body ->> 'round', course.body ->> 'round'), coalesce(e.body ->> 'municipality', course.body ->> 'municipality', ''), e.body ->> 'member'
          from store.events e
          left join store.events course
            on course.tenant = e.tenant and course.stream = 'participation/' || (e.body ->> 'participation') and course.version = 1
         where e.tenant = $1 and e.stream = any ($2) and e.version = 1
           and coalesce(e.body ->> 'round', course.body ->> 'round') is not null
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
                    new() { Value = streams.Select(s => s.Name).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text },
                },
            },
            row => (
                new StreamKey(row.GetString(0)),
                new Case(new RoundId(Guid.Parse(row.GetString(1))), new MunicipalityId(row.GetString(2)), row.IsDBNull(3) ? null : row.GetString(3))));
        _of = new(() => _asked.Rows.ToDictionary(r => r.Stream, r => r.Case));
    }

    /// <returns>Null for a stream that is about no municipality in a round.</returns>
    public Case? Of(StreamKey stream) => _of.Value.GetValueOrDefault(stream);
}
