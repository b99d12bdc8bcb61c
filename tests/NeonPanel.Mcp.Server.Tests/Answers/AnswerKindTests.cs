using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;
using NeonPanel.Mcp.Server.Tests.Fixtures;
using NUnit.Framework;
using WireMock.RequestBuilders;
using WireMock.ResponseBuilders;

namespace NeonPanel.Mcp.Server.Tests.Answers;

/// <summary>Each kind of answer has its outcome, for a real client.</summary>
internal sealed class AnswerKindTests
{
    private static readonly byte[] Png = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A];

    private StrictUpstream server = null!;
    private McpClient client = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        server = await StrictUpstream.StartAsync(("Mcp:MaxResultChars", "20000"));
        client = await server.ConnectAsync();
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        await client.DisposeAsync();
        await server.DisposeAsync();
    }

    [TestCase("application/json", """{"a":1}""", """{"a":1}""")]
    [TestCase("application/problem+json", """{"a":1}""", """{"a":1}""")]
    [TestCase("application/json; charset=utf-8", "\uFEFF{\"a\":1}", """{"a":1}""", Description = "a byte order mark")]
    [TestCase("text/plain", """ [1] """, """{"items":[1]}""", Description = "JSON under the wrong name")]
    [TestCase("text/plain", "hello \"you\"", """{"value":"hello \"you\""}""")]
    [TestCase("text/csv", "a,b\n1,2\n", """{"value":"a,b\n1,2\n"}""")]
    [TestCase("application/xml", "<a/>", """{"value":"<a/>"}""")]
    [TestCase("application/json", "null", """{"value":null}""")]
    [TestCase("application/json", "12345678901234567890.10", """{"value":12345678901234567890.10}""")]
    [TestCase(
        "application/json",
        """{"a":1,"a":2,"":3}""",
        """{"a":1,"a":2,"":3}""",
        Description = "a name twice, and an empty one"
    )]
    public async Task CallTool_Answer_BecomesStructuredContent(string type, string body, string expected)
    {
        var result = await AnswerAsync(type, body);
        Assert.That(result.IsError, Is.Not.True);
        Assert.That(Unescaped(result.StructuredContent!.Value), Is.EqualTo(expected));
    }

    [Test]
    public async Task CallTool_TextInAnotherCharset_IsDecoded()
    {
        var result = await AnswerAsync("text/plain; charset=iso-8859-1", Encoding.Latin1.GetBytes("Käse"));
        Assert.That(((TextContentBlock)result.Content[0]).Text, Is.EqualTo("Käse"));
    }

    // A client cannot read a message that holds one byte that is no UTF-8, whatever else is in it.
    [TestCase("application/json; charset=iso-8859-1", new byte[] { 0xE4 }, "ä")]
    [TestCase("application/json; charset=utf-8", new byte[] { 0xE4 }, "\uFFFD")]
    [TestCase("application/json", new byte[] { 0xF0, 0x9F, 0x98 }, "\uFFFD")]
    public async Task CallTool_JsonThatIsNoUtf8_IsMadeReadable(string type, byte[] letter, string expected)
    {
        Respond(
            Response
                .Create()
                .WithHeader("Content-Type", type)
                .WithBody([.. "{\"name\":\"K"u8, .. letter, .. "se\",\"n\":0.10}"u8])
        );
        using var http = new HttpClient
        {
            BaseAddress = server.Address,
            DefaultRequestHeaders =
            {
                Authorization = new("Bearer", server.Token),
                Accept = { new("application/json") },
            },
        };
        using var call = new StringContent(
            """{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"listCompanies","arguments":{}}}""",
            Encoding.UTF8,
            "application/json"
        );
        using var response = await http.PostAsync(new Uri("/mcp", UriKind.Relative), call);
        // Throws on any byte that is no UTF-8, where a lenient client would show U+FFFD by itself.
        var message = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(
            await response.Content.ReadAsByteArrayAsync()
        );
        using var json = JsonDocument.Parse(message);
        Assert.That(
            Unescaped(json.RootElement.GetProperty("result").GetProperty("structuredContent")),
            Is.EqualTo($$"""{"name":"K{{expected}}se","n":0.10}""")
        );
    }

    [Test]
    public async Task CallTool_Sound_BecomesAnAudioBlock()
    {
        var result = await AnswerAsync("audio/wav", Encoding.ASCII.GetBytes("RIFF"));
        var audio = result.Content.OfType<AudioContentBlock>().Single();
        Assert.That(audio.MimeType, Is.EqualTo("audio/wav"));
        Assert.That(audio.DecodedData.ToArray(), Is.EqualTo("RIFF"u8.ToArray()));
        Assert.That(result.StructuredContent, Is.Null);
        Assert.That(result.Content, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task CallTool_Image_IsAnImageBlock()
    {
        var result = await AnswerAsync("image/png", Png);
        var image = result.Content.OfType<ImageContentBlock>().Single();
        Assert.That(image.MimeType, Is.EqualTo("image/png"));
        Assert.That(image.DecodedData.ToArray(), Is.EqualTo(Png));
        Assert.That(result.StructuredContent, Is.Null);
        Assert.That(result.Content, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task CallTool_OtherBytes_AreAnEmbeddedResource()
    {
        var result = await AnswerAsync("application/pdf", Png);
        var resource = (BlobResourceContents)result.Content.OfType<EmbeddedResourceBlock>().Single().Resource;
        Assert.That((resource.MimeType, resource.DecodedData.ToArray()), Is.EqualTo(("application/pdf", Png)));
        Assert.That(result.StructuredContent, Is.Null);
        Assert.That(
            result.Content.OfType<TextContentBlock>().Single().Text,
            Is.EqualTo("List the user's companies: 8 bytes of application/pdf.")
        );
    }

    [Test]
    public async Task CallTool_BytesBeyondWhatCanBePassedOn_AreAFailureThatSaysSo()
    {
        var result = await AnswerAsync("application/zip", new byte[1024 * 1024 + 1]);
        Assert.That(result.IsError, Is.True);
        Assert.That(((TextContentBlock)result.Content[0]).Text, Does.Contain("application/zip of 1048577 bytes"));
    }

    [Test]
    public async Task CallTool_WebPageInsteadOfData_IsAFailure()
    {
        var result = await AnswerAsync("text/html", "<html>Sign in</html>");
        Assert.That(result.IsError, Is.True);
        Assert.That(
            ((TextContentBlock)result.Content[0]).Text,
            Does.Contain("web page instead of data").And.Not.Contain("Sign in")
        );
    }

    [Test]
    public async Task CallTool_NoContentOnRead_SaysThatNothingMatches()
    {
        Respond(Response.Create().WithStatusCode(204));
        var result = await client.CallToolAsync("listCompanies");
        Assert.That(result.StructuredContent!.Value.GetRawText(), Is.EqualTo("""{"status":"empty"}"""));
    }

    [Test]
    public async Task CallTool_PagedAnswer_TellsTheNextPage()
    {
        var result = await AnswerAsync("application/json", """{"current_page":2,"last_page":4,"data":[]}""");
        Assert.That(((TextContentBlock)result.Content[1]).Text, Is.EqualTo("Page 2 of 4; page=3 has the next."));
    }

    [Test]
    public async Task CallTool_LongAnswer_IsCutAndTheNoticeStandsInBothPlaces()
    {
        var items = string.Join(
            ',',
            Enumerable.Range(0, 60).Select(id => $$"""{"id":{{id}},"name":"{{new string('n', 1000)}}"}""")
        );
        var result = await AnswerAsync(
            "application/json",
            $$"""{"current_page":1,"per_page":60,"last_page":1,"data":[{{items}}]}"""
        );
        var notice = result.StructuredContent!.Value.GetProperty("notice").GetString();
        Assert.That(notice, Does.StartWith("Only the first ").And.Contain("of 60 items of data"));
        Assert.That(((TextContentBlock)result.Content[1]).Text, Is.EqualTo(notice));
        Assert.That(result.StructuredContent!.Value.GetRawText(), Has.Length.LessThanOrEqualTo(20_000));
    }

    // Page 2 as the API counts would pass over the items of page 1 that were left out.
    [Test]
    public async Task CallTool_LongPage_NamesNoOtherNextPageThanTheNotice()
    {
        var items = string.Join(
            ',',
            Enumerable.Range(0, 60).Select(id => $$"""{"id":{{id}},"name":"{{new string('n', 1000)}}"}""")
        );
        var result = await AnswerAsync(
            "application/json",
            $$"""{"current_page":1,"per_page":60,"last_page":3,"data":[{{items}}]}"""
        );
        var text = ((TextContentBlock)result.Content[1]).Text;
        Assert.That(
            text,
            Does.StartWith("Page 1 of 3.\nOnly the first ").And.Contain("Continue with page=2 and per_page=")
        );
        Assert.That(text, Does.Not.Contain("has the next"));
    }

    [Test]
    public async Task CallTool_WithFields_CutsTheAnswer()
    {
        Respond(
            Response
                .Create()
                .WithHeader("Content-Type", "application/json")
                .WithBody("""{"data":[{"id":1,"name":"A","currency":"USD"}]}""")
        );
        var result = await client.CallToolAsync(
            "listCompanies",
            new Dictionary<string, object?> { ["fields"] = "data.name" }
        );
        Assert.That(result.StructuredContent!.Value.GetRawText(), Is.EqualTo("""{"data":[{"name":"A"}]}"""));
        Assert.That(
            server.Upstream.LogEntries[^1].RequestMessage!.Url,
            Does.Not.Contain("fields"),
            "it is the server's, not the API's"
        );
    }

    // The same JSON with as few escapes as can be, digits and repeated names kept.
    private static string Unescaped(JsonElement json)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteTo(writer);
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private Task<CallToolResult> AnswerAsync(string type, string body) =>
        AnswerAsync(type, Encoding.UTF8.GetBytes(body));

    private async Task<CallToolResult> AnswerAsync(string type, byte[] body)
    {
        Respond(Response.Create().WithHeader("Content-Type", type).WithBody(body));
        return await client.CallToolAsync("listCompanies");
    }

    private void Respond(IResponseBuilder response)
    {
        server.Upstream.ResetMappings();
        server.Upstream.Given(Request.Create().UsingGet().WithPath("/api/v1/companies")).RespondWith(response);
    }
}
