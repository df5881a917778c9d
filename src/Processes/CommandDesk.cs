using System.Diagnostics;
using System.Security.Cryptography;
using System.Text.Json;
using HousingBank.Domain;
using HousingBank.Domain.Vocabulary;
using HousingBank.Store;
using Microsoft.Extensions.Logging;

namespace HousingBank.Processes;

/// <summary>The one place where commands are carried out: load, decide, look for contradictions, write; then what follows from it.</summary>
/// <remarks>Two round trips: one that loads, one that writes. Nothing is held open between them; a stream that moved meanwhile refuses the write.</remarks>
public sealed class CommandDesk(IEventStore store, Reactions reactions, ILogger<CommandDesk> log)
{
    // A stream that others move this often between our two round trips is not a race but a queue: the caller is told.
    private const int Attempts = 8;

    /// <summary>
    /// Whether what follows from a decision is left to the subscription where the database goes away meanwhile. A program that ends with that fault says so instead.
    /// </summary>
    public bool LeavesWhatFollows { get; init; } = true;

    /// <summary>Carries out a command.</summary>
    /// <param name="commandId">The same id with the same command is carried out once, however often it is sent.</param>
    /// <param name="expectedVersion">The version of the stream decided on that the caller has seen; null when it does not matter.</param>
    /// <param name="correlation">The command that this one follows from; null when it follows from none.</param>
    /// <param name="beforeWriting">What must be kept before anything is written, such as the keys that the command's personal data are sealed under.</param>
    public async Task<Outcome> RunAsync(
        Caller caller,
        Command command,
        Guid commandId,
        int? expectedVersion,
        CancellationToken cancel,
        Guid? correlation = null,
        Func<CancellationToken, Task>? beforeWriting = null)
    {
        if (Unfit(caller, command) is { } unfit)
            return new Outcome.Refused(unfit, new Dictionary<StreamId, int>());

        using var span = DecisionTelemetry.Decide(caller, command, commandId, correlation ?? commandId);
        var began = Stopwatch.GetTimestamp();
        var receipt = new ReceiptKey(caller.Actor, commandId, Fingerprint(command));
        for (var attempt = 1; ; attempt++)
        {
            var (outcome, mayTryAgain) = await TryAsync(caller, command, receipt, expectedVersion, correlation ?? commandId, beforeWriting, cancel);
            if (!mayTryAgain || attempt == Attempts)
            {
                DecisionTelemetry.Decided(span, command, outcome, attempt, Stopwatch.GetElapsedTime(began));
                if (outcome is Outcome.Done { Facts.Count: > 0 } done)
                    await FollowUpAsync(done.Facts, cancel);
                return outcome;
            }
        }
    }

    private async Task<(Outcome Outcome, bool MayTryAgain)> TryAsync(
        Caller caller, Command command, ReceiptKey receipt, int? expectedVersion, Guid correlation, Func<CancellationToken, Task>? beforeWriting, CancellationToken cancel)
    {
        var scope = Scope.Of(caller.Tenant);
        var streams = command.Streams();
        var decidedOn = streams[0];
        Loaded loaded;
        using (DecisionTelemetry.Step("load"))
            loaded = await store.LoadAsync(scope, [.. streams.Distinct().Select(Key)], receipt, cancel);
        if (loaded.Receipt is { } earlier)
            return (FromReceipt(earlier, receipt), false);

        var histories = new Histories(loaded.Streams.Select(s => HistoryReader.Of(s.Key, s.Value)));
        var versions = loaded.Streams.ToDictionary(s => StreamId.Parse(s.Key.Name), s => s.Value.Count);
        if (expectedVersion is { } seen && seen != versions[decidedOn])
            return (new Outcome.Stale(decidedOn, seen, versions[decidedOn]), false);

        var decision = command.Decide(histories);
        if (decision is Decision.Refused refused)
            return (new Outcome.Refused(refused.Reason, versions), false);
        var accepted = (Decision.Accepted)decision;
        if (!caller.MayDecideForGood && accepted.Facts.Any(f => f.Stream.StandsForGood()))
            return (new Outcome.SignInNeeded(), false);

        var writes = streams.Distinct().Select(stream => new StreamWrite(
            Key(stream),
            versions[stream],
            [.. accepted.Facts.Where(f => f.Stream == stream).Select(f => new FactToWrite(f.Fact, FactCodec.ToSpan(f.Fact.On), f.Replaces))])).ToList();

        if (Said(command).Grounds.EntryReason is null)
        {
            foreach (var write in writes.Where(w => w.Facts.Count > 0))
            {
                if (NewContradictions(loaded.Streams[write.Stream], write) is { Count: > 0 } contradictions)
                    return (new Outcome.Contradicts(StreamId.Parse(write.Stream.Name), contradictions), false);
            }
        }

        var version = versions[decidedOn] + accepted.Facts.Count(f => f.Stream == decidedOn);
        var answer = JsonSerializer.Serialize(new Answer(decidedOn.ToString(), version), FactCodec.Json);
        var circumstances = CircumstancesOf(caller, Said(command).Grounds, receipt.CommandId, correlation, versions);
        if (beforeWriting is not null)
            await beforeWriting(cancel);
        using var writing = DecisionTelemetry.Step("write");
        return await store.WriteAsync(scope, loaded, writes, circumstances, receipt, answer, cancel) switch
        {
            WriteResult.Written written => (new Outcome.Done(decidedOn, version, written.RecordedAt, written.Facts), false),
            WriteResult.AlreadyDone twin => (FromReceipt(twin.Receipt, receipt), false),
            WriteResult.Stale stale => (new Outcome.Stale(StreamId.Parse(stale.Stream.Name), stale.Expected, stale.Actual), expectedVersion is null || stale.Stream.Name != decidedOn.ToString()),
            WriteResult.TablesMoved moved => (new Outcome.TablesMoved(moved.Table), false),
            var other => throw new UnreachableException(other.GetType().Name),
        };
    }

