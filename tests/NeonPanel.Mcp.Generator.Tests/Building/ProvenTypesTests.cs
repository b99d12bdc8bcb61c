using System.Text;
using System.Text.Json.Nodes;
using NeonPanel.Mcp.Generator.Building;
using NeonPanel.Mcp.Generator.Comparison;
using NeonPanel.Mcp.Generator.Diagnostics;
using NeonPanel.Mcp.Generator.Emission;
using NeonPanel.Mcp.Generator.Pipeline;
using NUnit.Framework;

namespace NeonPanel.Mcp.Generator.Tests.Building;

/// <summary>Decision 0053: an output schema states a type only if the specification declares it and answers had nothing
/// else.</summary>
internal sealed class ProvenTypesTests
{
    private const string Shape = """{"type":"object","properties":{"m":MEMBER}}""";

    [TestCase("""{"type":"number"}""", "number", """{"type":"number"}""")]
    [TestCase("""{"type":"number"}""", "integer", """{"type":"number"}""", Description = "each integer is a number")]
    [TestCase("""{"type":"number"}""", "integer or number", """{"type":"number"}""")]
    [TestCase("""{"type":"integer"}""", "integer or number", """{"description":"integer"}""")]
    [TestCase("""{"type":"integer"}""", "integer or null", """{"description":"integer"}""")]
    [TestCase("""{"type":"integer"}""", "null", """{"description":"integer"}""")]
    [TestCase("""{"type":"integer"}""", null, """{"description":"integer"}""", Description = "never seen")]
    [TestCase("""{"type":["integer","null"]}""", "integer", """{"description":"integer"}""")]
    [TestCase("""{"type":["integer","string"]}""", "integer", """{"description":"integer or string"}""")]
    [TestCase("{}", "string", """{"description":"any value"}""")]
    [TestCase("""{"type":"string","format":"date"}""", "string", """{"type":"string","description":"date"}""")]
    [TestCase("""{"type":"string","enum":["a","b"]}""", "string", """{"type":"string","description":"a | b"}""")]
    [TestCase("""{"type":"boolean"}""", "boolean", """{"type":"boolean"}""")]
    [TestCase("""{"type":"object"}""", "object", """{"type":"object"}""")]
    [TestCase("""{"type":"array"}""", "array", """{"description":"array"}""", Description = "clients need its items")]
    [TestCase(
        """{"type":"array","items":{"type":"string"}}""",
        "array",
        """{"type":"array","items":{"description":"string"}}"""
    )]
    [TestCase(
        """{"type":"object","properties":{"a":{"type":"string"}}}""",
        "object",
        """{"type":"object","properties":{"a":{"description":"string"}}}"""
    )]
    public void Output_MemberThatWasSeen_HasItsTypeIfNothingContradicts(string schema, string? kinds, string expected)
    {
        var tool = Run(Shape.Replace("MEMBER", schema, StringComparison.Ordinal), Seen(("/m", kinds))).Catalog.Tools[0];
        Assert.That(tool.OutputSchema["properties"]!["m"]!.ToJsonString(), Is.EqualTo(expected));
    }

    [Test]
    public void Output_InnerMembers_AreFoundByTheirPlace()
    {
        const string schema =
            """{"type":"array","items":{"type":"object","properties":{"a":{"type":"array","items":{"type":"number"}}}}}""";
        var run = Run(
            Shape.Replace("MEMBER", schema, StringComparison.Ordinal),
            Seen(("/m/*", "object"), ("/m/*/a/*", "number"))
        );
        Assert.That(
            run.Catalog.Tools[0].OutputSchema["properties"]!["m"]!.ToJsonString(),
            Is.EqualTo("""{"items":{"type":"object","properties":{"a":{"items":{"type":"number"}}}}}""")
        );
        var text = ToolEmitter.Emit(run.Catalog, "Other").First().Text;
        Assert.That(text, Does.Contain("        HasProvenTypes = true,\n"));
        Assert.That(
            text,
            Does.Contain(
                "new() { Kinds = ValueKinds.Array, Items = new() { Kinds = ValueKinds.Object, IsProven = true, "
                    + "Members = new Dictionary<string, AnswerShape> { [\"a\"] = new() { Kinds = ValueKinds.Array, "
                    + "Items = new() { Kinds = ValueKinds.Number, IsProven = true } }, } } }"
            )
        );
    }

