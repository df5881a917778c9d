using HousingBank.Domain.Vocabulary;

namespace HousingBank.Cli.Simulating;

/// <summary>A command and the moment at which it is meant to have been recorded.</summary>
/// <param name="Number">1, 2, 3 … in the order in which the simulation thought of them.</param>
internal sealed record Scheduled(DateTimeOffset At, int Number, Command Command);

/// <summary>What one simulated programme asks for, and when.</summary>
/// <param name="basis">Marks every command as simulated.</param>
/// <param name="until">Nothing is recorded at this moment or later.</param>
internal sealed class Schedule(Basis basis, DateTimeOffset until, Dice dice)
{
    private const int LateAfterDays = 14;

    private readonly List<Scheduled> _commands = [];

    public IReadOnlyList<Scheduled> InOrder => [.. _commands.OrderBy(c => c.At).ThenBy(c => c.Number)];

    /// <summary>Things of which each is recorded after the one before, as they rest on one another.</summary>
    /// <param name="notBefore">When the last thing they rest on was recorded.</param>
    public Lane NewLane(DateTimeOffset notBefore) => new(this, notBefore);

    private DateTimeOffset Add(Command command, string? decidedBy, DateTimeOffset notBefore, int delay)
    {
        var at = MomentOn(command.On.Last.AddDays(delay));
        if (at <= notBefore)
            at = notBefore.AddMicroseconds(dice.Between(30_000_000, 900_000_000));
        var late = DateOnly.FromDateTime(at.UtcDateTime).DayNumber - command.On.Last.DayNumber > LateAfterDays;
        if (at < until)
        {
            var grounds = new Grounds(decidedBy, basis, late ? "Registrert i etterkant." : null, []);
            _commands.Add(new Scheduled(at, _commands.Count + 1, command with { Grounds = grounds }));
        }

        return at;
    }

    // Most things are recorded within a week, some within two; about one in fifteen later.
    private int DaysOfDelay() => dice.Between(1, 100) switch
    {
        <= 74 => dice.Between(0, 6),
        <= 93 => dice.Between(7, LateAfterDays),
        _ => dice.Between(LateAfterDays + 1, 60),
    };

    private DateTimeOffset MomentOn(DateOnly day) =>
        new DateTimeOffset(day, new TimeOnly(7, 0), TimeSpan.Zero).AddSeconds(dice.Between(0, 8 * 3600)).AddMicroseconds(dice.Between(0, 999_999));

    /// <inheritdoc cref="NewLane"/>
    internal sealed class Lane(Schedule schedule, DateTimeOffset notBefore)
    {
        public DateTimeOffset Last { get; private set; } = notBefore;

        public void Add(Command command, string? decidedBy = null) => Last = schedule.Add(command, decidedBy, Last, schedule.DaysOfDelay());

        /// <summary>Recorded on the day itself.</summary>
        public void AddAtOnce(Command command, string? decidedBy = null) => Last = schedule.Add(command, decidedBy, Last, delay: 0);

        /// <summary>What comes now rests on something else too.</summary>
        public void WaitFor(DateTimeOffset moment) => Last = moment > Last ? moment : Last;
    }
}
