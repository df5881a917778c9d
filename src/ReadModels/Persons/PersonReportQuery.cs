using HousingBank.Domain.Vocabulary;
using HousingBank.ReadModels.DecisionLog;
using HousingBank.Store;

namespace HousingBank.ReadModels.Persons;

/// <summary>What a person's data say, in the open.</summary>
public sealed record OpenFields(string Name, string? Email, string? Phone);

/// <summary>Finds everything that is held about a person, and has it opened.</summary>
public sealed class PersonReportQuery(DecisionLogQuery log, PersonReadingsQuery readings)
{
    private const int ReadingsShown = 100;

    // What takes effect later than today is held today.
    private static readonly DateOnly s_everyDay = new(2199, 12, 31);

    /// <param name="isErased">The person's key was destroyed.</param>
    /// <param name="open">Opens what is sealed, in the order given; null for what cannot be read.</param>
    public async Task<Answer<PersonReport>> AskAsync(
        Scope scope,
        PersonId person,
        bool isErased,
        Func<IReadOnlyList<PersonalData>, Task<IReadOnlyList<OpenFields?>>> open,
        DateTimeOffset? knownAt,
        CancellationToken cancel)
    {
        var found = await log.AskAsync(scope, new DecisionFilter(Person: person.Value), null, null, new Question(s_everyDay, knownAt) { SeesThatDraftsAreThere = true }, cancel);
        var fields = found.Value.Entries.SelectMany(e => e.Personal.Where(p => p.Value.Person == person).Select(p => (Entry: e, p.Key, p.Value))).ToList();
        var (drafts, shown) = (fields.Where(f => f.Entry.Type == HeldAboutPerson.Draft), fields.Where(f => f.Entry.Type != HeldAboutPerson.Draft).ToList());
        var opened = await open([.. shown.Select(f => f.Value)]);
        return found.With(new PersonReport(
            person.Value,
            isErased ? "erased" : opened.Contains(null) ? "unreadable" : "readable",
            [
                .. shown.Zip(opened, (f, o) => Held(f.Entry, f.Key, o))
                    .Concat(drafts.Select(f => Held(f.Entry, f.Key, null)))
                    .Concat(found.Value.Entries.Where(e => e.Type == PersonKeys.ErasedAs).Select(e => Held(e, null, null)))
                    .OrderBy(h => h.RecordedAt).ThenBy(h => h.Stream, StringComparer.Ordinal).ThenBy(h => h.Version).ThenBy(h => h.Field, StringComparer.Ordinal),
            ],
            await readings.FindAsync(scope, new ReadingFilter(Person: person.Value), ReadingsShown, knownAt, cancel)));
    }

    private static HeldAboutPerson Held(LoggedDecision entry, string? field, OpenFields? fields) => new(
        entry.Stream,
        entry.Version,
        entry.Type,
        field,
        entry.Municipality,
        entry.EffectiveOn,
        entry.RecordedAt,
        entry.Actor,
        entry.Role,
        entry.ReplacedBy ?? entry.StruckBy,
        fields?.Name,
        fields?.Email,
        fields?.Phone);
}
