using System.Text.Json.Nodes;

namespace NeonPanel.Mcp.Generator.Reading;

/// <summary>Sorts a document into the order of its previous version wherever order has no meaning. If the API's server
/// writes the same members in another order, nothing changes, and a small change gives a small diff.</summary>
internal static class CanonicalOrder
{
    public static JsonObject Follow(JsonObject fresh, JsonObject previous) => (JsonObject)Follow(fresh, previous, "")!;

    private static JsonNode? Follow(JsonNode? fresh, JsonNode? previous, string name) =>
        (fresh, previous) switch
        {
            (JsonObject map, JsonObject known) => Members(map, known),
            (JsonArray list, JsonArray known) => new JsonArray([.. Items(list, known, name)]),
            _ => fresh?.DeepClone(),
        };

    private static JsonObject Members(JsonObject map, JsonObject known)
    {
        var result = new JsonObject();
        foreach (var name in Order([.. map.Select(pair => pair.Key)], known.Select(pair => pair.Key)))
        {
            result[name] = Follow(map[name], known[name], name);
        }

        return result;
    }

    private static IEnumerable<JsonNode?> Items(JsonArray list, JsonArray known, string name)
    {
        // In all other lists the order may have a meaning: the first server, the first way to sign in, an example.
        var keys = name is "parameters" or "required" or "enum" or "tags"
            ? list.Select(Identity).OfType<string>().Distinct().ToList()
            : [];
        if (keys.Count == 0 || keys.Count < list.Count)
        {
            return list.Select((item, index) => Follow(item, index < known.Count ? known[index] : null, ""));
        }

        var items = list.ToDictionary(item => Identity(item)!, StringComparer.Ordinal);
        var before = known
            .Where(item => Identity(item) is not null)
            .DistinctBy(Identity)
            .ToDictionary(item => Identity(item)!, StringComparer.Ordinal);
        return Order(keys, before.Keys).Select(key => Follow(items[key], before.GetValueOrDefault(key), ""));
    }

    // Known names keep their order. A new name is inserted after the name that now precedes it.
    private static List<string> Order(List<string> fresh, IEnumerable<string> previous)
    {
        var present = fresh.ToHashSet(StringComparer.Ordinal);
        var order = previous.Where(present.Contains).ToList();
        var known = order.ToHashSet(StringComparer.Ordinal);
        for (var index = 0; index < fresh.Count; index++)
        {
            if (!known.Contains(fresh[index]))
            {
                order.Insert(index == 0 ? 0 : order.IndexOf(fresh[index - 1]) + 1, fresh[index]);
            }
        }

        return order;
    }

    private static string? Identity(JsonNode? item) =>
        item switch
        {
            JsonValue value => value.ToJsonString(),
            JsonObject map when map["$ref"] is JsonValue reference => reference.ToJsonString(),
            JsonObject map when map["name"] is JsonValue name => name.ToJsonString() + map["in"]?.ToJsonString(),
            _ => null,
        };
}
