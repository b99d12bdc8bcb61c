using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using NeonPanel.Mcp.Sandbox.Api.Requests;
using UglyToad.PdfPig;
using UglyToad.PdfPig.DocumentLayoutAnalysis.TextExtractor;

namespace NeonPanel.Mcp.Sandbox.Api.Import;

/// <summary>Reads a bill from the text of a PDF: lines "Bill number: …", "Vendor: …", "Date: …", "Currency: …", then
/// "Service | Quantity | Rate" and "Total: …".</summary>
internal static partial class PdfBill
{
    /// <summary>The bill as the data of createDocuments.</summary>
    /// <exception cref="ApiRefusal">There is no bill to be read.</exception>
    public static JsonObject Read(byte[] pdf)
    {
        var text = Text(pdf);
        var lines = LinePattern().Matches(text);
        var details = new JsonArray([
            .. lines.Select(line => new JsonObject
            {
                ["service"] = line.Groups["service"].Value.Trim(),
                ["quantity"] = int.Parse(line.Groups["quantity"].Value, CultureInfo.InvariantCulture),
                ["rate"] = decimal.Parse(line.Groups["rate"].Value, CultureInfo.InvariantCulture),
            }),
        ]);
        var sum = lines.Sum(line =>
            int.Parse(line.Groups["quantity"].Value, CultureInfo.InvariantCulture)
            * decimal.Parse(line.Groups["rate"].Value, CultureInfo.InvariantCulture)
        );
        var total = Field(text, "Total").Split(' ')[0];
        if (
            !decimal.TryParse(total, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var printed)
            || printed != sum
        )
        {
            throw ApiRefusal.BadRequest(
                $"The lines of the file add up to {sum.ToString(CultureInfo.InvariantCulture)}, but its total is '{total}'."
            );
        }

        return new()
        {
            ["ref_number"] = Field(text, "Bill number"),
            ["date"] = Field(text, "Date"),
            ["currency"] = Field(text, "Currency"),
            ["vendor"] = Field(text, "Vendor"),
            ["details"] = details,
        };
    }

    private static string Text(byte[] pdf)
    {
        try
        {
            using var document = PdfDocument.Open(pdf);
            return string.Join('\n', document.GetPages().Select(page => ContentOrderTextExtractor.GetText(page)))
                .ReplaceLineEndings("\n");
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // The library throws exceptions of many types for a damaged file.
            throw ApiRefusal.BadRequest("The file is not a readable PDF.");
        }
    }

    private static string Field(string text, string name)
    {
        var found = text.Split('\n').FirstOrDefault(line => line.StartsWith(name + ": ", StringComparison.Ordinal));
        return found is null
            ? throw ApiRefusal.BadRequest($"The file has no line '{name}: …', so no bill can be read from it.")
            : found[(name.Length + 2)..].Trim();
    }

    [GeneratedRegex(
        @"^(?<service>[^|\n]+) \| (?<quantity>\d{1,9}) \| (?<rate>\d{1,12}(\.\d{1,4})?)$",
        RegexOptions.Multiline
    )]
    private static partial Regex LinePattern();
}
