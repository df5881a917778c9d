using System.Globalization;
using HousingBank.Domain.Applications;
using HousingBank.Domain.CouncilMeetings;
using HousingBank.Domain.IntakeRounds;
using HousingBank.Domain.Participations;
using HousingBank.Domain.Vocabulary;
using HousingBank.Processes;
using HousingBank.Processes.Persons;
using HousingBank.Web.Access;
using HousingBank.Web.Languages;
using HousingBank.Web.Persons;
using HousingBank.Web.Shell;
using HousingBank.Web.Time;
using Microsoft.AspNetCore.Http.HttpResults;
using ApplicationId = HousingBank.Domain.Vocabulary.ApplicationId;

namespace HousingBank.Web.Api;

/// <summary>Carries out a command for a program and says how it ended. Every writing endpoint ends here.</summary>
/// <remarks>If-Match guards what exists already; Idempotency-Key makes a command safe to repeat.</remarks>
public sealed class Deciding(ViewerDesk desk, HistoryReader histories, PersonSealing sealing, Viewer viewer, Texts texts, IHttpContextAccessor http)
{
    public const string IdempotencyKey = "Idempotency-Key";
    public const string Corrects = "corrects";

    private const int LongestKey = 100;

    // What tags none of which is ours ask for: a version that nothing has.
    private const int NoVersion = -1;

    private Guid? _commandId;
    private Outcome? _outcome;

    private HttpRequest Request => http.HttpContext!.Request;

    /// <summary>A decision on what exists: If-Match is demanded. "?corrects=3" says that it is what the fact of version 3 should have said.</summary>
    public Task<IResult> OnAsync(Command command, string? tenant = null) => (Precondition.Of(Request.Headers), Corrected()) switch
    {
        (Precondition.Missing, _) => Task.FromResult<IResult>(Problem(StatusCodes.Status428PreconditionRequired, "precondition-required")),
        (Precondition.Unreadable, _) => Task.FromResult<IResult>(Problem(StatusCodes.Status400BadRequest, "bad-request", "if-match-unreadable")),
        (_, not null) when command is StrikeFact => Task.FromResult<IResult>(Reading.Unreadable(Corrects, texts)),
        (_, < 1) => Task.FromResult<IResult>(Reading.Unreadable(Corrects, texts)),
        (_, not null) when !Policies.Lets(Policies.Decide, viewer) => Task.FromResult<IResult>(Problem(StatusCodes.Status403Forbidden, "not-allowed")),
        (var seen, { } wrong) => RunAsync(new CorrectFact(wrong, command) { On = command.On, Grounds = command.Grounds }, seen, null, tenant),
        (var seen, null) => RunAsync(command, seen, null, tenant),
    };

    /// <summary>As <see cref="OnAsync(Command, string?)"/>, for what says something about persons: it is sealed before the command is made.</summary>
    /// <param name="make">Makes the command; seals with the id it is given.</param>
    public async Task<IResult> OnAsync(Func<PersonSealing, Guid, Task<Command>> make)
    {
        if (CommandId() is not { } commandId)
            return Problem(StatusCodes.Status400BadRequest, "bad-request", "idempotency-key-unreadable");
        try
        {
            for (var again = false; ; again = true)
            {
                sealing.BeginAnew();
                _outcome = null;
                try
                {
                    var command = await make(sealing, commandId);
                    var answer = sealing.Refused is { } refused ? Refused(new Outcome.Refused(refused, new Dictionary<StreamId, int>())) : await OnAsync(command);
                    if (again || _outcome is not Outcome.IdUsedForAnother || !sealing.HasUnkeptKeys)
                        return answer;
                }
                catch (PersonKeyTakenException) when (!again)
                {
                    // A twin of this request was quicker: sealed under the key that it has made, the same says the same.
                }
            }
        }
        catch (MasterKeyException)
        {
            return PersonalDataUnavailable();
        }
    }

    /// <summary>Refuses before anything is decided: there is no such thing, or what was sent cannot be what it has to be.</summary>
    public IResult Refuse(Refusal refusal) => Refused(new Outcome.Refused(refusal, new Dictionary<StreamId, int>()));

    /// <summary>There is no such thing, or not for the viewer.</summary>
    public IResult NotThere() => Problem(StatusCodes.Status404NotFound, "not-found");

    /// <summary>The request was carried out before, and what it made is shown once.</summary>
    public IResult ShownBefore() => Problem(StatusCodes.Status409Conflict, "shown-before");

    /// <summary>No master key is configured, or not the one that is needed.</summary>
    public IResult PersonalDataUnavailable() => Problem(StatusCodes.Status503ServiceUnavailable, "personal-data-unavailable");

