using System.Text.Json.Nodes;
using NeonPanel.Mcp.Generator.Catalog;
using NeonPanel.Mcp.Generator.Diagnostics;
using NeonPanel.Mcp.Generator.Pipeline;
using NeonPanel.Mcp.Generator.Reports;
using NUnit.Framework;

namespace NeonPanel.Mcp.Generator.Tests.Catalog;

/// <summary>Rule C6: what overwrites is destructive, unless the overlay has a reason.</summary>
internal sealed class HintTests
{
    [TestCase("get", true, false, true)]
    [TestCase("post", false, false, false)]
    [TestCase("put", false, true, true)]
    [TestCase("patch", false, true, false)]
    [TestCase("delete", false, true, true)]
    public void Hints_OfAMethod_AreThoseOfTheRule(string method, bool readOnly, bool destructive, bool idempotent) =>
        Assert.That(
            Run(method, "{}").Catalog.Tools.Single().Hints,
            Is.EqualTo(new HintsModel(readOnly, destructive, idempotent, OpenWorld: false))
        );

    [TestCase("put", """{"notDestructive":"Adds a tag."}""", false)]
    [TestCase("patch", """{"notDestructive":"Adds a tag."}""", false)]
    [TestCase("put", """{"destructive":true}""", true)]
    [TestCase("post", """{"destructive":true}""", true)]
    [TestCase("post", """{"destructive":false}""", false)]
    [TestCase("put", """{"readOnly":true}""", false)]
    [TestCase("put", """{"readOnly":true,"destructive":false}""", false)]
    public void Hints_OfTheOverlay_HavePriority(string method, string overlay, bool destructive) =>
        Assert.That(Run(method, overlay).Catalog.Tools.Single().Hints.Destructive, Is.EqualTo(destructive));

    [TestCase(
        "put",
        """{"destructive":false}""",
        "destructive",
        "PUT overwrites, so false needs a reason: write \"notDestructive\": \"the reason\" in its place"
    )]
    [TestCase(
        "patch",
        """{"destructive":false,"notDestructive":"Adds."}""",
        "destructive",
        "PATCH overwrites, so false needs a reason: write \"notDestructive\": \"the reason\" in its place"
    )]
    [TestCase("put", """{"notDestructive":true}""", "notDestructive", "the reason must be a text that is not empty")]
    [TestCase("put", """{"notDestructive":" \n"}""", "notDestructive", "the reason must be a text that is not empty")]
    [TestCase(
        "post",
        """{"notDestructive":"Adds."}""",
        "notDestructive",
        "it has no effect here, because it stands at a tool that does not overwrite"
    )]
    [TestCase(
        "put",
        """{"notDestructive":"Adds.","destructive":true}""",
        "notDestructive",
        "it has no effect here, because it stands at a tool with \"destructive\": true"
    )]
    public void Hints_WithoutAUsableReason_AreAnError(string method, string overlay, string member, string expected)
    {
        var run = Run(method, overlay);
        var error = run.Errors.Single();
        Assert.That(
            (error.Id, error.Pointer, error.Message),
            Is.EqualTo(
                (
                    DiagnosticIds.OverlayMember,
                    $"/paths/~1x/{method}/x-mcp/{member}",
                    $"x-mcp.{member}: {expected}. Correct the overlay."
                )
            )
        );
        Assert.That(run.Catalog.Tools, Is.Empty);
    }

    [Test]
    public void Check_WithAReason_PrintsIt()
    {
        var catalog = Run("put", """{"notDestructive":"Adds a tag,\nand keeps the others."}""").Catalog;
        Assert.That(
            CatalogReport.WriteFindings(catalog, [], "text"),
            Does.StartWith("act is not destructive: Adds a tag, and keeps the others.\n1 tools")
        );
        Assert.That(
            CatalogReport.WriteFindings(catalog, [], "markdown"),
            Does.Contain("Not destructive").And.Contain("Adds a tag, and keeps the others.")
        );
        Assert.That(
            JsonNode.Parse(CatalogReport.WriteFindings(catalog, [], "json"))!["notDestructive"]!.ToJsonString(),
            Is.EqualTo("""[{"name":"act","reason":"Adds a tag, and keeps the others."}]""")
        );
    }

    private static GenerationPipeline Run(string method, string overlay) =>
        Fragments.Run(
            """
            {"openapi":"3.1.0","info":{"title":"Shop API","version":"1"},"paths":{"/x":{"METHOD":{"operationId":"act",
            "x-mcp":OVERLAY,"responses":{"200":{"description":"d"}}}}}}
            """.Replace("METHOD", method, StringComparison.Ordinal).Replace(
                "OVERLAY",
                overlay,
                StringComparison.Ordinal
            )
        );
}
