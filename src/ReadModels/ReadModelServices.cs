using HousingBank.ReadModels.DecisionLog;
using HousingBank.ReadModels.IntakeOverview;
using HousingBank.ReadModels.LearningLog;
using HousingBank.ReadModels.Letters;
using HousingBank.ReadModels.OneMeeting;
using HousingBank.ReadModels.OneMunicipality;
using HousingBank.ReadModels.OneProgramme;
using HousingBank.ReadModels.OneRound;
using HousingBank.ReadModels.Overview;
using HousingBank.ReadModels.Persons;
using HousingBank.ReadModels.PhaseBoard;
using HousingBank.ReadModels.Ranking;
using HousingBank.ReadModels.Register;
using HousingBank.ReadModels.Reviewing;
using HousingBank.ReadModels.Work;
using Microsoft.Extensions.DependencyInjection;

namespace HousingBank.ReadModels;

/// <summary>The screens' queries. They ask the history of <c>AddHistory</c>, whose tables are <see cref="ReadModelTables.All"/>.</summary>
public static class ReadModelServices
{
    public static IServiceCollection AddReadModels(this IServiceCollection services) => services
        .AddSingleton<StreamsNow>()
        .AddSingleton<Looking>()
        .AddSingleton<BoardQuery>()
        .AddSingleton<MunicipalityPageQuery>()
        .AddSingleton<ProgrammePageQuery>()
        .AddSingleton<ProgrammeCouncilQuery>()
        .AddSingleton<RoundPageQuery>()
        .AddSingleton<ReviewsQuery>()
        .AddSingleton<IntakeOverviewQuery>()
        .AddSingleton<MeetingQuery>()
        .AddSingleton<RankingQuery>()
        .AddSingleton<OverviewQuery>()
        .AddSingleton<LearningLogQuery>()
        .AddSingleton<LettersQuery>()
        .AddSingleton<LetterTemplatesQuery>()
        .AddSingleton<DecisionLogQuery>()
        .AddSingleton<MunicipalityRegisterQuery>()
        .AddSingleton<PersonsQuery>()
        .AddSingleton<PersonReadingsQuery>()
        .AddSingleton<PersonReportQuery>()
        .AddSingleton<WorkListQuery>();
}
