using HousingBank.Domain.Learning;
using HousingBank.Domain.Vocabulary;
using HousingBank.ReadModels.IntakeOverview;
using HousingBank.ReadModels.LearningLog;
using HousingBank.ReadModels.OneMunicipality;
using HousingBank.ReadModels.OneProgramme;
using HousingBank.ReadModels.OneRound;
using HousingBank.ReadModels.Overview;
using HousingBank.ReadModels.PhaseBoard;
using HousingBank.ReadModels.Register;
using HousingBank.ReadModels.Work;
using HousingBank.Web.Access;
using Microsoft.AspNetCore.Mvc;
using ApplicationId = HousingBank.Domain.Vocabulary.ApplicationId;

namespace HousingBank.Web.Api;

/// <summary>Everything the pages show, for programs.</summary>
internal static class ReadingApi
{
    public static void MapReading(this IEndpointRouteBuilder api)
    {
        var screens = api.MapGroup("").WithTags("Screens");
        screens.MapGet("/board", (Reading read, BoardQuery board) =>
                read.ManyAsync(q => board.AskAsync(read.Scope, q, read.Cancel), b => b.Rows()))
            .Asks<Board>("getBoard", "The municipalities by phase on a day: late ones first, with what is missing at the gate.", hasRows: true);
        screens.MapGet("/overview", (Reading read, OverviewQuery overview, [FromQuery] string[]? municipality) =>
                read.ManyAsync(q => overview.AskAsync(read.Scope, [.. (municipality ?? []).Select(m => Parameters.Key(m, "municipality")!.Value)], q, read.Cancel), o => o.Rows()))
            .Asks<OverviewMatrix>("getOverviewMatrix", "Organisation, anchoring and goals, municipalities side by side (Table 1 of the interim report of 2010).", hasRows: true);
        screens.MapGet("/work-list", (Reading read, WorkListQuery work) =>
                read.ManyAsync(q => work.AskAsync(read.Scope, read.Role, q, read.Cancel), w => w.Rows()))
            .Asks<WorkList>("getWorkList", "What waits for the asker: what is late, what comes next and what needs a decision.", hasRows: true);
        screens.MapGet("/intake", (Reading read, IntakeOverviewQuery intake) =>
                read.ManyAsync(q => intake.AskAsync(read.Scope, q, read.Cancel), i => i.Rows()))
            .Asks<IntakeByRound>("getIntake", "All intake rounds side by side: invited, applied, admitted, declined, deferred, withdrawn, and how long it took.", hasRows: true);

        var municipalities = api.MapGroup("/municipalities").WithTags("Municipalities");
        municipalities.MapGet("", (Reading read, MunicipalityRegisterQuery register) =>
                read.ManyAsync(q => register.AskAsync(read.Scope, q, read.Cancel), r => r.Rows()))
            .Asks<MunicipalityRegister>("listMunicipalities", "The register of municipalities as it stood on a day, with the numbers they had.", hasRows: true);
        municipalities.MapGet("/{municipality:key}", (Reading read, MunicipalityPageQuery pages, string municipality) =>
                read.OneAsync(q => pages.AskAsync(read.Scope, new MunicipalityId(municipality), q, read.Cancel), m => m.Rows()))
            .Asks<MunicipalityPage>("getMunicipality", "All that is recorded about one municipality: its courses, phases, organisation, anchoring and learning.", hasRows: true);

        var programmes = api.MapGroup("/programmes").WithTags("Programmes");
        programmes.MapGet("", (Reading read, ProgrammePageQuery pages) =>
                read.ManyAsync(q => pages.ListAsync(read.Scope, q, read.Cancel)))
            .Asks<IReadOnlyList<ProgrammeInList>>("listProgrammes", "The programmes of the regional office.");
        programmes.MapGet("/{programme:guid}", (Reading read, ProgrammePageQuery pages, Guid programme) =>
                read.OneAsync(q => pages.AskAsync(read.Scope, new ProgrammeId(programme), q, read.Cancel), p => p.RoundRows(), p => p.Version))
            .Asks<ProgrammePage>("getProgramme", "One programme: office, framework model versions, rounds with their funnel.", hasRows: true, hasVersion: true);
        programmes.MapGet("/{programme:guid}/council", (Reading read, ProgrammeCouncilQuery councils, Guid programme) =>
                read.OneAsync(q => councils.AskAsync(read.Scope, new ProgrammeId(programme), q, read.Cancel), c => c.Rows(), c => c.Version))
            .Asks<ProgrammeCouncil>("getCouncil", "The council's members on a day, with their period and where they belong.", hasRows: true, hasVersion: true)
            .RequireAuthorization(Policies.ReadCouncil);

        var rounds = api.MapGroup("/rounds").WithTags("Intake rounds");
        rounds.MapGet("", (Reading read, RoundPageQuery pages) =>
                read.ManyAsync(q => pages.ListAsync(read.Scope, q, read.Cancel)))
            .Asks<IReadOnlyList<RoundFunnel>>("listRounds", "Intake rounds with how many were invited, applied and were admitted.");
        rounds.MapGet("/{round:guid}", (Reading read, RoundPageQuery pages, Guid round) =>
                read.OneAsync(q => pages.AskAsync(read.Scope, new RoundId(round), q, read.Cancel), r => r.Rows(), r => r.Round.Version))
            .Asks<RoundPage>("getRound", "One round with those invited, applying and admitted.", hasRows: true, hasVersion: true);
        rounds.MapGet("/{round:guid}/selection-figures", (Reading read, RoundPageQuery pages, Guid round) =>
                read.OneAsync(q => pages.FiguresAsync(read.Scope, new RoundId(round), q, read.Cancel), f => f.Rows()))
            .Asks<SelectionFigures>("getSelectionFigures", "The figures that the round's municipalities were chosen by, as they were known then.", hasRows: true);
        rounds.MapGet("/{round:guid}/applications/{municipality:key}", (Reading read, RoundPageQuery pages, Guid round, string municipality) =>
                read.OneAsync(q => pages.ApplicationAsync(read.Scope, ApplicationId.Of(new RoundId(round), new MunicipalityId(municipality)), q, read.Cancel), null, a => a.Version))
            .Asks<ApplicationInRound>("getApplication", "The application of one municipality in a round.", hasVersion: true);

        api.MapGet("/participations/{participation:guid}", (Reading read, MunicipalityPageQuery pages, Guid participation) =>
                read.OneAsync(q => pages.CourseAsync(read.Scope, new ParticipationId(participation), q, read.Cancel), null, c => c.Version))
            .Asks<Course>("getParticipation", "One municipality's course: phases planned and actual, gate, organisation, what comes next.", hasVersion: true).WithTags("Participations");
        api.MapGet("/agreements/{agreement:guid}", (Reading read, MunicipalityPageQuery pages, Guid agreement) =>
                read.OneAsync(q => pages.AgreementAsync(read.Scope, new AgreementId(agreement), q, read.Cancel), null, a => a.Version))
            .Asks<Agreement>("getAgreement", "One cooperation agreement.", hasVersion: true).WithTags("Agreements");

        var learning = api.MapGroup("/learning-entries").WithTags("Learning log");
        learning.MapGet("", (Reading read, LearningLogQuery log, [AsParameters] LearningFilterRequest filter) =>
                read.ManyAsync(q => log.AskAsync(read.Scope, filter.ToFilter(), q, read.Cancel), l => l.Rows()))
            .Asks<LearningEntries>("listLearningEntries", "The learning log, with counts by area, loop, form and outcome.", hasRows: true);
        learning.MapGet("/{entry:guid}", (Reading read, LearningLogQuery log, Guid entry) =>
                read.OneAsync(q => log.EntryAsync(read.Scope, new LearningEntryId(entry), q, read.Cancel), null, e => e.Version))
            .Asks<LearningEntry>("getLearningEntry", "One entry of the learning log and what became of it.", hasVersion: true);
    }
}

