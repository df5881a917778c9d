using System.Collections.Immutable;
using System.Diagnostics;
using HousingBank.Domain.Vocabulary;

namespace HousingBank.Domain.Programmes;

/// <summary>One version of the framework model (rammemodell).</summary>
/// <param name="Phases">In order, each once.</param>
/// <param name="From">The placed day it was adopted.</param>
public sealed record FrameworkModel(int Version, ValueList<ModelPhase> Phases, DateOnly From)
{
    /// <summary>The phase as this version describes it.</summary>
    public ModelPhase Of(Phase phase) => Phases.Single(p => p.Phase == phase);
}

/// <param name="FirstDay">The placed day of the appointment.</param>
/// <param name="LastDay">The last day it can last, included; null when it is not limited.</param>
public sealed record CouncilSeat(CouncilMemberAppointed Appointment, DateOnly FirstDay, DateOnly? LastDay)
{
    public bool IsHeldOn(DateOnly day) => FirstDay <= day && (LastDay is null || day <= LastDay);
}

/// <summary>Where a council member belongs.</summary>
/// <param name="LastDay">Included; null while it lasts.</param>
public sealed record CouncilAffiliation(string Member, MunicipalityId Municipality, DateOnly FirstDay, DateOnly? LastDay)
{
    public bool IsSoOn(DateOnly day) => FirstDay <= day && (LastDay is null || day <= LastDay);
}

/// <summary>A programme as far as the rules need to know it.</summary>
/// <param name="Launched">Null until it is launched.</param>
/// <param name="Target">How many municipalities it is meant to reach.</param>
/// <param name="Models">Every version of the framework model, in the order they were adopted.</param>
/// <param name="Rounds">Its intake rounds by number.</param>
public sealed record ProgrammeState(
    ProgrammeLaunched? Launched,
    int Target,
    ValueList<FrameworkModel> Models,
    OfficeDescribed? Office,
    ValueList<CouncilSeat> Council,
    ValueList<CouncilAffiliation> Affiliations,
    ImmutableDictionary<int, RoundId> Rounds)
{
    public static readonly ProgrammeState Initial = new(null, 0, [], null, [], [], ImmutableDictionary<int, RoundId>.Empty);

    public bool IsKnown => Launched is not null;

    /// <summary>The model a municipality enters under now; null until one is adopted.</summary>
    public FrameworkModel? CurrentModel => Models.Count > 0 ? Models[^1] : null;

    /// <summary>A version of the framework model; null when there is no such version.</summary>
    public FrameworkModel? Model(int version) => Models.FirstOrDefault(m => m.Version == version);

    public CouncilSeat? SeatOf(string member, DateOnly day) => Council.FirstOrDefault(s => s.Appointment.Member == member && s.IsHeldOn(day));

    public bool IsAffiliated(string member, MunicipalityId municipality, DateOnly day) =>
        Affiliations.Any(a => a.Member == member && a.Municipality == municipality && a.IsSoOn(day));

    /// <summary>Who holds a seat on a day, by reference.</summary>
    public ValueList<string> MembersOn(DateOnly day) => Council.Where(s => s.IsHeldOn(day)).Select(s => s.Appointment.Member).Distinct().ToValueList();

    public static ProgrammeState Evolve(ProgrammeState programme, ProgrammeEvent fact) =>
        programme.IsKnown || fact is ProgrammeLaunched ? Remember(programme, fact) : programme;

    private static ProgrammeState Remember(ProgrammeState programme, ProgrammeEvent fact) => fact switch
    {
        ProgrammeLaunched e => programme with { Launched = e, Target = e.TargetMunicipalities },
        FrameworkModelAdopted e => programme with { Models = programme.Models.Add(new(e.Version, e.Phases, e.On.Placed)) },
        FrameworkModelRevised e => programme with { Models = programme.Models.Add(new(e.Version, e.Phases, e.On.Placed)) },
        OfficeDescribed e => programme with { Office = e },
        CouncilMemberAppointed e => programme with { Council = programme.Council.Add(new(e, e.On.Placed, e.Until?.Last)) },
        CouncilMemberRetired e => programme with { Council = programme.Council.Select(s => EndedBy(s, e)).ToValueList() },
        CouncilAffiliationNoted e => programme with { Affiliations = programme.Affiliations.Add(new(e.Member, e.Municipality, e.On.Placed, null)) },
        CouncilAffiliationEnded e => programme with { Affiliations = programme.Affiliations.Select(a => EndedBy(a, e)).ToValueList() },
        RoundNumbered e => programme with { Rounds = programme.Rounds.SetItem(e.Number, e.Round) },
        TargetChanged e => programme with { Target = e.Target },
        _ => throw new UnreachableException($"{fact.GetType().Name} has no case in Evolve."),
    };

    // The day of the retirement is the first on which the seat is empty.
    private static CouncilSeat EndedBy(CouncilSeat seat, CouncilMemberRetired retired) =>
        seat.Appointment.Member == retired.Member && seat.IsHeldOn(retired.On.Placed)
            ? seat with { LastDay = retired.On.Placed.AddDays(-1) }
            : seat;

    private static CouncilAffiliation EndedBy(CouncilAffiliation affiliation, CouncilAffiliationEnded ended) =>
        (affiliation.Member, affiliation.Municipality) == (ended.Member, ended.Municipality) && affiliation.IsSoOn(ended.On.Placed)
            ? affiliation with { LastDay = ended.On.Placed.AddDays(-1) }
            : affiliation;
}
