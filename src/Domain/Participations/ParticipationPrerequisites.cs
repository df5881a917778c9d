namespace HousingBank.Domain.Participations;

/// <summary>Names of what the course through the programme asks for. An imported source may be silent on them, by name.</summary>
public static class ParticipationPrerequisites
{
    /// <summary>Why a participation was suspended, withdrawn or terminated, or a phase extended.</summary>
    public const string Reason = "reason";

    /// <summary>The level of an assessment of anchoring.</summary>
    public const string Level = "level";

    /// <summary>The resolution that a criterion consists of.</summary>
    public const string Resolution = "resolution";

    /// <summary>A criterion of a gate: "criterion:preAnalysisDelivered".</summary>
    public static string Criterion(string code) => "criterion:" + code;
}
