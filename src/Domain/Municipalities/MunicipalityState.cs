using System.Diagnostics;
using HousingBank.Domain.Vocabulary;

namespace HousingBank.Domain.Municipalities;

/// <summary>A number and the days it is valid, both ends included.</summary>
/// <param name="LastDay">Null while no end is known.</param>
public sealed record NumberPeriod(string Number, string County, string Name, DateOnly FirstDay, DateOnly? LastDay)
{
    public bool IsValidOn(DateOnly day) => FirstDay <= day && (LastDay is null || day <= LastDay);
}

/// <summary>A municipality as far as the rules need to know it.</summary>
/// <param name="Registered">Null until it is registered.</param>
/// <param name="MergedOn">The first day it is part of <paramref name="MergedInto"/>; null while it stands by itself.</param>
public sealed record MunicipalityState(
    MunicipalityRegistered? Registered,
    ValueList<NumberPeriod> Numbers,
    MunicipalityId? MergedInto,
    DateOnly? MergedOn,
    WrittenForm? WrittenForm)
{
    public static readonly MunicipalityState Initial = new(null, [], null, null, null);

    public bool IsKnown => Registered is not null;

    public bool IsMergedOn(DateOnly day) => MergedOn <= day;

    public static MunicipalityState Evolve(MunicipalityState municipality, MunicipalityEvent fact) =>
        municipality.IsKnown || fact is MunicipalityRegistered ? Remember(municipality, fact) : municipality;

    private static MunicipalityState Remember(MunicipalityState municipality, MunicipalityEvent fact) => fact switch
    {
        MunicipalityRegistered e => municipality with { Registered = e },
        NumberAssigned e => municipality with { Numbers = municipality.Numbers.Add(new(e.Number, e.County, e.Name, e.On.Placed, null)) },
        NumberEnded e => municipality with { Numbers = municipality.Numbers.Select(n => n.Number == e.Number && n.LastDay is null ? n with { LastDay = e.On.Placed } : n).ToValueList() },
        MunicipalityMerged e => municipality with { MergedInto = e.Into, MergedOn = e.On.Placed },
        WrittenFormChosen e => municipality with { WrittenForm = e.Form },
        _ => throw new UnreachableException($"{fact.GetType().Name} has no case in Evolve."),
    };
}
