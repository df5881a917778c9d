using HousingBank.Domain.Learning;
using HousingBank.Domain.Vocabulary;
using HousingBank.Web.Access;

namespace HousingBank.Web.Api;

/// <summary>The learning log.</summary>
internal static class LearningApi
{
    public static void MapLearning(this IEndpointRouteBuilder api)
    {
        var entries = api.MapGroup("/learning-entries").WithTags("Learning log");
        entries.MapPost("", (LearningEntryRequest r, Deciding decide) =>
            {
                var id = decide.IdOf(r.Id);
                Task<IResult> Write() => decide.NewAsync(
                    new WriteLearningEntry(
                        new(id), new(r.Programme), r.Municipality, r.Participation is { } p ? new ParticipationId(p) : null,
                        r.Area, r.Loop, r.Form, r.Level, r.Phase, r.Text, r.Evidence)
                    { On = r.On, Grounds = r.Grounds },
                    $"/api/v1/learning-entries/{id}");
                return decide.ForMunicipalityAsync(r.Municipality, () => r.Participation is { } course ? decide.ForParticipationAsync(course, Write) : Write());
            })
            .Creates("writeLearningEntry", "Writes in the learning log.", Policies.WriteLearning);

        var entry = entries.MapGroup("/{entry:guid}");
        entry.MapPost("/share", (Guid entry, ShareRequest r, Deciding decide) =>
                decide.OnAsync(new ShareLearningEntry(new(entry), r.With) { On = r.On, Grounds = r.Grounds }))
            .Decides("shareLearningEntry", "Records with whom it was shared.", Policies.Register);
        entry.MapPost("/take-up", (Guid entry, TakeUpRequest r, Deciding decide) =>
                decide.OnAsync(new TakeUpLearningEntry(new(entry), r.By) { On = r.On, Grounds = r.Grounds }))
            .Decides("takeUpLearningEntry", "Records that another municipality took it up.", Policies.Register);
        entry.MapPost("/bring-to-ministry", (Guid entry, ReferenceRequest r, Deciding decide) =>
                decide.OnAsync(new BringLearningEntryToMinistry(new(entry), r.Reference) { On = r.On, Grounds = r.Grounds }))
            .Decides("bringLearningEntryToMinistry", "Records that it was brought to the ministry.", Policies.Register);
        entry.MapPost("/link-to-change", (Guid entry, ChangeRequest r, Deciding decide) =>
                decide.OnAsync(new LinkLearningEntryToChange(new(entry), r.Kind, r.Reference) { On = r.On, Grounds = r.Grounds }))
            .Decides("linkLearningEntryToChange", "Records the change it led to.", Policies.Register);
        entry.MapPost("/set-aside", (Guid entry, ReasonRequest r, Deciding decide) =>
                decide.OnAsync(new SetLearningEntryAside(new(entry), r.Reason) { On = r.On, Grounds = r.Grounds }))
            .Decides("setLearningEntryAside", "Sets it aside, with a reason.", Policies.Register);
    }
}

/// <param name="Municipality">Key of the municipality; left out when it is about the programme.</param>
/// <param name="Participation">The course it came from.</param>
/// <param name="Loop">1: do the measures work as meant; 2: is the way of organising right; 3: are the goals and the actors right.</param>
/// <param name="Phase">The phase it came from.</param>
/// <param name="Id">UUID version 7; made when left out.</param>
public sealed record LearningEntryRequest(
    Guid Programme,
    KnowledgeArea Area,
    int Loop,
    LearningForm Form,
    LearningLevel Level,
    string Text,
    MunicipalityId? Municipality = null,
    Guid? Participation = null,
    Phase? Phase = null,
    string? Evidence = null,
    Guid? Id = null) : DecisionRequest;

/// <param name="With">Whom, in words.</param>
public sealed record ShareRequest(string With) : DecisionRequest;

/// <param name="By">Key of the municipality.</param>
public sealed record TakeUpRequest(MunicipalityId By) : DecisionRequest;

/// <param name="Reference">The letter or meeting it was brought with.</param>
public sealed record ReferenceRequest(string? Reference = null) : DecisionRequest;

/// <param name="Reference">What was changed.</param>
public sealed record ChangeRequest(ChangeKind Kind, string Reference) : DecisionRequest;
