using HousingBank.Domain.Participations;
using HousingBank.Domain.Vocabulary;
using HousingBank.Store;

namespace HousingBank.ReadModels.Tables;

/// <summary>A municipality's course through a programme, from its invitation to a round.</summary>
/// <param name="ModelVersion">The version of the framework model it is on.</param>
/// <param name="AdmittedOn">Null while it is a candidate.</param>
/// <param name="Outcome">declined, deferred, withdrawn, completed or terminated; null while it goes on.</param>
/// <param name="EndedOn">The first day after its end.</param>
public sealed record ParticipationRow(
    ParticipationId Participation,
    ProgrammeId Programme,
    RoundId Round,
    int RoundNumber,
    MunicipalityId Municipality,
    int ModelVersion,
    Day CandidateSince,
    Day? AdmittedOn,
    ValueList<SuspendedSpan> Suspensions,
    string? Outcome,
    Day? EndedOn,
    string? EndReason,
    bool IsSimulated)
{
    /// <summary>Null while the clock runs.</summary>
    public SuspendedSpan? OpenSuspension() => Suspensions is [.., { To: null } open] ? open : null;
}

/// <summary>Days on which the clock of the phase stands still.</summary>
/// <param name="To">The last such day; null as long as nobody has ended it.</param>
public sealed record SuspendedSpan(Day From, DateOnly? To, string Reason);

public sealed class ParticipationTable() : RowTable<ParticipationRow, ParticipationEvent>("participation", "participation")
{
    protected override ParticipationRow? Apply(ParticipationRow? row, ParticipationEvent fact, StoredFact stored) => (row, fact) switch
    {
        (null, CandidacyOpened e) => new(
            stored.Id(ParticipationId.From), e.Programme, e.Round, e.RoundNumber, e.Municipality, e.ModelVersion,
            Day.Of(stored.On), null, [], null, null, null, stored.IsSimulated()),
        (null, _) => null,
        ({ AdmittedOn: null }, ParticipantAdmitted) => row with { AdmittedOn = Day.Of(stored.On) },
        ({ EndedOn: null }, CandidacyEnded e) => row with { Outcome = Codes.Of(e.Outcome), EndedOn = Day.Of(stored.On), EndReason = e.Reason },
        ({ EndedOn: null }, ParticipationEnded e) => row with { Outcome = Codes.Of(e.Outcome), EndedOn = Day.Of(stored.On), EndReason = e.Reason },
        (_, ParticipationSuspended e) when row.OpenSuspension() is null =>
            row with { Suspensions = row.Suspensions.Add(new(Day.Of(stored.On), null, e.Reason)) },
        (_, ParticipationResumed) when row.OpenSuspension() is { } open =>
            row with { Suspensions = row.Suspensions.Remove(open).Add(open with { To = stored.On.Placed.AddDays(-1) }) },
        (_, FrameworkModelChanged e) => row with { ModelVersion = e.ModelVersion },
        _ => row,
    };
}
