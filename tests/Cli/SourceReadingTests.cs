using System.Text;
using HousingBank.Cli.Sources;
using HousingBank.Support;

namespace HousingBank.Cli.Tests;

/// <summary>A broken line is reported with its file, line, field and reason.</summary>
public sealed class SourceReadingTests
{
    private const string Heading = "key,name,number,validFrom,validTo,county,becameKey,note\n";

    [Theory]
    [InlineData("\"number\": 1,\n", "\"number\": 1,\n      \"colour\": \"red\",\n", "rounds[0].colour: the field \"colour\" is not known here")]
    [InlineData("\"date\": \"2009-10-01\"", "\"date\": \"2009-13-01\"", "rounds[0].decided.date: \"2009-13-01\" is no calendar day; 2010-12-31 is how one is written")]
    [InlineData("\"precision\": \"month\"", "\"precision\": \"fortnight\"", "rounds[0].decided.precision: \"fortnight\" is not one of day, month, season, year, between")]
    [InlineData("\"longest\": \"P6M\"", "\"longest\": \"half a year\"", "programme.frameworkModel.phases[1].longest: a duration of whole months or years is expected, as in P6M or P3Y")]
    [InlineData("\"owner\": \"Husbanken Region Øst\",", "", "programme.owner: this field is missing")]
    [InlineData("\"targetMunicipalities\": 16", "\"targetMunicipalities\": 16, \"targetMunicipalities\": 17", "programme.targetMunicipalities: this field stands here twice")]
    [InlineData("\"reason\": \"between the application", "\"because\": \"between the application", "rounds[1].decided: the day is assumed without a reason")]
    [InlineData("\"actionPlanApproved\"", "\"planApproved\"", "participations[0].phases[2].criteriaNotMet: \"planApproved\" is not one of")]
    [InlineData("\"municipality\": \"moss\",\n      \"round\": 2", "\"municipality\": \"mosss\",\n      \"round\": 2", "participations[4].municipality: \"mosss\" is not in the register of municipalities")]
    [InlineData("\"municipality\": \"moss\",\n      \"round\": 2", "\"municipality\": \"moss\",\n      \"round\": 3", "participations[4]: there is no round 3 in this file")]
    [InlineData("\"phaseInDecember2010\": \"implementation\"", "\"phaseInDecember2010\": \"planning\"", "participations[0].phaseInDecember2010: the last of the phases is another one")]
    public void A_wrong_field_of_a_programme_is_named(string right, string wrong, string expected) =>
        Read(Replaced(right, wrong)).Problems.ShouldContain(p => p.ToString().Contains(expected, StringComparison.Ordinal));

    [Fact]
    public void A_problem_names_the_line_it_is_in()
    {
        var text = Replaced("\"precision\": \"month\"", "\"precision\": \"fortnight\"");

        var problem = Read(text).Problems.ShouldHaveSingleItem();

        text.Split('\n')[problem.At.Line - 1].Trim().ShouldBe("\"precision\": \"fortnight\"");
    }

    [Fact]
    public void A_file_that_stops_being_JSON_is_named_with_the_line_where_it_does()
    {
        var problem = Read("{\n  \"programme\": {\n    \"key\": oops\n  }\n}").Problems.ShouldHaveSingleItem();

        problem.ToString().ShouldStartWith("demo.json, line 3: this is not JSON: 'o' is an invalid start of a value.");
    }

    [Fact]
    public void A_file_of_another_shape_is_named() =>
        Read("[1, 2]").Problems.ShouldHaveSingleItem().ToString().ShouldBe("demo.json, line 1: an object is expected");

    [Fact]
    public void The_demo_programme_has_no_problems() => Read(Checkout.Read("ops/demo/boso-ost-2009-2010.json")).Problems.ShouldBeEmpty();

    [Theory]
    [InlineData("hamar,Hamar,0403,1992-01-01,2019-12-31,Hedmark\n", "demo.csv, line 2: the line has 6 fields, the heading 8")]
    [InlineData("hamar,Hamar,403,1992-01-01,,Hedmark,,\n", "demo.csv, line 2, number: \"403\" is no municipality number: four digits")]
    [InlineData("hamar,,0403,1992-01-01,,Hedmark,,\n", "demo.csv, line 2, name: this field is empty")]
    [InlineData("Hamar,Hamar,0403,1992-01-01,,Hedmark,,\n", "demo.csv, line 2, key: \"Hamar\" is no key: small letters a–z, digits and hyphens, a letter first")]
    [InlineData("hamar,Hamar,0403,1992-02-30,,Hedmark,,\n", "demo.csv, line 2, validFrom: \"1992-02-30\" is no calendar day; 2010-12-31 is how one is written")]
    [InlineData("hamar,Hamar,0403,1992-01-01,1991-12-31,Hedmark,,\n", "demo.csv, line 2, validTo: the last day is before the first")]
    [InlineData("rygge,Rygge,0136,1977-01-01,2019-12-31,Østfold,moss,\n", "demo.csv, line 2, becameKey: \"moss\" is not in this list")]
    [InlineData(
        "hamar,Hamar,0403,1992-01-01,2019-12-31,Hedmark,,\nhamar,Hamar,3403,2019-12-31,,Innlandet,,\n",
        "demo.csv, line 3, validFrom: \"hamar\" still has number 0403 on this day, by line 2")]
    public void A_wrong_line_of_a_register_is_named(string lines, string expected) =>
        ReadRegister(Heading + lines).Problems.Select(p => p.ToString()).ShouldContain(expected);

    [Fact]
    public void A_column_that_is_not_known_is_named() =>
        ReadRegister("key,name,number,validFrom,validTo,county,becameKey,remark\n").Problems.Select(p => p.ToString()).ShouldBe(
            ["demo.csv, line 1, note: this column is missing", "demo.csv, line 1, remark: this column is not known here"]);

    private static string Replaced(string right, string wrong)
    {
        var text = Checkout.Read("ops/demo/boso-ost-2009-2010.json").ReplaceLineEndings("\n");
        var at = text.IndexOf(right, StringComparison.Ordinal);
        at.ShouldBeGreaterThan(0);
        return text[..at] + wrong + text[(at + right.Length)..];
    }

    private static ReadingNotes Read(string text)
    {
        var notes = new ReadingNotes();
        var register = MunicipalityList.Read("municipalities.csv", new StringReader(Checkout.Read("ops/demo/municipalities.csv")), new ReadingNotes());
        new ProgrammeSourceReader("demo.json", [.. register.Lines.Select(l => l.Key)], notes).Read(Encoding.UTF8.GetBytes(text));
        return notes;
    }

    private static ReadingNotes ReadRegister(string text)
    {
        var notes = new ReadingNotes();
        MunicipalityList.Read("demo.csv", new StringReader(text), notes);
        return notes;
    }
}
