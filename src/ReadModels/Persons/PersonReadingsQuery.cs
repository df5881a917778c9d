using HousingBank.Store;

namespace HousingBank.ReadModels.Persons;

/// <summary>Finds who has read what about persons by the moment asked about; no day of the first clock is in it.</summary>
public sealed class PersonReadingsQuery(PersonReadings readings, Looking looking)
{
    /// <param name="most">Null for all.</param>
    public async Task<Answer<PersonReadingList>> AskAsync(Scope scope, ReadingFilter filter, int? most, Question question, CancellationToken cancel)
    {
        var look = looking.Begin(scope, question);
        await look.AskAsync(cancel);
        return look.Answer(new PersonReadingList(await FindAsync(scope, filter, most, question.KnownAt, cancel)));
    }

    internal async Task<IReadOnlyList<ReadAboutPersons>> FindAsync(Scope scope, ReadingFilter filter, int? most, DateTimeOffset? knownAt, CancellationToken cancel)
    {
        var known = knownAt is { } moment && !(filter.Before < moment) ? filter with { Before = moment } : filter;
        return [.. (await readings.FindAsync(scope.Tenant, known, most, cancel)).Select(ReadAboutPersons.Of)];
    }
}
