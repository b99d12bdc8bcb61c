using System.Text.Json;
using System.Text.Json.Nodes;
using NeonPanel.Mcp.Server.Arguments;
using NeonPanel.Mcp.Tools;
using NeonPanel.Mcp.Tools.Generated;
using NJsonSchema;
using NUnit.Framework;

namespace NeonPanel.Mcp.Server.Tests.Arguments;

/// <summary>NJsonSchema reads the schema that clients see, the server its compiled form: they must judge alike (rule
/// D1).</summary>
internal sealed class SchemaJudgeTests
{
    private static readonly string[] Tools = [.. GeneratedCatalog.Create().Tools.Select(tool => tool.Name)];

    [TestCaseSource(nameof(Tools))]
    public async Task Check_GeneratedValues_AreJudgedAsByNJsonSchema(string name)
    {
        GeneratedCatalog.Create().TryGet(name, out var tool);
        var schema = JsonNode.Parse(tool!.InputSchema)!.AsObject();
        SchemaValues.TypeLookups(schema, tool.Arguments);
        var meant = AsMeant(schema.DeepClone().AsObject());
        foreach (var file in JsonNode.Parse(tool.Meta)!["openai/fileParams"] as JsonArray ?? [])
        {
            // Told as one client fills it, taken in all forms of rule C9: FileArgument is the one that refuses.
            meant["properties"]![file!.ToString()] = new JsonObject();
        }

        Widen(meant, tool.Arguments);
        var judge = await JsonSchema.FromJsonAsync(meant.ToJsonString());
        var values = new SchemaValues(seed: 5);
        List<JsonNode?> valid =
        [
            values.Valid(schema, full: true),
            .. Enumerable.Range(0, 10).Select(_ => values.Valid(schema, full: false)),
        ];
        Assert.That(
            valid.Select(value => string.Join(' ', Ours(value))),
            Is.All.Empty,
            "what is made after the schema"
        );
        var differences = valid
            .Concat(valid.Take(1).SelectMany(SchemaValues.Mutations))
            .Select(value =>
                (
                    Text: value?.ToJsonString() ?? "null",
                    Ours: Ours(value),
                    Judge: judge.Validate(value?.ToJsonString() ?? "null")
                )
            )
            .Where(verdict => (verdict.Ours.Count == 0) != (verdict.Judge.Count == 0))
            .Select(verdict =>
                $"{verdict.Text}\n  ours: {string.Join(' ', verdict.Ours)}\n  judge: {string.Join(' ', verdict.Judge)}"
            );
        Assert.That(differences, Is.Empty);

        IReadOnlyList<string> Ours(JsonNode? value)
        {
            using var document = JsonDocument.Parse(value?.ToJsonString() ?? "null");
            return ArgumentValidator.Check(tool.Arguments, document.RootElement);
        }
    }

    // Where the two differ, and who is right.
    [TestCase(
        "{\"type\":\"integer\"}",
        "3.0",
        true,
        TestName = "JSON Schema 2020-12, 6.1.1: a number without a fraction is an integer"
    )]
    [TestCase("{\"type\":\"integer\"}", "1e400", true, TestName = "The same, larger than a double")]
    [TestCase(
        "{\"type\":\"number\",\"maximum\":0.3}",
        "0.30000000000000000000000000000000001",
        false,
        TestName = "The judge rounds to what a double holds"
    )]
    [TestCase(
        "{\"type\":\"string\",\"maxLength\":1}",
        "\"\ud83d\ude00\"",
        true,
        TestName = "JSON Schema 2020-12, 6.3.1: characters are code points"
    )]
    [TestCase(
        "{\"type\":\"string\",\"format\":\"date\"}",
        "\"2026-01-31T00:00:00Z\"",
        true,
        TestName = "A day as a timestamp, which clients and the API's examples send"
    )]
    [TestCase("{\"type\":\"string\",\"pattern\":\"^a$\"}", "\"a\\n\"", false, TestName = "ECMA 262: $ is the very end")]
    [TestCase(
        "{\"type\":\"string\",\"pattern\":\"^\\\\d$\"}",
        "\"\u0663\"",
        false,
        TestName = "ECMA 262: digits are those of ASCII"
    )]
    public async Task Check_StatedDifference_IsJudgedByTheStandard(string schema, string value, bool isValid)
    {
        var judge = await JsonSchema.FromJsonAsync(schema);
        using var document = JsonDocument.Parse(value);
        Assert.That(ArgumentValidator.IsValid(Shapes.Of(schema), document.RootElement), Is.EqualTo(isValid));
        Assert.That(
            judge.Validate(value).Count == 0,
            Is.Not.EqualTo(isValid),
            "no difference any more: it belongs to the generated values"
        );
    }

    // Null stands in the text, as clients refuse two types (rule C2).
    // Two kinds of arguments accept more than clients are told: a lookup takes a text and a number, and 'fields' takes
    // a list.
    private static void Widen(JsonObject schema, ValueShape shape)
    {
        if (schema["type"] is { } type)
        {
            HashSet<string> types = [.. (type as JsonArray ?? [type.DeepClone()]).Select(item => item!.ToString())];
            if (types.Contains("integer") && (shape.Kinds & ValueKinds.String) != 0)
            {
                types.Add("string");
            }

            if (types.Contains("string") && (shape.Kinds & ValueKinds.Array) != 0)
            {
                types.Add("array");
                schema["items"] = new JsonObject { ["type"] = "string" };
            }

            schema["type"] = new JsonArray([.. types.Select(item => (JsonNode?)item)]);
        }

        foreach (var (name, member) in schema["properties"] as JsonObject ?? [])
        {
            if (shape.Properties.TryGetValue(name, out var known))
            {
                Widen(member!.AsObject(), known);
            }
        }

        if (schema["items"] is JsonObject items && shape.Items is { Kinds: not ValueKinds.Any } item)
        {
            Widen(items, item);
        }
    }

    private static JsonObject AsMeant(JsonObject schema)
    {
        if (
            schema["description"]?.ToString().Contains("null", StringComparison.OrdinalIgnoreCase) == true
            && schema["type"] is { } type
        )
        {
            schema["type"] = new JsonArray(type.DeepClone(), "null");
            (schema["enum"] as JsonArray)?.Add(null);
        }

        foreach (
            var property in (schema["properties"] as JsonObject ?? [])
                .Select(member => member.Value!)
                .Concat(schema["items"] is JsonObject items ? [items] : [])
        )
        {
            AsMeant(property.AsObject());
        }

        return schema;
    }
}
