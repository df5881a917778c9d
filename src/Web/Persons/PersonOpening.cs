using HousingBank.Domain.Vocabulary;
using HousingBank.Processes.Persons;
using HousingBank.ReadModels.Persons;
using HousingBank.Web.Access;

namespace HousingBank.Web.Persons;

/// <summary>Opens what persons are called, for viewers who may read it. An answer that holds it is kept by no cache.</summary>
public sealed class PersonOpening(IServiceProvider services, Viewer viewer, IHttpContextAccessor http)
{
    // Without a database there is no safe, and nothing to open.
    private PersonSafe Safe => services.GetRequiredService<PersonSafe>();

    /// <summary>False when no master key is configured.</summary>
    public bool IsPossible => Safe.IsOpen;

    /// <summary>In the order given; null where the viewer may not read it.</summary>
    /// <param name="municipality">Key of the municipality that all of them were named for.</param>
    public async Task<IReadOnlyList<OpenedPerson?>> OpenAsync(PersonRole named, string? municipality, IReadOnlyList<PersonalData?> persons, CancellationToken cancel)
    {
        var wanted = PersonRights.MayRead(viewer, named, municipality) ? persons.OfType<PersonalData>().Distinct().ToList() : [];
        if (wanted.Count == 0)
            return [.. persons.Select(_ => (OpenedPerson?)null)];
        var opened = wanted.Zip(await OpenAsync(wanted, cancel)).ToDictionary(p => p.First, p => p.Second);
        return [.. persons.Select(p => p is null ? null : opened[p])];
    }

    /// <summary>Of those in the list that the viewer may read, with what they are called.</summary>
    public async Task<PersonList> OpenAsync(PersonList list, CancellationToken cancel)
    {
        var mine = list.Persons.Where(p => PersonRights.MayRead(viewer, p.As, p.Municipality?.Key)).ToList();
        var opened = await OpenAsync([.. mine.Select(p => p.Person)], cancel);
        return new([.. mine.Zip(opened, (person, open) => person with
        {
            Readability = ReadModels.Codes.Of(open.Readability),
            Name = open.Details?.Name,
            Email = open.Details?.Email,
            Phone = open.Details?.Phone,
        })]);
    }

    /// <summary>Without asking what the viewer may read: for those who may read all.</summary>
    public Task<IReadOnlyList<OpenedPerson>> OpenAsync(IReadOnlyList<PersonalData> persons, CancellationToken cancel)
    {
        http.HttpContext?.Response.OnStarting(static response =>
        {
            ((HttpResponse)response).Headers.CacheControl = "no-store";
            return Task.CompletedTask;
        }, http.HttpContext.Response);
        return Safe.OpenAsync(viewer.Tenant, persons, cancel);
    }

    /// <returns>Null when nothing was ever sealed for such a person.</returns>
    public Task<Store.PersonKey?> KeyAsync(Guid person, CancellationToken cancel) => Safe.KeyAsync(viewer.Tenant, new PersonId(person), cancel);
}
