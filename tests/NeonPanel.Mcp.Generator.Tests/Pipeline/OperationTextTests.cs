using NeonPanel.Mcp.Generator.Pipeline;
using NUnit.Framework;
using static NeonPanel.Mcp.Generator.Tests.Pipeline.OverlaidDocuments;

namespace NeonPanel.Mcp.Generator.Tests.Pipeline;

/// <summary>Title and description of an operation that has no texts.</summary>
internal sealed class OperationTextTests
{
    // An operation without texts of its own.
    [TestCase(
        "get",
        "/{projectKey}/carts/{ID}",
        "Read carts by project key and ID",
        "Reads carts by project key and ID (GET /{projectKey}/carts/{ID})."
    )]
    [TestCase(
        "get",
        "/inventory-items/{sku}/stockLevels",
        "Read stock levels of inventory items by sku",
        "Reads stock levels of inventory items by sku (GET /inventory-items/{sku}/stockLevels)."
    )]
    [TestCase("post", "/carts", "Post to carts", "Posts to carts (POST /carts).")]
    [TestCase("patch", "/carts/{id}", "Change carts by id", "Changes carts by id (PATCH /carts/{id}).")]
    [TestCase("put", "/carts/key={key}", "Replace carts by key", "Replaces carts by key (PUT /carts/key={key}).")]
    [TestCase("delete", "/", "Delete the root of the API", "Deletes the root of the API (DELETE /).")]
    [TestCase("query", "/SKUList#2", "Search SKU list", "Searches SKU list (QUERY /SKUList).")]
    public void Texts_OperationWithoutAny_AreMadeOfMethodAndPath(
        string method,
        string path,
        string title,
        string description
    )
    {
        var tool = GenerationPipeline
            .Run(
                new(
                    "spec.json",
                    Fragment("{\"" + path + "\":{\"" + method + "\":{\"operationId\":\"x\",\"responses\":{}}}}")
                ),
                null,
                null
            )
            .Catalog.Tools.Single();
        Assert.That((tool.Title, tool.Description), Is.EqualTo((title, description)));
    }

    // OpenAPI 3.1, "Path Item Object": its texts apply to all operations of the path.
    [Test]
    public void Texts_OperationWithoutAny_AreThoseOfItsPath()
    {
        var tools = GenerationPipeline
            .Run(
                new(
                    "spec.json",
                    Fragment(
                        """{"/a":{"summary":"Carts","description":"What is to be bought.","get":{"operationId":"x","responses":{}},"put":{"operationId":"y","summary":"Replace","responses":{}}}}"""
                    )
                ),
                null,
                null
            )
            .Catalog.Tools;
        Assert.That(
            tools.Select(tool => (tool.Title, tool.Description)),
            Is.EqualTo(new[] { ("Carts", "What is to be bought."), ("Replace", "Replace") })
        );
    }
}
