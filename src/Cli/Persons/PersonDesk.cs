using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using HousingBank.Cli.Importing;
using HousingBank.Cli.Terminal;
using HousingBank.Domain.Persons;
using HousingBank.Domain.Vocabulary;
using HousingBank.Processes;
using HousingBank.Processes.Persons;
using HousingBank.ReadModels;
using HousingBank.ReadModels.DecisionLog;
using HousingBank.ReadModels.Persons;
using HousingBank.Store;

namespace HousingBank.Cli.Persons;

/// <summary>What an operator does about persons.</summary>
internal static class PersonDesk
{
    private static readonly PersonReader s_operator = new("operator", null, Codes.Of(Role.Import), "personal-data report");

    public static JsonSerializerOptions Json { get; } = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    /// <exception cref="UserException">Nothing was ever sealed for such a person.</exception>
    public static async Task<PersonReport> ReportAsync(string database, string tenant, PersonId person, CancellationToken cancel)
    {
        await using var source = StoreDataSource.Create(database, StoreRole.App);
        var masters = Environments.MasterKeys();
        var safe = new PersonSafe(new PersonKeys(source), masters);
        if (await safe.KeyAsync(tenant, person, cancel) is not { } key)
            throw new UserException($"Nothing was ever recorded about person {person.Value} in {tenant}.");
        // Says which setting is missing, instead of a report in which nothing can be read.
        _ = key.IsErased ? "" : masters.Current;

        var tables = new TwoClockTables(ReadModelTables.All);
        var store = new EventStore(source, FactCodec.OfDomain(), tables);
        var looking = new Looking(new TableReader(source, tables), new StreamsNow(source), TimeProvider.System);
        var query = new PersonReportQuery(new DecisionLogQuery(store, looking), new PersonReadingsQuery(new PersonReadings(source), looking));
        return (await query.AskAsync(Scope.Of(tenant), person, key.IsErased, OpenAsync, null, cancel)).Value;

        async Task<IReadOnlyList<OpenFields?>> OpenAsync(IReadOnlyList<PersonalData> data) =>
            [.. (await safe.OpenAsync(tenant, data, s_operator, cancel)).Select(o => o.Details is { } d ? new OpenFields(d.Name, d.Email, d.Phone) : null)];
    }

    /// <summary>Erases everybody listed; whoever is erased already stays so.</summary>
    /// <returns>How many of them are erased now.</returns>
    public static async Task<int> EraseAsync(string database, IReadOnlyList<Erasure> erasures, string actor, Progress progress, CancellationToken cancel)
    {
        if (erasures.Count == 0)
            return 0;
        await using var desk = await Desk.OpenAsync(database, cancel);
        var erased = 0;
        foreach (var erasure in erasures)
        {
            var outcome = await desk.Commands.RunAsync(
                new Caller(actor, Role.Import, erasure.Tenant) { MayDecideForGood = true },
                new ErasePerson(new PersonId(erasure.Person), erasure.Reason)
                {
                    On = erasure.On ?? DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime),
                    Grounds = Grounds.None with { Basis = erasure.Basis },
                },
                Guid.CreateVersion7(),
                null,
                cancel);
            if (outcome is Outcome.Done)
                erased++;
            progress.Say(outcome switch
            {
                Outcome.Done { Facts.Count: > 0 } => $"{erasure.Tenant}, {erasure.Person}: erased.",
                Outcome.Done => $"{erasure.Tenant}, {erasure.Person}: was erased before.",
                Outcome.Refused refused => $"{erasure.Tenant}, {erasure.Person}: refused, {refused.Reason.Code}.",
                var other => $"{erasure.Tenant}, {erasure.Person}: not erased, {other.GetType().Name}.",
            });
        }

        return erased;
    }

    /// <summary>Every erasure that the log tells of, in all tenants.</summary>
    public static async Task<IReadOnlyList<Erasure>> ErasedAsync(string database, DateOnly? since, CancellationToken cancel)
    {
        await using var source = StoreDataSource.Create(database, StoreRole.Subscriber);
        await using var command = source.CreateCommand(
            """
            select tenant, stream, effective_on, body->>'reason', basis_kind, basis from store.events
             where type = $1 and ($2::date is null or recorded_at >= $2::date::timestamp at time zone 'UTC')
             order by recorded_at, position
            """);
        command.Parameters.Add(new() { Value = PersonKeys.ErasedAs });
        command.Parameters.Add(new() { Value = since is { } day ? day : DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Date });
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var erasures = new List<Erasure>();
        while (await reader.ReadAsync(cancel))
        {
            erasures.Add(new(
                reader.GetString(0),
                Guid.Parse(StreamId.Parse(reader.GetString(1)).Id, CultureInfo.InvariantCulture),
                reader.GetFieldValue<DateOnly>(2),
                Enum.Parse<ErasureReason>(reader.GetString(3), ignoreCase: true),
                new Basis(Enum.Parse<BasisKind>(reader.GetString(4), ignoreCase: true), reader.IsDBNull(5) ? null : reader.GetString(5))));
        }

        return erasures;
    }
}
