using System.Text;
using System.Text.Json.Nodes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using NeonPanel.Mcp.Generator.Catalog;
using NeonPanel.Mcp.Generator.Comparison;
using NeonPanel.Mcp.Generator.Diagnostics;
using NeonPanel.Mcp.Generator.Pipeline;
using NeonPanel.Mcp.Generator.Rules;
using NeonPanel.Mcp.Generator.Texts;
using NUnit.Framework;
using static NeonPanel.Mcp.Generator.Tests.Pipeline.OverlaidDocuments;

namespace NeonPanel.Mcp.Generator.Tests.Pipeline;

internal sealed class GenerationTests
{
    [Test]
    public void Run_OurSpecification_Gives62ToolsAnd8Exclusions()
    {
        var pipeline = OurSpecification.Run();
        Assert.Multiple(() =>
        {
            Assert.That(pipeline.Errors, Is.Empty);
            Assert.That(pipeline.Catalog.Tools, Has.Count.EqualTo(62));
            Assert.That(
                pipeline.Catalog.Excluded.Select(item => item.Path),
                Has.Exactly(8).Items.And.All.StartsWith("/oauth2/")
            );
            Assert.That(pipeline.Drift, Is.Empty);
            Assert.That(
                CatalogRules.Check(pipeline.Catalog).Where(finding => finding.Severity == Severity.Error),
                Is.Empty,
                "what 'check' fails on, sizes among it (rule C5)"
            );
        });
    }

    [Test]
    public void Run_OurSpecification_KeepsTheFourteenHeadlineNames()
    {
        string[] expected =
        [
            "checkImportStatus",
            "createDocuments",
            "createDocumentsByPdf",
            "getImportInstructions",
            "getInventoryCogs",
            "getInventoryDetails",
            "getInventoryLandedCost",
            "getRevenueAndCogs",
            "getWarehouseBalances",
            "listCompanies",
            "listCompaniesWithPermission",
            "listInventoryItems",
            "listReports",
            "listWarehouses",
        ];
        var core = OurSpecification
            .Run()
            .Catalog.Tools.Where(tool => tool.Profiles.Contains("core"))
            .Select(tool => tool.ToolName);
        Assert.That(core, Is.SupersetOf(expected));
    }

    [Test]
    public void InputSchemas_OfOurTools_HoldNothingThatClientsRefuse()
    {
        foreach (var tool in OurSpecification.Run().Catalog.Tools)
        {
            Assert.That(tool.InputSchema["type"]!.ToString(), Is.EqualTo("object"), tool.ToolName);
            Assert.That(tool.InputSchema["additionalProperties"]!.ToJsonString(), Is.EqualTo("false"), tool.ToolName);
            Assert.That(
                Keywords(tool.InputSchema).Intersect(["$ref", "$defs", "$schema", "oneOf", "anyOf", "allOf", "not"]),
                Is.Empty,
                tool.ToolName
            );
            Assert.That(Nodes(tool.InputSchema).Any(node => node["type"] is JsonArray), Is.False, tool.ToolName);
        }
    }

    [Test]
    public void GetWithBody_InOurSpecification_IsSentAsQuery()
    {
        var tool = OurSpecification.Run().Catalog.Tools.Single(tool => tool.ToolName == "getProducts");
        Assert.That(tool.Body, Is.Null);
        Assert.That(
            tool.Parameters.Where(parameter => parameter.Location == ParameterLocation.Query)
                .Select(parameter => parameter.Name),
            Is.EqualTo(new[] { "id", "sku", "search", "page", "per_page" })
        );
    }

    [Test]
    public void Run_ShuffledPaths_GivesTheSameBytes()
    {
        var shuffled = OurSpecification.Document();
        var paths = shuffled["paths"]!.AsObject();
        var reversed = new JsonObject(
            paths.Reverse().Select(pair => KeyValuePair.Create(pair.Key, pair.Value?.DeepClone()))
        );
        shuffled["paths"] = reversed;
        var first = OurSpecification.Run().Emit("NeonPanel").Select(file => (file.Path, file.Text));
        var second = OurSpecification.Run(shuffled).Emit("NeonPanel").Select(file => (file.Path, file.Text));
        Assert.That(second, Is.EqualTo(first));
    }

