using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml;
using CsvHelper;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using HousingBank.ReadModels;
using HousingBank.Web.Languages;
using Microsoft.Net.Http.Headers;

namespace HousingBank.Web.Api;

public enum ExportFormat
{
    Json,
    Csv,
    Xlsx,
}

/// <summary>A flat table as a file: CSV for programs, xlsx for spreadsheets. The same rows as on the page, all of them.</summary>
public static partial class Export
{
    public const string Csv = "text/csv";
    public const string Xlsx = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    /// <summary>By "?format=csv", for links; else by what Accept likes best of what there is.</summary>
    /// <param name="hasRows">False for what there is as JSON only; a file is then the answer to those alone who accept nothing else.</param>
    /// <returns>Null when "format" is none of ours.</returns>
    public static ExportFormat? FormatOf(HttpRequest request, bool hasRows = true) => request.Query["format"].ToString() switch
    {
        "" => Accepted(request, hasRows),
        "csv" => ExportFormat.Csv,
        "xlsx" => ExportFormat.Xlsx,
        "json" => ExportFormat.Json,
        _ => null,
    };

    private static ExportFormat Accepted(HttpRequest request, bool hasRows) => request.GetTypedHeaders().Accept
        .Where(a => a.Quality is null or > 0)
        .OrderByDescending(a => a.Quality ?? 1)
        .Select(a => Is(a, Csv) ? ExportFormat.Csv : Is(a, Xlsx) ? ExportFormat.Xlsx : ExportFormat.Json)
        .OrderByDescending(format => hasRows || format is ExportFormat.Json)
        .FirstOrDefault(ExportFormat.Json);

    private static bool Is(MediaTypeHeaderValue accepted, string type) => accepted.MediaType.Equals(type, StringComparison.OrdinalIgnoreCase);

    public static IResult Of(FlatTable table, DateOnly asOf, ExportFormat format, Texts texts)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"{table.Name}-{asOf:yyyy-MM-dd}");
        return format is ExportFormat.Csv
            ? TypedResults.File(ToCsv(table, texts), Csv + "; charset=utf-8", name + ".csv")
            : TypedResults.File(ToXlsx(table, texts), Xlsx, name + ".xlsx");
    }

    /// <summary>UTF-8 with a byte order mark, comma, codes as they are; what a spreadsheet would take for a formula gets an apostrophe.</summary>
    public static byte[] ToCsv(FlatTable table, Texts texts)
    {
        using var stream = new MemoryStream();
        using (var writer = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true)))
        using (var csv = new CsvWriter(writer, CultureInfo.InvariantCulture))
        {
            foreach (var column in table.Columns)
                csv.WriteField(NoFormula(texts.Heading(column)));
            csv.NextRecord();
            foreach (var row in table.Rows)
            {
                foreach (var cell in row)
                    csv.WriteField(IsNumber(cell) ? Written(cell) : NoFormula(Written(cell)));
                csv.NextRecord();
            }
        }

        return stream.ToArray();
    }

    public static byte[] ToXlsx(FlatTable table, Texts texts)
    {
        using var stream = new MemoryStream();
        using (var document = SpreadsheetDocument.Create(stream, SpreadsheetDocumentType.Workbook))
        {
            var workbook = document.AddWorkbookPart();
            workbook.Workbook = new Workbook();
            var sheet = workbook.AddNewPart<WorksheetPart>();
            var data = new SheetData();
            data.Append(Row(table.Columns.Select(c => (object?)texts.Heading(c))));
            foreach (var row in table.Rows)
                data.Append(Row(row));
            sheet.Worksheet = new Worksheet(data);
            workbook.Workbook.AppendChild(new Sheets()).Append(new Sheet { Id = workbook.GetIdOfPart(sheet), SheetId = 1, Name = table.Name });
        }

        return stream.ToArray();
    }

    private static Row Row(IEnumerable<object?> cells)
    {
        var row = new Row();
        foreach (var cell in cells)
        {
            row.Append(IsNumber(cell)
                ? new Cell { DataType = CellValues.Number, CellValue = new CellValue(Written(cell)) }
                : new Cell { DataType = CellValues.InlineString, InlineString = new InlineString(new Text(Showable(Written(cell))) { Space = SpaceProcessingModeValues.Preserve }) });
        }

        return row;
    }

    private static bool IsNumber(object? cell) => cell is int or long or decimal;

    private static string NoFormula(string text) => Formula().Replace(text, "'$0");

    // A spreadsheet set up for Norwegian parts cells at semicolons, and then minds neither quotes nor line ends within ours: a formula can begin after any of them.
    [GeneratedRegex("""(?<=(?:^|[;\t\r\n])[\s"]*)[=+\-@]""")]
    private static partial Regex Formula();

    // XML has no way to write most control characters, and a text that was pasted from elsewhere may hold some.
    private static string Showable(string text) => text.All(c => XmlConvert.IsXmlChar(c) || char.IsSurrogate(c))
        ? text
        : string.Concat(text.Select(c => XmlConvert.IsXmlChar(c) || char.IsSurrogate(c) ? c : '\uFFFD'));

    private static string Written(object? cell) => cell switch
    {
        null => "",
        DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        DateTimeOffset moment => moment.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.ffffffZ", CultureInfo.InvariantCulture),
        bool yes => yes ? "true" : "false",
        string text => text,
        System.Collections.IEnumerable items => string.Join("; ", items.Cast<object?>().Select(Written)),
        _ => Convert.ToString(cell, CultureInfo.InvariantCulture) ?? "",
    };
}
