using System.Text.Json.Nodes;
using NeonPanel.Mcp.Generator.Catalog;
using NeonPanel.Mcp.Generator.Diagnostics;
using NUnit.Framework;

namespace NeonPanel.Mcp.Generator.Tests.Schemas;

/// <summary>Arguments whose schema is larger than clients accept (rules C2, C4): texts go first, the deepest and
/// largest parts last.</summary>
internal sealed class FittingTests
{
    private const int MaxBytes = 16 * 1024;
    private const int DeepestLevel = 12;

    [Test]
    public void Case_LargeBody_LosesTextsAndKeepsEveryMember()
    {
        var catalog = Fragments.Case("large-body.json").Catalog;
        var input = catalog.Tools.Single().InputSchema;
        Assert.That(input.ToJsonString(), Has.Length.LessThanOrEqualTo(MaxBytes));
        var options = input["properties"]!.AsObject();
        Assert.That(options, Has.Count.EqualTo(70));
        Assert.That(
            options.Select(option => option.Value!["properties"]!.ToJsonString()).Distinct(),
            Is.EqualTo(
                new[]
                {
                    """{"names":{"type":"array","items":{"type":"string"}},"limits":{"type":"object","additionalProperties":{"type":"integer"}},"enabled":{"type":"boolean"}}""",
                }
            )
        );
        Assert.That(Told(catalog), Does.Contain("/paths/~1settings/put").And.Contain("Left out: all texts."));
    }

    [Test]
    public void Body_LongTexts_AreShortenedBeforeAnyIsLeftOut()
    {
        var text = string.Concat(Enumerable.Repeat("Decides how the service treats this part. ", 10));
        var catalog = Body(Members(60, "a", _ => Text(text)));
        var texts = catalog.Tools.Single().InputSchema["properties"]!
            .AsObject()
            .Select(member => member.Value!["description"]!.ToString())
            .ToList();
        Assert.That(texts, Has.All.Length.InRange(100, 160).And.All.EndsWith("."));
        Assert.That(Told(catalog), Does.Contain("Left out: texts beyond 160 characters."));
    }

    [Test]
    public void Body_LongTextsOfSeveralLevels_LoseTheDeepestFirst()
    {
        var catalog = Body(
            Members(40, "a", index =>
                index > 0 ? Text("Short text.") : Object(Members(300, "b", _ => Text("Short text.")))
            )
        );
        var arguments = catalog.Tools.Single().InputSchema["properties"]!.AsObject();
        Assert.That(arguments["a1"]!["description"]!.ToString(), Is.EqualTo("Short text."));
        Assert.That(
            arguments["a0"]!["properties"]!.AsObject(),
            Has.Count.EqualTo(300)
                .And.All.Matches<KeyValuePair<string, JsonNode?>>(member =>
                    member.Value!.ToJsonString() == """{"type":"string"}"""
                )
        );
        Assert.That(Told(catalog), Does.Contain("texts below level 1"));
    }

    [Test]
    public void Body_TooLargeWithoutTexts_LosesTheLargestPartOfTheDeepestLevel()
    {
        var catalog = Body(
            new()
            {
                ["shallow"] = Object(Members(200, "s", _ => Text(""))),
                ["deep"] = Object(
                    new()
                    {
                        ["small"] = List(Object(Members(3, "t", _ => Text("")))),
                        ["large"] = List(Object(Members(500, "l", _ => Text("")))),
                    }
                ),
            }
        );
        var arguments = catalog.Tools.Single().InputSchema["properties"]!;
        var deep = arguments["deep"]!["properties"]!;
        Assert.That(arguments["shallow"]!["properties"]!.AsObject(), Has.Count.EqualTo(200));
        Assert.That(deep["small"]!["items"]!["properties"]!.AsObject(), Has.Count.EqualTo(3));
        Assert.That(deep["large"]!["type"]!.ToString(), Is.EqualTo("array"));
        Assert.That(deep["large"]!["items"]!["type"]!.ToString(), Is.EqualTo("object"));
        Assert.That(deep["large"]!["items"]!["description"]!.ToString(), Does.StartWith("Members: l0, l1, l2"));
        Assert.That(Told(catalog), Does.Contain("all texts; members or allowed values of deep.large[]."));
    }

    [Test]
    public void Body_LongListOfAllowedValues_GivesTheFirstAsExamples()
    {
        var values = new JsonArray([.. Enumerable.Range(0, 2000).Select(index => (JsonNode)$"value-{index}")]);
        var catalog = Body(
            new()
            {
                ["kind"] = new JsonObject { ["type"] = "string", ["enum"] = values },
            }
        );
        Assert.That(
            catalog.Tools.Single().InputSchema["properties"]!["kind"]!.ToJsonString(),
            Is.EqualTo(
                "{\"type\":\"string\",\"description\":\"Such as "
                    + string.Join(", ", Enumerable.Range(0, 12).Select(index => $"\\u0022value-{index}\\u0022"))
                    + ".\"}"
            )
        );
        Assert.That(Told(catalog), Does.Contain("allowed values of kind"));
    }

