using System.Text;
using NeonPanel.Mcp.Generator.Diagnostics;
using NeonPanel.Mcp.Generator.Pipeline;
using NUnit.Framework;
using static NeonPanel.Mcp.Generator.Tests.Pipeline.OverlaidDocuments;

namespace NeonPanel.Mcp.Generator.Tests.Pipeline;

/// <summary>Overlays that do not fit the document, and what a fitting one changes.</summary>
internal sealed class OverlayTests
{
    [Test]
    public void Overlay_TargetThatMatchesNothing_IsAFaultWithItsPlace()
    {
        const string overlay =
            """{"overlay":"1.0.0","info":{"title":"t","version":"1"},"actions":[{"target":"$.paths['/none'].get","update":{}}]}""";
        var fault = Assert.Throws<FaultException>(() =>
            GenerationPipeline.Run(
                new("spec.json", Fragment("""{"/a":{"get":{"operationId":"readA","responses":{}}}}""")),
                new("overlay.json", Encoding.UTF8.GetBytes(overlay)),
                null
            )
        );
        Assert.That(
            fault!.Message,
            Does.StartWith("overlay.json#/actions/0: error NPG010:").And.Contain("matches nothing")
        );
    }

    [TestCase("$", "\"remove\":true", "the whole document")]
    [TestCase("$.paths", "\"update\":5", "an object to merge with it")]
    [TestCase("$.paths", "\"update\":[]", "an object to merge with it")]
    [TestCase("$.paths", "\"remove\":false", "neither 'update' nor 'remove: true'")]
    [TestCase("$.paths", "\"copy\":\"$.info\"", "'copy' of Overlay 1.1 is not supported")]
    [TestCase("$..[?(@.operationId =~ /(/)]", "\"update\":{}", "not a valid JSONPath")]
    public void Overlay_WhatCannotBeApplied_IsAFaultWithItsPlace(string target, string change, string expected)
    {
        var fault = Assert.Throws<FaultException>(() => Overlaid("{\"target\":\"" + target + "\"," + change + "}"));
        Assert.That(fault!.Message, Does.StartWith("overlay.json#/actions/0: error NPG010:").And.Contain(expected));
    }

    [TestCase("$.paths['/a'].get")]
    [TestCase("$.paths[\\\"/a\\\"].get")]
    [TestCase("$[\\\"paths\\\"]['/a'].get")]
    public void Overlay_NamesInEitherQuotes_AreFound(string target) =>
        Assert.That(
            Overlaid("{\"target\":\"" + target + "\",\"update\":{\"summary\":\"New words\"}}")
                .Catalog.Tools.Single()
                .Title,
            Is.EqualTo("New words")
        );

    [TestCase(
        "$.paths['/a'].get",
        "{\"nmae\":\"x\"}",
        "/paths/~1a/get/x-mcp/nmae",
        "x-mcp has no member 'nmae' here; it is ignored. Did you mean 'name'?"
    )]
    [TestCase("$.paths['/a'].get", "{\"aliases\":\"x\"}", "/paths/~1a/get/x-mcp/aliases", "a list is expected")]
    [TestCase(
        "$.paths['/a'].get",
        "{\"readOnly\":\"yes\"}",
        "/paths/~1a/get/x-mcp/readOnly",
        "true or false is expected"
    )]
    [TestCase("$.paths['/a'].get", "5", "/paths/~1a/get/x-mcp", "an object is expected")]
    [TestCase("$", "{\"retired\":[],\"wait\":true}", "/x-mcp/retired", "an object is expected")]
    [TestCase("$", "{\"retired\":{},\"wait\":true}", "/x-mcp/wait", "no member 'wait' here")]
    public void Overlay_MemberThatNobodyReads_IsToldWithItsPlace(
        string target,
        string extension,
        string pointer,
        string expected
    )
    {
        var found = Overlaid("{\"target\":\"" + target + "\",\"update\":{\"x-mcp\":" + extension + "}}")
            .Catalog.Diagnostics.First(item => item.Id == DiagnosticIds.OverlayMember);
        Assert.That((found.Pointer, found.Severity), Is.EqualTo((pointer, Severity.Warning)));
        Assert.That(found.Message, Does.Contain(expected));
    }

    // Rule D4: a deployer whose API takes less than any path segment says so in the overlay; the server checks the
    // pattern of the shape.
    [Test]
    public void Overlay_PatternOfAPathParameter_IsToldAndChecked()
    {
        const string action =
            """{"target":"$.paths['/a/{sku}'].get.parameters[?(@.name=='sku')].schema","update":{"pattern":"^[A-Z0-9-]+$"}}""";
        var pipeline = GenerationPipeline.Run(
            new(
                "spec.json",
                Fragment(
                    """{"/a/{sku}":{"get":{"operationId":"readA","parameters":[{"name":"sku","in":"path","required":true,"schema":{"type":"string"}}],"responses":{}}}}"""
                )
            ),
            new("overlay.json", Encoding.UTF8.GetBytes("{\"overlay\":\"1.0.0\",\"actions\":[" + action + "]}")),
            null
        );
        var tool = pipeline.Catalog.Tools.Single();
        Assert.That(tool.InputSchema["properties"]!["sku"]!["pattern"]!.GetValue<string>(), Is.EqualTo("^[A-Z0-9-]+$"));
        Assert.That(tool.Arguments.Properties.Single().Schema.Pattern, Is.EqualTo("^[A-Z0-9-]+$"));
    }
}
