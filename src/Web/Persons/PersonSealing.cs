using HousingBank.Domain.Persons;
using HousingBank.Domain.Vocabulary;
using HousingBank.Processes.Persons;
using HousingBank.Store;
using HousingBank.Web.Access;
using HousingBank.Web.Forms;
using HousingBank.Web.Languages;

namespace HousingBank.Web.Persons;

/// <summary>Seals what a request or a form says about persons, before the command is made from it.</summary>
public sealed class PersonSealing(IServiceProvider services, Viewer viewer, Texts texts, IHttpContextAccessor http)
{
    private Sealing? _sealing;
    private byte[]? _file;

    private Sealing Sealing => _sealing ??= services.GetRequiredService<PersonSafe>().BeginSealing(viewer.Tenant);

    private CancellationToken Aborted => http.HttpContext?.RequestAborted ?? CancellationToken.None;

    /// <summary>The first thing that stood in the way; null when nothing did.</summary>
    public Refusal? Refused { get; private set; }

    /// <summary>True when what was sealed is sealed under keys that are not kept yet.</summary>
    public bool HasUnkeptKeys => _sealing is { HasMadeKeys: true };

    public void BeginAnew()
    {
        _sealing = null;
        _file = null;
        Refused = null;
    }

    /// <param name="command">The command's id: what is sent twice names the same person.</param>
    /// <param name="field">Where it stands in the request or form: "content.contactPerson".</param>
    /// <param name="given">The reference of somebody who is known already; null for somebody new.</param>
    /// <returns>Null when there is nothing to seal, or something stood in the way.</returns>
    /// <exception cref="MasterKeyException">No master key is configured, or not the one that is needed.</exception>
    public async Task<PersonalData?> SealAsync(Guid command, string field, PersonDetails? details, Guid? given = null)
    {
        if (details is null)
            return null;
        Refused ??= details.Wrong(field);
        // Under somebody else's key a municipality would write into what is held about that person.
        if (given is not null && viewer.Role is not (Role.Secretariat or Role.Leadership))
            Refused ??= Refusal.OfField("person-reference-not-allowed", field + ".person");
        if (Refused is not null)
            return null;
        try
        {
            return await Sealing.SealAsync(new PersonId(given ?? NamedUuid.Make(command, $"{viewer.Actor}:{field}")), details, Aborted);
        }
        catch (PersonErasedException)
        {
            Refused = PersonRefusals.PersonErasedAlready;
            return null;
        }
    }

    /// <summary>Seals a file under its case's key. Its ciphertext is kept when the command is about to be written, and not before.</summary>
    /// <exception cref="MasterKeyException">No master key is configured, or not the one that is needed.</exception>
    public async Task<SealedFile> SealFileAsync(PersonId sealedUnder, byte[] content)
    {
        try
        {
            var ciphertext = await Sealing.SealFileAsync(sealedUnder, content, Aborted);
            _file = ciphertext;
            return await Sealing.DescribeAsync(sealedUnder, content, ciphertext, Aborted);
        }
        catch (PersonErasedException)
        {
            Refused = PersonRefusals.PersonErasedAlready;
            return new SealedFile(sealedUnder, "", "");
        }
    }

    /// <summary>What was typed into the <see cref="PersonFields"/> of a form; what is wrong with it is told there.</summary>
    public async Task<PersonalData?> FromFormAsync(FormEntry form, string field)
    {
        string? Typed(string part) => form.OptionalText($"{field}.{part}");
        if (Typed("name") is null && Typed("email") is null && Typed("phone") is null)
            return null;
        try
        {
            Refused = null;
            var person = await SealAsync(form.CommandId, field, new PersonDetails(Typed("name") ?? "", Typed("email"), Typed("phone")));
            if (Refused is { } refused)
                form.Add(refused);
            return person;
        }
        catch (MasterKeyException)
        {
            form.AddError(null, texts["problems.personal-data-unavailable.detail"]);
            return null;
        }
    }

    /// <summary>As <see cref="SealFileAsync"/>, for a file that came with a form; what stands in the way is told there.</summary>
    public async Task<SealedFile?> FileFromFormAsync(FormEntry form, PersonId sealedUnder, byte[] content)
    {
        try
        {
            Refused = null;
            var file = await SealFileAsync(sealedUnder, content);
            if (Refused is not { } refused)
                return file;
            form.Add(refused);
        }
        catch (MasterKeyException)
        {
            form.AddError(null, texts["problems.personal-data-unavailable.detail"]);
        }

        return null;
    }

    /// <summary>To be done before anything that was sealed is written.</summary>
    public async Task KeepKeysAsync(CancellationToken cancel)
    {
        if (_sealing is not null)
            await _sealing.KeepKeysAsync(cancel);
        if (_file is not null)
            await services.GetRequiredService<AttachmentStore>().AddAsync(viewer.Scope, _file, cancel);
    }
}