    [TestCase("status")]
    [TestCase("request_id")]
    [TestCase("notice")]
    [TestCase("preview")]
    public void Output_MemberThatTheServerAdds_HasNoType(string name)
    {
        var schema = Shape
            .Replace("MEMBER", """{"type":"integer"}""", StringComparison.Ordinal)
            .Replace("\"m\"", $"\"{name}\"", StringComparison.Ordinal);
        Assert.That(
            Run(schema, Seen(("/" + name, "integer"))).Catalog.Tools[0].OutputSchema["properties"]![
                name
            ]!.ToJsonString(),
            Is.EqualTo("""{"description":"integer"}""")
        );
    }

    [Test]
    public void Output_WithoutSeenAnswers_HasNoTypesAndNoCheck()
    {
        var run = Run(Shape.Replace("MEMBER", """{"type":"number"}""", StringComparison.Ordinal), null);
        Assert.That(run.Catalog.Tools[0].OutputSchema["properties"]!["m"]!.ToJsonString(), Does.Contain("description"));
        Assert.That(ToolEmitter.Emit(run.Catalog, "Other").First().Text, Does.Not.Contain("Proven"));
    }

    // A write that answers the record: its inner members are in the schema of the tool that reads.
    [TestCase(
        60,
        """{"type":"object","properties":{"id":{"type":"integer"},"of":{"type":"object"},"in":{"description":"array"}}}"""
    )]
    [TestCase(2, null, Description = "a small schema saves nothing")]
    public void Output_WriteThatAnswersLikeARead_ListsTheRoot(int inner, string? expected)
    {
        var members = string.Join(
            ',',
            Enumerable.Range(0, inner).Select(index => $"\"m{index}\":{{\"type\":\"string\"}}")
        );
        var schema =
            "{\"type\":\"object\",\"properties\":{\"id\":{\"type\":\"integer\"},\"of\":{\"type\":\"object\",\"properties\":{"
            + members
            + "}},\"in\":{\"type\":\"array\",\"items\":{\"type\":\"string\"}}}}";
        var places = new[] { ("/id", (string?)"integer"), ("/of", "object"), ("/of/m0", "string"), ("/in", "array") };
        var run = Run(schema, Seen(places), "\"post\":" + Operation("write", schema));
        var tools = run.Catalog.Tools.ToDictionary(tool => tool.ToolName);
        Assert.That(
            tools["write"].OutputSchema.ToJsonString(),
            Is.EqualTo(expected ?? tools["read"].OutputSchema.ToJsonString())
        );
        Assert.That(
            tools["read"].OutputSchema["properties"]!["of"]!["properties"]!["m0"]!["type"]!.ToString(),
            Is.EqualTo("string")
        );
        // Callers may still select the inner members, which are not checked.
        var shape = tools["write"].AnswerShape.Properties[1].Schema;
        Assert.That(shape.Properties, Has.Count.EqualTo(inner));
        Assert.That((shape.IsProven, shape.Properties[0].Schema.IsProven), Is.EqualTo((true, expected is null)));
    }

    [TestCase("{}", "", "Expected an object 'tools'")]
    [TestCase("""{"tools":{"a":{"/m":"text"}}}""", "/tools/a/~1m", "Expected kinds of values (string, integer, number")]
    [TestCase("""{"tools":{"a":{"/m":""}}}""", "/tools/a/~1m", "Expected kinds of values")]
    [TestCase("""{"tools":{"a":{"m":"string"}}}""", "/tools/a/m", "under a place that begins with '/'")]
    public void Read_OtherContent_IsAFault(string text, string pointer, string expected)
    {
        var fault = Assert.Throws<FaultException>(() =>
            SeenAnswers.Read(new("answers.json", Encoding.UTF8.GetBytes(text)))
        )!;
        Assert.That(
            (fault.Diagnostic.Id, fault.Diagnostic.File, fault.Diagnostic.Pointer),
            Is.EqualTo((DiagnosticIds.Unreadable, "answers.json", pointer))
        );
        Assert.That(fault.Message, Does.Contain(expected));
    }

