using HousingBank.Domain.Vocabulary;

namespace HousingBank.Domain.Imports;

public static class ImportRefusals
{
    public static readonly Refusal HistoryCarriedOverAlready = new("history-carried-over-already");
}