    [Test]
    public void Body_FanOfReferences_IsCutWithoutAnEmptySchema()
    {
        // Four levels of ten members each: ten thousand leaves.
        var schemas = new JsonObject { ["S4"] = new JsonObject { ["type"] = "string" } };
        for (var level = 0; level < 4; level++)
        {
            schemas[$"S{level}"] = Object(
                Members(10, $"member{level}", _ => new() { ["$ref"] = $"#/components/schemas/S{level + 1}" })
            );
        }

        var input = Fragments.Body("""{"$ref":"#/components/schemas/S0"}""", schemas.ToJsonString()).InputSchema;
        Assert.That(input.ToJsonString(), Has.Length.LessThan(MaxBytes));
        Assert.That(
            input["properties"]!["member00"]!["properties"]!["member10"]!["description"]!.ToString(),
            Does.StartWith("Members: member20, member21")
        );
        Assert.That(Nodes(input), Has.None.EqualTo("{}"));
    }

    // A schema below the deepest level that is described keeps its kind.
    [TestCase(
        "{\"type\":\"array\",\"items\":{\"type\":\"array\",\"items\":{\"type\":\"integer\"}}}",
        "{\"type\":\"array\",\"items\":{\"type\":\"array\",\"items\":{\"type\":\"integer\"}}}"
    )]
    [TestCase(
        "{\"type\":\"object\",\"additionalProperties\":{\"type\":\"integer\"}}",
        "{\"type\":\"object\",\"additionalProperties\":{\"type\":\"integer\"}}"
    )]
    [TestCase(
        "{\"type\":\"array\",\"items\":{\"$ref\":\"#/components/schemas/S\"}}",
        "{\"type\":\"array\",\"items\":{\"type\":\"object\",\"description\":\"Members: s.\"}}"
    )]
    [TestCase(
        "{\"type\":\"array\",\"items\":{\"allOf\":[{\"$ref\":\"#/components/schemas/S\"}]}}",
        "{\"type\":\"array\",\"items\":{\"type\":\"object\",\"description\":\"Members: s.\"}}"
    )]
    public void Member_BelowTheDeepestLevel_KeepsItsKind(string schema, string expected)
    {
        for (var level = 0; level < DeepestLevel; level++)
        {
            schema = "{\"type\":\"object\",\"properties\":{\"m\":" + schema + "}}";
        }

        JsonNode found = Fragments
            .Body(schema, """{"S":{"type":"object","properties":{"s":{"type":"string"}}}}""")
            .InputSchema;
        while (found["properties"]?["m"] is { } inner)
        {
            found = inner;
        }

        Assert.That(found.ToJsonString(), Is.EqualTo(expected));
    }

    [Test]
    public void Body_NamesAloneTooLarge_LeavesTheOperationOutWithAReason()
    {
        var catalog = Body(Members(900, "a_member_with_a_long_name_", _ => Text("")));
        Assert.That(
            catalog.Excluded.Single().Reason,
            Does.Contain("names and types alone are more than the 16384 bytes")
        );
    }

    [Test]
    public void Body_ThatFits_IsNotReported() =>
        Assert.That(
            Body(Members(200, "a", _ => Text("Short text."))).Diagnostics.Select(item => item.Id),
            Has.None.EqualTo(DiagnosticIds.Shortened)
        );

    private static CatalogModel Body(JsonObject members) =>
        Fragments
            .Paths(
                "{\"/a\":{\"post\":{\"operationId\":\"a\",\"requestBody\":{\"content\":{\"application/json\":{\"schema\":"
                    + Object(members).ToJsonString()
                    + "}}}}}}"
            )
            .Catalog;

    private static string Told(CatalogModel catalog) =>
        catalog.Diagnostics.Single(item => item.Id == DiagnosticIds.Shortened).ToString();

    private static JsonObject Members(int count, string name, Func<int, JsonObject> schema) =>
        new(Enumerable.Range(0, count).Select(index => KeyValuePair.Create(name + index, (JsonNode?)schema(index))));

    private static JsonObject Text(string description) =>
        description.Length == 0
            ? new() { ["type"] = "string" }
            : new() { ["type"] = "string", ["description"] = description };

    private static JsonObject Object(JsonObject members) => new() { ["type"] = "object", ["properties"] = members };

    private static JsonObject List(JsonObject items) => new() { ["type"] = "array", ["items"] = items };

    private static IEnumerable<string> Nodes(JsonNode? schema) =>
        schema is not JsonObject map
            ? []
            : (map["properties"] as JsonObject ?? [])
                .Select(member => member.Value)
                .Concat([map["items"], map["additionalProperties"]])
                .SelectMany(Nodes)
                .Prepend(map.ToJsonString());
}
