using System.Text;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using HousingBank.ReadModels;
using HousingBank.Web.Api;
using HousingBank.Web.Languages;

namespace HousingBank.Web.Tests.Api;

/// <summary>Files for programs and spreadsheets, whatever somebody wrote in what they hold.</summary>
public sealed class ExportTests
{
    [Theory]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("+1", "'+1")]
    [InlineData("-1", "'-1")]
    [InlineData("@sum(1)", "'@sum(1)")]
    [InlineData(" =1", "\" '=1\"")]
    [InlineData("\t=1", "\t'=1")]
    [InlineData("\r=1", "\"\r'=1\"")]
    [InlineData("a;=1;b", "a;'=1;b")]
    [InlineData("a; -1", "a; '-1")]
    [InlineData("a;\"=1;b", "\"a;\"\"'=1;b\"")]
    [InlineData("a,b\n=1", "\"a,b\n'=1\"")]
    [InlineData("a-b;c=d a@b 1+1 \"-\"", "\"a-b;c=d a@b 1+1 \"\"-\"\"\"")]
    public void What_a_spreadsheet_would_take_for_a_formula_gets_an_apostrophe_also_where_semicolons_part_cells(string kept, string written) => Csv(kept).ShouldBe(written);

    [Theory]
    [InlineData(-1, "-1")]
    [InlineData(-2.5, "-2.5")]
    public void A_number_below_zero_is_a_number(double number, string written)
    {
        Csv((decimal)number).ShouldBe(written);
        Xlsx((decimal)number).ShouldBe((CellValues.Number, written));
    }

    [Theory]
    [InlineData("esc\u001b[31m", "esc\uFFFD[31m")]
    [InlineData("\u0001\u000b\u000c\uFFFE\uFFFF", "\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD")]
    [InlineData("a\tb\nc ]]> <x> 😀", "a\tb\nc ]]> <x> 😀")]
    public void Whatever_can_be_kept_can_be_opened_as_a_spreadsheet(string kept, string shown) => Xlsx(kept).ShouldBe((CellValues.InlineString, shown));

    private static string Csv(object cell) => Encoding.UTF8.GetString(Export.ToCsv(Table(cell), new(Language.English))).Split("\r\n", 2)[1].TrimEnd('\n', '\r');

    private static (CellValues Type, string Shown) Xlsx(object cell)
    {
        using var document = SpreadsheetDocument.Open(new MemoryStream(Export.ToXlsx(Table(cell), new(Language.English))), isEditable: false);
        var written = document.WorkbookPart!.WorksheetParts.Single().Worksheet!.Descendants<Cell>().Last();
        return (written.DataType!.Value, written.InnerText);
    }

    private static FlatTable Table(object cell) => new("table", [new("cell", "Cell")], [[cell]]);
}
