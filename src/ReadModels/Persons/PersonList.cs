using HousingBank.Domain.Vocabulary;

namespace HousingBank.ReadModels.Persons;

/// <summary>What a person has been named as.</summary>
public enum PersonRole
{
    /// <summary>Whom to speak to about an application.</summary>
    Contact,
    ProgrammeLeader,
    SteeringGroup,
    ProjectGroup,
    Council,
}

/// <summary>The persons named in what is true on the day asked about.</summary>
public sealed record PersonList(IReadOnlyList<NamedPerson> Persons)
{
    private static readonly Columns<NamedPerson> Flat = new("persons")
    {
        { "person", p => p.Person.Person.Value },
        { "personName", p => p.Name },
        { "email", p => p.Email },
        { "phone", p => p.Phone },
        { "readability", p => Code.Of("personReadability", p.Readability) },
        { "personRole", p => Code.Of(p.As) },
        { "municipality", p => p.Municipality?.Name },
        { "office", p => p.Office },
        { "stream", p => p.Facts.Stream },
    };

    public FlatTable Rows() => Flat.Of(Persons);
}

/// <summary>A person in one role. What the person is called is opened last, for those who may read it.</summary>
/// <param name="Person">Sealed; the API shows the reference, which stays when the person is erased.</param>
/// <param name="Municipality">Null for members of the council.</param>
/// <param name="Office">The office, unit or affiliation named beside the person.</param>
/// <param name="Readability">readable, erased or unreadable.</param>
public sealed record NamedPerson(
    PersonalData Person,
    PersonRole As,
    MunicipalityOnDay? Municipality,
    string? Office,
    string? Readability,
    string? Name,
    string? Email,
    string? Phone,
    FactsBehind Facts);
