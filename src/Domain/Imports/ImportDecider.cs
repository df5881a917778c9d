using HousingBank.Domain.Vocabulary;

namespace HousingBank.Domain.Imports;

/// <summary>The rules of an import. That it may only fill an office that holds nothing else is kept by the store.</summary>
public static class ImportDecider
{
    public static Decision CarryOver(ImportState import, CarryHistoryOver command)
    {
        if (Fields.Reason(command.Source) is { } wrong)
            return wrong;

        var carriedOver = new HistoryCarriedOver(command.Source) { On = command.On.PlacedFirst() };
        if (import.CarriedOver?.SaysTheSameAs(carriedOver) == true)
            return Decision.Nothing;
        return Broken(import, carriedOver).FirstOrDefault() is { } refusal ? refusal : Decision.Record(command.Import.Stream, carriedOver);
    }

    /// <summary>The rules that hold on every day, whatever the order things were recorded in.</summary>
    public static IEnumerable<Refusal> Broken(ImportState import, ImportEvent fact) =>
        ImportRefusals.HistoryCarriedOverAlready.When(import.CarriedOver is not null);
}
