using HousingBank.Domain.Vocabulary;
using HousingBank.ReadModels.OneRound;
using HousingBank.ReadModels.Register;
using HousingBank.ReadModels.Tables;
using HousingBank.Store;

namespace HousingBank.ReadModels.OneProgramme;

/// <summary>A programme with its framework model, office and rounds.</summary>
public sealed class ProgrammePageQuery(Looking looking)
{
    /// <returns>Null when there is no such programme by that day.</returns>
    public async Task<Answer<ProgrammePage>?> AskAsync(Scope scope, ProgrammeId programme, Question question, CancellationToken cancel)
    {
        var look = looking.Begin(scope, question);
        var programmes = look.At<ProgrammeRow>();
        var phases = look.At<FrameworkPhaseRow>();
        var members = look.At<CouncilMemberRow>();
        var intake = new Intake(look, new Names(look), question);
        await look.AskAsync(cancel);
        if (programmes.Rows.FirstOrDefault(p => p.Row.Programme == programme) is not { } found)
            return null;

        var figures = await look.FiguresAsync(intake.Streams.Append(found.Stream), cancel);
        var row = found.Row;
        return look.Answer(new ProgrammePage(
            row.Programme.Value,
            figures.Version(found.Stream),
            row.Name,
            row.Owner,
            row.LaunchedOn,
            row.PeriodFrom,
            row.PeriodTo,
            row.TargetMunicipalities,
            row.MunicipalitiesPerRound,
            row.Vision,
            row.Goals,
            [.. row.KnowledgeAreas.Select(a => Codes.Of(a))],
            row.Office is { } office ? new Office(office.Owner, office.Secretariat, office.Council, FactsBehind.Of(found)) : null,
            [.. members.Rows.Where(m => m.Row.Programme == programme && !(m.Row.Until?.On < question.AsOf)).Select(Member)],
            [.. phases.Rows.Where(p => p.Row.Programme == programme).GroupBy(p => p.Row.ModelVersion).OrderByDescending(v => v.Key).Select(v => Model(v, row.ModelVersion))],
            [.. intake.Rounds.Where(r => r.Row.Programme == programme).Select(r => intake.Funnel(r, figures))],
            row.IsSimulated,
            FactsBehind.Of(found)));
    }

    /// <summary>The programmes of an office, by the day they were launched.</summary>
    public async Task<Answer<IReadOnlyList<ProgrammeInList>>> ListAsync(Scope scope, Question question, CancellationToken cancel)
    {
        var look = looking.Begin(scope, question);
        var programmes = look.At<ProgrammeRow>();
        await look.AskAsync(cancel);
        return look.Answer<IReadOnlyList<ProgrammeInList>>(
        [
            .. programmes.Rows.OrderBy(p => p.Row.LaunchedOn.On).ThenBy(p => p.Row.Programme.Value)
                .Select(p => new ProgrammeInList(p.Row.Programme.Value, p.Row.Name, p.Row.Owner, p.Row.LaunchedOn, p.Row.IsSimulated, FactsBehind.Of(p))),
        ]);
    }

    internal static CouncilMember Member(Segment<CouncilMemberRow> member) =>
        new(member.Row.Member, member.Row.Affiliation, member.Row.Inside, member.Row.AppointedOn, member.Row.Until, member.Row.Person, FactsBehind.Of(member));

    private static FrameworkModel Model(IGrouping<int, Segment<FrameworkPhaseRow>> phases, int? current)
    {
        var first = phases.First();
        return new(
            phases.Key,
            first.Row.AdoptedOn,
            first.Row.Reason,
            phases.Key == current,
            [
                .. phases.OrderBy(p => p.Row.Place)
                    .Select(p => new FrameworkPhase(p.Row.Phase, p.Row.LongestMonths, p.Row.ShortestMonths, p.Row.RevisionMonths, p.Row.Criteria)),
            ],
            FactsBehind.Of(first));
    }
}