    // The forms of a discriminator, which no schema lists, and security schemes.
    [Test]
    public void Run_ShuffledComponents_GivesTheSameBytes()
    {
        var document = JsonNode
            .Parse(
                File.ReadAllBytes(
                    Path.Combine(
                        OurSpecification.Folder,
                        "tests/NeonPanel.Mcp.Generator.Tests/Cases/discriminator-order.json"
                    )
                )
            )!
            .AsObject();
        document["components"]!["securitySchemes"] = JsonNode.Parse(
            """{"key":{"type":"apiKey","in":"header","name":"X-Key"},"basic":{"type":"http","scheme":"basic"}}"""
        );
        document["security"] = JsonNode.Parse("""[{"key":[],"basic":[]}]""");
        var first = Emitted(document);
        var components = document["components"]!.AsObject();
        foreach (var name in new[] { "schemas", "securitySchemes" })
        {
            components[name] = Reversed(components[name]);
        }

        document["security"]![0] = Reversed(document["security"]![0]);
        Assert.That(
            first.Single(file => file.Path == "catalog.json").Text,
            Does.Contain("AreaPlan, MassPlan, ZonePlan")
        );
        Assert.That(Emitted(document), Is.EqualTo(first));

        static List<(string Path, string Text)> Emitted(JsonObject document) =>
            [.. Fragments.Run(document.ToJsonString()).Emit("NeonPanel").Select(file => (file.Path, file.Text))];
        static JsonObject Reversed(JsonNode? map) =>
            new(map!.AsObject().Reverse().Select(pair => KeyValuePair.Create(pair.Key, pair.Value?.DeepClone())));
    }

    // Reviewed by eye; a change of the emitters' layout shows here.
    [TestCase("Tools/BillsReadTool.g.cs")]
    [TestCase("Client/VendorsClient.raw.g.cs")]
    public void Emit_OurSpecification_WritesWhatWasReviewed(string path)
    {
        var snapshot = Path.Combine(
            OurSpecification.Folder,
            "tests/NeonPanel.Mcp.Generator.Tests/Snapshots",
            Path.GetFileName(path) + ".txt"
        );
        var file = OurSpecification.Run().Emit("NeonPanel").Single(file => file.Path == path);
        Assert.That(file.Text, Is.EqualTo(File.ReadAllText(snapshot)));
    }

    [Test]
    public void Compare_RenamedOperationId_KeepsTheNameAndAsksForALock()
    {
        var changed = OurSpecification.Document();
        changed["paths"]!["/api/v1/companies/{companyUuid}/bills"]!["get"]!["operationId"] = "bills.index";
        var pipeline = OurSpecification.Run(changed);
        Assert.That(pipeline.Catalog.Tools.Select(tool => tool.ToolName), Does.Contain("bills_list"));
        var drift = pipeline.Drift.Single(item => item.Pointer == "/tools/bills_list");
        Assert.That(drift.Id, Is.EqualTo(DiagnosticIds.Drift));
        Assert.That(drift.Message, Does.Contain("operationId").And.Contain("'lock'"));
    }

    [Test]
    public void Compare_VanishedOperation_IsBreaking()
    {
        var changed = OurSpecification.Document();
        changed["paths"]!["/api/v1/companies/{companyUuid}/vendors"]!.AsObject().Remove("get");
        var pipeline = GenerationPipeline.Run(
            new("spec.json", Encoding.UTF8.GetBytes(changed.ToJsonString())),
            null,
            OurSpecification.Lock()
        );
        var gone = pipeline.Drift.Single(item => item.Pointer == "/tools/vendors_list");
        Assert.That(gone.Id, Is.EqualTo(DiagnosticIds.Vanished));
        Assert.That(gone.Message, Does.Contain("--accept-breaking"));
    }

