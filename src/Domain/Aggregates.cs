using HousingBank.Domain.Agreements;
using HousingBank.Domain.Participations;
using HousingBank.Domain.Vocabulary;

namespace HousingBank.Domain;

/// <summary>Every kind of stream there is.</summary>
public static class Aggregates
{
    public static IReadOnlyList<IAggregate> All { get; } =
    [
        AgreementAggregate.Instance,
        ParticipationAggregate.Instance,
    ];

    private static readonly Dictionary<string, IAggregate> ByKind = All.ToDictionary(a => a.Kind);

    public static IAggregate Of(string kind) => ByKind.TryGetValue(kind, out var aggregate)
        ? aggregate
        : throw new ArgumentException($"There is no aggregate of kind \"{kind}\".", nameof(kind));
}
