using System.Text.Json.Nodes;
using NeonPanel.Mcp.Tools;

namespace NeonPanel.Mcp.Server.Tests.Arguments;

/// <summary>Values made after a JSON Schema, and near to it, the same for the same seed. It reads the schema that
/// clients see, and knows nothing of what the server makes of it.</summary>
internal sealed class SchemaValues(int seed)
{
    private static readonly string[] Alien =
    [
        "null",
        "true",
        "7",
        "-0.5",
        "\"text\"",
        "\"\"",
        "[]",
        "[1]",
        "{}",
        "{\"a\":1}",
    ];

    private readonly Random random = new(seed);

    /// <summary>A valid value: with all members, or with some of those that may be left out.</summary>
    public JsonNode? Valid(JsonObject schema, bool full)
    {
        if (schema["enum"] is JsonArray values)
        {
            return values[random.Next(values.Count)]?.DeepClone();
        }

        switch (schema["type"]?.ToString())
        {
            case "object":
                var required = (schema["required"] as JsonArray ?? []).Select(name => name!.ToString()).ToHashSet();
                var members = new JsonObject();
                foreach (var (name, property) in schema["properties"] as JsonObject ?? [])
                {
                    if (full || required.Contains(name) || random.Next(2) == 0)
                    {
                        members[name] = Valid(property!.AsObject(), full);
                    }
                }

                return members;
            case "array":
                var items = Enumerable.Range(
                    0,
                    Math.Max(schema["minItems"]?.GetValue<int>() ?? 0, full ? 2 : random.Next(3))
                );
                return new JsonArray([.. items.Select(_ => Valid(schema["items"]!.AsObject(), full))]);
            case "integer" or "number":
                var least = schema["minimum"]?.GetValue<int>() ?? -1000;
                var most = schema["maximum"]?.GetValue<int>() ?? least + 100_000;
                return schema["type"]!.ToString() == "integer" || full
                    ? JsonNode.Parse($"{random.Next(least, most + 1)}")
                    : JsonNode.Parse($"{random.Next(least, most)}.{random.Next(1, 100)}");
            case "boolean":
                return random.Next(2) == 0;
            case "string":
                return schema["format"]?.ToString() switch
                {
                    "date" => $"20{random.Next(10, 30)}-0{random.Next(1, 10)}-{random.Next(10, 29)}",
                    "uuid" => new Guid(random.Next(), 1, 2, 3, 4, 5, 6, 7, 8, 9, 10).ToString(),
                    "uri" => "https://example.com/" + random.Next(),
                    _ => Text(schema["minLength"]?.GetValue<int>() ?? 0, schema["maxLength"]?.GetValue<int>() ?? 12),
                };
            default:
                return JsonNode.Parse(Alien[random.Next(Alien.Length)]);
        }
    }

    /// <summary>Sets the type <c>integer</c> at each place that accepts an id or a name. Clients see no type there,
    /// because rule C2 forbids two.</summary>
    public static void TypeLookups(JsonObject schema, ValueShape shape)
    {
        const ValueKinds both = ValueKinds.String | ValueKinds.Integer;
        if (!schema.ContainsKey("type") && (shape.Kinds & both) == both && shape.Kinds != ValueKinds.Any)
        {
            schema["type"] = "integer";
        }

        foreach (var (name, member) in schema["properties"] as JsonObject ?? [])
        {
            if (shape.Properties.TryGetValue(name, out var known))
            {
                TypeLookups(member!.AsObject(), known);
            }
        }

        if (schema["items"] is JsonObject items && shape.Items is { } item)
        {
            TypeLookups(items, item);
        }
    }

    /// <summary>Copies of a value, each with one thing changed: every member and item, at every depth, becomes
    /// something of another kind, something near to a limit, or nothing; and every object gets one more.</summary>
    public static IEnumerable<JsonNode?> Mutations(JsonNode? value)
    {
        foreach (var place in Places(value, []).ToList())
        {
            var found = At(value, place);
            foreach (var text in Alien.Append(Near(found)).Where(text => text is not null))
            {
                yield return Replaced(value, place, JsonNode.Parse(text!));
            }

            if (found is JsonObject)
            {
                var more = At(value, place)!.DeepClone().AsObject();
                more["unheard_of"] = 1;
                yield return Replaced(value, place, more);
            }

            if (place.Length > 0)
            {
                var copy = value!.DeepClone();
                _ = At(copy, place[..^1]) is JsonObject parent ? parent.Remove(place[^1]) : default;
                yield return copy;
            }
        }
    }

    private string Text(int least, int most)
    {
        const string letters = "abc DEF-_09äß\u4e2d";
        return string.Concat(
            Enumerable
                .Range(0, random.Next(Math.Max(least, 1), Math.Min(most, least + 12) + 1))
                .Select(_ => letters[random.Next(letters.Length)])
        );
    }

    private static string? Near(JsonNode? value) =>
        value?.GetValueKind() switch
        {
            System.Text.Json.JsonValueKind.String => value.ToString().Length % 2 == 0
                ? new JsonArray(value.ToString().ToUpperInvariant() + new string('x', 300))[0]!.ToJsonString()
                : "\"2026-02-30\"",
            System.Text.Json.JsonValueKind.Number => value.ToJsonString() is var digits && digits == "0"
                ? "100000"
                : digits + "00000",
            _ => null,
        };

    private static IEnumerable<string[]> Places(JsonNode? value, string[] here)
    {
        yield return here;
        var below = value switch
        {
            JsonObject map => map.Select(member => (member.Key, member.Value)),
            JsonArray list => list.Select((item, index) => (Key: $"{index}", Value: item)),
            _ => [],
        };
        foreach (var place in below.SelectMany(child => Places(child.Value, [.. here, child.Key])))
        {
            yield return place;
        }
    }

    private static JsonNode? At(JsonNode? value, IEnumerable<string> place) =>
        place.Aggregate(value, (node, step) =>
            node is JsonArray list
                ? list[int.Parse(step, System.Globalization.CultureInfo.InvariantCulture)]
                : node![step]
        );

    private static JsonNode? Replaced(JsonNode? value, string[] place, JsonNode? by)
    {
        if (place.Length == 0)
        {
            return by;
        }

        var copy = value!.DeepClone();
        if (At(copy, place[..^1]) is JsonArray list)
        {
            list[int.Parse(place[^1], System.Globalization.CultureInfo.InvariantCulture)] = by;
        }
        else
        {
            At(copy, place[..^1])![place[^1]] = by;
        }

        return copy;
    }
}
