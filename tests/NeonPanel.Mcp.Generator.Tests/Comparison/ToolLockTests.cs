using System.Text;
using System.Text.Json.Nodes;
using NeonPanel.Mcp.Generator.Comparison;
using NeonPanel.Mcp.Generator.Diagnostics;
using NUnit.Framework;

namespace NeonPanel.Mcp.Generator.Tests.Comparison;

/// <summary>The lock as a file: what is read of it, written into it, and told of a difference.</summary>
internal sealed class ToolLockTests
{
    private const string One = """{"/a":{"get":{"operationId":"one","summary":"One"}}}""";
    private const string Two =
        """{"/a":{"get":{"operationId":"one","summary":"One"}},"/b":{"get":{"operationId":"two","summary":"Two"}}}""";

    [TestCase("{}", "The file has no list 'tools'.")]
    [TestCase("""{"tools":{}}""", "The file has no list 'tools'.")]
    [TestCase("""{"tools":["a"]}""", "Each entry of 'tools' must be an object with a 'name' of its own.")]
    [TestCase("""{"tools":[{}]}""", "Each entry of 'tools' must be an object with a 'name' of its own.")]
    [TestCase("""{"tools":[{"name":""}]}""", "Each entry of 'tools' must be an object with a 'name' of its own.")]
    [TestCase(
        """{"tools":[{"name":"a"},{"name":"a"}]}""",
        "Each entry of 'tools' must be an object with a 'name' of its own."
    )]
    public void Read_FileThatIsNoLock_IsAFault(string text, string message)
    {
        var fault = Assert.Throws<FaultException>(() => ToolLock.Read("my.lock", Encoding.UTF8.GetBytes(text)));
        Assert.That(
            (fault!.Diagnostic.Id, fault.Diagnostic.File, fault.Diagnostic.Message),
            Is.EqualTo((DiagnosticIds.Unreadable, "my.lock", message))
        );
    }

    [Test]
    public void Write_NewTool_HasItsFactsForCallers()
    {
        var tool = Published(One)["tools"]![0]!;
        Assert.That(
            new[] { "name", "client", "nullable", "answerShape" }.Select(name => tool[name]?.ToJsonString()),
            Is.EqualTo(
                new[] { "\"one\"", "\"DefaultClient.One\"", "{}", """{"properties":{"status":{"type":"string"}}}""" }
            )
        );
        Assert.That(tool["tokens"]!.GetValue<int>(), Is.Positive);
    }

    [Test]
    public void Write_NullablePaths_AreListedForArgumentsAndAnswer()
    {
        var tool = Published(
            """
            {"/a":{"post":{"operationId":"one","summary":"One",
              "requestBody":{"content":{"application/json":{"schema":{"type":"object","properties":{"m":{"type":["string","null"]}}}}}},
              "responses":{"200":{"description":"","content":{"application/json":{"schema":{"type":"object",
                "properties":{"list":{"type":"array","items":{"type":"object","properties":{"n":{"type":["string","null"]}}}}}}}}}}}}}
            """
        )["tools"]![0]!;
        Assert.That(tool["nullable"]!.ToJsonString(), Is.EqualTo("""{"arguments":["m"],"answer":["list[].n"]}"""));
    }

    // A removed name stays reserved, also in the lock after the next one.
    [Test]
    public void Publish_RemovedTool_StaysRetired()
    {
        var next = Lock(Published(Two)).Publish(Fragments.Paths(One).Catalog);
        Assert.That(
            JsonNode.Parse(next)!["retired"]!.ToJsonString(),
            Is.EqualTo("""[{"name":"two","operation":"GET /b","operationId":"two"}]""")
        );
        var last = Lock(JsonNode.Parse(next)!.AsObject()).Publish(Fragments.Paths(One).Catalog);
        Assert.That(last, Is.EqualTo(next));
    }

    [Test]
    public void Publish_RemovedTools_AreInOrdinalOrder() =>
        Assert.That(
            JsonNode.Parse(
                Lock(
                        Published(
                            """{"/a":{"get":{"operationId":"b","summary":"B"},"put":{"operationId":"a","summary":"A"},"post":{"operationId":"C","summary":"C"}}}"""
                        )
                    )
                    .Publish(Fragments.Paths("{}").Catalog)
            )!["retired"]!
                .AsArray()
                .Select(tool => tool!["name"]!.ToString()),
            Is.EqualTo(new[] { "C", "a", "b" })
        );

