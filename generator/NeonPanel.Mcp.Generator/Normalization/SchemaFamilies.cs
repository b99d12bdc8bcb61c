using System.Text.Json.Nodes;
using NeonPanel.Mcp.Generator.Reading;
using NeonPanel.Mcp.Generator.Schemas;
using NeonPanel.Mcp.Generator.Texts;

namespace NeonPanel.Mcp.Generator.Normalization;

/// <summary>Finds the forms of a schema with a discriminator (OpenAPI 3.1, "Discriminator Object"): those in its
/// mapping, those in its <c>oneOf</c> and <c>anyOf</c>, and those that refer to it in their <c>allOf</c>.</summary>
internal sealed class SchemaFamilies(SpecificationDocument document)
{
    /// <summary>Most forms to list by name.</summary>
    private const int MaxTold = 20;

    private const string Schemas = "/components/schemas";

    // The schemas that refer to a base in allOf, by base. Built on first use with one pass over all schemas, in ordinal
    // order, because the order of schemas in a document has no meaning (rule E2).
    private readonly Lazy<ILookup<string, string>> children = new(() =>
        document
            .Root.Get("components")
            .Members("schemas")
            .OrderBy(schema => schema.Key, StringComparer.Ordinal)
            .SelectMany(schema =>
                schema
                    .Value.Items("allOf")
                    .Select(part => (Base: SpecificationDocument.ReferenceOf(part), Child: schema.Key))
            )
            .Where(pair => pair.Base is ['#', ..])
            .ToLookup(
                pair => Uri.UnescapeDataString(pair.Base![1..]),
                pair => JsonPointer.Append(Schemas, pair.Child),
                StringComparer.Ordinal
            )
    );

    /// <returns>Values of the discriminator and their schemas. Those of the mapping come first.</returns>
    public IReadOnlyList<(string Value, string Pointer)> Of(JsonObject map, string pointer)
    {
        var mapped = map["discriminator"]
            .Members("mapping")
            .Select(pair => (Value: pair.Key, Pointer: Target(pair.Value?.ToString() ?? "")))
            .Where(form => form.Pointer is not null)
            .Select(form => (form.Value, Pointer: form.Pointer!))
            .ToList();
        var known = mapped.Select(form => form.Pointer).ToHashSet(StringComparer.Ordinal);
        var listed = map.Items("oneOf")
            .Concat(map.Items("anyOf"))
            .Select(SpecificationDocument.ReferenceOf)
            .OfType<string>()
            .Select(Target)
            .OfType<string>();
        // A form without a mapping has the name of its schema as value.
        return
        [
            .. mapped,
            .. listed
                .Concat(Descendants(pointer))
                .Where(known.Add)
                .Select(form => (JsonPointer.Unescape(form[(form.LastIndexOf('/') + 1)..]), form)),
        ];
    }

    /// <summary>Lists the forms in the text of the discriminating member, unless the member already has a list of
    /// values.</summary>
    public static SchemaModel Tell(
        SchemaModel model,
        string? member,
        IReadOnlyList<(string Value, string Pointer)> forms
    ) =>
        forms.Count is 0 or > MaxTold
            ? model
            : model with
            {
                Properties =
                [
                    .. model.Properties.Select(property =>
                        property.Name != member || property.Schema.Enum.Count > 0
                            ? property
                            : property with
                            {
                                Schema = property.Schema with
                                {
                                    Description = PlainText.Sentence(
                                        property.Schema.Description,
                                        "One of: "
                                            + string.Join(", ", forms.Select(form => PlainText.Line(form.Value)))
                                            + "."
                                    ),
                                },
                            }
                    ),
                ],
            };

    /// <summary>The values of the discriminating member that stand for a form.</summary>
    public static IReadOnlyList<string> ValuesOf(IReadOnlyList<(string Value, string Pointer)> forms, string pointer) =>
        [.. forms.Where(form => form.Pointer == pointer).Select(form => form.Value)];

    /// <summary>The values of the discriminating member that stand for a form that is listed.</summary>
    public IReadOnlyList<string> ValuesOf(IReadOnlyList<(string Value, string Pointer)> forms, JsonNode? listed) =>
        SpecificationDocument.ReferenceOf(listed) is { } reference && Target(reference) is { } pointer
            ? ValuesOf(forms, pointer)
            : [];

    /// <summary>A form whose discriminating member has no other values than its own.</summary>
    public static SchemaModel Only(SchemaModel form, string? member, IReadOnlyList<string> values) =>
        values.Count == 0
            ? form
            : form with
            {
                Properties =
                [
                    .. form.Properties.Select(property =>
                        property.Name != member
                        || property.Schema.Enum.Count > 0
                        || property.Schema.Types is not ["string"]
                            ? property
                            : property with
                            {
                                Schema = property.Schema with
                                {
                                    Enum = [.. values.Select(value => JsonValue.Create(value))],
                                },
                            }
                    ),
                ],
            };

    private IEnumerable<string> Descendants(string pointer)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal) { pointer };
        var open = new Queue<string>([pointer]);
        while (open.TryDequeue(out var next))
        {
            foreach (var child in children.Value[next].Where(seen.Add))
            {
                open.Enqueue(child);
                yield return child;
            }
        }
    }

    // A mapping may contain the schema's name alone.
    private string? Target(string reference)
    {
        var pointer = reference.StartsWith('#')
            ? Uri.UnescapeDataString(reference[1..])
            : JsonPointer.Append(Schemas, reference);
        return document.Find(pointer) is JsonObject ? pointer : null;
    }
}
