using HousingBank.Domain.Vocabulary;
using HousingBank.Processes;
using HousingBank.ReadModels.DecisionLog;
using HousingBank.ReadModels.IntakeOverview;
using HousingBank.ReadModels.LearningLog;
using HousingBank.ReadModels.Letters;
using HousingBank.ReadModels.OneMeeting;
using HousingBank.ReadModels.OneMunicipality;
using HousingBank.ReadModels.OneProgramme;
using HousingBank.ReadModels.OneRound;
using HousingBank.ReadModels.Overview;
using HousingBank.ReadModels.PhaseBoard;
using HousingBank.ReadModels.Ranking;
using HousingBank.ReadModels.Register;
using HousingBank.ReadModels.Reviewing;
using HousingBank.ReadModels.Work;
using HousingBank.Store;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace HousingBank.ReadModels.Tests.Screens;

/// <summary>The screens and the desk on a database, as the web process has them.</summary>
public sealed class Screens : IAsyncDisposable
{
    public const string Tenant = "region-ost";

    public static readonly Scope East = Scope.Of(Tenant);
    public static readonly Caller Secretariat = new("demo:secretariat", Role.Secretariat, Tenant);
    public static readonly Caller Leadership = new("demo:leadership", Role.Leadership, Tenant);

    private readonly NpgsqlDataSource _source;

    public Screens(string connectionString)
    {
        _source = StoreDataSource.Create(connectionString, StoreRole.App);
        var tables = new TwoClockTables(ReadModelTables.All);
        Store = new EventStore(_source, FactCodec.OfDomain(), tables);
        var histories = new HistoryReader(Store);
        Desk = new CommandDesk(
            Store,
            Reactions.All(histories),
            NullLogger<CommandDesk>.Instance);
        var looking = new Looking(new TableReader(_source, tables), new StreamsNow(_source), TimeProvider.System);
        Board = new BoardQuery(looking);
        Municipality = new MunicipalityPageQuery(looking);
        Programme = new ProgrammePageQuery(looking);
        Council = new ProgrammeCouncilQuery(looking);
        Round = new RoundPageQuery(looking);
        Reviews = new ReviewsQuery(looking);
        Intake = new IntakeOverviewQuery(looking);
        Meeting = new MeetingQuery(looking);
        Ranking = new RankingQuery(looking);
        Overview = new OverviewQuery(looking);
        Learning = new LearningLogQuery(looking);
        Letters = new LettersQuery(looking, Store);
        LetterTemplates = new LetterTemplatesQuery(looking);
        Decisions = new DecisionLogQuery(Store, looking);
        Register = new MunicipalityRegisterQuery(looking);
        Work = new WorkListQuery(looking);
    }

    public static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public EventStore Store { get; }

    public CommandDesk Desk { get; }

    public BoardQuery Board { get; }

    public MunicipalityPageQuery Municipality { get; }

    public ProgrammePageQuery Programme { get; }

    public ProgrammeCouncilQuery Council { get; }

    public RoundPageQuery Round { get; }

    public ReviewsQuery Reviews { get; }
    public MeetingQuery Meeting { get; }

    public RankingQuery Ranking { get; }

    public IntakeOverviewQuery Intake { get; }

    public OverviewQuery Overview { get; }

    public LearningLogQuery Learning { get; }

    public LettersQuery Letters { get; }

    public LetterTemplatesQuery LetterTemplates { get; }

    public DecisionLogQuery Decisions { get; }

    public MunicipalityRegisterQuery Register { get; }

    public WorkListQuery Work { get; }

    public async Task<Outcome.Done> DoneAsync(Command command, Caller? caller = null) =>
        (await Desk.RunAsync(caller ?? Leadership, command, Guid.CreateVersion7(), null, Cancel)).ShouldBeOfType<Outcome.Done>();

    public ValueTask DisposeAsync() => _source.DisposeAsync();
}
