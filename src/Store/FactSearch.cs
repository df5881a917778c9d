using System.Globalization;
using Npgsql;
using static HousingBank.Store.Sql;

namespace HousingBank.Store;

/// <summary>A query for events as SQL.</summary>
internal sealed class FactSearch
{
    private readonly List<string> _conditions = [];
    private readonly List<NpgsqlParameter> _parameters = [];

    private FactSearch()
    {
    }

    public static NpgsqlBatchCommand Statement(Scope scope, FactQuery query)
    {
        var search = new FactSearch();
        var tenants = search.Next(Texts(scope.Readable));
        if (query.Streams is { } streams)
            search.Where($"e.stream = any ({search.Next(Texts(streams.Select(s => s.Name)))})");
        if (query.Kinds is { } kinds)
            search.Where($"split_part(e.stream, '/', 1) = any ({search.Next(Texts(kinds))})");
        if (query.Types is { } types)
            search.Where($"e.type = any ({search.Next(Texts(types))})");
        if (query.Actor is { } actor)
            search.Where($"e.actor = {search.Next(Text(actor))}");
        if (query.Role is { } role)
            search.Where($"e.role = {search.Next(Text(role))}");
        if (query.Person is { } person)
        {
            var id = search.Next(Text(person.ToString()));
            search.Where($"(e.stream = 'person/' || {id} or jsonb_path_exists(e.body, '$.**.person ? (@ == $id)', jsonb_build_object('id', {id})))");
        }

        if (query.RecordedFrom is { } from)
            search.Where($"e.recorded_at >= {search.Next(Moment(from))}");
        if (query.RecordedTo is { } to)
            search.Where($"e.recorded_at <= {search.Next(Moment(to))}");
        if (query.KnownAt is { } knownAt)
            search.Where($"e.recorded_at <= {search.Next(Moment(knownAt))}");
        if (query.EffectiveFrom is { } firstDay)
            search.Where($"e.effective_on >= {search.Next(Day(firstDay))}");
        if (query.EffectiveTo is { } lastDay)
            search.Where($"e.effective_on <= {search.Next(Day(lastDay))}");
        if (query.After is { } after)
            search.Where($"(e.recorded_at, e.position) < ({search.Next(Moment(after.RecordedAt))}, {search.Next(Long(after.Position))})");

        // Each tenant is read along its own index, newest first, no farther than a page; one more event says whether another page follows.
        var limit = search.Next(Integer(query.Limit + 1));
        return Sql.Statement(
            $"""
            select {FactRow.Columns}, o.ordinal
              from unnest({tenants}) as t (tenant)
             cross join lateral (
               select e.* from store.events e
                where {string.Join(" and ", ["e.tenant = t.tenant", .. search._conditions])}
                order by e.recorded_at desc, e.position desc
                limit {limit}) e
              left join store.ordinals o on o.transaction = e.transaction and o.position = e.position
             order by e.recorded_at desc, e.position desc
             limit {limit}
            """,
            [.. search._parameters]);
    }

    private void Where(string condition) => _conditions.Add(condition);

    private string Next(NpgsqlParameter parameter)
    {
        _parameters.Add(parameter);
        return "$" + _parameters.Count.ToString(CultureInfo.InvariantCulture);
    }
}
