using System.Text.Json;
using NeonPanel.Mcp.Server.Files;
using NeonPanel.Mcp.Tools;
using NeonPanel.Mcp.Tools.Generated;
using NUnit.Framework;

namespace NeonPanel.Mcp.Server.Tests.Files;

/// <summary>Rule C9: the forms in which clients send a PDF.</summary>
internal sealed class FileArgumentTests
{
    private static readonly ToolDescriptor Import = GeneratedCatalog
        .Create()
        .TryGet("createDocumentsByPdf", out var tool)
        ? tool
        : throw new ArgumentException("none");

    [TestCase(
        """{"download_url":"https://files.example/x?sig=1","file_id":"file_1","mime_type":"application/pdf","file_name":"bill.pdf"}""",
        "bill.pdf",
        Description = "ChatGPT"
    )]
    [TestCase(
        """{"name":"bill.pdf","link":"https://files.example/x?sig=1"}""",
        "bill.pdf",
        Description = "other clients"
    )]
    [TestCase(
        """{"download_url":"https://files.example/x?sig=1","file_id":"file_1"}""",
        "x",
        Description = "without a name: the link's"
    )]
    public void Read_Link_IsPassedOnWithItsName(string file, string name)
    {
        var form = Read(file, out var violations);
        Assert.That(violations, Is.Empty);
        Assert.That(form!.Call, Is.Null, "the tool's own call points to the file");
        Assert.That(
            form.Arguments.GetProperty("file").GetRawText(),
            Is.EqualTo($$"""{"name":"{{name}}","link":"https://files.example/x?sig=1"}""")
        );
        Assert.That(form.Arguments.GetProperty("type").GetString(), Is.EqualTo("bill"));
    }

    [TestCase("JVBERi0xLjcK")]
    [TestCase("data:application/pdf;base64,JVBERi0xLjcK")]
    public void Read_Base64_IsSentAsBytes(string content)
    {
        var form = Read($$"""{"name":"bill.pdf","content":"{{content}}"}""", out var violations);
        Assert.That(violations, Is.Empty);
        Assert.That(form!.Call, Is.SameAs(Import.Upload!.Call));
        Assert.That(form.Arguments.GetProperty("file").GetString(), Is.EqualTo(content));
        Assert.That(form.Arguments.GetProperty("filename").GetString(), Is.EqualTo("bill.pdf"));
    }

    [TestCase("\"https://files.example/x\"", "must be an object", "a text alone")]
    [TestCase("null", "must be an object", "null")]
    [TestCase("[]", "must be an object", "an array")]
    [TestCase("{}", "neither 'link' nor 'content'", "ChatGPT fills")]
    [TestCase("""{"name":"a","link":""}""", "neither 'link' nor 'content'", "base64")]
    [TestCase(
        """{"name":"a","link":"http://files.example/x"}""",
        "absolute https URL",
        "base64 in 'content' of 'file' instead"
    )]
    [TestCase("""{"name":"a","link":"https://me@files.example/x"}""", "without a user", "base64")]
    [TestCase("""{"name":"a","content":"aGVsbG8="}""", "must be a PDF", "does not begin as one")]
    public void Read_AnythingElse_SaysWhatToDo(string file, string problem, string advice)
    {
        Assert.That(Read(file, out var violations), Is.Null);
        Assert.That(violations.Single(), Does.Contain(problem).And.Contain(advice).And.Not.Contain("files.example"));
    }

    [Test]
    public void Read_LinkArgument_IsSentAsALinkWithItsName()
    {
        var form = ReadAll("""{"link":"https://files.example/a/HP-1.pdf"}""", out var violations)!;
        Assert.That(violations, Is.Empty);
        Assert.That(
            form.Arguments.GetProperty("file").GetRawText(),
            Is.EqualTo("""{"name":"HP-1.pdf","link":"https://files.example/a/HP-1.pdf"}""")
        );
    }

    [TestCase(
        "{}",
        "Argument 'file' is missing. Send 'link' with the https address of the file, or 'file' as an object"
    )]
    [TestCase(
        """{"link":"https://files.example/a","file":{"content":"JVBERi0xLjQ="}}""",
        "Arguments 'file' and 'link' are two ways to give one file. Send one of them."
    )]
    [TestCase("""{"link":"http://files.example/a"}""", "Argument 'link': the link must be an absolute https URL")]
    public void Read_NoFileOrTwo_SaysWhatToSend(string arguments, string expected)
    {
        Assert.That(ReadAll(arguments, out var violations), Is.Null);
        Assert.That(violations.Single(), Does.StartWith(expected));
    }

    [Test]
    public void InputSchema_Link_IsOneOfTwoWaysSoNeitherIsRequired()
    {
        using var schema = JsonDocument.Parse(Import.InputSchema);
        Assert.That(schema.RootElement.GetProperty("required").GetRawText(), Is.EqualTo("""["type"]"""));
        Assert.That(
            schema.RootElement.GetProperty("properties").GetProperty("link").GetProperty("type").GetString(),
            Is.EqualTo("string")
        );
    }

    [Test]
    public void InputSchema_File_IsDeclaredAsChatGptFillsIt()
    {
        using var schema = JsonDocument.Parse(Import.InputSchema);
        var file = schema.RootElement.GetProperty("properties").GetProperty("file");
        Assert.That(file.GetProperty("required").GetRawText(), Is.EqualTo("""["download_url","file_id"]"""));
        Assert.That(
            file.GetProperty("properties").EnumerateObject().Select(member => member.Name),
            Is.EqualTo(new[] { "download_url", "file_id", "mime_type", "file_name" })
        );
        Assert.That(Import.Meta, Does.Contain("\"openai/fileParams\":[\"file\"]"));
        Assert.That(
            Import.InputSchema,
            Does.Not.Contain("filename"),
            "it goes with the bytes, and is known from the file"
        );
    }

    private static FileForm? Read(string file, out List<string> violations)
    {
        violations = [];
        return FileArgument.Read(
            Import.Upload!,
            JsonElement.Parse($$"""{"companyUuid":"c","type":"bill","file":{{file}}}"""),
            violations
        );
    }

    private static FileForm? ReadAll(string arguments, out List<string> violations)
    {
        violations = [];
        return FileArgument.Read(Import.Upload!, JsonElement.Parse(arguments), violations);
    }
}
