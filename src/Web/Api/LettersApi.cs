using HousingBank.Domain.Letters;
using HousingBank.Domain.Municipalities;
using HousingBank.Domain.Vocabulary;
using HousingBank.ReadModels;
using HousingBank.ReadModels.Letters;
using HousingBank.Web.Access;
using HousingBank.Web.Letters;
using HousingBank.Web.Time;

namespace HousingBank.Web.Api;

/// <summary>Letters to municipalities as they were sent, and the templates they are written by.</summary>
internal static class LettersApi
{
    public static void MapLetters(this IEndpointRouteBuilder api)
    {
        var letters = api.MapGroup("/letters").WithTags("Letters");
        letters.MapGet("", (Reading read, LettersQuery query, AskedId? round, string? municipality, string? kind) =>
                read.ManyAsync(q => query.AskAsync(read.Scope, FilterOf(round, municipality, kind), q, read.Cancel), l => l.Rows()))
            .Asks<LetterList>("listLetters", "Letters to municipalities, the newest first: of a round, to a municipality or of a kind.", hasRows: true);
        letters.MapGet("/{letter:guid}", (Reading read, LettersQuery query, Guid letter) =>
                read.OneAsync(q => query.OneAsync(read.Scope, new LetterId(letter), q, read.Cancel)))
            .Asks<Letter>("getLetter", "One letter as it was sent.");
        letters.MapGet("/{letter:guid}/file", (Guid letter, LetterFiles files, HttpContext context) => files.FetchAsync(new(letter), context))
            .WithName("getLetterFile").WithSummary("The letter as a file: PDF, or HTML where there is no browser to print with.")
            .WithMetadata(new IsDownload(), new AsksHistory())
            .Produces<Stream>(StatusCodes.Status200OK, "application/pdf", "text/html")
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status401Unauthorized)
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);

        var templates = api.MapGroup("/letter-templates").WithTags("Letters");
        templates.MapGet("", (Reading read, LetterTemplatesQuery query) =>
                read.ManyAsync(q => query.AskAsync(read.Scope, q, read.Cancel), t => t.Rows()))
            .Asks<LetterTemplates>("listLetterTemplates", "What letters are written by: for each programme, kind and written form, every version.", hasRows: true);
        templates.MapGet("/{template:guid}", (Reading read, LetterTemplatesQuery query, Guid template) =>
                read.OneAsync(q => query.OneAsync(read.Scope, new LetterTemplateId(template), q, read.Cancel), null, t => t.Version))
            .Asks<LetterTemplateInUse>("getLetterTemplate", "One template with its versions and what it can name in braces.", hasVersion: true);
        templates.MapPost("/{template:guid}/adopt", AdoptAsync)
            .Decides("adoptLetterTemplate", "Adopts another text for letters of a kind; letters that were sent stay as they are. If-Match is \"0\" as long as none was adopted.", Policies.Decide);
    }

    private static LetterFilter FilterOf(AskedId? round, string? municipality, string? kind) =>
        new(Parameters.Id(round, "round"), Parameters.Key(municipality, "municipality")?.Key, Parameters.Code<LetterKind>(kind, "kind"));

    private static async Task<IResult> AdoptAsync(
        Guid template, LetterTemplateRequest r, LetterTemplatesQuery templates, Viewer viewer, TimeProvider clock, Deciding decide, HttpContext context) =>
        (await templates.OneAsync(viewer.Scope, new(template), new Question(Oslo.Today(clock)), context.RequestAborted))?.Value is { } found
            ? await decide.OnAsync(new AdoptLetterTemplate(
                new(found.Programme), Codes.Read<LetterKind>(found.Kind), Codes.Read<WrittenForm>(found.Form), r.Subject, r.Paragraphs, r.Reason)
            {
                On = r.On,
                Grounds = r.Grounds,
            })
            : decide.Refuse(LetterTemplateRefusals.LetterTemplateUnknown);
}

/// <param name="Subject">With placeholders in braces, such as {municipality}; the template says which there are.</param>
/// <param name="Paragraphs">With placeholders too; one that names something there is nothing of is left out of the letter.</param>
public sealed record LetterTemplateRequest(string Subject, ValueList<string> Paragraphs, string Reason) : DecisionRequest;
