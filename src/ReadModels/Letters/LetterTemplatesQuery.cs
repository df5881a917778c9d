using HousingBank.Domain.Letters;
using HousingBank.Domain.Municipalities;
using HousingBank.Domain.Vocabulary;
using HousingBank.ReadModels.Tables;
using HousingBank.Store;

namespace HousingBank.ReadModels.Letters;

/// <summary>What letters are written by.</summary>
public sealed class LetterTemplatesQuery(Looking looking)
{
    private static readonly WrittenForm[] s_forms = [WrittenForm.Bokmal, WrittenForm.Nynorsk];

    /// <summary>Of all programmes of an office, by kind and written form.</summary>
    public async Task<Answer<LetterTemplates>> AskAsync(Scope scope, Question question, CancellationToken cancel)
    {
        var look = looking.Begin(scope, question);
        var programmes = look.At<ProgrammeRow>();
        var versions = look.At<LetterTemplateRow>();
        await look.AskAsync(cancel);

        var all = (
            from programme in programmes.Rows.Select(p => p.Row).OrderBy(p => p.Programme.Value)
            from kind in Enum.GetValues<LetterKind>()
            from form in s_forms
            select (Programme: programme, Kind: kind, Form: form, Id: LetterTemplateId.Of(programme.Programme, kind, form))).ToList();
        var adopted = versions.Rows.ToLookup(v => v.Stream);
        var figures = await look.FiguresAsync(all.Select(t => KeyOf(t.Id)), cancel);
        return look.Answer(new LetterTemplates([.. all.Select(t => Template(t.Programme, t.Kind, t.Form, t.Id, adopted[KeyOf(t.Id)], figures))]));
    }

    /// <returns>Null when there is no programme by that day that has it.</returns>
    public async Task<Answer<LetterTemplateInUse>?> OneAsync(Scope scope, LetterTemplateId template, Question question, CancellationToken cancel)
    {
        var all = await AskAsync(scope, question, cancel);
        return all.Value.Templates.FirstOrDefault(t => t.Id == template.Value) is { } found ? all.With(found) : null;
    }

    private static LetterTemplateInUse Template(
        ProgrammeRow programme, LetterKind kind, WrittenForm form, LetterTemplateId id, IEnumerable<Segment<LetterTemplateRow>> adopted, StreamFigures figures)
    {
        var shipped = LetterDefaults.Of(kind, form);
        return new(
            id.Value,
            programme.Programme.Value,
            programme.Name,
            Codes.Of(kind),
            Codes.Of(form),
            [
                new LetterTemplateVersion(shipped.Version, shipped.Subject, shipped.Paragraphs, null, null, null),
                .. adopted.OrderBy(v => v.Row.Version).Select(v =>
                    new LetterTemplateVersion(v.Row.Version, v.Row.Subject, v.Row.Paragraphs, v.Row.AdoptedOn, v.Row.Reason, FactsBehind.Of(v))),
            ],
            LetterPlaceholders.Of(kind),
            LetterPlaceholders.AlwaysIn(kind),
            figures.Version(KeyOf(id)));
    }

    private static StreamKey KeyOf(LetterTemplateId id) => new(id.Stream.ToString());
}
