using System.Text;
using System.Text.Json.Nodes;
using NeonPanel.Mcp.Generator.Catalog;
using NeonPanel.Mcp.Generator.Pipeline;

namespace NeonPanel.Mcp.Generator.Tests;

/// <summary>Small documents, and what becomes of them.</summary>
internal static class Fragments
{
    public static GenerationPipeline Run(string text) =>
        GenerationPipeline.Run(new("spec", Encoding.UTF8.GetBytes(text)), null, null);

    /// <summary>A document of the folder <c>Cases</c>: an input that an earlier generator got wrong.</summary>
    public static GenerationPipeline Case(string file) =>
        GenerationPipeline.Run(
            new(
                file,
                File.ReadAllBytes(
                    Path.Combine(OurSpecification.Folder, "tests/NeonPanel.Mcp.Generator.Tests/Cases", file)
                )
            ),
            null,
            null
        );

    /// <summary>A document of paths and, where given, schemas.</summary>
    public static GenerationPipeline Paths(string paths, string schemas = "{}", string version = "3.1.0") =>
        Run(
            "{\"openapi\":\""
                + version
                + "\",\"info\":{\"title\":\"t\",\"version\":\"1\"},\"paths\":"
                + paths
                + ",\"components\":{\"schemas\":"
                + schemas
                + "}}"
        );

    /// <summary>The one tool of a document whose JSON body has the schema.</summary>
    public static OperationModel Body(string schema, string schemas = "{}", string version = "3.1.0") =>
        Paths(
            "{\"/a\":{\"post\":{\"operationId\":\"a\",\"requestBody\":{\"content\":{\"application/json\":{\"schema\":"
                + schema
                + "}}}}}}",
            schemas,
            version
        )
            .Catalog.Tools.Single();

    /// <summary>The input schema of a body with one member <c>m</c>: what is told of that member.</summary>
    public static JsonObject Member(string schema, string schemas = "{}", string version = "3.1.0") =>
        Body("{\"type\":\"object\",\"properties\":{\"m\":" + schema + "}}", schemas, version).InputSchema[
            "properties"
        ]!["m"]!.AsObject();
}
