using HousingBank.Support;
using HousingBank.Web.Tests.Closed;
using HousingBank.Web.Time;

namespace HousingBank.Web.Tests.Calendars;

/// <summary>A round before the council, whose meeting is long past and still open, and one that hamar and asker can apply in for three more days.</summary>
public sealed class CalendarWorld(TestServer server) : IAsyncLifetime
{
    public const string NextRound = "44444444-4444-4444-8444-444444444444";

    private IntakeWorld? _intake;

    public static DateOnly Deadline => Oslo.Today(TimeProvider.System).AddDays(3);

    internal IntakeWorld Intake => _intake!;

    public async ValueTask InitializeAsync() => _intake = await BeginAsync(server, withHidden: true);

    public async ValueTask DisposeAsync()
    {
        if (_intake is not null)
            await _intake.DisposeAsync();
    }

    internal static async Task<IntakeWorld> BeginAsync(TestServer server, bool withHidden)
    {
        var intake = new IntakeWorld(server, withHidden);
        await intake.BeginAsync();
        await intake.CallMeetingAsync();
        await intake.Secretariat.MakeAsync("/api/v1/rounds", new
        {
            id = NextRound,
            programme = IntakeWorld.Programme,
            number = 2,
            deadline = Deadline,
            capacity = 2,
            openToAll = false,
            criteria = new[] { new { code = "need", name = new { nb = "Behov" }, weight = 1 } },
            effectiveOn = "2010-01-10",
        });
        foreach (var municipality in new[] { "hamar", "asker" })
            await intake.Secretariat.DecideAsync($"/api/v1/rounds/{NextRound}/invite", $"round/{NextRound}", new { municipality, effectiveOn = "2010-01-15" });
        return intake;
    }
}
