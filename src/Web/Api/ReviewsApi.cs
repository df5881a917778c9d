using HousingBank.Domain.Applications;
using HousingBank.Domain.Reviews;
using HousingBank.Domain.Vocabulary;
using HousingBank.ReadModels.Reviewing;
using HousingBank.Web.Access;
using HousingBank.Web.Time;

namespace HousingBank.Web.Api;

/// <summary>What the council's members think of applications, and who of them may not say.</summary>
internal static class ReviewsApi
{
    public static void MapReviews(this IEndpointRouteBuilder api)
    {
        var round = api.MapGroup("/rounds/{round:guid}").WithTags("Council");
        round.MapGet("/reviews", (Guid round, Reading read, ReviewsQuery reviews) =>
                read.OneAsync(q => reviews.OfRoundAsync(read.Scope, new(round), q, read.Cancel), r => r.Rows()))
            .Asks<RoundReviews>("listRoundReviews", "The reviews of a round's applications that the asker may see; as rows, one for each review and criterion.", hasRows: true)
            .RequireAuthorization(Policies.ReadCouncil);

        var application = round.MapGroup("/applications/{municipality:key}");
        application.MapGet("/reviews", (Guid round, string municipality, Reading read, ReviewsQuery reviews) =>
                read.OneAsync(q => reviews.OfApplicationAsync(read.Scope, new(round), new(municipality), q, read.Cancel), r => r.Rows()))
            .Asks<ApplicationReviews>("listApplicationReviews", "The reviews of an application that the asker may see. A member sees those of others when the own is handed in.", hasRows: true)
            .RequireAuthorization(Policies.ReadCouncil);
        application.MapGet("/recusals", (Guid round, string municipality, Reading read, ReviewsQuery reviews) =>
                read.OneAsync(q => reviews.RecusalsAsync(read.Scope, new(round), new(municipality), q, read.Cancel), r => r.Rows()))
            .Asks<RecusalList>("listRecusals", "Members with a conflict of interest in the application, also by where they belong.", hasRows: true)
            .RequireAuthorization(Policies.ReadCouncil);

        application.MapPost("/review/save-draft", (Guid round, string municipality, ReviewRequest r, Deciding decide, CouncilDeciding council) =>
                council.OnAsync(round, municipality, seen => decide.NewAsync(
                    new SaveReviewDraft(seen.Round, seen.Municipality, seen.Programme, council.Member, r.Scores, r.Remark) { On = r.On, Grounds = r.Grounds }, seen.Reviews)))
            .Creates("saveReviewDraft", "Saves the asker's own review to take it up again; nobody else sees it.", Policies.Review);
        application.MapPost("/review/hand-in", (Guid round, string municipality, ReviewRequest r, Deciding decide, CouncilDeciding council) =>
                council.OnAsync(round, municipality, seen => decide.NewAsync(
                    new HandInReview(seen.Round, seen.Municipality, seen.Programme, council.Member, r.Scores, r.Remark) { On = r.On, Grounds = r.Grounds }, seen.Reviews)))
            .Creates("handInReview", "Hands the asker's own review in, or changes it until the meeting is closed.", Policies.Review);

        application.MapPost("/declare-conflict", (Guid round, string municipality, ReasonRequest r, Deciding decide, CouncilDeciding council) =>
                council.OnAsync(round, municipality, seen => decide.UntoldAsync(
                    new RecuseMember(seen.Round, seen.Municipality, seen.Programme, council.Member, RecusalCause.SelfDeclared, r.Reason) { On = r.On, Grounds = r.Grounds })))
            .DecidesUntold("declareConflict", "Declares a conflict of interest of one's own: the application is no more there for the asker.", Policies.Review);
        application.MapPost("/recuse", (Guid round, string municipality, RecuseRequest r, Deciding decide, CouncilDeciding council) =>
                council.AsChairAsync(round, municipality, seen => decide.UntoldAsync(
                    new RecuseMember(seen.Round, seen.Municipality, seen.Programme, r.Member, RecusalCause.Chair, r.Reason) { On = r.On, Grounds = r.Grounds })))
            .DecidesUntold("recuseMember", "Recuses a member who has a conflict of interest; the chair of the meeting, or the secretariat for the chair.", Policies.RunMeeting);
        application.MapPost("/withdraw-recusal", (Guid round, string municipality, RecuseRequest r, Deciding decide, CouncilDeciding council) =>
                council.AsChairAsync(round, municipality, seen => decide.UntoldAsync(
                    new WithdrawRecusal(seen.Round, seen.Municipality, r.Member, r.Reason) { On = r.On, Grounds = r.Grounds })))
            .DecidesUntold("withdrawRecusal", "Takes a recusal back, never one that follows from an affiliation. The member takes part again as the others do.", Policies.RunMeeting);
    }
}

/// <summary>Decisions about applications before the council. The application must be there for whoever asks; the programme is the round's.</summary>
internal sealed class CouncilDeciding(Deciding decide, ReviewsQuery reviews, Viewer viewer, TimeProvider clock, IHttpContextAccessor http)
{
    /// <summary>Reviews are written and conflicts declared in the own name only.</summary>
    public string Member => viewer.Person;

    /// <summary>An application that there is none of, and one that the asker may not see, are refused alike.</summary>
    public async Task<IResult> OnAsync(Guid round, string municipality, Func<SeenApplication, Task<IResult>> decideOn) =>
        await SeenAsync(round, municipality) is { } seen ? await decideOn(seen.Application) : decide.Refuse(ApplicationRefusals.ApplicationUnknown);

    /// <inheritdoc cref="OnAsync"/>
    /// <remarks>Of the members only the one who leads the meeting is let in.</remarks>
    public async Task<IResult> AsChairAsync(Guid round, string municipality, Func<SeenApplication, Task<IResult>> decideOn) =>
        await SeenAsync(round, municipality) is { } seen
            ? await decide.AsChairAsync(seen.Chair, () => decideOn(seen.Application))
            : decide.Refuse(ApplicationRefusals.ApplicationUnknown);

    private async Task<(SeenApplication Application, string? Chair)?> SeenAsync(Guid round, string municipality)
    {
        var now = viewer.Asks(PointInTime.Now(clock));
        var found = await reviews.OfApplicationAsync(viewer.Scope, new(round), new(municipality), now, http.HttpContext!.RequestAborted);
        return found is { Value.Round: var of }
            ? (new(new(round), new(municipality), new(of.Programme)), of.Chair)
            : null;
    }
}

/// <summary>An application that the asker may see.</summary>
internal sealed record SeenApplication(RoundId Round, MunicipalityId Municipality, ProgrammeId Programme)
{
    /// <summary>Where its reviews are.</summary>
    public string Reviews => $"/api/v1/rounds/{Round.Value}/applications/{Municipality}/reviews";
}

/// <param name="Scores">For each criterion a score from 1, the weakest, to 6, and why. A draft may lack anything.</param>
public sealed record ReviewRequest(ValueList<CriterionScore> Scores, string? Remark = null) : DecisionRequest;

/// <param name="Member">By reference.</param>
public sealed record RecuseRequest(string Member, string Reason) : DecisionRequest;
