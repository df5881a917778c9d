using System.Diagnostics.Metrics;
using HousingBank.Web.Access;

namespace HousingBank.Web.Shell;

/// <summary>Notices who does within ten minutes what nobody does by hand: is refused, decides, reads about persons. It tells, and holds nobody up.</summary>
/// <remarks>Counted in each web process by itself and forgotten every ten minutes: whoever goes slowly enough is not noticed.</remarks>
public sealed class Watch
{
    /// <summary>Whoever comes after so many are counted is counted with all the others: guessing addresses fills no memory.</summary>
    public const int MostAskers = 10_000;

    /// <summary>How long is counted before it begins anew.</summary>
    public static readonly TimeSpan Span = TimeSpan.FromMinutes(10);

    /// <summary>What programs that read the log find it by.</summary>
    public static readonly EventId Event = new(7002, "unusual");

    private const string Refusals = "refusals";
    private const string Decisions = "decisions";
    private const string PersonsRead = "persons-read";
    private const string TheOthers = "others";

    private static readonly Meter s_meter = new(Telemetry.Name);
    private static readonly Counter<long> s_unusual = s_meter.CreateCounter<long>("programme.unusual", "{asker}", "Askers who did something unusually often within ten minutes.");

    private readonly TimeProvider _clock;
    private readonly ILogger<Watch> _log;
    private readonly Dictionary<string, long> _thresholds;
    private readonly Lock _counting = new();
    private readonly Dictionary<(string What, string Asker), long> _counts = [];
    private DateTimeOffset _since;

    /// <exception cref="InvalidOperationException">A threshold is negative.</exception>
    public Watch(IConfiguration configuration, TimeProvider clock, ILogger<Watch> log)
    {
        (_clock, _log, _since) = (clock, log, clock.GetUtcNow());
        var settings = configuration.GetSection("Watch");
        _thresholds = new()
        {
            [Refusals] = settings.GetValue("RefusalsInTenMinutes", 50L),
            [Decisions] = settings.GetValue("DecisionsInTenMinutes", 300L),
            [PersonsRead] = settings.GetValue("PersonsReadInTenMinutes", 1000L),
        };
        if (_thresholds.Values.Any(t => t < 0))
            throw new InvalidOperationException("Watch cannot be kept: each threshold has to be 0 (not watched) or more.");
    }

    /// <param name="asker">A person's reference; the address when nobody is known.</param>
    public void Refused(string asker) => Count(Refusals, asker, 1);

    public void Decided(Viewer viewer) => Count(Decisions, viewer.Person, 1);

    public void Read(Viewer viewer, int persons) => Count(PersonsRead, viewer.Person, persons);

    private void Count(string what, string asker, long times)
    {
        var threshold = _thresholds[what];
        if (threshold == 0)
            return;
        long before;
        lock (_counting)
        {
            var now = _clock.GetUtcNow();
            if (now - _since >= Span)
            {
                _counts.Clear();
                _since = now;
            }

            if (_counts.Count >= MostAskers && !_counts.ContainsKey((what, asker)))
                asker = TheOthers;
            before = _counts.GetValueOrDefault((what, asker));
            _counts[(what, asker)] = before + times;
        }

        if (before >= threshold || before + times < threshold)
            return;
        s_unusual.Add(1, new KeyValuePair<string, object?>("what", what));
        _log.LogWarning(Event, "Unusual: {Asker} has come to {Threshold} {What} within ten minutes.", asker, threshold, what);
    }
}
