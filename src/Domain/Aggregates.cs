using HousingBank.Domain.Agreements;
using HousingBank.Domain.Applications;
using HousingBank.Domain.CouncilMeetings;
using HousingBank.Domain.Imports;
using HousingBank.Domain.IntakeRounds;
using HousingBank.Domain.Learning;
using HousingBank.Domain.Letters;
using HousingBank.Domain.Municipalities;
using HousingBank.Domain.Participations;
using HousingBank.Domain.Persons;
using HousingBank.Domain.Programmes;
using HousingBank.Domain.Reviews;
using HousingBank.Domain.Vocabulary;

namespace HousingBank.Domain;

/// <summary>Every kind of stream there is.</summary>
public static class Aggregates
{
    public static IReadOnlyList<IAggregate> All { get; } =
    [
        MunicipalityAggregate.Instance,
        ProgrammeAggregate.Instance,
        IntakeRoundAggregate.Instance,
        ApplicationAggregate.Instance,
        CouncilMeetingAggregate.Instance,
        ReviewAggregate.Instance,
        LetterAggregate.Instance,
        LetterTemplateAggregate.Instance,
        AgreementAggregate.Instance,
        ParticipationAggregate.Instance,
        LearningEntryAggregate.Instance,
        ImportAggregate.Instance,
        PersonAggregate.Instance,
    ];

    private static readonly Dictionary<string, IAggregate> ByKind = All.ToDictionary(a => a.Kind);

    public static IAggregate Of(string kind) => ByKind.TryGetValue(kind, out var aggregate)
        ? aggregate
        : throw new ArgumentException($"There is no aggregate of kind \"{kind}\".", nameof(kind));
}
