using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Text.Json;
using HousingBank.Domain.Vocabulary;

namespace HousingBank.Processes;

/// <summary>What traces and meters say of decisions: from the request that asked, over what was loaded and decided, to the rows that were written.</summary>
/// <remarks>
/// The tag <c>programme.command_id</c> is the column <c>command_id</c> of the events, and <c>programme.correlation</c> is <c>correlation</c>: a trace leads to its
/// rows and a row to its trace. Tags hold references only, never what was said.
/// </remarks>
public static class DecisionTelemetry
{
    /// <summary>Of the source of spans and of the meter.</summary>
    public const string Name = "HousingBank.Processes";

    private static readonly ActivitySource s_source = new(Name);
    private static readonly Meter s_meter = new(Name);
    private static readonly Counter<long> s_decisions = s_meter.CreateCounter<long>("programme.decisions", "{decision}", "Commands carried out, by command and outcome.");
    private static readonly Histogram<double> s_duration = s_meter.CreateHistogram<double>("programme.decision.duration", "s", "From the command to its outcome, what follows from it left out.");

    /// <summary>A span for one command; null when nobody listens.</summary>
    internal static Activity? Decide(Caller caller, Command command, Guid commandId, Guid correlation)
    {
        // Asked first: every decision comes here, and most are made with nobody listening.
        if (!s_source.HasListeners())
            return null;
        var span = s_source.StartActivity($"decide {NameOf(command)}");
        return span?.SetTag("programme.tenant", caller.Tenant)
            .SetTag("programme.role", caller.Role.ToString())
            .SetTag("programme.command_id", commandId.ToString())
            .SetTag("programme.correlation", correlation.ToString());
    }

    /// <summary>A span for a part of it: load, fold and decide, write.</summary>
    internal static Activity? Step(string name) => s_source.StartActivity(name);

    /// <summary>A span for what follows from an event, wherever and whenever it is carried out: found by the correlation of the command it follows from.</summary>
    internal static Activity? Follow(string subscription, long? ordinal, Guid correlation) =>
        s_source.StartActivity($"follow {subscription}")?.SetTag("programme.ordinal", ordinal).SetTag("programme.correlation", correlation.ToString());

    internal static void Decided(Activity? span, Command command, Outcome outcome, int attempts, TimeSpan took)
    {
        if (span is null && !s_decisions.Enabled && !s_duration.Enabled)
            return;
        var (name, result) = (NameOf(command), ResultOf(outcome));
        s_decisions.Add(1, new KeyValuePair<string, object?>("command", name), new("outcome", result));
        s_duration.Record(took.TotalSeconds, new KeyValuePair<string, object?>("command", name));
        if (span is null)
            return;
        span.SetTag("programme.outcome", result).SetTag("programme.attempts", attempts);
        if (outcome is Outcome.Refused { Reason.Code: var code })
            span.SetTag("programme.refusal", code);
        if (outcome is Outcome.Done done)
        {
            span.SetTag("programme.stream", done.Stream.ToString()).SetTag("programme.version", done.Version)
                .SetTag("programme.rows", done.Facts.Select(f => $"{f.Stream} {f.Version}").ToArray());
        }
    }

    private static string NameOf(Command command) => JsonNamingPolicy.KebabCaseLower.ConvertName(command.GetType().Name);

    private static string ResultOf(Outcome outcome) => JsonNamingPolicy.KebabCaseLower.ConvertName(outcome.GetType().Name);
}
