using System.Text.Json.Nodes;
using NeonPanel.Mcp.Generator.Diagnostics;

namespace NeonPanel.Mcp.Generator.Reading;

/// <summary>The specification once parsed: OpenAPI 3.x as a tree that keeps every digit and unknown member.</summary>
/// <param name="File">The file's name as given, for diagnostics.</param>
/// <param name="Root">The document, overlay applied.</param>
internal sealed record SpecificationDocument(string File, JsonObject Root)
{
    /// <summary>Longest chain of references that is followed before it counts as a circle.</summary>
    private const int MaxReferenceChain = 64;

    private readonly Dictionary<string, JsonNode?> found = new(StringComparer.Ordinal);

    /// <summary>Follows local references until a node without <c>$ref</c>.</summary>
    /// <param name="node">A node that may be a Reference Object.</param>
    /// <param name="pointer">Where it stands.</param>
    /// <returns>The node that is meant, and where that stands.</returns>
    /// <exception cref="FaultException">The reference is external, leads nowhere, or runs in a circle.</exception>
    public (JsonNode? Node, string Pointer) Resolve(JsonNode? node, string pointer)
    {
        for (var step = 0; step < MaxReferenceChain; step++)
        {
            if (ReferenceOf(node) is not { } reference)
            {
                return (node, pointer);
            }

            // No file or network access: a reference out of the document is refused by name (rule E1).
            if (!reference.StartsWith('#'))
            {
                throw External(pointer, $"The reference '{reference}' leads out of the document; only local references " +
                    "('#/…') are followed. Bundle the document first.");
            }

            var target = Uri.UnescapeDataString(reference[1..]);
            // Else a name (an $anchor of JSON Schema) would be taken for the whole document.
            node = target is "" or ['/', ..] ? Find(target) : throw Fault(pointer, $"The reference '{reference}' is no JSON pointer; '#/…' alone is followed.");
            _ = node ?? throw Fault(pointer, $"The reference '{reference}' leads to nothing.");
            pointer = target;
        }

        throw Fault(pointer, "The references run in a circle.");
    }

    /// <summary>Finds the node that <paramref name="pointer"/> names, or <see langword="null"/>.</summary>
    public JsonNode? Find(string pointer)
    {
        // The same few thousand references are followed from everywhere.
        if (!found.TryGetValue(pointer, out var node))
        {
            found[pointer] = node = JsonPointer.Find(Root, pointer);
        }

        return node;
    }

    /// <summary>Returns the text of <c>$ref</c>, or <see langword="null"/> when the node is no reference.</summary>
    public static string? ReferenceOf(JsonNode? node) =>
        node is JsonObject map && map["$ref"] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    private FaultException External(string pointer, string message) =>
        new(new(DiagnosticIds.ExternalReference, Severity.Error, File, pointer, message));

    /// <summary>Makes the fault of a reference that cannot be followed.</summary>
    public FaultException Fault(string pointer, string message) =>
        new(new(DiagnosticIds.Reference, Severity.Warning, File, pointer, message));
}
