using HousingBank.Domain.Vocabulary;
using HousingBank.ReadModels.OneProgramme;

namespace HousingBank.ReadModels.IntakeOverview;

/// <summary>All intake rounds side by side, by programme and number.</summary>
public sealed record IntakeByRound(IReadOnlyList<IntakeOfRound> Rounds)
{
    private static readonly Columns<IntakeOfRound> Flat = new("intake")
    {
        { "programme", r => r.Programme.Nb },
        { "round", r => r.Round.Number },
        { "openedOn", r => r.Round.OpenedOn.On },
        { "deadline", r => r.Round.Deadline?.On },
        { "capacity", r => r.Round.Capacity },
        { "left", r => r.Round.Left },
        { "invited", r => r.Round.Invited.Named },
        { "invitedReported", r => r.Round.Invited.Reported },
        { "applied", r => r.Round.Applied.Named },
        { "appliedReported", r => r.Round.Applied.Reported },
        { "admitted", r => r.Round.Admitted.Named },
        { "declined", r => r.Round.In("declined") },
        { "deferred", r => r.Round.In("deferred") },
        { "withdrawn", r => r.Round.In("withdrawn") },
        { "deviations", r => r.Round.Deviations },
        { "decidedOn", r => r.Round.DecidedOn?.On },
        { "daysToDecision", r => r.Round.DaysToDecision },
        { "publishedOn", r => r.Round.PublishedOn?.On },
        { "reportedSource", r => r.Round.ReportedSource },
    };

    public FlatTable Rows() => Flat.Of(Rounds);
}

/// <param name="Programme">Its name.</param>
public sealed record IntakeOfRound(LocalText Programme, RoundFunnel Round);
