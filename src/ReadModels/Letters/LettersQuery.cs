using HousingBank.Domain.Letters;
using HousingBank.Domain.Vocabulary;
using HousingBank.ReadModels.Register;
using HousingBank.ReadModels.Tables;
using HousingBank.Store;

namespace HousingBank.ReadModels.Letters;

/// <summary>The letters of an office. A municipality sees its own.</summary>
public sealed class LettersQuery(Looking looking, EventStore store)
{
    public async Task<Answer<LetterList>> AskAsync(Scope scope, LetterFilter filter, Question question, CancellationToken cancel)
    {
        var (look, found) = await FindAsync(scope, question, cancel);
        return look.Answer(new LetterList([.. found.Select(l => l.About).Where(filter.Fits)]));
    }

    /// <returns>Null when there is no such letter by that day, or the asker may not see it.</returns>
    public async Task<Answer<Letter>?> OneAsync(Scope scope, LetterId letter, Question question, CancellationToken cancel)
    {
        var (look, found) = await FindAsync(scope, question, cancel);
        return found.FirstOrDefault(l => l.About.Id == letter.Value) is { } one ? look.Answer(one) : null;
    }

    private async Task<(Look Look, IReadOnlyList<Letter> Letters)> FindAsync(Scope scope, Question question, CancellationToken cancel)
    {
        var look = looking.Begin(scope, question);
        var names = new Names(look);
        var rounds = look.At<RoundRow>();
        var letters = look.At<LetterRow>();
        await look.AskAsync(cancel);

        var ofRound = rounds.Rows.ToDictionary(r => r.Row.Round, r => r.Row);
        var seen = letters.Rows.Where(l => question.SeesOnly is not { } own || l.Row.Municipality == own).ToList();
        var struck = (await store.ReplacementsAsync(scope, [.. seen.Select(l => new StreamKey(AnswersIn(l.Row))).Distinct()], question.KnownAt ?? DateTimeOffset.MaxValue, cancel))
            .Where(r => r.Type == Standing.Strike).Select(r => (r.Stream.Name, r.Replaces)).ToHashSet();
        var correctedBy = seen.Where(l => l.Row.Corrects is not null).ToLookup(l => l.Row.Corrects!.Value, l => l.Row.Letter.Value);
        return (look,
        [
            .. seen.OrderByDescending(l => l.Row.WrittenOn.On).ThenByDescending(l => l.KnownFrom).ThenBy(l => l.Row.Letter.Value)
                .Select(l => Letter(l, ofRound.GetValueOrDefault(l.Row.Round), names, correctedBy[l.Row.Letter].Cast<Guid?>().LastOrDefault(), struck.Contains((AnswersIn(l.Row), l.Row.Answers)))),
        ]);
    }

    private static Letter Letter(Segment<LetterRow> letter, RoundRow? round, Names names, Guid? correctedBy, bool isStruck)
    {
        var row = letter.Row;
        var programme = round?.Programme ?? default;
        return new(
            new LetterInList(
                row.Letter.Value,
                row.Round.Value,
                round?.Number ?? 0,
                names.Of(row.Municipality),
                row.Receiver,
                row.Office,
                Codes.Of(row.Kind),
                Codes.Of(row.Form),
                row.TemplateVersion,
                row.Subject,
                row.WrittenOn,
                correctedBy,
                isStruck,
                row.IsSimulated,
                FactsBehind.Of(letter)),
            programme.Value,
            LetterTemplateId.Of(programme, row.Kind, row.Form).Value,
            row.Sender,
            row.Paragraphs,
            row.Corrects?.Value,
            new FactsBehind(AnswersIn(row), [row.Answers]));
    }

    private static string AnswersIn(LetterRow row) => row.Kind.AnswersIn(row.Round, row.Municipality).ToString();
}
