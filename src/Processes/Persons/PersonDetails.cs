using System.Net.Mail;
using HousingBank.Domain.Vocabulary;

namespace HousingBank.Processes.Persons;

/// <summary>A person's data in the open: between whoever types or reads them and the seal, and nowhere else.</summary>
/// <param name="Email">Null when not given.</param>
/// <param name="Phone">Null when not given.</param>
public sealed record PersonDetails(string Name, string? Email = null, string? Phone = null)
{
    /// <summary>Neither logs nor messages of errors hold what a person's data say.</summary>
    public override string ToString() => nameof(PersonDetails);

    /// <summary>What is wrong with it; null when nothing is.</summary>
    /// <param name="field">Its path in the request or form: "content.contactPerson".</param>
    public Refusal? Wrong(string field) =>
        Fields.Name(Name, field + ".name")
        ?? Fields.NameIfAny(Email, field + ".email")
        ?? (Email is null || (MailAddress.TryCreate(Email, out var address) && address.Address == Email) ? null : Refusal.OfField("email-unreadable", field + ".email"))
        ?? Fields.NameIfAny(Phone, field + ".phone");
}