    /// <summary>What follows at once, so that the next page shows it. Whatever fails here is done by the subscription, which sees the same facts.</summary>
    /// <param name="facts">Of one command. What has followed from them before does not follow again.</param>
    public async Task FollowUpAsync(IReadOnlyList<StoredFact> facts, CancellationToken cancel)
    {
        try
        {
            foreach (var fact in facts)
            {
                foreach (var next in await reactions.ToAsync(fact, cancel))
                    await RunAsync(next.Caller, next.Command, next.CommandId, null, cancel, fact.Circumstances.Correlation);
            }
        }
        catch (Exception e) when (e is not OperationCanceledException && (LeavesWhatFollows || !PassingFaults.Includes(e)))
        {
            log.LogWarning(e, "What follows from {Stream} version {Version} is left to the subscription.", facts[0].Stream, facts[^1].Version);
        }
    }

    private static Refusal? Unfit(Caller caller, Command command)
    {
        var said = Said(command);
        if (Fields.OfAny(said) is { } wrong)
            return wrong;
        var bySource = caller.Role is Role.Import or Role.Process;
        if (said.Grounds.NotDocumented.Count > 0 && !bySource)
            return CommandRefusals.NotDocumentedIsForImports;
        if (said.Grounds.Basis.Kind is BasisKind.Source or BasisKind.Simulation && !bySource)
            return CommandRefusals.BasisIsForImports;
        return command is CorrectFact && said.Grounds.EntryReason is null ? CommandRefusals.CorrectionNeedsReason : null;
    }

    private IReadOnlyList<Contradiction> NewContradictions(IReadOnlyList<StoredFact> recorded, StreamWrite write)
    {
        var aggregate = Aggregates.Of(write.Stream.Kind);
        var after = aggregate.Contradictions(EffectiveOrder([.. recorded, .. write.Facts.Select((f, i) => NotYetRecorded(write, f, recorded.Count + i + 1))]));
        return after.Count == 0 ? [] : [.. after.Except(aggregate.Contradictions(EffectiveOrder(recorded)))];
    }

    private StoredFact NotYetRecorded(StreamWrite write, FactToWrite fact, int version) => new(
        "", write.Stream, version, store.Codec.NameOf(fact.Fact), fact.Fact, fact.On, DateTimeOffset.MaxValue, NoCircumstances, fact.Replaces, 0, null);

    private static StandingFact[] EffectiveOrder(IReadOnlyList<StoredFact> recorded) =>
        [.. Standing.InEffectiveOrder(recorded).Select(s => new StandingFact(s.StandsAt, (Fact)s.Fact.Fact))];

    private static Outcome FromReceipt(Receipt receipt, ReceiptKey asked)
    {
        if (!receipt.RequestHash.AsSpan().SequenceEqual(asked.RequestHash))
            return new Outcome.IdUsedForAnother();
        var answer = JsonSerializer.Deserialize<Answer>(receipt.Answer, FactCodec.Json)!;
        return new Outcome.Done(StreamId.Parse(answer.Stream), answer.Version, receipt.RecordedAt, []);
    }

    private static byte[] Fingerprint(Command command) => command is CorrectFact correction
        ? SHA256.HashData([.. BitConverter.GetBytes(correction.Version), .. Fingerprint(correction.Instead)])
        : SHA256.HashData([.. System.Text.Encoding.UTF8.GetBytes(command.GetType().Name), .. JsonSerializer.SerializeToUtf8Bytes(command, command.GetType(), FingerprintJson.Options)]);

    /// <summary>What is asked for in the end: a correction stands for the command that says it rightly.</summary>
    private static Command Said(Command command) => command is CorrectFact { Instead: var instead } ? instead : command;

    private static Circumstances CircumstancesOf(Caller caller, Grounds grounds, Guid commandId, Guid correlation, Dictionary<StreamId, int> lookedAt) => new(
        caller.Actor,
        JsonNamingPolicy.CamelCase.ConvertName(caller.Role.ToString()),
        grounds.DecidedBy,
        JsonNamingPolicy.CamelCase.ConvertName(grounds.Basis.Kind.ToString()),
        grounds.Basis.Reference,
        grounds.EntryReason,
        [.. grounds.NotDocumented],
        commandId,
        correlation,
        lookedAt.ToDictionary(v => v.Key.ToString(), v => v.Value));

    private static readonly Circumstances NoCircumstances = Circumstances.Folded("none", []);

    private static StreamKey Key(StreamId stream) => new(stream.ToString());

    private sealed record Answer(string Stream, int Version);
}

/// <summary>What stands in the way of any command.</summary>
public static class CommandRefusals
{
    public static readonly Refusal NotDocumentedIsForImports = Refusal.OfField("not-documented-is-for-imports", "notDocumented");
    public static readonly Refusal BasisIsForImports = Refusal.OfField("basis-is-for-imports", "basis");
    public static readonly Refusal CorrectionNeedsReason = Refusal.OfField("correction-needs-reason", "entryReason");
}
