using HousingBank.Domain.Vocabulary;
using HousingBank.ReadModels.Register;
using HousingBank.ReadModels.Tables;
using HousingBank.Store;

namespace HousingBank.ReadModels.OneProgramme;

/// <summary>Who sits in a programme's council.</summary>
public sealed class ProgrammeCouncilQuery(Looking looking)
{
    /// <returns>Null when there is no such programme by that day.</returns>
    public async Task<Answer<ProgrammeCouncil>?> AskAsync(Scope scope, ProgrammeId programme, Question question, CancellationToken cancel)
    {
        var look = looking.Begin(scope, question);
        var names = new Names(look);
        var programmes = look.At<ProgrammeRow>();
        var members = look.At<CouncilMemberRow>();
        var affiliations = look.At<CouncilAffiliationRow>();
        await look.AskAsync(cancel);
        if (programmes.Rows.FirstOrDefault(p => p.Row.Programme == programme) is not { } found)
            return null;

        var figures = await look.FiguresAsync([found.Stream], cancel);
        var belonging = affiliations.Rows.Where(a => a.Row.Programme == programme).ToLookup(a => a.Row.Member);
        return look.Answer(new ProgrammeCouncil(
            programme.Value,
            figures.Version(found.Stream),
            found.Row.Name,
            [
                .. members.Rows.Where(m => m.Row.Programme == programme && !(m.Row.Until?.On < question.AsOf))
                    .OrderBy(m => m.Row.AppointedOn.On).ThenBy(m => m.Row.Member, StringComparer.Ordinal)
                    .Select(m => new SeatedMember(
                        ProgrammePageQuery.Member(m),
                        [
                            .. belonging[m.Row.Member].OrderBy(a => a.Row.From.On)
                                .Select(a => new MemberAffiliation(names.Of(a.Row.Municipality), a.Row.As, a.Row.From, a.Row.EndedOn, FactsBehind.Of(a))),
                        ])),
            ]));
    }
}
