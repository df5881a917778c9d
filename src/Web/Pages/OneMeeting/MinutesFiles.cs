using System.Text;
using HousingBank.Domain.Vocabulary;
using HousingBank.ReadModels.OneMeeting;
using HousingBank.Web.Access;
using HousingBank.Web.Api;
using HousingBank.Web.Languages;
using HousingBank.Web.Printing;
using HousingBank.Web.Time;

namespace HousingBank.Web.Pages.OneMeeting;

/// <summary>The minutes as a file, for those who may read them.</summary>
public sealed class MinutesFiles(MeetingQuery meetings, Paper paper, Printer printer, Viewer viewer, Texts texts, TimeProvider clock)
{
    /// <param name="printed">As PDF, where this machine can print; else the document itself.</param>
    public async Task<IResult> FetchAsync(RoundId round, bool printed, HttpContext context)
    {
        var point = PointInTime.Read(context.Request.Query, clock);
        if (point.Mistakes is [var mistake, ..])
            return Reading.Unreadable(mistake, texts, context);
        if ((await meetings.MinutesAsync(viewer.Scope, round, viewer.Asks(point), context.RequestAborted))?.Value is not { } minutes)
            return TypedResults.StatusCode(StatusCodes.Status404NotFound);

        var title = texts["meeting.minutes-of", ("round", minutes.RoundNumber)];
        var html = await paper.WriteAsync<MinutesSheet>(title, texts.Language, (nameof(MinutesSheet.Of), minutes), (nameof(MinutesSheet.Title), title));
        var file = printed
            ? await printer.PrintAsync(title, html, context.RequestAborted)
            : new PrintedFile(Encoding.UTF8.GetBytes(html), "text/html; charset=utf-8", $"{title}.html");
        return file.ToResult();
    }
}

internal static class MinutesPages
{
    /// <summary>The minutes as files, beside the page that shows them.</summary>
    public static void MapMinutesFiles(this IEndpointRouteBuilder app)
    {
        foreach (var (ending, printed) in new[] { ("html", false), ("pdf", true) })
        {
            app.MapGet($"/runder/{{round:guid}}/protokoll.{ending}", (Guid round, MinutesFiles files, HttpContext context) => files.FetchAsync(new(round), printed, context))
                .RequireAuthorization(Policies.ReadCouncil).WithMetadata(new IsDownload()).ExcludeFromDescription();
        }
    }
}
