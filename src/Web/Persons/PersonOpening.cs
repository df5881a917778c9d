using HousingBank.Domain.Vocabulary;
using HousingBank.Processes.Persons;
using HousingBank.ReadModels.Persons;
using HousingBank.Store;
using HousingBank.Web.Access;
using HousingBank.Web.Shell;
using Npgsql;

namespace HousingBank.Web.Persons;

/// <summary>Opens what persons are called, for viewers who may read it, and has it recorded that they did. An answer that holds it is kept by no cache.</summary>
public sealed class PersonOpening(IServiceProvider services, Viewer viewer, Watch watch, IHttpContextAccessor http, ILogger<PersonOpening> log)
{
    /// <summary>What programs that read the log find it by.</summary>
    public static readonly EventId NotRecorded = new(7003, "reading-not-recorded");

    private Turn? _turn;

    // Without a database there is no safe, and nothing to open.
    private PersonSafe Safe => services.GetRequiredService<PersonSafe>();

    /// <summary>Who is recorded as having read.</summary>
    public PersonReader Reader => new(viewer.Actor, viewer.Owner, viewer.RoleName, Routes.Of(http.HttpContext));

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
    public async Task<IReadOnlyList<OpenedPerson>> OpenAsync(IReadOnlyList<PersonalData> persons, CancellationToken cancel)
    {
        http.HttpContext?.Response.OnStarting(static response =>
        {
            ((HttpResponse)response).Headers.CacheControl = "no-store";
            return Task.CompletedTask;
        }, http.HttpContext.Response);
        if (persons.Count == 0)
            return [];
        var turn = _turn ??= new();
        turn.Asked.AddRange(persons);
        var opened = await (turn.Opened ??= OpenAsync(turn, cancel));
        return [.. persons.Select(p => opened[p])];
    }

    /// <returns>Null when nothing was ever sealed for such a person.</returns>
    public Task<PersonKey?> KeyAsync(Guid person, CancellationToken cancel) => Safe.KeyAsync(viewer.Tenant, new PersonId(person), cancel);

    private async Task<IReadOnlyDictionary<PersonalData, OpenedPerson>> OpenAsync(Turn turn, CancellationToken cancel)
    {
        // All parts that are rendered at once have asked when it goes on.
        await Task.Yield();
        _turn = null;
        var asked = turn.Asked.Distinct().ToList();
        try
        {
            var opened = await Safe.OpenAsync(viewer.Tenant, asked, Reader, cancel);
            watch.Read(viewer, opened.Count(o => o.Readability == PersonReadability.Readable));
            return asked.Zip(opened).ToDictionary(p => p.First, p => p.Second);
        }
        catch (PostgresException e) when (PassingFaults.TakesNothing(e))
        {
            log.LogError(NotRecorded, "Nobody is shown what persons are called, since it cannot be recorded who read it: {Reason}", e.MessageText);
            return asked.ToDictionary(p => p, _ => OpenedPerson.Unreadable);
        }
    }

    /// <summary>Each part of a page asks for itself; what they ask for is opened at once: one question to the database, and one record of it.</summary>
    private sealed class Turn
    {
        public List<PersonalData> Asked { get; } = [];

        public Task<IReadOnlyDictionary<PersonalData, OpenedPerson>>? Opened { get; set; }
    }
}
