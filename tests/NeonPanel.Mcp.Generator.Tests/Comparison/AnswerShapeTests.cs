using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using NeonPanel.Mcp.Generator.Commands;
using NeonPanel.Mcp.Generator.Comparison;
using NeonPanel.Mcp.Generator.Pipeline;
using NeonPanel.Mcp.Generator.Schemas;
using NeonPanel.Mcp.Generator.Texts;
using NUnit.Framework;

namespace NeonPanel.Mcp.Generator.Tests.Comparison;

/// <summary>The kinds of answers are stored as a shape and never read out of the words for clients, except in a lock
/// that has only the words.</summary>
internal sealed class AnswerShapeTests
{
    // Both have the words "number" in the output schema.
    private const string NumberAsText = """{"type":"string","enum":["number"]}""";
    private const string Number = """{"type":"number"}""";

    private string folder = "";

    [SetUp]
    public void Create() => folder = Directory.CreateTempSubdirectory("shape-").FullName;

    [TearDown]
    public void Delete() => Directory.Delete(folder, recursive: true);

    [TestCase("""{"type":"string"}""", """{"type":"string"}""")]
    [TestCase(NumberAsText, NumberAsText)]
    [TestCase("""{"enum":["x | y","z"]}""", """{"type":"string","enum":["x | y","z"]}""")]
    [TestCase(
        """{"type":"string","enum":["a",1]}""",
        """{"type":["string","number"],"enum":["a",1]}""",
        Description = "a value that contradicts the type"
    )]
    [TestCase("""{"type":"integer","enum":[1,2]}""", """{"type":"integer","enum":[1,2]}""")]
    [TestCase(
        """{"type":["integer","string","null"]}""",
        """{"type":["integer","string"]}""",
        Description = "the lock lists the places of null"
    )]
    [TestCase("""{"type":"string","format":"date","description":"A text."}""", """{"type":"string","format":"date"}""")]
    [TestCase("""{"type":"string","format":"uuid"}""", """{"type":"string"}""", Description = "clients are not told")]
    [TestCase("{}", "{}")]
    [TestCase(
        """{"type":["array","string"],"items":{"type":"number"}}""",
        """{"type":["array","string"],"items":{"type":"number"}}"""
    )]
    [TestCase(
        """{"type":"object","properties":{"a":{"type":"boolean"},"not legal!":{}}}""",
        """{"type":"object","properties":{"a":{"type":"boolean"}}}""",
        Description = "clients refuse a name, and do not see it"
    )]
    public void Lock_MemberOfAnAnswer_IsStoredAndReadBackAsItsShape(string schema, string expected)
    {
        var shape = ToolOf(Lock(schema))["answerShape"]!["properties"]!["m"]!;
        Assert.That(shape.ToJsonString(), Is.EqualTo(expected));
        Assert.That(AnswerShapes.Write(AnswerShapes.Read(shape, _ => false)).ToJsonString(), Is.EqualTo(expected));
    }

    [Test]
    public void OutputSchema_OfDifferentShapes_MayHaveTheSameWords()
    {
        Assert.That(
            ToolOf(Lock(NumberAsText))["outputSchema"]!["properties"]!.ToJsonString(),
            Is.EqualTo("""{"m":{"description":"number"}}""")
        );
        Assert.That(
            ToolOf(Lock(Number))["outputSchema"]!["properties"]!.ToJsonString(),
            Is.EqualTo("""{"m":{"description":"number"}}""")
        );
    }

    [TestCase("spec.json", "spec.json")]
    [TestCase("lock.json", "lock.json")]
    [TestCase("catalog.json", "catalog.json")]
    [TestCase("lock.json", "spec.json")]
    [TestCase("spec.json", "catalog.json")]
    public void Diff_AllowedValueThatReadsLikeAType_DiffersFromTheType(string from, string to)
    {
        var output = Diff(
            Write("from-" + from, File(from, NumberAsText)),
            Write("to-" + to, File(to, Number)),
            "--format",
            "json"
        ).Output;
        var change = JsonNode.Parse(output)!["changes"]!.AsArray().Single()!;
        Assert.That(
            $"{change["class"]} {change["caller"]} {change["kind"]}",
            Is.EqualTo("risky breaking answer-type-changed")
        );
        Assert.That(
            Diff(Write("from-" + from, File(from, Number)), Write("to-" + to, File(to, Number))).Output,
            Does.StartWith("No change")
        );
    }

    [Test]
    public void Check_ShapeThatDiffersUnderTheSameWords_IsDrift()
    {
        var toolLock = Write("lock.json", Lock(NumberAsText));
        var (code, output) = Run("check", "--spec", Write("spec.json", Document(Number)), "--lock", toolLock);
        Assert.That(code, Is.EqualTo(3));
        Assert.That(output, Does.Contain("NPG020").And.Contain("In the answer 'm' was string and is number."));
    }

