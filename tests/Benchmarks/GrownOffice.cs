using System.Diagnostics;
using HousingBank.Domain.Agreements;
using HousingBank.Domain.Learning;
using HousingBank.Domain.Participations;
using HousingBank.Domain.Vocabulary;
using HousingBank.Processes;
using HousingBank.ReadModels;
using HousingBank.ReadModels.PhaseBoard;
using HousingBank.Store;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace HousingBank.Benchmarks;

/// <summary>The asked office in a database of one size: its decisions and its board, with the parts that the web process uses for them.</summary>
public sealed class GrownOffice : IAsyncDisposable
{
    private static readonly DateOnly s_today = LargeHistory.LastDay.AddDays(30);

    private readonly IReadOnlyList<MeasuredCourse> _courses;
    private readonly ServiceProvider _services;
    private readonly CommandDesk _desk;
    private readonly BoardQuery _board;
    private readonly List<double> _firstDecisions = [];
    private readonly List<double> _decisions = [];
    private readonly List<double> _boards = [];

    private GrownOffice(ServiceProvider services, IReadOnlyList<MeasuredCourse> courses, int factsInStream, long events)
    {
        var store = services.GetRequiredService<EventStore>();
        (_services, _courses, FactsInStream, Events) = (services, courses, factsInStream, events);
        _desk = new CommandDesk(store, Reactions.All(new HistoryReader(store)), NullLogger<CommandDesk>.Instance);
        _board = services.GetRequiredService<BoardQuery>();
    }

    public long Events { get; }

    public int FactsInStream { get; }

    public int Courses => _courses.Count;

    public int Rounds => _boards.Count;

    /// <summary>Milliseconds, p50: on streams that nobody has touched since they were made.</summary>
    public double FirstDecision => Figures.Median(_firstDecisions);

    /// <summary>Milliseconds, p50: on streams that were decided on before, as those of an office at work.</summary>
    public double Decision => Figures.Median(_decisions);

    /// <summary>Milliseconds, p50.</summary>
    public double Board => Figures.Median(_boards);

    /// <param name="connectionString">As superuser; the office works as the application.</param>
    public static async Task<GrownOffice> OpenAsync(string connectionString, IReadOnlyList<MeasuredCourse> courses, int factsInStream, CancellationToken cancel)
    {
        var source = StoreDataSource.Create(connectionString, StoreRole.App);
        var tables = new TwoClockTables(ReadModelTables.All);
        var services = new ServiceCollection()
            .AddSingleton(source)
            .AddSingleton(TimeProvider.System)
            .AddSingleton(new EventStore(source, FactCodec.OfDomain(), tables))
            .AddSingleton(new TableReader(source, tables))
            .AddReadModels()
            .BuildServiceProvider();
        await using var counting = NpgsqlDataSource.Create(connectionString + ";Pooling=false");
        await using var count = counting.CreateCommand("select count(*) from store.events");
        return new GrownOffice(services, courses, factsInStream, (long)(await count.ExecuteScalarAsync(cancel))!);
    }

    /// <summary>Three decisions about a course, one to each of its streams.</summary>
    public async Task DecideFirstAsync(int course, CancellationToken cancel) => _firstDecisions.AddRange(await DecideAsync(_courses[course], course, cancel));

    /// <summary>Three decisions about a course, one to each of its streams, and the board.</summary>
    public async Task RunAsync(int course, CancellationToken cancel)
    {
        _decisions.AddRange(await DecideAsync(_courses[course], _courses.Count + course, cancel));
        _boards.Add(await MillisecondsOfAsync(() => AskAsync(cancel)));
    }

    public async ValueTask DisposeAsync() => await _services.DisposeAsync();

    private async Task<IReadOnlyList<double>> DecideAsync(MeasuredCourse course, int round, CancellationToken cancel)
    {
        var content = new AgreementContent(
            $"Programmet knyttes til kommunens arbeid med boligplan, omgang {round}.", "Kommunen gir arbeidet tid.", "Husbanken gir veiledning.",
            [new("guidance", "Veiledning", AgreementParty.Bank, "programsekretariatet", StatedDay.Exactly(s_today.AddYears(1)))]);
        var took = new List<double>();
        foreach (var command in new Command[]
            {
                new AppointProgrammeLeader(course.Participation, $"Enhet {round}", ProgrammeLeaderPlacement.StrategicUnit, ProgrammeLeaderOrientation.Both) { On = s_today },
                new ReviseAgreement(course.Agreement, content) { On = s_today },
                new BringLearningEntryToMinistry(course.Learning, $"Årsrapport {round}") { On = s_today },
            })
            took.Add(await MillisecondsOfAsync(() => DecideAsync(command, cancel)));

        return took;
    }

    private async Task DecideAsync(Command command, CancellationToken cancel)
    {
        var grounds = new Grounds("ledergruppen", new Basis(BasisKind.Case, "14/2001"), null, []);
        var caller = new Caller("measuring:secretariat", Role.Secretariat, LargeHistory.Tenant);
        if (await _desk.RunAsync(caller, command with { Grounds = grounds }, Guid.CreateVersion7(), null, cancel) is var outcome and not Outcome.Done { Facts.Count: 1 })
            throw new InvalidOperationException($"{command}: {outcome}");
    }

    private async Task AskAsync(CancellationToken cancel)
    {
        var board = await _board.AskAsync(Scope.Of(LargeHistory.Tenant), new Question(s_today), cancel);
        if (board.Value.All().Count() != _courses.Count)
            throw new InvalidOperationException($"The board shows {board.Value.All().Count()} of {_courses.Count} courses.");
    }

    private static async Task<double> MillisecondsOfAsync(Func<Task> work)
    {
        var began = Stopwatch.GetTimestamp();
        await work();
        return Stopwatch.GetElapsedTime(began).TotalMilliseconds;
    }
}
