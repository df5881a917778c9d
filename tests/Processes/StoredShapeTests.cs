using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using HousingBank.Domain.Tests;
using HousingBank.Domain.Vocabulary;
using HousingBank.Store;
using HousingBank.Support;

namespace HousingBank.Processes.Tests;

/// <summary>What is stored is a contract: a sample of every name and version ever written, which today's code must still read. Samples are only added.</summary>
/// <remarks>Set WRITE_SAMPLES=1 to write the samples that are missing; those that are there are never touched.</remarks>
public sealed class StoredShapeTests
{
    private const string Folder = "tests/Processes/Samples";

    private static readonly FactCodec Codec = FactCodec.OfDomain();
    private static readonly EffectiveSpan Day = FactCodec.ToSpan(EffectiveDay.Exactly(new DateOnly(2010, 12, 10)));
    private static readonly JsonSerializerOptions Indented = new(FactCodec.Json) { WriteIndented = true };

    public static TheoryData<string> EverySample => [.. Checkout.Files.Where(f => f.StartsWith(Folder, StringComparison.Ordinal)).Select(f => Path.GetFileName(f))];

    [Fact]
    public void Every_name_has_a_sample_of_its_current_version()
    {
        foreach (var (name, version, type) in Codec.Catalogue())
        {
            var file = Path.Combine(Checkout.Root, Folder, $"{name}.v{version}.json");
            if (!File.Exists(file) && Environment.GetEnvironmentVariable("WRITE_SAMPLES") == "1")
                File.WriteAllText(file, JsonNode.Parse(Codec.Write(AnyFact.Of(type)).Body)!.ToJsonString(Indented) + "\n");
            File.Exists(file).ShouldBeTrue($"{Folder}/{name}.v{version}.json is missing: run with WRITE_SAMPLES=1, look at it, and keep it for ever.");
        }
    }

    [Theory]
    [MemberData(nameof(EverySample))]
    public void Every_sample_is_read_and_the_current_ones_are_written_back_unchanged(string file)
    {
        var name = file[..file.IndexOf(".v", StringComparison.Ordinal)];
        var version = int.Parse(file[(name.Length + 2)..^".json".Length], System.Globalization.CultureInfo.InvariantCulture);
        var body = JsonNode.Parse(Checkout.Read($"{Folder}/{file}"))!;

        var written = Codec.Write(Codec.Read(name, version, JsonSerializer.SerializeToUtf8Bytes(body), Day));

        written.Type.ShouldBe(name);
        if (written.Version == version)
            JsonNode.DeepEquals(JsonNode.Parse(written.Body), body).ShouldBeTrue($"{file} is written otherwise than it was: a changed shape is a new version, with an upcaster.");
    }

    [Fact]
    public void An_older_version_is_read_in_todays_shape_by_its_upcasters()
    {
        // As if capacity had once been called "places", and the reason had come later.
        var codec = new FactCodec(
            [typeof(RoundWidened)],
            [
                new Upcaster("round-widened", 1, body => { body["capacity"] = body["places"]!.DeepClone(); body.Remove("places"); return body; }),
                new Upcaster("round-widened", 2, body => { body["reason"] = "not recorded"; return body; }),
            ]);

        codec.Read("round-widened", 1, """{"places": 5}"""u8, Day).ShouldBe(new RoundWidened(5, "not recorded") { On = new DateOnly(2010, 12, 10) });
        codec.Read("round-widened", 2, """{"capacity": 6}"""u8, Day).ShouldBe(new RoundWidened(6, "not recorded") { On = new DateOnly(2010, 12, 10) });
        codec.Read("round-widened", 3, """{"capacity": 7, "reason": "flere"}"""u8, Day).ShouldBe(new RoundWidened(7, "flere") { On = new DateOnly(2010, 12, 10) });
    }

    [Theory]
    [InlineData("no-such-fact", 1, "{}")]
    [InlineData("capacity-raised", 1, "{}")]
    [InlineData("capacity-raised", 1, """{"capacity": 5, "reason": "flere", "more": 1}""")]
    [InlineData("capacity-raised", 1, """{"capacity": null, "reason": "flere"}""")]
    [InlineData("capacity-raised", 0, """{"capacity": 5}""")]
    public void What_does_not_fit_is_never_read_as_something_else(string name, int version, string body) =>
        Should.Throw<InvalidDataException>(() => Codec.Read(name, version, Encoding.UTF8.GetBytes(body), Day));

    [Theory]
    [InlineData("[null]")]
    [InlineData("""[{"what":"a","weight":1},null]""")]
    [InlineData("""[{"what":"a","weight":"much"}]""")]
    [InlineData("""[{"what":null,"weight":1}]""")]
    [InlineData("""[{"weight":1}]""")]
    [InlineData("""[{"what":"a","weight":1,"colour":"red"}]""")]
    [InlineData("""{"what":"a","weight":1}""")]
    [InlineData("\"a\"")]
    [InlineData("null")]
    [InlineData("[1")]
    public void What_is_no_list_of_such_items_is_not_read_as_one_and_told_at_its_place(string items) =>
        Should.Throw<JsonException>(() => JsonSerializer.Deserialize<Wishes>($$"""{"owner":"hamar","items":{{items}}}""", FactCodec.Json)).Path.ShouldBe("$.items");

    [Fact]
    public void A_list_is_read_as_it_was_written()
    {
        var wishes = new Wishes("hamar", [new("a", 1), new("b", 2)]);

        JsonSerializer.Deserialize<Wishes>(JsonSerializer.Serialize(wishes, FactCodec.Json), FactCodec.Json).ShouldBe(wishes);
        JsonSerializer.Deserialize<Wishes>("""{"owner":"hamar","items":[]}""", FactCodec.Json)!.Items.Count.ShouldBe(0);
    }

    private sealed record Wish(string What, int Weight);

    private sealed record Wishes(string Owner, ValueList<Wish> Items);

    [StoredAs("round-widened", 3)]
    private sealed record RoundWidened(int Capacity, string Reason) : Fact;
}
