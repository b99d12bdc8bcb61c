using NeonPanel.Mcp.Generator.Diagnostics;
using NeonPanel.Mcp.Generator.Emission;
using NeonPanel.Mcp.Generator.Pipeline;
using NUnit.Framework;

namespace NeonPanel.Mcp.Generator.Tests.Emission;

/// <summary>The overlay's <c>x-mcp.confirm</c>: whether the user confirms each call of a tool.</summary>
internal sealed class ConfirmTests
{
    [TestCase("true")]
    [TestCase("false")]
    public void Emit_Confirm_IsWrittenOut(string confirm) =>
        Assert.That(TextOf(Run(confirm)), Does.Contain($"        Confirm = {confirm},\n"));

    [Test]
    public void Emit_WithoutConfirm_LeavesTheDefault() =>
        Assert.That(TextOf(Run("null")), Does.Not.Contain("Confirm ="));

    [Test]
    public void Run_ConfirmThatIsNoFlag_IsAWarning()
    {
        var run = Run("\"yes\"");
        Assert.That(TextOf(run), Does.Not.Contain("Confirm ="));
        var finding = run.Catalog.Diagnostics.Single(found => found.Id == DiagnosticIds.OverlayMember);
        Assert.That(
            (finding.Severity, finding.Pointer, finding.Message),
            Is.EqualTo(
                (
                    Severity.Warning,
                    "/paths/~1orders/delete/x-mcp/confirm",
                    "x-mcp.confirm is ignored or misread: true or false is expected."
                )
            )
        );
    }

    private static string TextOf(GenerationPipeline run) =>
        ToolEmitter
            .Emit(run.Catalog, "Other")
            .Single(file => file.Path.EndsWith("DropOrderTool.g.cs", StringComparison.Ordinal))
            .Text;

    private static GenerationPipeline Run(string confirm) =>
        Fragments.Run(
            """
            {"openapi":"3.1.0","info":{"title":"Shop API","version":"1"},"paths":{"/orders":{
            "delete":{"operationId":"dropOrder","x-mcp":{"confirm":CONFIRM},"responses":{"204":{"description":"d"}}}}}}
            """.Replace("CONFIRM", confirm, StringComparison.Ordinal)
        );
}