    /// <summary>The virus scanner does not answer: <see cref="Attachments.NotScannedException"/>.</summary>
    public IResult FileNotScanned() => Problem(StatusCodes.Status503ServiceUnavailable, "file-not-scanned");

    /// <summary>The id of something new: the client's own, or one that is the same when the request is repeated under its Idempotency-Key.</summary>
    public Guid IdOf(Guid? given) => given
        ?? (Request.Headers.ContainsKey(IdempotencyKey) && CommandId() is { } command ? NamedUuid.Make(command, $"{viewer.Actor}:new") : Guid.CreateVersion7());

    /// <summary>Something new: answers 201 with where it is.</summary>
    public Task<IResult> NewAsync(Command command, string location, string? tenant = null) => RunAsync(command, new Precondition.Missing(), location, tenant);

    /// <summary>A decision that no version is demanded of and none told: whoever asks for it may be one who sees nothing of the thing afterwards.</summary>
    public Task<IResult> UntoldAsync(Command command) => RunAsync(command, new Precondition.Missing(), null, null, untold: true);

    /// <inheritdoc cref="Viewer.Leads"/>
    public Task<IResult> AsChairAsync(string? chair, Func<Task<IResult>> decide) => IfAllowedAsync(viewer.Leads(chair), decide);

    /// <summary>Several decisions in a round, each under an id of its own: what is refused holds none of the others back.</summary>
    public async Task<IResult> EachAsync(RoundId round, IReadOnlyList<(MunicipalityId Municipality, Command Command)> decisions)
    {
        if (CommandId() is not { } commandId)
            return Problem(StatusCodes.Status400BadRequest, "bad-request", "idempotency-key-unreadable");
        if ((Fields.NotEmpty(decisions) ?? Fields.NoneTwice([.. decisions.Select(d => d.Municipality)], "decisions")) is { } wrong)
            return Refuse(wrong);
        if (!(await histories.StateAsync<IntakeRoundState>(viewer.Tenant, round.Stream, http.HttpContext!.RequestAborted)).IsKnown)
            return NotThere();
        var answers = new List<DecidedOne>();
        foreach (var (municipality, command) in decisions)
        {
            var outcome = await desk.RunAsync(command, NamedUuid.Make(commandId, municipality.Key), null, http.HttpContext.RequestAborted);
            answers.Add(OneOf(municipality.Key, outcome));
        }

        return TypedResults.Ok(new DecidedEach(answers));
    }

    private DecidedOne OneOf(string municipality, Outcome outcome) => outcome switch
    {
        Outcome.Done done => new(municipality, StatusCodes.Status200OK, null, null, done.Version, done.RecordedAt),
        Outcome.Refused refused => new(municipality, StatusOf(refused.Reason), refused.Reason.Code, texts.Of(refused.Reason), null, null),
        Outcome.Contradicts contradicts => new(
            municipality, StatusCodes.Status409Conflict, "contradicts", string.Join(' ', contradicts.Contradictions.Select(c => texts[$"refusals.{c.Code}"])), null, null),
        Outcome.Stale stale => new(municipality, StatusCodes.Status409Conflict, "stale", texts["problems.stale.detail"], stale.Actual, null),
        Outcome.IdUsedForAnother => new(municipality, StatusCodes.Status422UnprocessableEntity, "id-used-for-another", texts["problems.id-used-for-another.detail"], null, null),
        Outcome.TablesMoved => new(municipality, StatusCodes.Status503ServiceUnavailable, "unavailable", texts["problems.unavailable.detail"], null, null),
        var other => throw new System.Diagnostics.UnreachableException(other.GetType().Name),
    };

    /// <summary>A municipality's own people write for their own municipality only.</summary>
    public Task<IResult> ForMunicipalityAsync(MunicipalityId? municipality, Func<Task<IResult>> decide) =>
        IfAllowedAsync(viewer.Role != Role.Municipality || (municipality is not null && viewer.Municipality == municipality), decide);

    /// <summary>Whoever signs for a municipality may; without a sign-off whoever writes for it. Its own people sign in the function that they have.</summary>
    public async Task<IResult> ForSignatoryAsync(RoundId round, MunicipalityId municipality, SignOffRequest? signOff, Func<SignOff?, Task<IResult>> decide)
    {
        if (signOff is null)
            return await ForMunicipalityAsync(municipality, () => decide(null));
        var application = await histories.StateAsync<ApplicationState>(viewer.Tenant, ApplicationId.Of(round, municipality).Stream, http.HttpContext!.RequestAborted);
        return await IfAllowedAsync(
            SigningRights.MaySign(viewer, municipality, signOff.By, application.Signatory?.Person),
            () => decide(new SignOff(signOff.By, viewer.Role == Role.Municipality ? null : signOff.Function)));
    }

