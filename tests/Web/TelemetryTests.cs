using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using HousingBank.Processes;
using HousingBank.Support;
using HousingBank.Web.Tests.Api;
using Npgsql;

namespace HousingBank.Web.Tests;

/// <summary>What an operator's traces and meters say.</summary>
public sealed class TelemetryTests(ApiSite api) : IClassFixture<ApiSite>
{
    [Fact]
    public async Task One_trace_follows_a_decision_from_the_request_to_its_rows()
    {
        var spans = new ConcurrentQueue<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name is DecisionTelemetry.Name or "Microsoft.AspNetCore" or "Npgsql",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = spans.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);
        var round = await api.OpenRoundAsync(31);

        await api.Leadership.DecideAsync($"/api/v1/rounds/{round}/raise-capacity", $"round/{round}", new { capacity = 4, reason = "flere", effectiveOn = "2009-05-01" });

        // The span of the request ends after its answer has been sent.
        await Until.HoldsAsync("the request has ended", () => spans.Any(s => s.Source.Name == "Microsoft.AspNetCore" && s.TraceId == Decision()?.TraceId));
        var decision = Decision()!;
        var trace = spans.Where(s => s.TraceId == decision.TraceId).ToList();
        var request = trace.Single(s => s.Source.Name == "Microsoft.AspNetCore");
        var steps = trace.Where(s => s.ParentSpanId == decision.SpanId).ToList();
        decision.ParentSpanId.ShouldBe(request.SpanId);
        decision.GetTagItem("programme.outcome").ShouldBe("done");
        decision.GetTagItem("programme.rows").ShouldBe(new[] { $"round/{round} 2" });
        steps.Select(s => s.OperationName).Order().ShouldBe(["load", "write"]);
        steps.ShouldAllBe(step => trace.Any(s => s.Source.Name == "Npgsql" && s.ParentSpanId == step.SpanId));
        (await CountAsync($"select count(*) from store.events where command_id = '{decision.GetTagItem("programme.command_id")}' and stream = 'round/{round}' and version = 2")).ShouldBe(1);

        Activity? Decision() => spans.FirstOrDefault(s => s.OperationName == "decide raise-capacity" && Equals(s.GetTagItem("programme.stream"), $"round/{round}"));
    }

    [Fact]
    public async Task The_meters_say_how_the_log_is_doing()
    {
        var figures = new ConcurrentDictionary<string, double>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, asked) =>
            {
                if (instrument.Meter.Name == DecisionTelemetry.Name)
                    asked.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, _, _) => figures.AddOrUpdate(instrument.Name, value, (_, greatest) => Math.Max(greatest, value)));
        listener.SetMeasurementEventCallback<double>((instrument, value, _, _) => figures[instrument.Name] = value);
        listener.Start();

        await api.OpenRoundAsync(32);

        await Until.HoldsAsync("the log is measured", () =>
        {
            listener.RecordObservableInstruments();
            return figures.ContainsKey("programme.log.events");
        });
        figures["programme.decisions"].ShouldBe(1);
        figures["programme.decision.duration"].ShouldBeGreaterThan(0);
        figures.ShouldContainKey("programme.subscription.parked");
        figures.Keys.ShouldBeSubsetOf(
        [
            "programme.decisions", "programme.decision.duration", "programme.log.events", "programme.log.not_numbered", "programme.log.not_sealed", "programme.log.settled_age",
            "programme.subscription.behind", "programme.subscription.parked",
        ]);
    }

    private async Task<long> CountAsync(string sql)
    {
        await using var source = NpgsqlDataSource.Create(api.ConnectionString);
        await using var command = source.CreateCommand(sql);
        return (long)(await command.ExecuteScalarAsync())!;
    }
}
