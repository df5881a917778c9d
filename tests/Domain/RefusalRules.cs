using System.Reflection;
using System.Text.RegularExpressions;
using HousingBank.Domain.Vocabulary;

namespace HousingBank.Domain.Tests;

/// <summary>What every refusal keeps to: its code is a contract, and texts hang on it.</summary>
public partial class RefusalRules
{
    private static IEnumerable<Refusal> All =>
        from type in typeof(Refusal).Assembly.GetTypes()
        from constant in type.GetFields(BindingFlags.Static | BindingFlags.Public)
        where constant.FieldType == typeof(Refusal)
        select (Refusal)constant.GetValue(null)!;

    [Fact]
    public void No_two_refusals_share_a_code_unless_they_say_the_same_of_two_fields() => All.Select(r => (r.Code, r.Field)).ShouldBeUnique();

    [Fact]
    public void A_code_is_of_small_letters_and_hyphens() => All.ShouldAllBe(r => KebabCase().IsMatch(r.Code));

    [Fact]
    public void A_refusal_of_a_field_names_it_and_no_other_does() => All.ShouldAllBe(r => (r.Kind == RefusalKind.Field) == (r.Field != null));

    [GeneratedRegex("^[a-z]+(-[a-z]+)*$")]
    private static partial Regex KebabCase();
}
