using System.Text.Json.Nodes;
using NeonPanel.Mcp.Generator.Catalog;
using NeonPanel.Mcp.Generator.Emission;
using NeonPanel.Mcp.Generator.Reading;

namespace NeonPanel.Mcp.Generator.Comparison;

/// <summary>Finds the type names of the typed client in bodies and answers.</summary>
internal sealed class TypedNames(SpecificationDocument document, IReadOnlyList<OperationModel> tools)
{
    private readonly JsonObject typed = TypedDocument.Make(document, TypedDocument.Choose(tools));

    /// <summary>Returns the types of an operation by their position (<c>answer.data[]</c>); empty if the operation has
    /// no typed method.</summary>
    public IReadOnlyDictionary<string, string> Of(OperationModel tool)
    {
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        var operation = typed["paths"].Get(tool.Path).Get(tool.Method.ToLowerInvariant());
        foreach (var (_, media) in operation.Get("requestBody").Members("content"))
        {
            Read(media.Get("schema"), "body", names, []);
        }

        foreach (
            var (_, media) in operation
                .Members("responses")
                .Where(pair => pair.Key.StartsWith('2'))
                .SelectMany(pair => pair.Value.Members("content"))
        )
        {
            Read(media.Get("schema"), "answer", names, []);
        }

        return names;
    }

    private void Read(JsonNode? schema, string path, Dictionary<string, string> names, HashSet<string> open)
    {
        if (schema.Get("oneOf").First() is { } nullable)
        {
            Read(nullable, path, names, open);
        }
        else if (SpecificationDocument.ReferenceOf(schema) is { } reference)
        {
            var name = reference[(reference.LastIndexOf('/') + 1)..];
            if (names.TryAdd(path, name) && open.Add(name))
            {
                Read(typed["components"].Get("schemas").Get(name), path, names, open);
                open.Remove(name);
            }
        }
        else
        {
            foreach (var (member, value) in schema.Members("properties"))
            {
                Read(value, path + "." + member, names, open);
            }

            foreach (
                var (keyword, step) in (ReadOnlySpan<(string, string)>)[("items", "[]"), ("additionalProperties", ".*")]
            )
            {
                if (schema.Get(keyword) is JsonObject inside)
                {
                    Read(inside, path + step, names, open);
                }
            }
        }
    }
}
