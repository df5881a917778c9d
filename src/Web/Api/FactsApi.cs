using HousingBank.Domain.Vocabulary;
using HousingBank.Web.Access;

namespace HousingBank.Web.Api;

/// <summary>Taking back what never was so.</summary>
internal static class FactsApi
{
    public static void MapFacts(this IEndpointRouteBuilder api) =>
        api.MapPost("/facts/{kind}/{id}/{version:int}/strike", (string kind, string id, int version, ReasonRequest r, Deciding decide) =>
                decide.OnAsync(new StrikeFact(new StreamId(kind, id), version, r.Reason) { On = r.On, Grounds = r.Grounds with { EntryReason = r.EntryReason ?? r.Reason } }))
            .Decides("strikeFact", "Takes back a fact that never was so. It stays in the log and in answers for earlier moments.", Policies.Decide)
            .WithTags("Facts");
}