    [Test]
    public void Write_WhatWasRead_GivesTheSameFile()
    {
        const string text = """
            {
              "tools": {
                "a": {
                  "/a": "string or null",
                  "/b/*": "integer"
                },
                "b": {
                  "/x": "array"
                }
              }
            }

            """;
        Assert.That(SeenAnswers.Read(new("answers.json", Encoding.UTF8.GetBytes(text))).Write(), Is.EqualTo(text));
    }

    [Test]
    public void Compare_TypeGainedOrLost_IsAdditiveOrRisky()
    {
        var schema = Shape.Replace(
            "MEMBER",
            """{"type":"array","items":{"type":"number"}}""",
            StringComparison.Ordinal
        );
        var (open, typed) = (Run(schema, null), Run(schema, Seen(("/m/*", "number"))));
        Assert.That(
            Changes(open, typed),
            Is.EqualTo(
                new[] { "Additive Compatible answer-type-proven: The output schema now states the type of m[]." }
            )
        );
        Assert.That(
            Changes(typed, open),
            Is.EqualTo(
                new[] { "Risky Compatible answer-type-unproven: The output schema no longer states the type of m[]." }
            )
        );
        Assert.That(Changes(typed, typed), Is.Empty);
    }

    // A lock that has only the words of the output schema: types are words of it.
    [Test]
    public void Compare_EarlierLockWithoutShapes_IsReadByItsWords()
    {
        var schema = Shape.Replace("MEMBER", """{"type":"number"}""", StringComparison.Ordinal);
        var earlier = JsonNode.Parse(ToolLock.Write(Run(schema, null).Catalog))!.AsObject();
        earlier["tools"]![0]!.AsObject().Remove("answerShape");
        var now = JsonNode.Parse(ToolLock.Write(Run(schema, Seen(("/m", "number"))).Catalog))!.AsObject();
        Assert.That(
            CatalogComparer
                .Compare(PublishedSide.Read("a", earlier), PublishedSide.Read("b", now))
                .Select(change => change.Kind.Text()),
            Is.EqualTo(new[] { "answer-type-proven" })
        );
    }

    private static IEnumerable<string> Changes(GenerationPipeline from, GenerationPipeline to) =>
        CatalogComparer
            .Compare(
                SpecificationSide.Read(from.Document, from.Catalog),
                SpecificationSide.Read(to.Document, to.Catalog)
            )
            .Select(change => $"{change.Class} {change.Caller} {change.Kind.Text()}: {change.Sentence}");

    private static string Seen(params (string Place, string? Kinds)[] places)
    {
        var listed = new JsonObject(
            places
                .Where(place => place.Kinds is not null)
                .Select(place => KeyValuePair.Create(place.Place, (JsonNode?)place.Kinds))
        );
        return new JsonObject
        {
            ["tools"] = new JsonObject { ["read"] = listed, ["write"] = listed.DeepClone() },
        }.ToJsonString();
    }

    private static GenerationPipeline Run(string schema, string? seen, string? other = null) =>
        GenerationPipeline.Run(
            new(
                "spec",
                Encoding.UTF8.GetBytes(
                    "{\"openapi\":\"3.1.0\",\"info\":{\"title\":\"t\",\"version\":\"1\"},\"paths\":{\"/a\":{\"get\":"
                        + Operation("read", schema)
                        + (other is null ? "" : "," + other)
                        + "}}}"
                )
            )
            {
                Seen = seen is null ? null : new("answers.json", Encoding.UTF8.GetBytes(seen)),
            },
            null,
            null
        );

    private static string Operation(string id, string schema) =>
        "{\"operationId\":\""
        + id
        + "\",\"summary\":\"s\",\"responses\":{\"200\":{\"description\":\"d\",\"content\":{\"application/json\":{\"schema\":"
        + schema
        + "}}}}}";
}
