using System.Text;
using System.Text.Json;
using NeonPanel.Mcp.Server.Invocation;
using NeonPanel.Mcp.Server.Tests.Fixtures;
using NeonPanel.Mcp.Tools;
using NeonPanel.Mcp.Tools.Generated;
using NUnit.Framework;

namespace NeonPanel.Mcp.Server.Tests.Invocation;

/// <summary>The argument <c>fields</c> of read tools: checked before the call, and cut to after it.</summary>
internal sealed class FieldSelectionTests
{
    private const string Companies = """
        {"current_page":1,"per_page":30,"last_page":2,"total":2,"data":[{"id":1,"uuid":"u1","name":"N\u00e9","rate":0.10},{"id":2.0,"uuid":null,"name":"M"}]}
        """;

    [TestCase(
        "data.id,data.name",
        """{"current_page":1,"per_page":30,"last_page":2,"data":[{"id":1,"name":"N\u00e9"},{"id":2.0,"name":"M"}]}"""
    )]
    [TestCase(" data.uuid ", """{"current_page":1,"per_page":30,"last_page":2,"data":[{"uuid":"u1"},{"uuid":null}]}""")]
    [TestCase(
        "uuid",
        """{"current_page":1,"per_page":30,"last_page":2,"data":[{"uuid":"u1"},{"uuid":null}]}""",
        Description = "the only path that ends so"
    )]
    [TestCase(
        "data",
        """{"current_page":1,"per_page":30,"last_page":2,"data":[{"id":1,"uuid":"u1","name":"N\u00e9","rate":0.10},{"id":2.0,"uuid":null,"name":"M"}]}"""
    )]
    public void Apply_Paths_KeepsThemAsTheyWereSent(string fields, string expected)
    {
        var selection = Read("listCompanies", fields, out var violations);
        Assert.That(violations, Is.Empty);
        Assert.That(
            Encoding.UTF8.GetString(selection!.Apply(Encoding.UTF8.GetBytes(Companies)).Span),
            Is.EqualTo(expected)
        );
    }

    private const string Nested =
        """[{"id":1,"last_page":{"a":1,"b":2},"per_page":3,"vendor":{"id":7,"name":"N"}},5,{"id":2}]""";

    // An answer that is a bare list: paths begin at the object it is wrapped into. What tells the page is only kept at
    // the root.
    [TestCase("items.id", """[{"id":1},5,{"id":2}]""")]
    [TestCase("id", """[{"id":1},5,{"id":2}]""")]
    [TestCase("items.vendor.name", """[{"vendor":{"name":"N"}},5,{}]""")]
    [TestCase("items.id items.vendor.id", """[{"id":1,"vendor":{"id":7}},5,{"id":2}]""")]
    [TestCase("items.id\nitems.vendor.id", """[{"id":1,"vendor":{"id":7}},5,{"id":2}]""")]
    [TestCase(
        "items.vendor,items.vendor.id",
        """[{"vendor":{"id":7,"name":"N"}},5,{}]""",
        Description = "all of it is more than a part"
    )]
    [TestCase("items.vendor.id,items.vendor", """[{"vendor":{"id":7,"name":"N"}},5,{}]""")]
    [TestCase("items.last_page.b", """[{"last_page":{"b":2}},5,{}]""")]
    [TestCase("items", Nested)]
    public void Apply_BareList_IsCutInside(string fields, string expected)
    {
        var violations = new List<string>();
        var arguments = JsonElement.Parse($"{{\"fields\":{JsonSerializer.Serialize(fields)}}}");
        var selection = FieldSelection.Read(ListTool, arguments, violations);
        Assert.That(violations, Is.Empty);
        Assert.That(
            Encoding.UTF8.GetString(selection!.Apply(Encoding.UTF8.GetBytes(Nested)).Span),
            Is.EqualTo(expected)
        );
    }

