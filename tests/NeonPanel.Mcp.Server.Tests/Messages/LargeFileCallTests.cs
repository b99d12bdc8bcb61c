using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using NeonPanel.Mcp.Server.Tests.Fixtures;
using NeonPanel.Mcp.Server.Tests.Transport;
using NUnit.Framework;
using WireMock.RequestBuilders;
using WireMock.ResponseBuilders;

namespace NeonPanel.Mcp.Server.Tests.Messages;

/// <summary>A file of 20 MiB in a message reaches the API byte for byte, by each way that a message takes.</summary>
[Category("Slow")]
internal sealed class LargeFileCallTests
{
    private const int FileBytes = 20 * 1024 * 1024;
    private const string Company = "7c1e4b52-93af-4d06-8b1a-5e20c7d94f31";

    private static readonly byte[] File = MakeFile();
    private static readonly string Base64 = Convert.ToBase64String(File);

    private StrictUpstream server = null!;
    private RpcClient client = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        server = await StrictUpstream.StartAsync(("Writes:HoldRepeats", "false"));
        client = new(server.Address, server.Token);
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        client.Dispose();
        await server.DisposeAsync();
    }

    [SetUp]
    public void Answer()
    {
        server.Upstream.Reset();
        server
            .Upstream.Given(Request.Create().UsingPost().WithPath($"/api/v1/companies/{Company}/import/bill/pdf"))
            .RespondWith(
                Response
                    .Create()
                    .WithStatusCode(202)
                    .WithHeader("Content-Type", "application/json")
                    .WithBody("""{"status":"queued"}""")
            );
    }

    [Test]
    public async Task Call_LargeFile_ReachesTheApi(
        [Values("2025-11-25", RpcClient.PerRequest)] string revision,
        [Values] bool isForTheSdk
    )
    {
        var parameters = Parameters();
        // With a token for progress, the SDK reads the message.
        if (isForTheSdk)
        {
            parameters["_meta"] = new JsonObject { ["progressToken"] = 1 };
        }

        var answer = await client.SendAsync("/mcp", revision, "tools/call", parameters);
        Assert.That(answer.Status, Is.EqualTo(200), answer.Body);
        Assert.That(answer.Json, Does.Contain("queued"));
        AssertSent();
    }

    [Test]
    public async Task Call_LargeFileOnTheOlderTransport_ReachesTheApi()
    {
        using var stream = await SseStream.OpenAsync(server.Address.AbsoluteUri, server.Token);
        using var posted = await stream.PostAsync(
            new JsonObject
            {
                ["jsonrpc"] = "2.0",
                ["id"] = 7,
                ["method"] = "tools/call",
                ["params"] = Parameters(),
            }.ToJsonString()
        );
        Assert.That(posted.StatusCode, Is.EqualTo(HttpStatusCode.Accepted));
        Assert.That((await stream.ReadMessageAsync()).ToJsonString(), Does.Contain("queued"));
        AssertSent();
    }

    [TestCase("/mcp")]
    [TestCase("/messages?sessionId=none")]
    public async Task Post_LongMessageThatIsNoSuchCall_Is413WithTheLimitInJson(string path)
    {
        var body = $$$"""{"jsonrpc":"2.0","id":1,"method":"tools/list","params":{"x":"{{{Base64[..2_000_000]}}}"}}""";
        foreach (var isChunked in (bool[])[false, true])
        {
            var answer = await PostAsync(path, body, isChunked, server.Token);
            Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.RequestEntityTooLarge));
            Assert.That(
                (string?)JsonNode.Parse(answer.Text)!["error"]!["message"],
                Does.StartWith("The message is longer than 1,048,576 bytes (Limits:MaxRequestBytes).")
            );
        }
    }

    [Test]
    public async Task Post_LargeFileWithoutAToken_IsNotRead()
    {
        var body = new JsonObject { ["method"] = "tools/call", ["params"] = Parameters() }.ToJsonString();
        var answer = await PostAsync("/mcp", body, isChunked: false, token: null);
        Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.Unauthorized));
    }

    private async Task<(HttpStatusCode Status, string Text)> PostAsync(
        string path,
        string body,
        bool isChunked,
        string? token
    )
    {
        using var http = new HttpClient { BaseAddress = server.Address };
        using var request = new HttpRequestMessage(HttpMethod.Post, path)
        {
            Content = new StringContent(body, Encoding.UTF8, "application/json"),
        };
        request.Headers.TransferEncodingChunked = isChunked;
        // The server answers before it has the body.
        request.Headers.ExpectContinue = true;
        if (token is not null)
        {
            request.Headers.Authorization = new("Bearer", token);
        }

        using var response = await http.SendAsync(request);
        return (response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    private static JsonObject Parameters() =>
        new()
        {
            ["name"] = "createDocumentsByPdf",
            ["arguments"] = new JsonObject
            {
                ["companyUuid"] = Company,
                ["type"] = "bill",
                ["file"] = new JsonObject { ["name"] = "a.pdf", ["content"] = Base64 },
            },
        };

    private void AssertSent()
    {
        var sent = server.Upstream.LogEntries.Single().RequestMessage!;
        Assert.That(sent.BodyAsBytes, Has.Length.EqualTo(FileBytes));
        Assert.That(SHA256.HashData(sent.BodyAsBytes!), Is.EqualTo(SHA256.HashData(File)));
        Assert.That(sent.Query!["filename"].Single(), Is.EqualTo("a.pdf"));
    }

    private static byte[] MakeFile()
    {
        var file = new byte[FileBytes];
        new Random(1).NextBytes(file);
        "%PDF-1.7"u8.CopyTo(file);
        return file;
    }
}
