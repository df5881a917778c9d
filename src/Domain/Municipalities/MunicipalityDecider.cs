using System.Text.RegularExpressions;
using HousingBank.Domain.Vocabulary;
using static HousingBank.Domain.Municipalities.MunicipalityRefusals;

namespace HousingBank.Domain.Municipalities;

/// <summary>The rules of the municipality register.</summary>
public static partial class MunicipalityDecider
{
    public static Decision Register(MunicipalityState municipality, MunicipalityState? whole, RegisterMunicipality command)
    {
        if ((Fields.Name(command.Name) ?? Fields.Known(command.Kind) ?? Fields.Name(command.County)) is { } wrong)
            return wrong;
        if (!MunicipalityId.IsWellFormed(command.Key.Key))
            return KeyNotWellFormed;

        var isDistrict = command.Kind != MunicipalityKind.Municipality;
        if (isDistrict && command.PartOf is null)
            return DistrictWithoutMunicipality;
        if (!isDistrict && command.PartOf is not null)
            return MunicipalityWithinAnother;
        if (isDistrict && whole is not { Registered.Kind: MunicipalityKind.Municipality })
            return MunicipalityUnknown;

        var registered = new MunicipalityRegistered(command.Key, command.Name, command.Kind, command.County, command.PartOf) { On = command.On.PlacedFirst() };
        if (municipality.Registered?.SaysTheSameAs(registered) == true)
            return Decision.Nothing;
        return Record(command.Key, municipality, registered);
    }

    public static Decision AssignNumber(MunicipalityState municipality, AssignNumber command)
    {
        if ((Fields.Name(command.County) ?? Fields.Name(command.Name)) is { } wrong)
            return wrong;
        if (!NumberForm().IsMatch(command.Number ?? ""))
            return NumberNotWellFormed;

        var assigned = new NumberAssigned(command.Number!, command.County, command.Name) { On = command.On.PlacedFirst(municipality.Registered?.On.Placed) };
        if (municipality.Numbers.Any(n => (n.Number, n.County, n.Name, n.FirstDay) == (assigned.Number, assigned.County, assigned.Name, assigned.On.Placed)))
            return Decision.Nothing;
        return Record(command.Municipality, municipality, assigned);
    }

    public static Decision EndNumber(MunicipalityState municipality, EndNumber command)
    {
        var ended = new NumberEnded(command.Number) { On = command.On.PlacedLast() };
        if (municipality.Numbers.Any(n => n.Number == ended.Number && n.LastDay == ended.On.Placed))
            return Decision.Nothing;
        return Record(command.Municipality, municipality, ended);
    }

    public static Decision Merge(MunicipalityState municipality, MunicipalityState into, MergeMunicipality command)
    {
        if (Fields.ReasonIfAny(command.Note) is { } wrong)
            return wrong;
        if (!municipality.IsKnown || !into.IsKnown)
            return MunicipalityUnknown;
        if (command.Into == command.Municipality)
            return MergedIntoItself;
        if (municipality.MergedInto == command.Into)
            return Decision.Nothing;

        var merged = new MunicipalityMerged(command.Into, command.Note) { On = command.On.PlacedFirst(municipality.Registered?.On.Placed) };
        if (into.IsMergedOn(merged.On.Placed))
            return MunicipalityIsMerged;
        return Record(command.Municipality, municipality, merged);
    }

    public static Decision ChooseWrittenForm(MunicipalityState municipality, ChooseWrittenForm command)
    {
        if (Fields.Known(command.Form) is { } wrong)
            return wrong;
        if (municipality.WrittenForm == command.Form)
            return Decision.Nothing;
        return Record(
            command.Municipality, municipality, new WrittenFormChosen(command.Form) { On = command.On.PlacedFirst(municipality.Registered?.On.Placed) });
    }

    /// <summary>The rules that hold on every day, whatever the order things were recorded in.</summary>
    public static IEnumerable<Refusal> Broken(MunicipalityState municipality, MunicipalityEvent fact)
    {
        var day = fact.On.Placed;
        return fact switch
        {
            MunicipalityRegistered => MunicipalityRegisteredAlready.When(municipality.IsKnown),
            _ when !municipality.IsKnown => [MunicipalityUnknown],
            MunicipalityMerged => MunicipalityIsMerged.When(municipality.MergedInto is not null),
            NumberEnded e => NumberNotValid.When(!municipality.Numbers.Any(n => n.Number == e.Number && n.LastDay is null && n.FirstDay <= day)),
            _ when municipality.IsMergedOn(day) => [MunicipalityIsMerged],
            NumberAssigned => NumberStillValid.When(municipality.Numbers.Any(n => n.IsValidOn(day))),
            _ => [],
        };
    }

    private static Decision Record(MunicipalityId municipality, MunicipalityState state, MunicipalityEvent fact) =>
        Broken(state, fact).FirstOrDefault() is { } refusal ? refusal : Decision.Record(municipality.Stream, fact);

    [GeneratedRegex(@"\A[0-9]{4}([0-9]{2})?\z")]
    private static partial Regex NumberForm();
}
