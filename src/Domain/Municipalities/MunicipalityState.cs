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
/// <param name="WrittenForms">Every choice of a written form, in the order they were recorded.</param>
public sealed record MunicipalityState(
    MunicipalityRegistered? Registered,
    ValueList<NumberPeriod> Numbers,
    MunicipalityId? MergedInto,
    DateOnly? MergedOn,
    ValueList<WrittenFormChosen> WrittenForms)
{
    public static readonly MunicipalityState Initial = new(null, [], null, null, []);

    public bool IsKnown => Registered is not null;

    /// <summary>The last that was chosen; null until one is.</summary>
    public WrittenForm? WrittenForm => WrittenForms.Count > 0 ? WrittenForms[^1].Form : null;

    /// <summary>What had been chosen by a day; null when nothing had.</summary>
    public WrittenForm? WrittenFormOn(DateOnly day) => WrittenForms.Where(w => w.On.Placed <= day).OrderBy(w => w.On.Placed).LastOrDefault()?.Form;

    /// <summary>Its name on a day: that of the number valid then, else the one it was registered with. Null until it is registered.</summary>
    public string? NameOn(DateOnly day) => Numbers.LastOrDefault(n => n.IsValidOn(day))?.Name ?? Registered?.Name;

    public bool IsMergedOn(DateOnly day) => MergedOn <= day;

    public static MunicipalityState Evolve(MunicipalityState municipality, MunicipalityEvent fact) =>
        municipality.IsKnown || fact is MunicipalityRegistered ? Remember(municipality, fact) : municipality;

    private static MunicipalityState Remember(MunicipalityState municipality, MunicipalityEvent fact) => fact switch
    {
        MunicipalityRegistered e => municipality with { Registered = e },
        NumberAssigned e => municipality with { Numbers = municipality.Numbers.Add(new(e.Number, e.County, e.Name, e.On.Placed, null)) },
        NumberEnded e => municipality with { Numbers = municipality.Numbers.Select(n => n.Number == e.Number && n.LastDay is null ? n with { LastDay = e.On.Placed } : n).ToValueList() },
        MunicipalityMerged e => municipality with { MergedInto = e.Into, MergedOn = e.On.Placed },
        WrittenFormChosen e => municipality with { WrittenForms = municipality.WrittenForms.Add(e) },
        _ => throw new UnreachableException($"{fact.GetType().Name} has no case in Evolve."),
    };
}