/// <summary>Which learning entries; what is left out lets all pass.</summary>
public sealed record LearningFilterRequest
{
    public AskedId? Programme { get; init; }

    public string? Municipality { get; init; }

    /// <summary>practicalWork, programmeLearning, projectLearning or policyRelevant.</summary>
    public string? Area { get; init; }

    /// <summary>1, 2 or 3.</summary>
    public AskedNumber? Loop { get; init; }

    /// <summary>explicit or tacit.</summary>
    public string? Form { get; init; }

    /// <summary>individual, organisation, institution or bank.</summary>
    public string? Level { get; init; }

    /// <summary>shared, takenUp, broughtToMinistry, ledToChange, setAside or none.</summary>
    public string? Outcome { get; init; }

    private static readonly string[] Outcomes = ["shared", "takenUp", "broughtToMinistry", "ledToChange", "setAside", "none"];

    internal LearningFilter ToFilter() => new(
        Parameters.Id(Programme, "programme"),
        Parameters.Key(Municipality, "municipality")?.Key,
        Parameters.Code<KnowledgeArea>(Area, "area"),
        Parameters.Between(Loop, 1, 3, "loop"),
        Parameters.Code<LearningForm>(Form, "form"),
        Parameters.Code<LearningLevel>(Level, "level"),
        Outcome is null || Outcomes.Contains(Outcome) ? Outcome : throw new UnreadableParameterException("outcome"));
}