    /// <summary>Only whoever signs for a municipality says who else may.</summary>
    public Task<IResult> ForNamingAsync(MunicipalityId municipality, Func<Task<IResult>> decide) => IfAllowedAsync(SigningRights.MayName(viewer, municipality), decide);

    /// <inheritdoc cref="ForMunicipalityAsync"/>
    public async Task<IResult> ForParticipationAsync(Guid participation, Func<Task<IResult>> decide)
    {
        if (viewer.Role != Role.Municipality)
            return await decide();
        var course = await histories.StateAsync<ParticipationState>(viewer.Tenant, new ParticipationId(participation).Stream, http.HttpContext!.RequestAborted);
        return await ForMunicipalityAsync(course.Candidacy?.Municipality, decide);
    }

    /// <summary>The secretariat runs the council's meeting; a member does from when it is opened, as the one who leads it.</summary>
    public async Task<IResult> InMeetingAsync(Guid round, Func<Task<IResult>> decide)
    {
        if (viewer.Role != Role.Council)
            return await decide();
        var meeting = await histories.StateAsync<CouncilMeetingState>(viewer.Tenant, CouncilMeetingId.Of(new RoundId(round)).Stream, http.HttpContext!.RequestAborted);
        return await IfAllowedAsync(Chairing.Lets(viewer, meeting.Opened?.Chair), decide);
    }

    /// <summary>A municipality's own people assess as the municipality, not in the name of another.</summary>
    public Task<IResult> AsAssessorAsync(AnchoringAssessor assessor, Func<Task<IResult>> decide) =>
        IfAllowedAsync(viewer.Role != Role.Municipality || assessor == AnchoringAssessor.Municipality, decide);

    /// <summary>Only leadership waives what is missing at a gate.</summary>
    public Task<IResult> WithWaiverAsync(WaiverRequest? waiver, Func<Task<IResult>> decide) =>
        IfAllowedAsync(waiver is null || Policies.Lets(Policies.Decide, viewer), decide);

    private Task<IResult> IfAllowedAsync(bool allowed, Func<Task<IResult>> decide) =>
        allowed ? decide() : Task.FromResult<IResult>(Problem(StatusCodes.Status403Forbidden, "not-allowed"));

    private async Task<IResult> RunAsync(Command command, Precondition seen, string? location, string? tenant, bool untold = false)
    {
        if (CommandId() is not { } commandId)
            return Problem(StatusCodes.Status400BadRequest, "bad-request", "idempotency-key-unreadable");
        // The register is real and belongs to all offices: nobody who plays in the simulation writes there.
        if (tenant == Store.Scope.National && viewer.SeesSimulation)
            return Problem(StatusCodes.Status403Forbidden, "not-allowed");
        _outcome = await CarryOutAsync(command, commandId, seen, tenant);
        return _outcome switch
        {
            Outcome.Done done when untold => TypedResults.Ok(new Recorded(done.RecordedAt)),
            Outcome.Done done => Done(done, location),
            Outcome.Refused refused when untold => Refuse(refused.Reason),
            Outcome.Refused refused => Refused(refused),
            Outcome.Contradicts contradicts => Problem(StatusCodes.Status409Conflict, "contradicts", extensions: new()
            {
                ["contradictions"] = contradicts.Contradictions.Select(c => new { c.Code, On = c.On.Iso(), Text = texts[$"refusals.{c.Code}"], Versions = c.Versions.ToArray() }),
                ["stream"] = contradicts.Stream.ToString(),
            }),
            Outcome.Stale when untold => Problem(StatusCodes.Status409Conflict, "stale"),
            Outcome.Stale { Actual: 0 } when location is null => Problem(StatusCodes.Status404NotFound, "not-found"),
            Outcome.Stale stale => Stale(stale, seen is Precondition.OneOf),
            Outcome.SignInNeeded => Problem(StatusCodes.Status403Forbidden, "sign-in-again"),
            Outcome.IdUsedForAnother => Problem(StatusCodes.Status422UnprocessableEntity, "id-used-for-another"),
            Outcome.TablesMoved => TypedResults.StatusCode(StatusCodes.Status503ServiceUnavailable),
            var other => throw new System.Diagnostics.UnreachableException(other.GetType().Name),
        };
    }

    private async Task<Outcome> CarryOutAsync(Command command, Guid commandId, Precondition seen, string? tenant)
    {
        var cancel = http.HttpContext!.RequestAborted;
        if (seen is not Precondition.OneOf(var versions))
            return await desk.RunAsync(command, commandId, null, cancel, tenant);
        var outcome = await desk.RunAsync(command, commandId, versions.FirstOrDefault(NoVersion), cancel, tenant);
        return outcome is Outcome.Stale { Actual: var actual } && versions.Contains(actual)
            ? await desk.RunAsync(command, commandId, actual, cancel, tenant)
            : outcome;
    }

