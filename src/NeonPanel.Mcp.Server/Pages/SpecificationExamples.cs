using System.Text.Json;
using NeonPanel.Mcp.Tools;

namespace NeonPanel.Mcp.Server.Pages;

/// <summary>The examples that the specification gives for an operation. The specification is untrusted here: parts that
/// violate OpenAPI are ignored.</summary>
internal sealed class SpecificationExamples
{
    private const int DeepestDocument = 512;

    private readonly JsonElement root;

    public SpecificationExamples(byte[] json)
    {
        // Never disposed, because the elements are used as long as the server runs.
        root = JsonDocument.Parse(json, new() { MaxDepth = DeepestDocument }).RootElement;
    }

    public JsonElement Root => root;

    /// <returns>Examples of the tool's arguments by name: those of parameters and of the body's members.</returns>
    public IReadOnlyDictionary<string, JsonElement> Arguments(ToolDescriptor tool)
    {
        var found = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        if (Operation(tool, out var item) is not { } operation)
        {
            return found;
        }

        foreach (
            var parameter in Items(Member(item, "parameters"))
                .Concat(Items(Member(operation, "parameters")))
                .Select(Resolve)
        )
        {
            if (
                Member(parameter, "name") is { ValueKind: JsonValueKind.String } name
                && (Example(parameter) ?? Member(Member(parameter, "schema"), "example")) is { } value
            )
            {
                found[name.GetString()!] = value;
            }
        }

        var body = FirstContent(Resolve(Member(operation, "requestBody") ?? default)) is { } media
            ? Example(media)
            : null;
        foreach (var member in body is { ValueKind: JsonValueKind.Object } ? body.Value.EnumerateObject() : default)
        {
            found[member.Name] = member.Value;
        }

        return found;
    }

    /// <returns>The example of the first success response, or <see langword="null"/>.</returns>
    public JsonElement? Answer(ToolDescriptor tool)
    {
        if (
            Operation(tool, out _) is not { } operation
            || Member(operation, "responses") is not { ValueKind: JsonValueKind.Object } responses
        )
        {
            return null;
        }

        return responses
            .EnumerateObject()
            .Where(response => response.Name.StartsWith('2'))
            .OrderBy(response => response.Name, StringComparer.Ordinal)
            .Select(response => FirstContent(Resolve(response.Value)) is { } media ? Example(media) : null)
            .FirstOrDefault(example => example is not null);
    }

    public static JsonElement? Member(JsonElement? element, string name) =>
        element is { ValueKind: JsonValueKind.Object } value && value.TryGetProperty(name, out var member)
            ? member
            : null;

    private static JsonElement.ArrayEnumerator Items(JsonElement? element) =>
        element is { ValueKind: JsonValueKind.Array } array ? array.EnumerateArray() : default;

    private JsonElement? Operation(ToolDescriptor tool, out JsonElement? item)
    {
        item = Member(Member(root, "paths"), tool.Path);
        return Member(item, tool.Method.ToLowerInvariant());
    }

    private static JsonElement? FirstContent(JsonElement holder) =>
        Member(holder, "content") is { ValueKind: JsonValueKind.Object } content
            ? content
                .EnumerateObject()
                .OrderBy(media => media.Name.Contains("json", StringComparison.OrdinalIgnoreCase) ? 0 : 1)
                .Select(media => (JsonElement?)media.Value)
                .FirstOrDefault()
            : null;

    private static JsonElement? Example(JsonElement holder) =>
        Member(holder, "example")
        ?? (
            Member(holder, "examples") is { ValueKind: JsonValueKind.Object } examples
                ? examples
                    .EnumerateObject()
                    .Select(example => Member(example.Value, "value"))
                    .FirstOrDefault(value => value is not null)
                : null
        );

    // Follows one reference only. A reference to a reference yields no example.
    private JsonElement Resolve(JsonElement element)
    {
        if (
            Member(element, "$ref") is not { ValueKind: JsonValueKind.String } reference
            || !reference.GetString()!.StartsWith("#/", StringComparison.Ordinal)
        )
        {
            return element;
        }

        JsonElement? place = root;
        foreach (var step in reference.GetString()![2..].Split('/'))
        {
            place = Member(
                place,
                Uri.UnescapeDataString(step)
                    .Replace("~1", "/", StringComparison.Ordinal)
                    .Replace("~0", "~", StringComparison.Ordinal)
            );
        }

        return place ?? default;
    }
}
