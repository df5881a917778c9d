using System.Globalization;
using HousingBank.Domain.Vocabulary;
using HousingBank.ReadModels;
using HousingBank.Web.Access;
using HousingBank.Web.Languages;
using HousingBank.Web.Shell;
using HousingBank.Web.Time;
using Microsoft.AspNetCore.Http.HttpResults;

namespace HousingBank.Web.Api;

/// <summary>Answers a program's question: as JSON, or the same rows as CSV or xlsx. Every reading endpoint ends here.</summary>
public sealed class Reading(Viewer viewer, Texts texts, TimeProvider clock, IHttpContextAccessor http)
{
    private const int Page = 100;
    private const int MostOnAPage = 1000;

    private HttpContext Context => http.HttpContext!;

    public Store.Scope Scope => viewer.Scope;

    /// <exception cref="InvalidOperationException">Nobody is signed in.</exception>
    public Role Role => viewer.Caller.Role;

    public CancellationToken Cancel => Context.RequestAborted;

    /// <summary>Asks one thing that may not be there on that day, or not known at that moment: then 404.</summary>
    public Task<IResult> OneAsync<T>(Func<Question, Task<Answer<T>?>> ask, Func<T, FlatTable>? rows = null, Func<T, int>? version = null) => AnswerAsync(ask, rows, version);

    public Task<IResult> ManyAsync<T>(Func<Question, Task<Answer<T>>> ask, Func<T, FlatTable>? rows = null) =>
        AnswerAsync(async question => (Answer<T>?)await ask(question), rows, null);

    /// <summary>How many a list gives: as asked for, else a page for programs and all rows for files.</summary>
    /// <exception cref="UnreadableParameterException">Fewer than 1, or more than 1000.</exception>
    public int? Take(AskedNumber? asked) => Parameters.Between(asked, 1, MostOnAPage, "take") ?? (Export.FormatOf(Context.Request) is ExportFormat.Json ? Page : null);

    private async Task<IResult> AnswerAsync<T>(Func<Question, Task<Answer<T>?>> ask, Func<T, FlatTable>? rows, Func<T, int>? version)
    {
        var point = PointInTime.Read(Context.Request.Query, clock);
        if (point.Mistakes is [var mistake, ..])
            return Unreadable(mistake, texts);
        if (Export.FormatOf(Context.Request, hasRows: rows is not null) is not { } format)
            return Unreadable("format", texts);
        if (format is not ExportFormat.Json && rows is null)
            return TypedResults.StatusCode(StatusCodes.Status406NotAcceptable);

        Answer<T>? asked;
        try
        {
            asked = await ask(viewer.Asks(point));
        }
        catch (UnreadableParameterException e)
        {
            return Unreadable(e.Parameter, texts);
        }

        if (asked is not { } answer)
            return TypedResults.StatusCode(StatusCodes.Status404NotFound);

        // A settled answer never changes, but who may read it does: what a browser kept would outlive the role it was read by.
        Context.Response.Headers.CacheControl = "no-store";
        Context.Response.Headers.Vary = "Accept, Accept-Language, Cookie, Authorization";
        if (version is not null)
            Context.Response.Headers.ETag = string.Create(CultureInfo.InvariantCulture, $"\"{version(answer.Value)}\"");
        return format is ExportFormat.Json ? TypedResults.Ok(answer) : Export.Of(rows!(answer.Value), answer.AsOf, format, texts);
    }

    /// <summary>For an address of people as well: they get the page that <see cref="Problems"/> makes of the status.</summary>
    internal static IResult Unreadable(string parameter, Texts texts, HttpContext context) =>
        Problems.IsForPrograms(context) ? Unreadable(parameter, texts) : TypedResults.StatusCode(StatusCodes.Status400BadRequest);

    internal static ProblemHttpResult Unreadable(string parameter, Texts texts) => TypedResults.Problem(
        detail: texts["problems.parameter-unreadable", ("parameter", parameter)],
        statusCode: StatusCodes.Status400BadRequest,
        title: texts["problems.parameter-unreadable.title"],
        type: "/problems/parameter-unreadable",
        extensions: [new("code", "parameter-unreadable"), new("parameter", parameter)]);
}
