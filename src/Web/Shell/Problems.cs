using System.Text.Json;
using System.Text.RegularExpressions;
using HousingBank.Store;
using HousingBank.Web.Api;
using HousingBank.Web.Calendars;
using HousingBank.Web.Components;
using HousingBank.Web.Languages;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Npgsql;

namespace HousingBank.Web.Shell;

/// <summary>Whatever goes wrong gets a readable answer: problem details for programs, a page for people; never a stack trace.</summary>
public static partial class Problems
{
    private static readonly string[] s_foldersForPrograms = ["/api", "/openapi", "/health", SealsApi.HeadsAddress, CalendarFeed.Folder];

    public static void UseProblems(this WebApplication app)
    {
        var log = app.Services.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(Problems).FullName!);
        app.UseExceptionHandler(new ExceptionHandlerOptions
        {
            StatusCodeSelector = StatusOf,
            SuppressDiagnosticsCallback = fault => StatusOf(fault.Exception) is < StatusCodes.Status500InternalServerError or StatusCodes.Status503ServiceUnavailable,
            ExceptionHandler = context =>
            {
                var fault = context.Features.Get<IExceptionHandlerFeature>();
                if (fault is not null && context.Response.StatusCode == StatusCodes.Status503ServiceUnavailable)
                    Tell(log, fault);
                return WriteAsync(context, fault?.Error);
            },
            AllowStatusCode404Response = true,
        });
        app.UseStatusCodePages(status => WriteAsync(status.HttpContext, null));
        app.Use(async (context, next) =>
        {
            await next(context);
            // Blazor says what kind of thing its refusal of a form is, and then nothing: that would pass for an answer.
            if (context.Response is { StatusCode: StatusCodes.Status400BadRequest, HasStarted: false } && HttpMethods.IsPost(context.Request.Method))
                context.Response.ContentType = null;
        });
    }

    /// <summary>Stable name of an HTTP status in "type" and "code".</summary>
    public static string CodeOf(int status) => status switch
    {
        StatusCodes.Status400BadRequest => "bad-request",
        StatusCodes.Status401Unauthorized => "not-signed-in",
        StatusCodes.Status403Forbidden => "not-allowed",
        StatusCodes.Status404NotFound => "not-found",
        StatusCodes.Status405MethodNotAllowed => "method-not-allowed",
        StatusCodes.Status406NotAcceptable => "not-acceptable",
        StatusCodes.Status408RequestTimeout => "too-slow",
        StatusCodes.Status409Conflict => "refused",
        StatusCodes.Status412PreconditionFailed => "stale",
        StatusCodes.Status413PayloadTooLarge => "too-large",
        StatusCodes.Status415UnsupportedMediaType => "unsupported-media-type",
        StatusCodes.Status422UnprocessableEntity => "fields-refused",
        StatusCodes.Status428PreconditionRequired => "precondition-required",
        StatusCodes.Status429TooManyRequests => "too-many-requests",
        StatusCodes.Status503ServiceUnavailable => "unavailable",
        >= 500 => "fault",
        _ => "bad-request",
    };

    public static bool IsForPrograms(HttpContext context) =>
        s_foldersForPrograms.Any(folder => context.Request.Path.StartsWithSegments(folder));

    /// <summary>In one line: when the database is away, each request meets the same.</summary>
    private static void Tell(ILogger log, IExceptionHandlerFeature fault)
    {
        var (said, within) = (fault.Error.Message, fault.Error.GetBaseException().Message);
        log.LogWarning(
            "{Route} was answered with \"not now\": {Reason}",
            (fault.Endpoint as RouteEndpoint)?.RoutePattern.RawText, said == within ? said : $"{said} {within}");
        log.LogDebug(fault.Error, "Where that came from:");
    }

    private static int StatusOf(Exception fault) => fault switch
    {
        BadHttpRequestException bad => bad.StatusCode,
        OperationCanceledException => StatusCodes.Status499ClientClosedRequest,
        AnswerGivenUpException => StatusCodes.Status503ServiceUnavailable,
        _ when PassingFaults.Includes(fault) || IsSchemaMissing(fault) => StatusCodes.Status503ServiceUnavailable,
        _ => StatusCodes.Status500InternalServerError,
    };

    /// <summary>The schema is still being made.</summary>
    private static bool IsSchemaMissing(Exception? fault) => fault switch
    {
        null => false,
        PostgresException e => e.SqlState is PostgresErrorCodes.InvalidSchemaName or PostgresErrorCodes.UndefinedTable,
        _ => IsSchemaMissing(fault.InnerException),
    };

    private static Task WriteAsync(HttpContext context, Exception? fault)
    {
        if (context.Response.StatusCode == StatusCodes.Status503ServiceUnavailable)
            context.Response.Headers.RetryAfter = "5";
        return IsForPrograms(context) ? WriteProblemAsync(context, fault) : WritePageAsync(context);
    }

    private static async Task WriteProblemAsync(HttpContext context, Exception? fault)
    {
        var status = context.Response.StatusCode;
        var texts = context.RequestServices.GetRequiredService<Texts>();
        var code = CodeOf(status);
        var body = fault?.InnerException as JsonException;
        var lacking = body is null ? [] : LackingIn(body);
        var problem = new ProblemDetails
        {
            Status = status,
            Type = $"/problems/{code}",
            Title = texts[$"problems.{code}.title"],
            Detail = body is null ? texts[$"problems.{code}.detail"] : WhereInBody(body, lacking, texts),
            Extensions = { ["code"] = code },
        };
        if (lacking.Length > 0)
            problem.Extensions["missing"] = lacking;
        // Written whatever Accept says: who asks for CSV is told in JSON why there is none.
        await TypedResults.Problem(problem).ExecuteAsync(context);
    }

    /// <summary>In a scope of its own: the page that failed has used up what renders a page in this request.</summary>
    private static async Task WritePageAsync(HttpContext context)
    {
        var status = context.Response.StatusCode;
        var services = context.RequestServices;
        await using var scope = services.CreateAsyncScope();
        context.Response.Headers.Remove("blazor-enhanced-nav");
        context.RequestServices = scope.ServiceProvider;
        try
        {
            await new RazorComponentResult<ProblemPage>(new { Status = status }) { StatusCode = status }.ExecuteAsync(context);
        }
        finally
        {
            context.RequestServices = services;
        }
    }

    /// <summary>Which place of a body could not be read, or what it lacks; the reader's own message would name our types.</summary>
    private static string WhereInBody(JsonException fault, string[] lacking, Texts texts)
    {
        var path = fault.Path is { Length: > 0 } known ? known : "$";
        return lacking.Length > 0
            ? texts["problems.body-lacks", ("path", path), ("members", string.Join(", ", lacking))]
            : texts["problems.body-unreadable", ("path", path)];
    }

    /// <summary>Only the reader's message says what it missed: the names, as the body has them, in quotes at its end.</summary>
    private static string[] LackingIn(JsonException fault) => [.. Lacking().Match(fault.Message).Groups[1].Captures.Select(name => name.Value)];

    [GeneratedRegex("required properties including: (?:'([^']+)'(?:, )?)+")]
    private static partial Regex Lacking();
}
