using HousingBank.Store;

namespace HousingBank.ReadModels.Persons;

/// <summary>Who has read what about persons, the last first.</summary>
public sealed record PersonReadingList(IReadOnlyList<ReadAboutPersons> Readings)
{
    private static readonly Columns<ReadAboutPersons> Flat = new("readings")
    {
        { "readAt", r => r.ReadAt },
        { "reader", r => r.Actor },
        { "readerOwner", r => r.Owner },
        { "role", r => new Code("role", r.Role) },
        { "route", r => r.Route },
        { "persons", r => r.Persons.Select(p => p.ToString()).ToArray() },
    };

    public FlatTable Rows() => Flat.Of(Readings);
}

/// <summary>One request that opened what is sealed about persons.</summary>
/// <param name="Actor">Who asked: a reference, never a name.</param>
/// <param name="Owner">Whose token it was; null for a person.</param>
/// <param name="Route">The page or the endpoint, as the program names it.</param>
/// <param name="Persons">Whose: references. Of a file the reference of its case.</param>
public sealed record ReadAboutPersons(DateTimeOffset ReadAt, string Actor, string? Owner, string Role, string Route, IReadOnlyList<Guid> Persons)
{
    internal static ReadAboutPersons Of(PersonReading reading) => new(reading.ReadAt, reading.By.Actor, reading.By.Owner, reading.By.Role, reading.By.Route, reading.Persons);
}
