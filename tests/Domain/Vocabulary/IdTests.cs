using System.Text.Json;
using HousingBank.Domain.Vocabulary;
using static HousingBank.Domain.Tests.Some;

namespace HousingBank.Domain.Tests.Vocabulary;

public class IdTests
{
    // RFC 9562, appendix A.4: www.example.com in the name space of domain names.
    [Fact]
    public void A_named_id_is_a_uuid_of_version_5() =>
        NamedUuid.Make(new Guid("6ba7b810-9dad-11d1-80b4-00c04fd430c8"), "www.example.com").ShouldBe(new Guid("2ed6657d-e927-568b-95e1-2665a8aea6a2"));

    [Fact]
    public void A_municipality_has_one_application_and_one_participation_in_a_round()
    {
        ApplicationId.Of(Round, Hamar).ShouldBe(ApplicationId.Of(Round, new MunicipalityId("hamar")));
        ApplicationId.Of(Round, Hamar).ShouldNotBe(ApplicationId.Of(Round, Moss));
        ApplicationId.Of(Round, Hamar).Value.ShouldNotBe(ParticipationId.Of(Round, Hamar).Value);
    }

    [Fact]
    public void An_id_is_written_bare()
    {
        JsonSerializer.Serialize(Round).ShouldBe($"\"{Round.Value}\"");
        JsonSerializer.Deserialize<RoundId>($"\"{Round.Value}\"").ShouldBe(Round);
        JsonSerializer.Serialize(Hamar).ShouldBe("\"hamar\"");
    }

    [Theory]
    [InlineData("\"Hamar\"")]
    [InlineData("\"ham\\u0000ar\"")]
    [InlineData("\"\"")]
    [InlineData("null")]
    [InlineData("7")]
    public void What_cannot_be_a_municipalitys_key_is_not_read_as_one(string json) =>
        Should.Throw<JsonException>(() => JsonSerializer.Deserialize<MunicipalityId>(json));

    [Fact]
    public void A_stream_is_named_by_kind_and_id()
    {
        Hamar.Stream.ToString().ShouldBe("municipality/hamar");
        StreamId.Parse("municipality/hamar").ShouldBe(Hamar.Stream);
        Should.Throw<FormatException>(() => StreamId.Parse("hamar"));
    }
}
