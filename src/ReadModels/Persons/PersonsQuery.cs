using HousingBank.Domain.Vocabulary;
using HousingBank.ReadModels.Register;
using HousingBank.ReadModels.Tables;
using HousingBank.Store;

namespace HousingBank.ReadModels.Persons;

/// <summary>Who is named, sealed, in what is true on a day.</summary>
public sealed class PersonsQuery(Looking looking)
{
    public async Task<Answer<PersonList>> AskAsync(Scope scope, Question question, CancellationToken cancel)
    {
        var look = looking.Begin(scope, question);
        var names = new Names(look);
        var applications = look.At<ApplicationRow>();
        var participations = look.At<ParticipationRow>();
        var organisation = look.At<OrganisationRow>();
        var council = look.At<CouncilMemberRow>();
        await look.AskAsync(cancel);

        var municipalities = participations.Rows.ToDictionary(p => p.Stream, p => p.Row.Municipality);
        var found = new List<NamedPerson>();
        void Add(PersonalData? person, PersonRole role, MunicipalityId? municipality, string? office, FactsBehind facts)
        {
            if (person is null || (municipality is { } of && question.SeesOnly is { } own && of != own))
                return;
            found.Add(new(person, role, municipality is { } id ? names.Of(id) : null, office, null, null, null, null, facts));
        }

        foreach (var application in applications.Rows)
            Add(application.Row.Content?.ContactPerson, PersonRole.Contact, application.Row.Municipality, application.Row.Content?.Contact, FactsBehind.Of(application));
        foreach (var part in organisation.Rows.Where(o => municipalities.ContainsKey(o.Stream)))
        {
            Add(part.Row.Person, PersonRole.ProgrammeLeader, municipalities[part.Stream], part.Row.Unit, FactsBehind.Of(part));
            var role = part.Row.Part == OrganisationTable.SteeringGroup ? PersonRole.SteeringGroup : PersonRole.ProjectGroup;
            foreach (var member in part.Row.Members)
                Add(member.Person, role, municipalities[part.Stream], member.Text, FactsBehind.Of(part));
        }

        foreach (var member in council.Rows)
            Add(member.Row.Person, PersonRole.Council, null, member.Row.Affiliation, FactsBehind.Of(member));

        return look.Answer(new PersonList([.. found.OrderBy(p => p.Municipality?.Name, Norwegian.Order).ThenBy(p => p.As).ThenBy(p => p.Person.Person.Value)]));
    }
}
