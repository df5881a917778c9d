using HousingBank.Web.Access;

namespace HousingBank.Web.Api;

/// <summary>What every endpoint says of itself, in one line where it is mapped.</summary>
internal static class Endpoints
{
    /// <summary>A question: asOf, knownAt, and the same rows as CSV or xlsx where there are rows.</summary>
    public static RouteHandlerBuilder Asks<TAnswer>(this RouteHandlerBuilder endpoint, string operation, string summary, bool hasRows = false, bool hasVersion = false)
    {
        endpoint.WithName(operation).WithSummary(summary).WithMetadata(new AsksHistory())
            .Produces<ReadModels.Answer<TAnswer>>()
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status401Unauthorized)
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status404NotFound);
        if (hasRows)
            endpoint.WithMetadata(new HasRows());
        if (hasVersion)
            endpoint.WithMetadata(new HasVersion());
        return endpoint.ProducesProblem(StatusCodes.Status406NotAcceptable).ProducesProblem(StatusCodes.Status503ServiceUnavailable);
    }

    /// <summary>A decision on what exists: If-Match is demanded, Idempotency-Key makes it safe to repeat.</summary>
    public static RouteHandlerBuilder Decides(this RouteHandlerBuilder endpoint, string operation, string summary, string policy) =>
        endpoint.Writes(operation, summary, policy).WithMetadata(new NeedsIfMatch())
            .Produces<Decided>()
            .ProducesProblem(StatusCodes.Status412PreconditionFailed)
            .ProducesProblem(StatusCodes.Status428PreconditionRequired);

    /// <summary>Several decisions in one request, each on its own: the answer says of each how it ended.</summary>
    public static RouteHandlerBuilder DecidesEach(this RouteHandlerBuilder endpoint, string operation, string summary, string policy) =>
        endpoint.Writes(operation, summary, policy).Produces<DecidedEach>();

    /// <summary>Something new: 201 with its address.</summary>
    public static RouteHandlerBuilder Creates(this RouteHandlerBuilder endpoint, string operation, string summary, string policy) =>
        endpoint.Writes(operation, summary, policy).Produces<Decided>(StatusCodes.Status201Created);

    /// <summary>A decision that no version is demanded of and none told.</summary>
    public static RouteHandlerBuilder DecidesUntold(this RouteHandlerBuilder endpoint, string operation, string summary, string policy) =>
        endpoint.Writes(operation, summary, policy).Produces<Recorded>();

    /// <summary>Something that concerns the asker alone and is no part of the history.</summary>
    public static RouteHandlerBuilder ChangesOwn(this RouteHandlerBuilder endpoint, string operation, string summary) => endpoint
        .WithName(operation).WithSummary(summary).RequireAuthorization(Policies.OwnTokens).WithMetadata(new IsRepeatable())
        .ProducesProblem(StatusCodes.Status401Unauthorized)
        .ProducesProblem(StatusCodes.Status403Forbidden)
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status503ServiceUnavailable);

    private static RouteHandlerBuilder Writes(this RouteHandlerBuilder endpoint, string operation, string summary, string policy) => endpoint
        .WithName(operation).WithSummary(summary).RequireAuthorization(policy).WithMetadata(new IsRepeatable())
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status401Unauthorized)
        .ProducesProblem(StatusCodes.Status403Forbidden)
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status409Conflict)
        .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
        .ProducesProblem(StatusCodes.Status415UnsupportedMediaType)
        .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
        .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
}

/// <summary>Marks an endpoint that takes asOf and knownAt.</summary>
internal sealed record AsksHistory;

/// <summary>Marks an endpoint whose answer can be had as CSV and xlsx.</summary>
internal sealed record HasRows;

/// <summary>Marks an endpoint whose answer carries the version of one thing as its ETag.</summary>
internal sealed record HasVersion;

/// <summary>Marks an endpoint that demands If-Match.</summary>
internal sealed record NeedsIfMatch;

/// <summary>Marks an endpoint that takes facts back, and so corrects none.</summary>
internal sealed record TakesBack;

/// <summary>Marks an endpoint that takes an Idempotency-Key.</summary>
internal sealed record IsRepeatable;
