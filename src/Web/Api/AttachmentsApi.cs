using System.Security.Cryptography;
using HousingBank.Domain.Applications;
using HousingBank.Domain.Vocabulary;
using HousingBank.Processes;
using HousingBank.Processes.Persons;
using HousingBank.ReadModels.OneRound;
using HousingBank.Store;
using HousingBank.Web.Access;
using HousingBank.Web.Attachments;
using HousingBank.Web.Languages;
using HousingBank.Web.Persons;
using HousingBank.Web.Time;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using ApplicationId = HousingBank.Domain.Vocabulary.ApplicationId;

namespace HousingBank.Web.Api;

/// <summary>Files of an application: sent in, taken out, and fetched as downloads only.</summary>
internal static class AttachmentsApi
{
    private const string AnyFile = "application/octet-stream";

    public static void MapAttachments(this IEndpointRouteBuilder application)
    {
        var attachments = application.MapGroup("/attachments");
        attachments.MapPost("/", (Guid round, string municipality, HttpContext context, FileInspection inspection, Deciding decide) =>
                decide.ForMunicipalityAsync(new MunicipalityId(municipality), () => AddAsync(new(round), new(municipality), context, inspection, decide)))
            .Accepts<AttachmentUpload>("multipart/form-data")
            .WithMetadata(new RequestSizeLimitAttribute(SentFile.LargestRequest))
            .Decides("addAttachment", "Adds a file of at most 10 MiB: PDF, PNG, JPEG, docx, xlsx or odt, recognised by what it holds.", Policies.WriteForMunicipality);
        attachments.MapGet("/{attachment:guid}", FetchAsync)
            .WithName("getAttachment").WithSummary("The file itself, as a download.").RequireAuthorization(Policies.ReadAttachments)
            .WithMetadata(new IsDownload())
            .Produces<Stream>(StatusCodes.Status200OK, AnyFile)
            .ProducesProblem(StatusCodes.Status401Unauthorized)
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status410Gone)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        attachments.MapPost("/{attachment:guid}/remove", (Guid round, string municipality, Guid attachment, ReasonRequest r, Deciding decide) =>
                decide.ForMunicipalityAsync(new MunicipalityId(municipality), () => decide.OnAsync(
                    new RemoveAttachment(new(round), new(municipality), new(attachment), r.Reason) { On = r.On, Grounds = r.Grounds })))
            .Decides("removeAttachment", "Takes a file out of the application; what was recorded of it stays.", Policies.WriteForMunicipality);
    }

    private static async Task<IResult> AddAsync(RoundId round, MunicipalityId municipality, HttpContext context, FileInspection inspection, Deciding decide)
    {
        var (sent, wrong) = await SentFile.ReadAsync(context.Request, context.RequestAborted);
        if (sent is null)
            return decide.Refuse(wrong!);
        string? mediaType;
        Refusal? refused;
        try
        {
            (mediaType, refused) = await inspection.InspectAsync(sent.Content, sent.Name, context.RequestAborted);
        }
        catch (NotScannedException)
        {
            return decide.FileNotScanned();
        }

        if (refused is not null)
            return decide.Refuse(refused);
        var application = ApplicationId.Of(round, municipality);
        AttachmentId? id = null;
        var answer = await decide.OnAsync(async (sealing, _) =>
        {
            var file = await sealing.SealFileAsync(application.Case, sent.Content);
            id = AttachmentId.Of(application, sent.Name, file);
            return new AddAttachment(round, municipality, sent.Name, mediaType!, sent.Content.Length, file)
            {
                On = StatedDay.Exactly(sent.EffectiveOn),
                Grounds = new Grounds(sent.DecidedBy, Basis.None, sent.EntryReason, []),
            };
        });
        if (answer is Ok<Decided>)
            context.Response.Headers.Location = $"/api/v1/rounds/{round.Value}/applications/{municipality}/attachments/{id!.Value.Value}";
        return answer;
    }

    private static async Task<IResult> FetchAsync(
        Guid round, string municipality, Guid attachment,
        Viewer viewer, TimeProvider clock, RoundPageQuery pages, HistoryReader histories, AttachmentStore store, PersonSafe safe, PersonOpening opening, Deciding decide, Texts texts, HttpContext context)
    {
        var cancel = context.RequestAborted;
        var id = ApplicationId.Of(new(round), new(municipality));
        var shown = await pages.ApplicationAsync(viewer.Scope, id, viewer.Asks(PointInTime.Now(clock)), cancel);
        if (shown?.Value.Attachments.Any(a => a.Id == attachment) != true)
            return TypedResults.StatusCode(StatusCodes.Status404NotFound);
        var application = await histories.StateAsync<ApplicationState>(viewer.Tenant, id.Stream, cancel);
        if (application.Attachments.GetValueOrDefault(new(attachment)) is not { } added)
            return TypedResults.StatusCode(StatusCodes.Status404NotFound);
        try
        {
            if (await store.ReadAsync(viewer.Scope, added.File.CiphertextSha256, cancel) is not { } ciphertext)
                return Gone("attachment-damaged", texts);
            if (await safe.OpenFileAsync(viewer.Tenant, added.File.SealedUnder, ciphertext, opening.Reader, cancel) is not { } content)
                return Gone("attachment-erased", texts);
            return TypedResults.File(content, added.MediaType, added.FileName);
        }
        catch (Exception e) when (e is InvalidDataException or CryptographicException)
        {
            return Gone("attachment-damaged", texts);
        }
        catch (MasterKeyException)
        {
            return decide.PersonalDataUnavailable();
        }
    }

    private static ProblemHttpResult Gone(string code, Texts texts) => TypedResults.Problem(
        title: texts[$"problems.{code}.title"],
        detail: texts[$"problems.{code}.detail"],
        statusCode: StatusCodes.Status410Gone,
        type: $"/problems/{code}",
        extensions: [new("code", code)]);
}

/// <summary>A file that is sent in, as a form with parts.</summary>
/// <param name="File">With its name.</param>
/// <param name="EffectiveOn">The day it was sent in.</param>
/// <param name="DecidedBy">The office or body that decided; never a person's name.</param>
/// <param name="EntryReason">Why it is recorded late, or although it contradicts what is recorded.</param>
internal sealed record AttachmentUpload(IFormFile File, DateOnly EffectiveOn, string? DecidedBy, string? EntryReason);

/// <summary>Marks an endpoint that gives what somebody else made: no browser is to show or run it.</summary>
internal sealed record IsDownload;
