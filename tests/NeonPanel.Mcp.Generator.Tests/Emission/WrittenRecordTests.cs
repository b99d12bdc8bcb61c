using NeonPanel.Mcp.Generator.Catalog;
using NeonPanel.Mcp.Generator.Diagnostics;
using NeonPanel.Mcp.Generator.Emission;
using NeonPanel.Mcp.Generator.Pipeline;
using NUnit.Framework;

namespace NeonPanel.Mcp.Generator.Tests.Emission;

/// <summary>Where the log finds the id of the record that a call wrote.</summary>
internal sealed class WrittenRecordTests
{
    private const string WithId =
        """{"type":"object","properties":{"name":{"type":"string"},"id":{"type":"integer"}}}""";

    [TestCase("put", "/x/{xId}", WithId, "xId", null)]
    [TestCase("patch", "/x/{xId}/", WithId, "xId", null)]
    [TestCase("delete", "/x/{xId}", "{}", "xId", null)]
    [TestCase("post", "/x/{xId}", WithId, null, "id")]
    [TestCase("post", "/x/{xId}", "{}", null, null)]
    [TestCase("put", "/{xId}/settings", WithId, null, "id")]
    [TestCase("post", "/x", """{"type":"object","properties":{"uuid":{"type":"string"}}}""", null, "uuid")]
    [TestCase("post", "/x", """{"type":"object","properties":{"data":WITH_ID}}""", null, "data.id")]
    [TestCase("post", "/x", """{"type":"object","properties":{"id":{"type":"array","items":WITH_ID}}}""", null, null)]
    [TestCase("get", "/x/{xId}", WithId, null, null)]
    public void Record_ByRule_IsInThePathOrTheAnswer(
        string method,
        string path,
        string answer,
        string? argument,
        string? member
    )
    {
        var record = Tool(method, path, answer.Replace("WITH_ID", WithId, StringComparison.Ordinal), "null").Record;
        Assert.That(
            record,
            Is.EqualTo(argument is null && member is null ? null : new WrittenRecordModel(argument, member))
        );
    }

    [TestCase("""{"argument":"xId"}""", "        Record = new(\"xId\", null),\n")]
    [TestCase("""{"answer":"name"}""", "        Record = new(null, \"name\"),\n")]
    public void Emit_DeclaredRecord_HasPriority(string declared, string expected) =>
        Assert.That(
            ToolEmitter.Emit(Run("post", "/x/{xId}", WithId, declared).Catalog, "Other").First().Text,
            Does.Contain(expected)
        );

    [TestCase("post", """{"argument":"xid"}""", "'act' has no argument 'xid'; did you mean 'xId'?")]
    [TestCase("post", """{"answer":"nam"}""", "the answer of 'act' has no member 'nam' of 'nam'; did you mean 'name'?")]
    [TestCase("post", """{"answer":5}""", "the answer of 'act' has no member '5' of '5'; there are id, name")]
    [TestCase("post", """{"path":"id"}""", "an object with 'argument' or 'answer' and a text is expected")]
    [TestCase("post", """{"argument":"xId","answer":"id"}""", "an object with 'argument' or 'answer' is expected")]
    [TestCase("post", "true", "an object with 'argument' or 'answer' is expected")]
    [TestCase("get", """{"argument":"xId"}""", "'act' only reads, so it writes no record")]
    public void Run_RecordThatCannotBe_IsAnError(string method, string declared, string expected)
    {
        var fault = Assert.Throws<FaultException>(() => Run(method, "/x/{xId}", WithId, declared))!;
        Assert.That(
            (fault.Diagnostic.Id, fault.Diagnostic.Pointer, fault.Diagnostic.Message),
            Is.EqualTo(
                (
                    DiagnosticIds.OverlayMember,
                    $"/paths/~1x~1{{xId}}/{method}/x-mcp/record",
                    $"x-mcp.record: {expected}. Correct the overlay."
                )
            )
        );
    }

    private static OperationModel Tool(string method, string path, string answer, string declared) =>
        Run(method, path, answer, declared).Catalog.Tools.Single();

    private static GenerationPipeline Run(string method, string path, string answer, string declared) =>
        Fragments.Run(
            """
            {"openapi":"3.1.0","info":{"title":"Shop API","version":"1"},"paths":{"PATH":{"METHOD":{"operationId":"act",
            "x-mcp":{"record":DECLARED},"parameters":[PARAMETER],
            "responses":{"200":{"description":"d","content":{"application/json":{"schema":ANSWER}}}}}}}}
            """.Replace("PATH", path, StringComparison.Ordinal).Replace(
                "METHOD",
                method,
                StringComparison.Ordinal
            ).Replace("DECLARED", declared, StringComparison.Ordinal).Replace(
                "ANSWER",
                answer,
                StringComparison.Ordinal
            ).Replace(
                "PARAMETER",
                path.Contains("{xId}", StringComparison.Ordinal)
                    ? """{"name":"xId","in":"path","required":true,"schema":{"type":"integer"}}"""
                    : "",
                StringComparison.Ordinal
            )
        );
}
