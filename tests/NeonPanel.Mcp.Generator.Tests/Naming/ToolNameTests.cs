using System.Text;
using System.Text.Json.Nodes;
using NeonPanel.Mcp.Generator.Comparison;
using NeonPanel.Mcp.Generator.Diagnostics;
using NeonPanel.Mcp.Generator.Naming;
using NeonPanel.Mcp.Generator.Pipeline;
using NUnit.Framework;

namespace NeonPanel.Mcp.Generator.Tests.Naming;

internal sealed class ToolNameTests
{
    [TestCase("GET", "/bills", "bills.list", "bills_list")]
    [TestCase("GET", "/bills/{billId}", null, "get_bills_billId")]
    [TestCase("GET", "/bills", "列表", "get_bills", Description = "an id without a legal character names nothing")]
    [TestCase("POST", "/a-b/c", "-", "-")]
    public void Candidates_OfAnOperation_BeginWithItsPlainName(
        string method,
        string path,
        string? id,
        string expected
    ) => Assert.That(ToolNames.Candidates(method, path, id)[0], Is.EqualTo(expected));

    [Test]
    public void Candidates_OfALongId_KeepWholeWordsAndAHash()
    {
        const string id = "retail.projects.locations.catalogs.branches.products.removeFulfillmentPlaces";
        var name = ToolNames.Candidates("POST", "/x", id)[0];
        Assert.That(name, Does.Match("^retail_projects_locations_catalogs_branches_products_[0-9a-f]{6}$"));
        Assert.That(
            name,
            Is.Not.EqualTo(ToolNames.Candidates("POST", "/x", id.Replace("remove", "add", StringComparison.Ordinal))[0])
        );
    }

    [Test]
    public void Candidates_OfSignsAlone_AreLegal() =>
        Assert.That(ToolNames.Candidates("GET", "/", null), Is.All.Match("^get_[0-9a-f]{6}$"));

    [Test]
    public void Run_TwoOperationsWithOneName_NamesBothAfterTheirPaths()
    {
        var catalog = Run(
            """{"/a":{"get":{"operationId":"same.name"}},"/b":{"get":{"operationId":"same_name"}},"/c":{"get":{"operationId":"other"}}}"""
        ).Catalog;
        Assert.That(catalog.Tools.Select(tool => tool.ToolName), Is.EqualTo(new[] { "get_a", "get_b", "other" }));
        Assert.That(
            catalog.Diagnostics.Where(item => item.Id == DiagnosticIds.NameClash).Select(item => item.Pointer),
            Is.EqualTo(new[] { "/paths/~1a/get", "/paths/~1b/get" })
        );
    }

    [Test]
    public void Run_NewOperationWithALockedName_MakesWay()
    {
        const string paths = """{"/a":{"get":{"operationId":"list"}}}""";
        var toolLock = ToolLock.Read("lock", Encoding.UTF8.GetBytes(ToolLock.Write(Run(paths).Catalog)));
        var catalog = Run(
            """{"/0":{"get":{"operationId":"list"}},"/a":{"get":{"operationId":"list"}}}""",
            toolLock
        ).Catalog;
        Assert.That(
            catalog.Tools.ToDictionary(tool => tool.Path, tool => tool.ToolName),
            Is.EquivalentTo(new Dictionary<string, string> { ["/a"] = "list", ["/0"] = "get_0" })
        );
    }

    [Test]
    public void Run_TwoOperationsWithOneNameOfTheOverlay_IsAnError()
    {
        var pipeline = Run("""{"/a":{"get":{"x-mcp":{"name":"one"}}},"/b":{"get":{"x-mcp":{"name":"one"}}}}""");
        Assert.That(
            pipeline.Errors.Single().ToString(),
            Does.StartWith("spec.json#/paths/~1b/get: error NPG005:").And.Contain("GET /a")
        );
    }

    [TestCase("two words")]
    [TestCase("")]
    [TestCase("ä")]
    public void Run_IllegalNameOfTheOverlay_IsAnError(string name)
    {
        var paths = new JsonObject
        {
            ["/a"] = new JsonObject { ["get"] = new JsonObject { ["x-mcp"] = new JsonObject { ["name"] = name } } },
        };
        Assert.That(
            Run(paths.ToJsonString()).Errors.Single().Message,
            Does.Contain($"'{name}'").And.Contain("[A-Za-z0-9_-]{1,64}")
        );
    }

    private static GenerationPipeline Run(string paths, ToolLock? toolLock = null) =>
        GenerationPipeline.Run(
            new(
                "spec.json",
                Encoding.UTF8.GetBytes($$"""{"openapi":"3.1.0","info":{"title":"t","version":"1"},"paths":{{paths}}}""")
            ),
            null,
            toolLock
        );
}
