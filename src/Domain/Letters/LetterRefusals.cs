using HousingBank.Domain.Vocabulary;

namespace HousingBank.Domain.Letters;

public static class LetterRefusals
{
    public static readonly Refusal LetterWrittenAlready = new("letter-written-already");
}
