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
            if (ReferenceOf(node) is null)
            {
                return (node, pointer);
            }

            (node, pointer) = Follow(node, pointer);
        }

        throw Fault(pointer, "The references run in a circle.");
    }

    /// <summary>Follows one reference.</summary>
    /// <exception cref="FaultException">The reference is external or leads nowhere.</exception>
    public (JsonNode? Node, string Pointer) Follow(JsonNode? node, string pointer)
    {
        // No file or network access: a reference out of the document is refused by name (rule E1).
        var reference = WithoutSelf(ReferenceOf(node) ?? "");
        if (!reference.StartsWith('#'))
        {
            throw External(
                pointer,
                $"The reference '{reference}' leads out of the document; only local references "
                    + "('#/…') are followed. Bundle the document first."
            );
        }

        var target = Uri.UnescapeDataString(reference[1..]);
        // Else a name (an $anchor of JSON Schema) would be taken for the whole document.
        var found = target is "" or ['/', ..]
            ? Find(target)
            : throw Fault(pointer, $"The reference '{reference}' is no JSON pointer; '#/…' alone is followed.");
        return (found ?? throw Fault(pointer, $"The reference '{reference}' leads to nothing."), target);
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
        node is JsonObject map && map["$ref"] is JsonValue value && value.TryGetValue<string>(out var text)
            ? text
            : null;

    /// <summary>Follows the reference of a media type to <c>components/mediaTypes</c> (OpenAPI 3.2, "Components
    /// Object").</summary>
    /// <param name="content">The <c>content</c> of a body, an answer or a parameter.</param>
    /// <param name="type">The media type.</param>
    /// <param name="place">Where the holder of <c>content</c> stands.</param>
    public (JsonNode? Media, string Pointer) Media(JsonObject content, string type, string place) =>
        Resolve(content[type], JsonPointer.Append(place + "/content", type));

    // OpenAPI 3.2: a document may refer to itself by its own address.
    private string WithoutSelf(string reference)
    {
        const string unknownBase = "https://self.invalid/";
        if (
            reference.StartsWith('#')
            || Root.Text("$self") is not { Length: > 0 } self
            || !Uri.TryCreate(new Uri(unknownBase), self, out var own)
            || !Uri.TryCreate(own, reference, out var target)
        )
        {
            return reference;
        }

        const UriComponents withoutFragment = UriComponents.HttpRequestUrl;
        if (
            target.GetComponents(withoutFragment, UriFormat.UriEscaped)
            != own.GetComponents(withoutFragment, UriFormat.UriEscaped)
        )
        {
            return reference;
        }

        var fragment = reference.IndexOf('#', StringComparison.Ordinal);
        return fragment < 0 ? "#" : reference[fragment..];
    }

    private FaultException External(string pointer, string message) =>
        new(new(DiagnosticIds.ExternalReference, Severity.Warning, File, pointer, message));

    /// <summary>Makes the fault of a reference that cannot be followed.</summary>
    public FaultException Fault(string pointer, string message) =>
        new(new(DiagnosticIds.Reference, Severity.Warning, File, pointer, message));
}
