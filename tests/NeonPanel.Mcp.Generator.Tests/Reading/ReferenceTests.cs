using System.Text.Json.Nodes;
using NeonPanel.Mcp.Generator.Diagnostics;
using NUnit.Framework;

namespace NeonPanel.Mcp.Generator.Tests.Reading;

/// <summary>References in a document, and those that lead nowhere or out of it.</summary>
internal sealed class ReferenceTests
{
    [TestCase("#/paths/~1a%7Bb%7D/get/x")]
    [TestCase("#/x-list/1")]
    [TestCase("#/x-alias")]
    public void Resolve_LocalReferenceToAnything_IsFollowed(string reference)
    {
        var catalog = Fragments
            .Run(
                """
                {"openapi":"3.1.0","info":{"title":"t","version":"1"},"x-list":[0,{"type":"boolean"}],"x-alias":{"$ref":"#/x-list/1"},
                 "paths":{"/a{b}":{"get":{"x":{"type":"boolean"},"parameters":[{"name":"b","in":"path","schema":{"$ref":"REFERENCE"}}]}}}}
                """.Replace("REFERENCE", reference, StringComparison.Ordinal)
            )
            .Catalog;
        Assert.That(catalog.Tools.Single().InputSchema["properties"]!["b"]!["type"]!.ToString(), Is.EqualTo("boolean"));
    }

    [TestCase("#/nowhere", "has no target")]
    [TestCase("#anchor", "is not a JSON Pointer")]
    [TestCase("#/components/schemas/Circle", "circular")]
    public void Run_BrokenReferenceOfAnArgument_LeavesTheOperationOutWithAReason(string reference, string reason)
    {
        var catalog = Fragments
            .Paths(
                "{\"/a\":{\"get\":{\"parameters\":[{\"$ref\":\"" + reference + "\"}]}},\"/b\":{\"get\":{}}}",
                """{"Circle":{"$ref":"#/components/schemas/Circle"}}"""
            )
            .Catalog;
        Assert.That(catalog.Tools.Select(tool => tool.Path), Is.EqualTo(new[] { "/b" }));
        Assert.That(catalog.Excluded.Single().Reason, Does.Contain(reason));
        Assert.That(
            catalog.Diagnostics,
            Has.Some.Matches<Diagnostic>(item =>
                item!.Id == DiagnosticIds.Reference && item.Severity == Severity.Warning
            )
        );
    }

    [Test]
    public void Run_BrokenReferenceOfAnAnswer_KeepsTheToolAndIsTold()
    {
        var catalog = Fragments
            .Paths(
                """{"/a":{"get":{"responses":{"200":{"content":{"application/json":{"schema":{"$ref":"#/nowhere"}}}}}}}}"""
            )
            .Catalog;
        Assert.That(catalog.Tools, Has.Count.EqualTo(1));
        Assert.That(
            catalog.Diagnostics,
            Has.Some.Matches<Diagnostic>(item => item!.Message.Contains("#/nowhere", StringComparison.Ordinal))
        );
    }

    [TestCase("other.yaml#/a")]
    [TestCase("https://example.com/s.json")]
    [TestCase("//host/s.json")]
    [TestCase("file:///etc/passwd")]
    public void Run_ReferenceOutOfTheDocument_IsRefusedByName(string reference)
    {
        var schema = new JsonObject { ["$ref"] = reference }.ToJsonString();
        var errors = Fragments
            .Paths(
                "{\"/a\":{\"post\":{\"requestBody\":{\"content\":{\"application/json\":{\"schema\":" + schema + "}}}}}}"
            )
            .Errors.ToList();
        Assert.That(errors.Single().Id, Is.EqualTo(DiagnosticIds.NoTools), "nothing else is in the document");
        Assert.That(errors.Single().Message, Does.Contain($"'{reference}'").And.Contain("Bundle"));
    }

    // JSON Schema 2020-12, core §8.2.3.2, and 2019-09, core §8.2.4.2: the outermost schema around that has the anchor.
    [TestCase("\"$recursiveAnchor\":true,", "{\"$recursiveRef\":\"#\"}")]
    [TestCase("\"$dynamicAnchor\":\"node\",", "{\"$dynamicRef\":\"#node\"}")]
    [TestCase("", "{\"$dynamicRef\":\"#/components/schemas/Filter\"}")]
    public void Run_DynamicRecursion_IsCutLikeAnyOther(string anchor, string reference)
    {
        var catalog = Fragments
            .Paths(
                """{"/a":{"post":{"operationId":"a","requestBody":{"content":{"application/json":{"schema":{"type":"object","properties":{"filter":{"$ref":"#/components/schemas/Filter"}}}}}}}}}""",
                """{"Filter":{ANCHOR"type":"object","properties":{"kind":{"type":"string"},"parts":{"type":"array","items":REFERENCE}}}}"""
                    .Replace("ANCHOR", anchor, StringComparison.Ordinal)
                    .Replace("REFERENCE", reference, StringComparison.Ordinal)
            )
            .Catalog;
        var items = catalog.Tools.Single().InputSchema["properties"]!["filter"]!["properties"]!["parts"]!["items"]!;
        Assert.That(items["properties"]!["kind"]!["type"]!.ToString(), Is.EqualTo("string"));
        Assert.That(
            items["properties"]!["parts"]!["items"]!.ToJsonString(),
            Is.EqualTo(
                "{\"type\":\"object\",\"description\":\"Nested deeper than described here; same form as the object around it.\"}"
            )
        );
    }