    private IResult Done(Outcome.Done done, string? location)
    {
        http.HttpContext!.Response.Headers.ETag = ETagOf(done.Version);
        var answer = new Decided(done.Stream.ToString(), done.Version, done.RecordedAt);
        return location is null ? TypedResults.Ok(answer) : TypedResults.Created(location, answer);
    }

    private ProblemHttpResult Refused(Outcome.Refused refused)
    {
        var reason = refused.Reason;
        var extensions = new Dictionary<string, object?>
        {
            ["values"] = reason.Values.Values,
            // The versions of streams tell a council member of what is not there for it.
            ["lookedAt"] = viewer.Role == Role.Council ? new() : refused.LookedAt.ToDictionary(l => l.Key.ToString(), l => l.Value),
        };
        var status = StatusOf(reason);
        if (reason.Kind == RefusalKind.Field)
            extensions["errors"] = new Dictionary<string, string[]> { [RequestNames.Of(reason.Field)] = [texts.Of(reason)] };
        return TypedResults.Problem(
            detail: texts.Of(reason),
            statusCode: status,
            title: texts[$"problems.{Problems.CodeOf(status)}.title"],
            type: $"/problems/{reason.Code}",
            extensions: [.. extensions, new("code", reason.Code)]);
    }

    private static int StatusOf(Refusal reason) => reason.Kind switch
    {
        RefusalKind.Field => StatusCodes.Status422UnprocessableEntity,
        RefusalKind.Unknown => StatusCodes.Status404NotFound,
        _ => StatusCodes.Status409Conflict,
    };

    private ProblemHttpResult Stale(Outcome.Stale stale, bool wasGuarded)
    {
        http.HttpContext!.Response.Headers.ETag = ETagOf(stale.Actual);
        return Problem(wasGuarded ? StatusCodes.Status412PreconditionFailed : StatusCodes.Status409Conflict, "stale", extensions: new()
        {
            ["stream"] = stale.Stream.ToString(),
            ["expected"] = stale.Expected == NoVersion ? (int?)null : stale.Expected,
            ["actual"] = stale.Actual,
        });
    }

    private ProblemHttpResult Problem(int status, string code, string? detail = null, Dictionary<string, object?>? extensions = null) => TypedResults.Problem(
        detail: texts[detail is null ? $"problems.{code}.detail" : $"problems.{detail}"],
        statusCode: status,
        title: texts[$"problems.{code}.title"],
        type: $"/problems/{code}",
        extensions: [.. extensions ?? [], new("code", code)]);

    /// <returns>Null when nothing is corrected; 0 when the version cannot be read.</returns>
    private int? Corrected()
    {
        if (!Request.Query.TryGetValue(Corrects, out var version))
            return null;
        return int.TryParse(version, NumberStyles.None, CultureInfo.InvariantCulture, out var read) ? read : 0;
    }

    /// <returns>The id that makes the command happen once; null when the key is too long.</returns>
    private Guid? CommandId() => _commandId ??= ReadCommandId();

    private Guid? ReadCommandId()
    {
        var key = Request.Headers[IdempotencyKey].ToString();
        if (key.Length == 0)
            return Guid.CreateVersion7();
        if (key.Length > LongestKey)
            return null;
        return Guid.TryParse(key, out var id) ? id : NamedUuid.Make(NamedUuid.Root, $"{viewer.Actor}:{key}");
    }

    internal static string ETagOf(int version) => string.Create(CultureInfo.InvariantCulture, $"\"{version}\"");
}

/// <summary>How each of several decisions ended, in the order they were sent.</summary>
public sealed record DecidedEach(IReadOnlyList<DecidedOne> Decisions);

/// <summary>How one of several decisions ended.</summary>
/// <param name="Municipality">Its key: hamar.</param>
/// <param name="Status">What the answer's status would have been had it been sent alone: 200 when it is decided so now.</param>
/// <param name="Code">Why it was not; null when it is decided so now.</param>
/// <param name="Detail">The same in words.</param>
/// <param name="Version">The version of the stream decided on, after the decision; of an admission the round's.</param>
public sealed record DecidedOne(string Municipality, int Status, string? Code, string? Detail, int? Version, DateTimeOffset? RecordedAt);

/// <summary>What a decision gave.</summary>
/// <param name="Stream">The stream decided on: kind/id.</param>
/// <param name="Version">Its version after the decision; also the ETag.</param>
/// <param name="RecordedAt">The moment it was recorded, UTC.</param>
public sealed record Decided(string Stream, int Version, DateTimeOffset RecordedAt);

/// <summary>That a decision was recorded, and no more.</summary>
/// <param name="RecordedAt">The moment it was recorded, UTC.</param>
public sealed record Recorded(DateTimeOffset RecordedAt);
