using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using NeonPanel.Mcp.Generator.Catalog;
using NeonPanel.Mcp.Generator.Diagnostics;
using NeonPanel.Mcp.Generator.Reading;
using NeonPanel.Mcp.Generator.Schemas;
using NeonPanel.Mcp.Generator.Texts;

namespace NeonPanel.Mcp.Generator.Rules;

/// <summary>Finds contradictions in schemas of arguments (rule C10): a limit that contradicts the text, and examples,
/// defaults and allowed values that the schema rejects. The server checks arguments by these schemas, so each
/// contradiction would forbid values that the API accepts.</summary>
internal sealed partial class LimitRules
{
    private const int MaxDepth = 64;

    private readonly SpecificationDocument document;
    private readonly SchemaValues values;
    private readonly HashSet<string> seen = new(StringComparer.Ordinal);
    private readonly List<Diagnostic> findings = [];

    private LimitRules(SpecificationDocument document)
    {
        this.document = document;
        values = new(document);
    }

    /// <summary>Reports contradictions in the arguments of all tools, each schema once.</summary>
    public static IReadOnlyList<Diagnostic> Check(SpecificationDocument document, CatalogModel catalog)
    {
        var rules = new LimitRules(document);
        foreach (var source in catalog.Tools.Select(tool => tool.Source))
        {
            rules.Parameters(source.PathItem["parameters"], source.PathPointer + "/parameters");
            rules.Parameters(source.Operation["parameters"], source.Pointer + "/parameters");
            rules.Content(source.Operation["requestBody"], source.Pointer + "/requestBody");
        }

        return
        [
            .. rules
                .findings.OrderBy(finding => finding.Pointer, StringComparer.Ordinal)
                .ThenBy(finding => finding.Message, StringComparer.Ordinal),
        ];
    }

    private void Parameters(JsonNode? list, string pointer)
    {
        var items = list as JsonArray ?? [];
        for (var index = 0; index < items.Count; index++)
        {
            var (parameter, place) = Resolve(items[index], JsonPointer.Append(pointer, index));
            Examples(parameter, parameter.Get("schema"), place);
            Schema(
                parameter.Get("schema"),
                place + "/schema",
                parameter.IsTrue("required"),
                parameter.Text("description")
            );
            Content(parameter, place);
        }
    }

    private void Content(JsonNode? node, string pointer)
    {
        var (holder, place) = Resolve(node, pointer);
        foreach (var (name, found) in holder.Members("content"))
        {
            var (media, at) = Resolve(found, JsonPointer.Append(place + "/content", name));
            Examples(media, media.Get("schema"), at);
            Schema(media.Get("schema"), at + "/schema", isRequired: false, text: null);
        }
    }

    // The text of a parameter is also about its schema.
    private void Schema(JsonNode? node, string pointer, bool isRequired, string? text, int depth = 0)
    {
        var (target, place) = Resolve(node, pointer);
        if (depth > MaxDepth || target is not JsonObject schema || !seen.Add(place))
        {
            return;
        }

        Text(schema, place, text ?? schema.Text("description") ?? "", isRequired);
        Examples(schema, schema, place);
        Value(schema["default"], schema, place, "The default");
        foreach (var value in schema.Items("enum"))
        {
            Value(value, schema, place, "The allowed value", isAllowedValue: true);
        }

        var required = schema.Items("required").Select(name => name?.ToString()).ToHashSet(StringComparer.Ordinal);
        foreach (var (name, member) in schema.Members("properties"))
        {
            Schema(
                member,
                JsonPointer.Append(place + "/properties", name),
                required.Contains(name),
                text: null,
                depth + 1
            );
        }

        foreach (var keyword in (string[])["items", "additionalProperties"])
        {
            Schema(schema[keyword], place + "/" + keyword, isRequired: false, text: null, depth + 1);
        }

        foreach (var keyword in (string[])["allOf", "oneOf", "anyOf"])
        {
            var parts = schema.Items(keyword);
            for (var index = 0; index < parts.Count; index++)
            {
                Schema(
                    parts[index],
                    JsonPointer.Append(place + "/" + keyword, index),
                    isRequired: false,
                    text: null,
                    depth + 1
                );
            }
        }
    }

