using HousingBank.Domain.Vocabulary;
using HousingBank.ReadModels;
using HousingBank.ReadModels.Persons;
using HousingBank.Store;

namespace HousingBank.Web.Persons;

/// <summary>The report on what is held about a person, for those who may read all.</summary>
public sealed class PersonReports(PersonReportQuery query, PersonOpening opening)
{
    /// <returns>Null when nothing was ever sealed for such a person.</returns>
    public async Task<Answer<PersonReport>?> AskAsync(Scope scope, Guid person, Question question, CancellationToken cancel)
    {
        if (await opening.KeyAsync(person, cancel) is not { } key)
            return null;
        return await query.AskAsync(scope, new PersonId(person), key.IsErased, OpenAsync, question.KnownAt, cancel);

        async Task<IReadOnlyList<OpenFields?>> OpenAsync(IReadOnlyList<PersonalData> data) =>
            [.. (await opening.OpenAsync(data, cancel)).Select(o => o.Details is { } d ? new OpenFields(d.Name, d.Email, d.Phone) : null)];
    }
}
