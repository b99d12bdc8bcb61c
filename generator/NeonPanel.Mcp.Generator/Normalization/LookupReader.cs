using System.Text.Json.Nodes;
using NeonPanel.Mcp.Generator.Reading;
using NeonPanel.Mcp.Generator.Schemas;

namespace NeonPanel.Mcp.Generator.Normalization;

/// <summary>Reads the lookups that the overlay declares (<c>x-mcp.lookup</c> and <c>x-mcp.lookups</c>).</summary>
internal static class LookupReader
{
    private static readonly IReadOnlyList<string> Members =
    [
        "noun",
        "list",
        "items",
        "value",
        "match",
        "format",
        "scope",
        "search",
        "distinguish",
        "single",
        "learn",
    ];

    /// <param name="holder">The parameter or schema.</param>
    /// <param name="pointer">Its position.</param>
    /// <param name="root">The document, which may declare lookups by name.</param>
    /// <returns><see langword="null"/> for a place without a lookup.</returns>
    public static LookupModel? Read(JsonNode? holder, string pointer, JsonObject root)
    {
        pointer += "/x-mcp/lookup";
        switch (holder.Get("x-mcp").Get("lookup"))
        {
            case null:
                return null;
            case JsonObject lookup:
                return Read(lookup, lookup.Text("noun"), pointer);
            case JsonValue name when root.Get("x-mcp").Get("lookups").Get(name.ToString()) is JsonObject shared:
                return Read(
                    shared,
                    shared.Text("noun") ?? Words(name.ToString()),
                    JsonPointer.Append("/x-mcp/lookups", name.ToString())
                );
            case var other:
                return new(null, "", "", "", [], pointer)
                {
                    Fault =
                        $"'{other}' is not a name in the document's x-mcp.lookups; there are {string.Join(", ", root.Get("x-mcp").Members("lookups").Select(pair => pair.Key))}",
                };
        }
    }

    private static LookupModel Read(JsonObject lookup, string? noun, string pointer) =>
        new(
            noun,
            lookup.Text("list") ?? "",
            lookup.Text("items") ?? "",
            lookup.Text("value") ?? "",
            Texts(lookup, "match"),
            pointer
        )
        {
            Format = lookup.Text("format"),
            Scope = ScopeOf(lookup["scope"]),
            Search = lookup.Text("search"),
            Distinguish = Texts(lookup, "distinguish"),
            IsSingle = lookup.IsTrue("single"),
            Learn = lookup["learn"] is JsonObject learn ? Learn(learn) : null,
            Fault = lookup.FirstOrDefault(pair => !Members.Contains(pair.Key)) is { Key: { } unknown }
                ? $"there is no member '{unknown}'; there are {string.Join(", ", Members)}"
                : null,
        };

    // A text names an argument that the list and the call have in common.
    private static IReadOnlyList<KeyValuePair<string, string>> ScopeOf(JsonNode? scope) =>
        scope switch
        {
            JsonObject map => [.. map.Select(pair => KeyValuePair.Create(pair.Key, pair.Value?.ToString() ?? ""))],
            JsonValue name => [KeyValuePair.Create(name.ToString(), name.ToString())],
            _ => [],
        };

    private static List<string> Texts(JsonObject lookup, string member) =>
        [.. lookup.Items(member).Select(name => name?.ToString() ?? "")];

    // paymentTerm: Payment term.
    private static string Words(string name)
    {
        var words = string.Concat(
            name.Select(character => char.IsUpper(character) ? " " + char.ToLowerInvariant(character) : $"{character}")
        );
        return words.Length == 0 ? words : char.ToUpperInvariant(words[0]) + words[1..];
    }

    private static LearnModel Learn(JsonObject learn) =>
        new(
            learn.Text("value") ?? "",
            learn.Text("key") ?? "",
            [
                .. learn
                    .Members("from")
                    .SelectMany(pair =>
                        (pair.Value as JsonArray ?? [pair.Value?.DeepClone()]).Select(path =>
                            KeyValuePair.Create(pair.Key, path?.ToString() ?? "")
                        )
                    ),
            ]
        );
}
