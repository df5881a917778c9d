using System.Globalization;
using HousingBank.Domain.Vocabulary;
using HousingBank.ReadModels.Letters;
using HousingBank.Web.Access;
using HousingBank.Web.Api;
using HousingBank.Web.Languages;
using HousingBank.Web.Printing;
using HousingBank.Web.Time;

namespace HousingBank.Web.Letters;

/// <summary>Letters as files, for those who may read them.</summary>
public sealed class LetterFiles(LettersQuery letters, Paper paper, Printer printer, Viewer viewer, Texts texts, TimeProvider clock)
{
    public async Task<IResult> FetchAsync(LetterId id, HttpContext context)
    {
        var point = PointInTime.Read(context.Request.Query, clock);
        if (point.Mistakes is [var mistake, ..])
            return Reading.Unreadable(mistake, texts, context);
        if ((await letters.OneAsync(viewer.Scope, id, viewer.Asks(point), context.RequestAborted))?.Value is not { } letter)
            return TypedResults.StatusCode(StatusCodes.Status404NotFound);

        var html = await paper.WriteAsync<LetterSheet>(
            letter.About.Subject, letter.Language(), (nameof(LetterSheet.Letter), letter), (nameof(LetterSheet.Alone), true));
        var title = string.Create(CultureInfo.InvariantCulture, $"Brev {letter.About.WrittenOn.On:yyyy-MM-dd} {letter.About.Receiver}");
        return (await printer.PrintAsync(title, html, context.RequestAborted)).ToResult();
    }
}

internal static class LetterPages
{
    /// <summary>The letter as a file, beside the page that shows it.</summary>
    public static void MapLetterFiles(this IEndpointRouteBuilder app) =>
        app.MapGet("/brev/{letter:guid}/pdf", (Guid letter, LetterFiles files, HttpContext context) => files.FetchAsync(new(letter), context))
            .RequireAuthorization(Policies.Read).WithMetadata(new IsDownload()).ExcludeFromDescription();

    /// <summary>That of the receiver, whoever reads it.</summary>
    public static Language Language(this Letter letter) => letter.About.Form == "nynorsk" ? Languages.Language.Nynorsk : Languages.Language.Bokmal;
}
