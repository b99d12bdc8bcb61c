using System.Text.Json.Nodes;
using NeonPanel.Mcp.Generator.Reading;
using NeonPanel.Mcp.Generator.Schemas;
using NeonPanel.Mcp.Generator.Texts;

namespace NeonPanel.Mcp.Generator.Normalization;

/// <summary>A part of a schema that applies under a condition (JSON Schema 2020-12, core §10.2.2): <c>then</c>,
/// <c>else</c> and <c>dependentSchemas</c>. Its members may always be sent; the condition is described in
/// words.</summary>
/// <param name="Condition">The condition in words, such as <c>if method is "card"</c>, or
/// <see langword="null"/>.</param>
/// <param name="Schema">The part, or <see langword="null"/> if nothing is required under the condition.</param>
/// <param name="Pointer">The position of the part.</param>
internal sealed record SchemaCondition(string? Condition, JsonNode? Schema, string Pointer)
{
    private static readonly string[] Dependent = ["dependentSchemas", "dependencies"];

    /// <summary>Finds the conditional parts of a schema. Exactly one part of each returned list applies.</summary>
    public static IEnumerable<SchemaCondition[]> Of(JsonObject map, string pointer)
    {
        if (map.ContainsKey("if") && (map["then"] is JsonObject || map["else"] is JsonObject))
        {
            var words = Words(map["if"]);
            yield return
            [
                new(words is null ? null : "if " + words, map["then"], pointer + "/then"),
                new(words is null ? null : "unless " + words, map["else"], pointer + "/else"),
            ];
        }

        foreach (var keyword in Dependent)
        {
            foreach (var (name, part) in map.Members(keyword).Where(pair => pair.Value is JsonObject))
            {
                yield return
                [
                    new($"if {PlainText.Line(name)} is given", part, JsonPointer.Append(pointer + "/" + keyword, name)),
                    new(null, null, ""),
                ];
            }
        }
    }

    /// <summary>Adds the condition to the texts of the members that the part describes or requires.</summary>
    public SchemaModel Tell(SchemaModel part)
    {
        if (Condition is null)
        {
            return part;
        }

        return part with
        {
            Properties =
            [
                .. part.Properties.Select(property =>
                    property with
                    {
                        Schema = property.Schema with
                        {
                            Description = PlainText.Sentence(
                                property.Schema.Description,
                                (property.IsRequired ? "Required " : "Only ") + Condition + "."
                            ),
                        },
                    }
                ),
            ],
        };
    }

    /// <summary>Adds to the texts of members the condition under which they are required.</summary>
    public static SchemaModel TellRequired(SchemaModel model, JsonObject map, string pointer)
    {
        foreach (var (name, condition) in Required(map, pointer))
        {
            model = model with
            {
                Properties =
                [
                    .. model.Properties.Select(property =>
                        property.Name != name || property.IsRequired
                            ? property
                            : property with
                            {
                                Schema = property.Schema with
                                {
                                    Description = PlainText.Sentence(
                                        property.Schema.Description,
                                        $"Required {condition}."
                                    ),
                                },
                            }
                    ),
                ],
            };
        }

        return model;
    }

    // Returns the names that the part requires without describing them, and those that dependentRequired requires.
    private static IEnumerable<(string Name, string Condition)> Required(JsonObject map, string pointer)
    {
        foreach (
            var (condition, schema, _) in Of(map, pointer)
                .SelectMany(parts => parts)
                .Where(part => part.Condition is not null)
        )
        {
            foreach (
                var name in schema
                    .Items("required")
                    .OfType<JsonValue>()
                    .Where(name => !schema.Members("properties").ContainsKey(name.ToString()))
            )
            {
                yield return (name.ToString(), condition!);
            }
        }

        foreach (var keyword in (string[])["dependentRequired", "dependencies"])
        {
            foreach (var (given, names) in map.Members(keyword))
            {
                foreach (var name in (names as JsonArray ?? []).OfType<JsonValue>())
                {
                    yield return (name.ToString(), $"if {PlainText.Line(given)} is given");
                }
            }
        }
    }

    private static string? Words(JsonNode? condition)
    {
        const int most = 5;
        var words = new List<string>();
        foreach (var (name, member) in condition.Members("properties"))
        {
            var values =
                member.Get("enum") as JsonArray
                ?? (member is JsonObject map && map.ContainsKey("const") ? [map["const"]?.DeepClone()] : []);
            if (values.Count is 0 or > most)
            {
                return null;
            }

            words.Add($"{name} is {string.Join(" or ", values.Select(value => value?.ToJsonString() ?? "null"))}");
        }

        words.AddRange(
            condition
                .Items("required")
                .OfType<JsonValue>()
                .Select(name => name.ToString())
                .Where(name => !condition.Members("properties").ContainsKey(name))
                .Select(name => name + " is given")
        );
        return words.Count == 0 ? null : PlainText.Line(string.Join(" and ", words));
    }
}