    [Test]
    public void Apply_PageInsideOfAnItem_IsLeftOut()
    {
        var selection = Read("listCompanies", "data.id", out _);
        Assert.That(
            Encoding.UTF8.GetString(
                selection!.Apply("""{"last_page":2,"data":[{"id":1,"last_page":3}]}"""u8.ToArray()).Span
            ),
            Is.EqualTo("""{"last_page":2,"data":[{"id":1}]}""")
        );
    }

    [TestCase(50, true)]
    [TestCase(51, false)]
    public void Read_ManyPaths_AreTakenUpToFifty(int count, bool isTaken) =>
        Assert.That(
            Read("listCompanies", string.Join(',', Enumerable.Repeat("data.id", count)), out _) is not null,
            Is.EqualTo(isTaken)
        );

    [TestCase("createDocumentsByPdf", "\"data.id\"", Description = "a tool that does not take it")]
    [TestCase("listCompanies", "null")]
    [TestCase("listCompanies", "5")]
    public void Read_NoTextOrNoSuchArgument_IsNothing(string name, string value)
    {
        Assert.That(GeneratedCatalog.Create().TryGet(name, out var tool), Is.True);
        var violations = new List<string>();
        Assert.That(FieldSelection.Read(tool!, JsonElement.Parse($$"""{"fields":{{value}}}"""), violations), Is.Null);
        Assert.That(violations, Is.Empty);
    }

    [Test]
    public void Read_LongPath_IsShownInPart()
    {
        Read("listCompanies", new string('z', 65), out var violations);
        Assert.That(
            violations.Single(),
            Does.StartWith(
                $"Argument 'fields' names '{new string('z', 64)}…', which the answer does not have. It has current_page, "
            )
        );
    }

    [TestCase("data.nmae", "Did you mean 'data.name'?")]
    [TestCase("namee", "Did you mean 'data.name'?")]
    [TestCase("data.zzzzzz", "It has current_page, ")]
    [TestCase("", "must name 1 to 50 members")]
    [TestCase(",,", "must name 1 to 50 members")]
    public void Read_PathThatTheAnswerDoesNotHave_IsRefusedWithTheNearest(string fields, string expected)
    {
        Assert.That(Read("listCompanies", fields, out var violations), Is.Null);
        Assert.That(violations.Single(), Does.Contain(expected));
    }

    [Test]
    public void Tools_ThatOnlyRead_TakeFieldsAndNoOthers() =>
        Assert.That(
            GeneratedCatalog.Create().Tools.Where(tool => tool.TakesFields).Select(tool => tool.Name),
            Is.EqualTo(GeneratedCatalog.Create().Tools.Where(tool => tool.Method == "GET").Select(tool => tool.Name))
        );

    private static ToolDescriptor ListTool { get; } =
        new()
        {
            Name = "list",
            Title = "List",
            Description = "Lists.",
            OperationId = null,
            Method = "GET",
            Path = "/",
            InputSchema = "{}",
            OutputSchema = "{}",
            MakeAnswer = static () =>
                AnswerShapes.Of(
                    """
                    {"type":"object","properties":{"items":{"type":"array","items":{"type":"object","properties":{"id":{"type":"number"},"per_page":{"type":"number"},
                    "last_page":{"type":"object","properties":{"a":{"type":"number"},"b":{"type":"number"}}},
                    "vendor":{"type":"object","properties":{"id":{"type":"number"},"name":{"type":"string"}}}}}}}}
                    """
                ),
            Hints = new(true, false, true, false),
            Profiles = [],
            Scopes = [],
            Meta = "{}",
            Tokens = 0,
            Arguments = ValueShape.Anything,
            TakesFields = true,
            Call = (_, _, _, _) => throw new InvalidOperationException(),
        };

    private static FieldSelection? Read(string name, string fields, out List<string> violations)
    {
        Assert.That(GeneratedCatalog.Create().TryGet(name, out var tool), Is.True);
        violations = [];
        using var arguments = JsonDocument.Parse($$"""{"fields":"{{fields}}"}""");
        return FieldSelection.Read(tool!, arguments.RootElement, violations);
    }
}