    private void Text(JsonObject schema, string pointer, string text, bool isRequired)
    {
        var limits = SchemaLimits.Read(schema);
        foreach (var finding in LimitTexts.Check(schema.Text("type"), limits, text))
        {
            Add(pointer, finding);
        }

        if (limits[LimitKeyword.Minimum] is not { } bound)
        {
            return;
        }

        if (SchemaBounds.Compare(bound.Digits, "0") >= 0 && Negative().Match(text) is { Success: true } negative)
        {
            Add(
                pointer,
                $"The minimum is {bound.Digits}, and the text speaks of values below zero ('{negative.Value}')."
            );
        }
        else if (SchemaBounds.Compare(bound.Digits, "0") > 0 && Zero().Match(text) is { Success: true } zero)
        {
            Add(pointer, $"The minimum is {bound.Digits}, and the text speaks of zero ('{zero.Value}').");
        }
        else if (
            isRequired
            && schema.Text("type") is "integer" or "number"
            && SchemaBounds.Compare(bound.Digits, "0") > 0
            && Later().Match(text) is { Success: true } later
        )
        {
            Add(
                pointer,
                $"The minimum of this required number is {bound.Digits}, and the text ('{later.Value}') speaks of something that may not have happened yet."
            );
        }
    }

    // 'example' occurs in a schema, a parameter or a media type. 'examples' contains values in a schema, and Example
    // Objects elsewhere.
    private void Examples(JsonNode? holder, JsonNode? schema, string pointer)
    {
        Value(holder.Get("example"), schema, pointer, "The example");
        foreach (var value in holder.Items("examples"))
        {
            Value(value, schema, pointer, "The example");
        }

        foreach (var (_, example) in holder.Members("examples"))
        {
            Value(Resolve(example, pointer).Node.Get("value"), schema, pointer, "The example");
        }
    }

    private void Value(JsonNode? value, JsonNode? schema, string pointer, string what, bool isAllowedValue = false)
    {
        if (value is not null && values.WhyNot(value, schema, isAllowedValue) is { } reason)
        {
            Add(
                pointer,
                $"{what} {PlainText.Cut(PlainText.Line(JsonText.Compact(value)), 60)} is rejected by its own schema: {reason}."
            );
        }
    }

    private void Add(string pointer, string message) =>
        findings.Add(
            new(
                DiagnosticIds.Contradiction,
                Severity.Warning,
                document.File,
                pointer,
                message + " Correct the limit or the text in the overlay, with its reason."
            )
        );

    private (JsonNode? Node, string Pointer) Resolve(JsonNode? node, string pointer)
    {
        try
        {
            return document.Resolve(node, pointer);
        }
        catch (FaultException)
        {
            return (null, pointer); // Reported when the operation is read.
        }
    }

    [GeneratedRegex(
        @"\b(?:negative|(?:below|under|less than) (?:zero|0)|-1\b)(?<!non-negative|not negative|nonnegative)",
        RegexOptions.IgnoreCase
    )]
    private static partial Regex Negative();

    [GeneratedRegex(
        @"\b(?:zero|0) (?:means|for|if|is allowed|to|disables|removes|clears|when)\b|\b(?:can|may) be (?:zero|0)\b|\b(?:zero|0) or (?:more|greater|above)\b|\b(?:set|use|pass|send) (?:to )?(?:zero|0)\b|\b0 = ",
        RegexOptions.IgnoreCase
    )]
    private static partial Regex Zero();

    [GeneratedRegex(
        @"\b(?:arrived|received|delivered|returned|refunded|rejected|cancell?ed|consumed|remaining|left over|still open|in stock|on hand|in transit)\b",
        RegexOptions.IgnoreCase
    )]
    private static partial Regex Later();
}
