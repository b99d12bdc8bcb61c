using NeonPanel.Mcp.Generator.Catalog;
using NeonPanel.Mcp.Generator.Diagnostics;
using NUnit.Framework;

namespace NeonPanel.Mcp.Generator.Tests.Building;

/// <summary>Parameters that are missing, or that no client can send.</summary>
internal sealed class ParameterTests
{
    [Test]
    public void Run_PlaceholderWithoutAParameter_IsARequiredStringWithAWarning()
    {
        var catalog = Fragments
            .Paths("""{"/shops/{shop}/bills/{bill}":{"get":{"operationId":"bill","responses":{}}}}""")
            .Catalog;
        var tool = catalog.Tools.Single();
        Assert.That(
            tool.Parameters.Select(parameter =>
                (parameter.Name, parameter.Location, parameter.IsRequired, parameter.Schema.Types.Single())
            ),
            Is.EqualTo(
                new[]
                {
                    ("shop", ParameterLocation.Path, true, "string"),
                    ("bill", ParameterLocation.Path, true, "string"),
                }
            )
        );
        var warning = catalog.Diagnostics.Single(item => item.Pointer == tool.Pointer);
        Assert.That(
            (warning.Id, warning.Severity, warning.Message),
            Is.EqualTo(
                (
                    DiagnosticIds.Loosened,
                    Severity.Warning,
                    "The path names '{shop}', '{bill}', but no path parameter of that name is declared; each is treated as a required string."
                )
            )
        );
    }

    [TestCase("Host", "header", "belongs to the connection")]
    [TestCase("authorization", "header", "belongs to the connection")]
    [TestCase("Two words", "header", "a header's name is a token")]
    [TestCase("x", "nowhere", "'in' is 'nowhere'")]
    [TestCase("", "query", "it has no name")]
    [TestCase("x", "path", "the path has no '{x}'")]
    public void Run_ParameterThatCannotBeSent_IsLeftOutWithAWarning(string name, string place, string reason)
    {
        var catalog = Fragments
            .Paths(
                $$$"""
                {"/a":{"get":{"operationId":"a","responses":{},"parameters":[
                    {"name":"{{{name}}}","in":"{{{place}}}","schema":{"type":"string"}},
                    {"name":"X-Trace","in":"header","schema":{"type":"string"}}] } } }
                """
            )
            .Catalog;
        Assert.That(
            catalog.Tools.Single().Parameters.Select(parameter => parameter.Name),
            Is.EqualTo(new[] { "X-Trace" })
        );
        var warning = catalog.Diagnostics.Single(item => item.Pointer == "/paths/~1a/get/parameters/0");
        Assert.That((warning.Id, warning.Severity), Is.EqualTo((DiagnosticIds.Loosened, Severity.Warning)));
        Assert.That(warning.Message, Does.StartWith($"The parameter '{name}' is left out: ").And.Contain(reason));
    }
}
