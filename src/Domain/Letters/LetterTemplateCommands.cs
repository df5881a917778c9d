using HousingBank.Domain.Municipalities;
using HousingBank.Domain.Programmes;
using HousingBank.Domain.Vocabulary;

namespace HousingBank.Domain.Letters;

/// <param name="Form">Bokmål or nynorsk.</param>
public sealed record AdoptLetterTemplate(
    ProgrammeId Programme, LetterKind Kind, WrittenForm Form, string Subject, ValueList<string> Paragraphs, string Reason) : Command
{
    internal LetterTemplateId Template => LetterTemplateId.Of(Programme, Kind, Form);

    public override ValueList<StreamId> Streams() => [Template.Stream, Programme.Stream];

    public override Decision Decide(Histories histories) => LetterTemplateDecider.Adopt(
        histories.State<LetterTemplateState>(Template.Stream), histories.State<ProgrammeState>(Programme.Stream), this);
}