    [TestCase("not json at all: [", "NPG001", "not valid YAML")]
    [TestCase("{\"a\":1}", "NPG002", "no 'openapi' member")]
    [TestCase("{\"openapi\":\"4.0.0\",\"info\":{}}", "NPG002", "openapi \"4.0.0\"")]
    [TestCase("{\"swagger\":\"1.2\"}", "NPG002", "swagger \"1.2\"")]
    [TestCase("openapi: 3.1\ninfo: {}", "NPG002", "the number 3.1; write the whole of it as text")]
    public void Read_WhatIsNoSpecification_IsAFault(string text, string id, string expected)
    {
        var fault = Assert.Throws<FaultException>(() =>
            GenerationPipeline.Run(new("spec", Encoding.UTF8.GetBytes(text)), null, null)
        );
        Assert.That(fault!.Diagnostic.Id, Is.EqualTo(id));
        Assert.That(fault.Message, Does.Contain(expected));
    }

    [TestCase("\"servers\":[{\"url\":\"https://b.example\"}],", "", 1)]
    [TestCase("", "\"servers\":[{\"url\":\"https://b.example\"}],", 1)]
    [TestCase("\"servers\":[{\"url\":\"https://a.example/\"}],", "\"servers\":[{\"url\":\"/x\"}],", 0)]
    public void Run_OperationWithAServerOfItsOwn_IsTold(string item, string operation, int count)
    {
        var catalog = Fragments
            .Run(
                "{\"openapi\":\"3.1.0\",\"info\":{\"title\":\"t\",\"version\":\"1\"},\"servers\":[{\"url\":\"https://a.example\"}],\"paths\":{\"/a\":{"
                    + item
                    + "\"get\":{"
                    + operation
                    + "\"operationId\":\"readA\"}}}}"
            )
            .Catalog;
        Assert.That(
            catalog.Diagnostics.Count(found =>
                found.Message.Contains("another address, https://b.example", StringComparison.Ordinal)
            ),
            Is.EqualTo(count)
        );
        Assert.That(catalog.ServerAddress, Is.EqualTo("https://a.example"));
    }

    [Test]
    public void Run_DocumentThatGivesNoTool_IsToldWithTheReason()
    {
        var catalog = Overlaid(
            "{\"target\":\"$.paths['/a'].get\",\"update\":{\"x-mcp\":{\"exclude\":\"Not wanted.\"}}}"
        ).Catalog;
        var told = catalog.Diagnostics.Single(item => item.Id == DiagnosticIds.NoTools);
        Assert.That((told.Severity, told.Pointer), Is.EqualTo((Severity.Warning, "/paths")));
        Assert.That(told.Message, Does.Contain("has 1 operations, and 1 are left out"));
    }

    [Test]
    public void Resolve_ExternalReference_IsRefusedByName()
    {
        var pipeline = GenerationPipeline.Run(
            new(
                "spec.json",
                Fragment(
                    """{"/a":{"get":{"operationId":"readA","parameters":[{"$ref":"other.json#/p"}],"responses":{}}}}"""
                )
            ),
            null,
            null
        );
        Assert.That(
            pipeline.Errors.Single().Message,
            Does.Contain("'other.json#/p'").And.Contain("out of the document")
        );
    }

