using System.Diagnostics;
using System.Diagnostics.Metrics;
using HousingBank.Store;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace HousingBank.Processes;

/// <summary>Meters of the log: what waits to be numbered, how old the settled moment is, how far subscriptions are behind and what they have parked.</summary>
/// <remarks>Every web process reports them: an alarm takes the greatest. Nothing is reported before they were read, nor when the database has not answered for a minute.</remarks>
public sealed class LogGauges : BackgroundService
{
    private static readonly TimeSpan s_every = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan s_old = TimeSpan.FromMinutes(1);

    private readonly Meter _meter = new(DecisionTelemetry.Name);
    private readonly HistoryConnection _connection;
    private readonly HistoryKeeper _keeper;
    private readonly ILogger<LogGauges> _log;
    private (LogFigures Figures, long ReadAt)? _last;

    public LogGauges(HistoryConnection connection, HistoryKeeper keeper, ILogger<LogGauges> log)
    {
        (_connection, _keeper, _log) = (connection, keeper, log);
        _meter.CreateObservableGauge("programme.log.events", () => Of(f => f.LastOrdinal), "{event}", "Numbered events.");
        _meter.CreateObservableGauge("programme.log.not_numbered", () => Of(f => f.NotNumbered), "{event}", "Events without an ordinal.");
        _meter.CreateObservableGauge("programme.log.not_sealed", () => Of(f => f.NotSealed), "{event}", "Numbered events that no seal covers.");
        _meter.CreateObservableGauge("programme.log.settled_age", () => Of(f => f.SettledAge?.TotalSeconds ?? 0), "s", "Age of the settled moment.");
        _meter.CreateObservableGauge("programme.subscription.behind", () => OfEach((f, s) => f.LastOrdinal - s.Checkpoint), "{event}", "Events a subscription has not come to.");
        _meter.CreateObservableGauge("programme.subscription.parked", () => OfEach((_, s) => s.Parked), "{event}", "Events a subscription could not handle, and those behind them.");
    }

    public override void Dispose()
    {
        _meter.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!_connection.IsConfigured)
            return;
        await _keeper.Follows.WaitAsync(stoppingToken);
        await using var subscriber = _connection.As(StoreRole.Subscriber);
        await using var app = _connection.As(StoreRole.App);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                _last = (await LogFigures.ReadAsync(subscriber, app, stoppingToken), Stopwatch.GetTimestamp());
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                _log.LogWarning("The figures of the log cannot be read: {Reason}", e.Message);
            }

            await Task.Delay(s_every, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private IEnumerable<Measurement<T>> Of<T>(Func<LogFigures, T> figure)
        where T : struct => Fresh() is { } figures ? [new Measurement<T>(figure(figures))] : [];

    private IEnumerable<Measurement<long>> OfEach(Func<LogFigures, SubscriptionState, long> figure) =>
        Fresh() is { } figures ? figures.Subscriptions.Select(s => new Measurement<long>(figure(figures, s), new KeyValuePair<string, object?>("subscription", s.Name))) : [];

    private LogFigures? Fresh() => _last is var (figures, readAt) && Stopwatch.GetElapsedTime(readAt) < s_old ? figures : null;
}
