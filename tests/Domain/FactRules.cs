using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using HousingBank.Domain.Vocabulary;

namespace HousingBank.Domain.Tests;

/// <summary>What every fact and every aggregate keeps to.</summary>
public partial class FactRules
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };

    private static readonly JsonSerializerOptions WithoutWhatIsComputed = new(Json) { IgnoreReadOnlyProperties = true };

    public static TheoryData<Type> EveryFact => [.. AnyFact.Types];

    public static TheoryData<string> EveryAggregate => [.. Aggregates.All.Select(a => a.Kind)];

    [Theory]
    [MemberData(nameof(EveryFact))]
    public void A_fact_has_a_stored_name(Type type)
    {
        var stored = type.GetCustomAttribute<StoredAsAttribute>().ShouldNotBeNull();
        stored.Name.ShouldMatch(KebabCase().ToString());
        stored.Version.ShouldBeGreaterThan(0);
    }

    [Fact]
    public void No_two_facts_share_a_stored_name() =>
        AnyFact.Types.Select(t => t.GetCustomAttribute<StoredAsAttribute>()!.Name).ShouldBeUnique();

    [Theory]
    [MemberData(nameof(EveryFact))]
    public void A_fact_equals_its_twin(Type type)
    {
        AnyFact.Of(type).ShouldBe(AnyFact.Of(type));
        AnyFact.Of(type).GetHashCode().ShouldBe(AnyFact.Of(type).GetHashCode());
    }

    [Theory]
    [MemberData(nameof(EveryFact))]
    public void A_fact_is_read_as_it_was_written(Type type)
    {
        var written = JsonSerializer.Serialize(AnyFact.Of(type), type, Json);
        JsonSerializer.Deserialize(written, type, Json).ShouldBe(AnyFact.Of(type));
    }

    [Theory]
    [MemberData(nameof(EveryFact))]
    public void Nothing_is_written_of_a_fact_that_can_be_computed(Type type) =>
        JsonSerializer.Serialize(AnyFact.Of(type), type, Json).ShouldBe(JsonSerializer.Serialize(AnyFact.Of(type), type, WithoutWhatIsComputed));

    [Theory]
    [MemberData(nameof(EveryAggregate))]
    public void One_fact_opens_a_stream_and_every_other_is_reported_when_it_stands_first(string kind) =>
        Aggregates.Of(kind).FactTypes.Where(t => MayStandFirst(kind, t)).ShouldHaveSingleItem();

    [Theory]
    [MemberData(nameof(EveryAggregate))]
    public void Every_fact_is_remembered_after_the_one_that_opens_the_stream(string kind)
    {
        var opening = AnyFact.Of(Aggregates.Of(kind).FactTypes.Single(t => MayStandFirst(kind, t)));
        foreach (var type in Aggregates.Of(kind).FactTypes)
            Should.NotThrow(() => Aggregates.Of(kind).Fold([opening, AnyFact.Of(type)]), type.Name);
    }

    private static bool MayStandFirst(string kind, Type type) =>
        Aggregates.Of(kind).Contradictions([new StandingFact(1, AnyFact.Of(type))]).Count == 0;

    [GeneratedRegex(@"^[a-z0-9]+(-[a-z0-9]+)*$")]
    private static partial Regex KebabCase();
}