    [Test]
    public void Publish_NoToolRemoved_HasNoListOfRetiredTools() =>
        Assert.That(
            JsonNode.Parse(Lock(Published(One)).Publish(Fragments.Paths(Two).Catalog))!.AsObject(),
            Does.Not.ContainKey("retired")
        );

    // The old name still reaches the tool, so it is not retired.
    [Test]
    public void Publish_RenamedToolWithAlias_RetiresNothing() =>
        Assert.That(
            JsonNode
                .Parse(
                    Lock(Published(One))
                        .Publish(
                            Fragments
                                .Paths(
                                    """{"/a":{"get":{"operationId":"one","summary":"One","x-mcp":{"name":"first","aliases":["one"]}}}}"""
                                )
                                .Catalog
                        )
                )!
                .AsObject(),
            Does.Not.ContainKey("retired")
        );

    [Test]
    public void TokensOf_UnchangedTool_IsTheNumberOfTheLock()
    {
        var published = Published(One);
        published["tools"]![0]!["tokens"] = 12345;
        Assert.That(TokensOfOne(published), Is.EqualTo(12345));
    }

    [TestCase("description", "\"Other words.\"")]
    [TestCase("inputSchema", """{"type":"object"}""")]
    [TestCase("tokens", "\"12345\"")]
    [TestCase("tokens", "null")]
    [TestCase("name", "\"other\"")]
    public void TokensOf_ToolThatDiffersFromTheLock_IsUnknown(string member, string value)
    {
        var published = Published(One);
        published["tools"]![0]![member] = JsonNode.Parse(value);
        Assert.That(TokensOfOne(published), Is.Null);
    }

    [Test]
    public void Compare_SameCatalogue_HasNoDifference() =>
        Assert.That(Lock(Published(Two)).Compare(Fragments.Paths(Two).Catalog), Is.Empty);

    // The texts determine these members, and an earlier lock lacks them.
    [TestCase("tokens")]
    [TestCase("answerShape")]
    public void Compare_LockOfAnEarlierVersion_HasNoDifference(string member)
    {
        var published = Published(One);
        published["tools"]![0]!.AsObject().Remove(member);
        Assert.That(Lock(published).Compare(Fragments.Paths(One).Catalog), Is.Empty);
    }

    [TestCase("title", "\"Other\"", "differs from the lock: The title changed")]
    [TestCase(
        "client",
        "\"OtherClient.One\"",
        "differs from the lock: The typed method OtherClient.One is called DefaultClient.One now"
    )]
    [TestCase("tokens", "1", "differs from the lock in tokens")]
    [TestCase("nullable", "null", "differs from the lock in nullable")]
    [TestCase("note", "\"x\"", "differs from the lock in note")]
    public void Compare_MemberThatDiffers_IsNamed(string member, string value, string what)
    {
        var published = Published(One);
        published["tools"]![0]![member] = JsonNode.Parse(value);
        AssertDrift(
            published,
            One,
            $"The tool 'one' {what}. Run the verb 'lock' to publish the change, and commit the lock with the specification."
        );
    }

    [Test]
    public void Compare_NewTool_IsNotInTheLock() =>
        AssertDrift(
            Published(One),
            Two,
            "The tool 'two' is not in the lock. Run the verb 'lock' to publish the change, and commit the lock with the specification."
        );

    [Test]
    public void Compare_RemovedTool_WouldBreakItsCallers()
    {
        var found = Lock(Published(Two)).Compare(Fragments.Paths(One).Catalog).Single();
        Assert.That(
            (found.Id, found.Severity, found.Pointer),
            Is.EqualTo((DiagnosticIds.Vanished, Severity.Error, "/tools/two"))
        );
        Assert.That(found.Message, Does.StartWith("The published tool 'two' would break its callers: "));
        Assert.That(found.Message, Does.EndWith("or run 'lock --accept-breaking' if that is intended."));
    }

    private static void AssertDrift(JsonObject published, string paths, string message)
    {
        var found = Lock(published).Compare(Fragments.Paths(paths).Catalog).Single();
        Assert.That((found.Id, found.Severity), Is.EqualTo((DiagnosticIds.Drift, Severity.Error)));
        Assert.That(found.Message, Is.EqualTo(message));
    }

    private static int? TokensOfOne(JsonObject published) =>
        Lock(published).TokensOf(Fragments.Paths(One).Catalog.Tools.Single());

    private static JsonObject Published(string paths) =>
        JsonNode.Parse(ToolLock.Write(Fragments.Paths(paths).Catalog))!.AsObject();

    private static ToolLock Lock(JsonObject published) => ToolLock.Of("my.lock", published);
}
