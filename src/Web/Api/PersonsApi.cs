using System.Text.Json;
using System.Text.Json.Serialization;
using HousingBank.Domain.Persons;
using HousingBank.Domain.Vocabulary;
using HousingBank.Processes.Persons;
using HousingBank.ReadModels;
using HousingBank.ReadModels.Persons;
using HousingBank.Store;
using HousingBank.Web.Access;
using HousingBank.Web.Persons;

namespace HousingBank.Web.Api;

/// <summary>Persons: what they are called, what is held about them, and erasing them. All other answers hold references only.</summary>
internal static class PersonsApi
{
    public static void MapPersons(this IEndpointRouteBuilder api)
    {
        var persons = api.MapGroup("/persons").WithTags("Persons");
        persons.MapGet("", (Reading read, PersonsQuery query, PersonOpening opening) =>
                read.ManyAsync(async q =>
                {
                    var answer = await query.AskAsync(read.Scope, q, read.Cancel);
                    return answer.With(await opening.OpenAsync(answer.Value, read.Cancel));
                }, p => p.Rows()))
            .Asks<PersonList>("listPersons", "The persons named in what is true on a day, with what they are called, as far as the asker may read it.", hasRows: true)
            .RequireAuthorization(Policies.ReadPersonal);

        persons.MapGet("/readings", (Reading read, PersonReadingsQuery query, [AsParameters] ReadingFilterRequest filter, AskedNumber? take) =>
                read.ManyAsync(q => query.AskAsync(read.Scope, filter.ToFilter(), read.Take(take), q, read.Cancel), r => r.Rows()))
            .Asks<PersonReadingList>("listReadings", "Who has had opened what is sealed about persons, the last first: each request once, with the references of those it was about.", hasRows: true)
            .RequireAuthorization(Policies.ReadReadings);

        var person = persons.MapGroup("/{person:guid}");
        person.MapGet("", (Reading read, PersonReports reports, Guid person) =>
                read.OneAsync(q => reports.AskAsync(read.Scope, person, q, read.Cancel), r => r.Rows()))
            .Asks<PersonReport>("getPersonReport", "Everything that is held about a person: each event with something sealed under the person's key, and who has read it.", hasRows: true)
            .RequireAuthorization(Policies.ErasePersons);
        person.MapPost("/erase", async (Guid person, ErasePersonRequest r, Deciding decide, PersonOpening opening, HttpContext context) =>
                await opening.KeyAsync(person, context.RequestAborted) is null
                    ? decide.Refuse(PersonRefusals.PersonUnknown)
                    : await decide.NewAsync(new ErasePerson(new(person), r.Reason) { On = r.On, Grounds = r.Grounds }, $"/api/v1/persons/{person}"))
            .Creates("erasePerson", "Erases a person for ever: the key is destroyed, and all that was sealed under it can be read by nobody any more. For people who have signed in within ten minutes, and for no token.", Policies.ErasePersons);
    }
}

/// <summary>Which readings; what is left out lets all pass.</summary>
public sealed record ReadingFilterRequest
{
    /// <summary>The reference of somebody that it was about.</summary>
    public AskedId? Person { get; init; }

    /// <summary>The reference of who read, by hand or by token.</summary>
    public string? Reader { get; init; }

    /// <summary>First day by the calendar in Norway, included.</summary>
    public AskedDay? ReadFrom { get; init; }

    /// <summary>Last day by the calendar in Norway, included.</summary>
    public AskedDay? ReadTo { get; init; }

    internal ReadingFilter ToFilter()
    {
        var (from, before) = RecordedDays.Between(Parameters.Day(ReadFrom, "readFrom"), Parameters.Day(ReadTo, "readTo"));
        return new(Parameters.Id(Person, "person"), Reader, from, before);
    }
}

/// <param name="Reason">requested, noLongerNeeded, retentionEnded or recordedWrongly. It must rest on a law or a case: basis.</param>
public sealed record ErasePersonRequest(ErasureReason Reason) : DecisionRequest;

/// <summary>A person, in the open: it is sealed before anything is recorded.</summary>
/// <param name="Person">The reference of somebody who is known already, so that both can be erased at once; left out for somebody new.</param>
public sealed record PersonRequest(string Name, string? Email = null, string? Phone = null, Guid? Person = null)
{
    internal PersonDetails Details => new(Name, Email, Phone);

    /// <summary>No log of a request holds what it says.</summary>
    public override string ToString() => nameof(PersonRequest);
}

/// <summary>Of what is sealed about a person answers hold the reference alone.</summary>
internal sealed class PersonReferenceConverter : JsonConverter<PersonalData>
{
    public override PersonalData Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => throw new JsonException();

    public override void Write(Utf8JsonWriter writer, PersonalData value, JsonSerializerOptions options) => writer.WriteStringValue(value.Person.Value);
}
