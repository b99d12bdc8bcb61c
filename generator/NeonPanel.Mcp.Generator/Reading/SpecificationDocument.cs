using System.Text.Json.Nodes;
using NeonPanel.Mcp.Generator.Diagnostics;

namespace NeonPanel.Mcp.Generator.Reading;

/// <summary>The parsed specification: OpenAPI 3.x as a tree that keeps every digit and unknown member.</summary>
/// <param name="File">The file's name as given, for diagnostics.</param>
/// <param name="Root">The document after the overlay was applied.</param>
internal sealed record SpecificationDocument(string File, JsonObject Root)
{
    /// <summary>Longest chain of references to follow. A longer one counts as circular.</summary>
    private const int MaxReferenceChain = 64;

    private readonly Dictionary<string, JsonNode?> found = new(StringComparer.Ordinal);

    /// <summary>Follows local references to a node without <c>$ref</c>.</summary>
    /// <param name="node">A node that may be a Reference Object.</param>
    /// <param name="pointer">The position of the node.</param>
    /// <returns>The target, and its position.</returns>
    /// <exception cref="FaultException">The reference is external, has no target, or is circular.</exception>
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

        throw Fault(pointer, "The references are circular.");
    }

    /// <summary>Follows one reference.</summary>
    /// <exception cref="FaultException">The reference is external or has no target.</exception>
    public (JsonNode? Node, string Pointer) Follow(JsonNode? node, string pointer)
    {
        // No file or network access: the generator rejects references to other documents (rule E1).
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
        // Without this check, a name (an $anchor of JSON Schema) would refer to the whole document.
        var found = target is "" or ['/', ..]
            ? Find(target)
            : throw Fault(pointer, $"The reference '{reference}' is not a JSON Pointer; only '#/…' is followed.");
        return (found ?? throw Fault(pointer, $"The reference '{reference}' has no target."), target);
    }

    /// <summary>Returns the node to which <paramref name="pointer"/> points, or <see langword="null"/>.</summary>
    public JsonNode? Find(string pointer)
    {
        // Cached, because a document refers to the same few thousand targets again and again.
        if (!found.TryGetValue(pointer, out var node))
        {
            found[pointer] = node = JsonPointer.Find(Root, pointer);
        }

        return node;
    }

    /// <summary>Returns the text of <c>$ref</c>, or <see langword="null"/> if the node is not a reference.</summary>
    public static string? ReferenceOf(JsonNode? node) =>
        node is JsonObject map && map["$ref"] is JsonValue value && value.TryGetValue<string>(out var text)
            ? text
            : null;

    /// <summary>Returns a media type, and follows its reference to <c>components/mediaTypes</c> (OpenAPI 3.2,
    /// "Components Object").</summary>
    /// <param name="content">The <c>content</c> of a body, a response or a parameter.</param>
    /// <param name="type">The media type.</param>
    /// <param name="place">The position of the object that contains <c>content</c>.</param>
    public (JsonNode? Media, string Pointer) Media(JsonObject content, string type, string place) =>
        Resolve(content[type], JsonPointer.Append(place + "/content", type));

    // OpenAPI 3.2: a document may refer to itself by its own address ($self).
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

    /// <summary>Creates the fault of a reference that cannot be followed.</summary>
    public FaultException Fault(string pointer, string message) =>
        new(new(DiagnosticIds.Reference, Severity.Warning, File, pointer, message));
}
