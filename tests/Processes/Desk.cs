using HousingBank.Domain.Applications;
using HousingBank.Domain.IntakeRounds;
using HousingBank.Domain.Municipalities;
using HousingBank.Domain.Programmes;
using HousingBank.Domain.Vocabulary;
using HousingBank.Store;
using HousingBank.Support;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace HousingBank.Processes.Tests;

/// <summary>A database of its own with a programme, and the desk on it as the web process has it.</summary>
public sealed class Desk(TestServer server) : IAsyncLifetime
{
    public const string Tenant = "region-ost";

    public static readonly Caller Secretariat = new("demo:secretariat", Role.Secretariat, Tenant);
    public static readonly Caller Import = new("import", Role.Import, Tenant);
    private static readonly Caller Register = new("import", Role.Import, Scope.National);

    public static readonly DateOnly Spring = new(2009, 3, 1);
    public static readonly DateOnly Deadline = new(2009, 6, 1);
    public static readonly DateOnly October = new(2009, 10, 15);

    private readonly List<NpgsqlDataSource> _sources = [];
    private int _rounds;

    public string ConnectionString { get; private set; } = "";

    public ProgrammeId Programme { get; } = new(Guid.CreateVersion7());

    public EventStore Store { get; private set; } = null!;

    public HistoryReader Histories => new(Store);

    public async ValueTask InitializeAsync()
    {
        ConnectionString = await server.CopyOfAsync(
            "store", c => new SchemaMigrator(c).MigrateAsync(_ => { }, TestContext.Current.CancellationToken), TestContext.Current.CancellationToken);
        Store = NewStore();
        await DoneAsync(Secretariat, new LaunchProgramme(
            Programme, new LocalText("Boligsosialt utviklingsprogram"), "Husbanken Region Øst", Spring, new DateOnly(2017, 2, 28), 16, 5,
            new LocalText("Dyktige kommuner"), [], [KnowledgeArea.PracticalWork])
        { On = Spring });
        await DoneAsync(Secretariat, new AdoptFrameworkModel(
            Programme, 1,
            [
                new(Phase.Preparation, 3, null, null, GateCriteria.Leaving(Phase.Preparation)),
                new(Phase.Planning, 6, null, null, GateCriteria.Leaving(Phase.Planning)),
                new(Phase.Implementation, 36, null, 12, GateCriteria.Leaving(Phase.Implementation)),
                new(Phase.PhaseOut, 24, 12, null, GateCriteria.Leaving(Phase.PhaseOut)),
            ])
        { On = Spring });
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var source in _sources)
            await source.DisposeAsync();
    }

    public NpgsqlDataSource As(StoreRole role)
    {
        var source = StoreDataSource.Create(ConnectionString, role);
        _sources.Add(source);
        return source;
    }

    public EventStore NewStore() => new(As(StoreRole.App), FactCodec.OfDomain(), new TwoClockTables([]));

    /// <param name="reacts">False for a process that is killed between a decision and what follows from it.</param>
    public CommandDesk NewDesk(bool reacts = true) =>
        new(Store, reacts ? AllReactions() : new Reactions([]), NullLogger<CommandDesk>.Instance);

    public Reactions AllReactions() => Reactions.All(Histories);

    public Task<Outcome> RunAsync(Caller caller, Command command, int? expectedVersion = null, Guid? id = null) =>
        NewDesk().RunAsync(caller, command, id ?? Guid.CreateVersion7(), expectedVersion, TestContext.Current.CancellationToken);

    public async Task<Outcome.Done> DoneAsync(Caller caller, Command command) => (await RunAsync(caller, command)).ShouldBeOfType<Outcome.Done>();

    /// <summary>A round in which these municipalities are invited.</summary>
    public async Task<RoundId> RoundAsync(int capacity, params MunicipalityId[] invited)
    {
        var round = new RoundId(Guid.CreateVersion7());
        await DoneAsync(Secretariat, new OpenRound(round, Programme, Interlocked.Increment(ref _rounds), StatedDay.Exactly(Deadline), capacity, false, []) { On = Spring });
        foreach (var municipality in invited)
            await DoneAsync(Secretariat, new InviteMunicipality(round, municipality) { On = Spring });
        return round;
    }

    public async Task<MunicipalityId> MunicipalityAsync()
    {
        var municipality = new MunicipalityId($"kommune-{Guid.NewGuid():N}");
        await DoneAsync(Register, new RegisterMunicipality(municipality, "En kommune", MunicipalityKind.Municipality, "Hedmark") { On = new DateOnly(1992, 1, 1) });
        return municipality;
    }

    /// <summary>An application as far as the council's recommendation to admit.</summary>
    public async Task RecommendedAsync(RoundId round, MunicipalityId municipality)
    {
        var content = new ApplicationContent(
            new Resolution("kommunestyret", StatedDay.Exactly(new(2009, 4, 20)), "09/123"), "Mangler egnede boliger.", ["Bosetting"], "Styringsgruppe.", "Servicekontoret");
        var day = StatedDay.Exactly(new(2009, 5, 1));
        await DoneAsync(Secretariat, new DraftApplication(round, municipality) { On = day });
        await DoneAsync(Secretariat, new SubmitApplication(round, municipality, content, new SignOff(Signatory.ChiefExecutive, null)) { On = day });
        await DoneAsync(Secretariat, new DeclareApplicationComplete(round, municipality) { On = day });
        await DoneAsync(Secretariat, new StartReview(round, municipality) { On = day });
        var grounds = new Grounds(null, new Basis(BasisKind.Source, "delrapport 2010"), null, [IntakePrerequisites.Reviews]);
        await DoneAsync(Import, new NoteRecommendation(round, municipality, Advice.Admit, null, null, null, "Godt forankret.") { On = new DateOnly(2009, 9, 1), Grounds = grounds });
    }
}