    // The lock that an earlier generator wrote, to the byte.
    [TestCase(NumberAsText)]
    [TestCase("""{"type":"integer","enum":[1,2]}""")]
    [TestCase("""{"type":["array","string"],"items":{"type":"string"}}""")]
    [TestCase("""{"enum":["x | y","z"]}""")]
    [TestCase("""{"type":["string","null"],"format":"date-time"}""")]
    public void Lock_WithoutShapes_IsReadByItsWordsOnBothSides(string schema)
    {
        var (spec, toolLock) = (Write("spec.json", Document(schema)), Write("lock.json", WithoutShapes(Lock(schema))));
        Assert.That(Diff(toolLock, spec).Output, Does.StartWith("No change"));
        Assert.That(Diff(toolLock, Write("new.json", Lock(schema))).Output, Does.StartWith("No change"));
        Assert.That(
            Run("check", "--spec", spec, "--lock", toolLock).Output,
            Does.Not.Contain("NPG020").And.Not.Contain("NPG021")
        );
        Assert.That(Run("lock", "--spec", spec, "--lock", toolLock).Code, Is.Zero);
        Assert.That(System.IO.File.ReadAllText(toolLock), Is.EqualTo(Lock(schema)), "upgraded");
    }

    [Test]
    public void Lock_WithoutShapes_StillShowsAnotherType()
    {
        var toolLock = Write("lock.json", WithoutShapes(Lock("""{"type":"string"}""")));
        var output = Diff(toolLock, Write("spec.json", Document("""{"type":"integer"}""")), "--format", "json").Output;
        Assert.That(JsonNode.Parse(output)!["changes"]![0]!["kind"]!.ToString(), Is.EqualTo("answer-type-changed"));
    }

    // Three tools of the lock that was published before shapes were stored.
    [Test]
    public void Lock_OfBeforeTheShapes_IsReadByItsWords()
    {
        var file = Path.Combine(
            OurSpecification.Folder,
            "tests/NeonPanel.Mcp.Generator.Tests/Fixtures/without-shapes.tools.lock.json"
        );
        var tools = PublishedSide
            .Read("lock", JsonNode.Parse(System.IO.File.ReadAllText(file))!.AsObject())
            .Tools.ToDictionary(tool => tool.Name);
        Assert.That(tools.Values.Select(tool => tool.KnowsAnswer), Is.All.False);
        var status = Member(tools["checkImportStatus"].Answer, "status");
        Assert.That(status.Types, Is.EqualTo(new[] { "string" }));
        Assert.That(
            status.Enum.Select(value => value.ToString()),
            Is.EqualTo(new[] { "queued", "processing", "done", "error" })
        );
        var data = Member(tools["vendors_list"].Answer, "data");
        Assert.That(data.Types, Is.EqualTo(new[] { "array" }));
        Assert.That(Member(data.Items!, "id").Types, Is.EqualTo(new[] { "integer" }));
        var date = Member(tools["shipments_read"].Answer, "date_shipment_sent");
        Assert.That((date.Types, date.Format, date.Nullable), Is.EqualTo((new[] { "string" }, "date", true)));
    }

    [Test]
    public void Lock_OfThisRepository_HoldsTheShapeOfEveryTool() =>
        Assert.That(
            PublishedSide
                .Read("lock", OurSpecification.Lock().Root)
                .Tools.Where(tool => !tool.KnowsAnswer)
                .Select(tool => tool.Name),
            Is.Empty
        );

    private static SchemaModel Member(SchemaModel schema, string name) =>
        schema.Properties.Single(property => property.Name == name).Schema;

    private static string Document(string schema) =>
        "{\"openapi\":\"3.1.0\",\"info\":{\"title\":\"t\",\"version\":\"1\"},\"paths\":{\"/a\":{\"get\":{\"operationId\":\"a\",\"responses\":{\"200\":{\"description\":\"\","
        + "\"content\":{\"application/json\":{\"schema\":{\"type\":\"object\",\"properties\":{\"m\":"
        + schema
        + "}}}}}}}}}}";

    private static GenerationPipeline Pipeline(string schema) =>
        GenerationPipeline.Run(new("spec.json", Encoding.UTF8.GetBytes(Document(schema))), null, null);

    private static string Lock(string schema) => ToolLock.Write(Pipeline(schema).Catalog);

    private static string File(string kind, string schema) =>
        kind switch
        {
            "spec.json" => Document(schema),
            "lock.json" => Lock(schema),
            _ => Pipeline(schema).Emit("N").Single(file => file.Path == kind).Text,
        };

    private static JsonNode ToolOf(string toolLock) => JsonNode.Parse(toolLock)!["tools"]![0]!;

    private static string WithoutShapes(string toolLock)
    {
        var root = JsonNode.Parse(toolLock)!;
        foreach (var tool in root["tools"]!.AsArray())
        {
            Assert.That(tool!.AsObject().Remove("answerShape"), Is.True);
        }

        return JsonText.Indented(root);
    }

    private string Write(string name, string text)
    {
        var path = Path.Combine(folder, name);
        System.IO.File.WriteAllText(path, text, new UTF8Encoding(false));
        return path;
    }

    private static (int Code, string Output) Diff(string from, string to, params string[] more) =>
        Run(["diff", "--from", from, "--to", to, .. more]);

    private static (int Code, string Output) Run(params string[] arguments)
    {
        using var output = new StringWriter(CultureInfo.InvariantCulture);
        var code = CommandLine.Run(arguments, TextReader.Null, output, output);
        return (code, output.ToString());
    }
}