    // A schema with a hole that the schema around it fills.
    [Test]
    public void Run_DynamicReferenceIntoDefinitions_MeansTheOutermost()
    {
        var catalog = Fragments
            .Paths(
                """{"/a":{"post":{"operationId":"a","requestBody":{"content":{"application/json":{"schema":{"$ref":"#/components/schemas/Bills"}}}}}}}""",
                """
                {"Page":{"type":"object","properties":{"rows":{"type":"array","items":{"$dynamicRef":"#row"}}},"$defs":{"any":{"$dynamicAnchor":"row"}}},
                 "Bills":{"$ref":"#/components/schemas/Page","$defs":{"bill":{"$dynamicAnchor":"row","type":"object","properties":{"total":{"type":"number"}}}}}}
                """
            )
            .Catalog;
        Assert.That(
            catalog.Tools.Single().InputSchema["properties"]!["rows"]!["items"]!["properties"]!["total"]![
                "type"
            ]!.ToString(),
            Is.EqualTo("number")
        );
    }

    [Test]
    public void Run_DynamicReferenceToNothing_IsAnyObject() =>
        Assert.That(
            Fragments.Member("""{"$dynamicRef":"#nowhere"}""").ToJsonString(),
            Is.EqualTo("{\"type\":\"object\",\"description\":\"Any object.\"}")
        );

    // OpenAPI 3.2, "Components Object".
    [Test]
    public void Run_MediaTypeReference_IsFollowed()
    {
        const string reference = """{"application/json":{"$ref":"#/components/mediaTypes/Item"}}""";
        var tool = Fragments
            .Run(
                "{\"openapi\":\"3.2.0\",\"info\":{\"title\":\"t\",\"version\":\"1\"},\"paths\":{\"/items\":{\"post\":{\"operationId\":\"add\",\"parameters\":[{\"name\":\"q\",\"in\":\"query\",\"content\":"
                    + reference
                    + "}],\"requestBody\":{\"required\":true,\"content\":"
                    + reference
                    + "},\"responses\":{\"200\":{\"description\":\"\",\"content\":"
                    + reference
                    + "}}}}},"
                    + "\"components\":{\"mediaTypes\":{\"Item\":{\"schema\":{\"type\":\"object\",\"required\":[\"id\"],\"properties\":{\"id\":{\"type\":\"string\"}}}}}}}"
            )
            .Catalog.Tools.Single();
        Assert.That(tool.InputSchema["required"]!.ToJsonString(), Is.EqualTo("[\"id\"]"));
        Assert.That(tool.InputSchema["properties"]!["q"]!["properties"]!.AsObject().Single().Key, Is.EqualTo("id"));
        Assert.That(tool.OutputSchema["properties"]!.AsObject().Single().Key, Is.EqualTo("id"));
    }

    // OpenAPI 3.2, "OpenAPI Object": $self is the document's own address, against which references are resolved.
    [TestCase("https://api.example/v1/openapi.json", "https://api.example/v1/openapi.json#/components/schemas/S", true)]
    [TestCase("https://api.example/v1/openapi.json", "openapi.json#/components/schemas/S", true)]
    [TestCase("https://api.example/v1/openapi.json", "../v1/openapi.json#/components/schemas/S", true)]
    [TestCase("/openapi.json", "/openapi.json#/components/schemas/S", true)]
    [TestCase("https://api.example/v1/openapi.json", "other.json#/components/schemas/S", false)]
    [TestCase("https://api.example/v1/openapi.json", "https://api.example/openapi.json#/components/schemas/S", false)]
    public void Run_ReferenceByTheOwnAddress_IsLocal(string self, string reference, bool isLocal)
    {
        var catalog = Fragments
            .Run(
                "{\"openapi\":\"3.2.0\",\"$self\":\""
                    + self
                    + "\",\"info\":{\"title\":\"t\",\"version\":\"1\"},\"paths\":{\"/b\":{\"get\":{}},\"/a\":{\"get\":{\"operationId\":\"a\",\"parameters\":"
                    + "[{\"name\":\"q\",\"in\":\"query\",\"schema\":{\"$ref\":\""
                    + reference
                    + "\"}}]}}},\"components\":{\"schemas\":{\"S\":{\"type\":\"boolean\"}}}}"
            )
            .Catalog;
        Assert.That(catalog.Tools.Any(tool => tool.OperationId == "a"), Is.EqualTo(isLocal));
    }

    // The document is served without what lies in other files.
    [Test]
    public void Run_ReferencesToOtherFiles_LeaveOutTheOperationOrTheAnswer()
    {
        var catalog = Fragments
            .Paths(
                """
                {"/answer":{"get":{"operationId":"answer","responses":{"200":{"description":"","content":{"application/json":{"schema":{"type":"object","properties":{"a":{"$ref":"thing.yaml"}}}}}}}}},
                 "/response":{"get":{"operationId":"response","responses":{"200":{"$ref":"responses.yaml#/Ok"}}}},
                 "/argument":{"get":{"operationId":"argument","parameters":[{"$ref":"parameters.yaml#/Id"}]}},
                 "/item":{"$ref":"items.yaml"}}
                """
            )
            .Catalog;
        Assert.That(catalog.Tools.Select(tool => tool.ToolName), Is.EqualTo(new[] { "answer", "response" }));
        Assert.That(
            catalog.Excluded.Single().Reason,
            Does.StartWith("The reference 'parameters.yaml#/Id' leads out of the document")
        );
        Assert.That(
            catalog
                .Diagnostics.Where(item => item.Id == DiagnosticIds.ExternalReference)
                .Select(item => (item.Severity, item.Pointer)),
            Is.EqualTo(
                new[]
                {
                    (
                        Severity.Warning,
                        "/paths/~1answer/get/responses/200/content/application~1json/schema/properties/a"
                    ),
                    (Severity.Warning, "/paths/~1argument/get/parameters/0"),
                    (Severity.Warning, "/paths/~1item"),
                    (Severity.Warning, "/paths/~1response/get/responses/200"),
                }
            )
        );
    }
}