    [Test]
    public void Emit_HostileTexts_StayInsideLiterals()
    {
        const string hostile = "\"\"\" */ \" + System.Environment.Exit(1) + \" \n} evil {";
        var specification = new JsonObject
        {
            ["openapi"] = "3.1.0",
            ["info"] = new JsonObject { ["title"] = hostile, ["version"] = hostile },
            ["paths"] = new JsonObject
            {
                ["/a"] = new JsonObject
                {
                    ["get"] = new JsonObject
                    {
                        ["operationId"] = "evil" + hostile,
                        ["tags"] = new JsonArray(hostile),
                        ["summary"] = hostile,
                        ["description"] = hostile,
                        ["parameters"] = new JsonArray(
                            new JsonObject
                            {
                                ["name"] = hostile,
                                ["in"] = "query",
                                ["description"] = hostile,
                                ["schema"] = new JsonObject
                                {
                                    ["enum"] = new JsonArray(hostile),
                                    ["pattern"] = hostile,
                                    ["format"] = hostile,
                                },
                            }
                        ),
                        ["responses"] = new JsonObject(),
                    },
                },
            },
        };
        var files = GenerationPipeline
            .Run(new("spec.json", Encoding.UTF8.GetBytes(specification.ToJsonString())), null, null)
            .Emit("NeonPanel")
            .Where(file => file.Path.EndsWith(".cs", StringComparison.Ordinal))
            .ToList();
        Assert.That(files, Is.Not.Empty);
        foreach (var file in files)
        {
            var tree = CSharpSyntaxTree.ParseText(file.Text);
            Assert.That(tree.GetDiagnostics(), Is.Empty, file.Path);
            Assert.That(
                tree.GetRoot()
                    .DescendantNodes()
                    .OfType<MemberAccessExpressionSyntax>()
                    .Any(node => node.Name.Identifier.Text == "Exit"),
                Is.False,
                file.Path
            );
        }
    }

    [Test]
    public void Normalize_RecursiveSchema_IsCutToADescribedObject()
    {
        var pipeline = GenerationPipeline.Run(
            new(
                "spec.json",
                Encoding.UTF8.GetBytes(
                    """
                    {"openapi":"3.1.0","info":{"title":"t","version":"1"},"paths":{"/a":{"post":{"operationId":"makeNode","requestBody":{"content":
                    {"application/json":{"schema":{"$ref":"#/components/schemas/Node"}}}},"responses":{}}}},
                    "components":{"schemas":{"Node":{"type":"object","properties":{"name":{"type":"string"},"child":{"$ref":"#/components/schemas/Node"}}}}}}
                    """
                )
            ),
            null,
            null
        );
        var schema = JsonText.Compact(pipeline.Catalog.Tools.Single().InputSchema);
        Assert.That(schema, Does.Contain("Nested deeper").And.Not.Contain("$ref"));
    }

    [Test]
    public void Read_YamlAndJson_GiveTheSameCatalogue()
    {
        const string yaml = """
            openapi: 3.0.3
            info: {title: T, version: "1"}
            paths:
              /items/{id}:
                get:
                  operationId: readItem
                  parameters:
                    - {name: id, in: path, required: true, schema: {type: integer, minimum: 1, exclusiveMinimum: true}}
                  responses: {}
            """;
        const string json = """
            {"openapi":"3.0.3","info":{"title":"T","version":"1"},"paths":{"/items/{id}":{"get":{"operationId":"readItem","parameters":
            [{"name":"id","in":"path","required":true,"schema":{"type":"integer","minimum":1,"exclusiveMinimum":true}}],"responses":{}}}}}
            """;
        var texts = new[] { yaml, json }
            .Select(text =>
                ToolLock.Write(GenerationPipeline.Run(new("spec", Encoding.UTF8.GetBytes(text)), null, null).Catalog)
            )
            .ToList();
        Assert.That(texts[0], Is.EqualTo(texts[1]));
        Assert.That(texts[0], Does.Contain("\"exclusiveMinimum\": 1"));
    }

    private static IEnumerable<JsonObject> Nodes(JsonNode? node) =>
        node switch
        {
            JsonObject map => map.SelectMany(pair => Nodes(pair.Value)).Prepend(map),
            JsonArray list => list.SelectMany(Nodes),
            _ => [],
        };

    private static IEnumerable<string> Keywords(JsonNode node) =>
        Nodes(node).SelectMany(map => map.Select(pair => pair.Key));
}
