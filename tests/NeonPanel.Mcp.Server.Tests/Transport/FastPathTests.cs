using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using NeonPanel.Mcp.Sandbox;
using NeonPanel.Mcp.Server.Tests.Fixtures;
using NUnit.Framework;

namespace NeonPanel.Mcp.Server.Tests.Transport;

/// <summary>The fast path says what the SDK's says, and is taken by what is plain alone.</summary>
[Category("Slow")]
internal sealed class FastPathTests
{
    // Said of a stream, of a text of known length, or of the moment.
    private static readonly string[] OfTheForm =
    [
        "Content-Type",
        "Cache-Control",
        "Content-Encoding",
        "X-Accel-Buffering",
        "Content-Length",
        "Transfer-Encoding",
        "Date",
    ];

    private TwoPaths paths = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => paths = await TwoPaths.StartAsync();

    [OneTimeTearDown]
    public async Task StopAsync() => await paths.DisposeAsync();

    [TestCaseSource(typeof(RpcClient), nameof(RpcClient.Revisions))]
    public async Task EveryMessage_OnBothPaths_HasTheSameAnswerStatusAndHeaders(string revision)
    {
        var posts = McpMessages.Of(revision).ToList();
        using (Assert.EnterMultipleScope())
        {
            foreach (var post in posts)
            {
                await CompareAsync(post, paths.Fast, paths.Slow);
                await CompareAsync(post, paths.FastAnonymous, paths.SlowAnonymous);
            }
        }

        Assert.That(posts, Has.Count.GreaterThan(150));
    }

    private static async Task CompareAsync(Post post, RpcClient fastClient, RpcClient slowClient)
    {
        (string, string)[] headers = [.. post.Headers, ("X-Correlation-Id", "same")];
        var (fast, slow) = (
            await fastClient.PostAsync(post.Path, post.Body, headers),
            await slowClient.PostAsync(post.Path, post.Body, headers)
        );
        Assert.That(fast.Status, Is.EqualTo(slow.Status), () => $"{post}\n{fast.Body}\n{slow.Body}");
        Assert.That(Decoded(fast), Is.EqualTo(Decoded(slow)), post.ToString);
        var accept = post.Headers.FirstOrDefault(header => header.Name == "Accept").Value;
        var left = accept is "application/json" or "text/event-stream" ? OfTheForm[4..] : OfTheForm;
        Assert.That(Without(fast, left), Is.EqualTo(Without(slow, left)), post.ToString);
        if (fast.Status == 200)
        {
            // Of the two only the fast path knows how long its answer is.
            Assert.That(fast.Headers.ContainsKey("Content-Length"), Is.EqualTo(post.IsPlain), () => "plain? " + post);
            Assert.That(slow.Headers.ContainsKey("Content-Length"), Is.False);
        }
    }

    private static string Decoded(RpcAnswer answer)
    {
        try
        {
            return Sorted(answer.Message)?.ToJsonString() ?? "";
        }
        catch (System.Text.Json.JsonException)
        {
            return answer.Body;
        }
    }

    // Members have no order; everything else counts, down to the digits of a number.
    private static JsonNode? Sorted(JsonNode? node) =>
        node switch
        {
            JsonObject members => new JsonObject(
                members
                    .OrderBy(member => member.Key, StringComparer.Ordinal)
                    .Select(member => KeyValuePair.Create(member.Key, Sorted(member.Value)))
            ),
            JsonArray items => new JsonArray([.. items.Select(Sorted)]),
            _ => node?.DeepClone(),
        };

    private static Dictionary<string, string> Without(RpcAnswer answer, string[] names) =>
        answer
            .Headers.Where(header => !names.Contains(header.Key, StringComparer.OrdinalIgnoreCase))
            .ToDictionary(header => header.Key, header => header.Value);

    [TestCase("application/json")]
    [TestCase("text/event-stream")]
    public async Task Call_OfAnAnswerWithLineEndsAndQuotes_KeepsItsBytes(string accept)
    {
        const string body = "{\n  \"a\": 1.50,\r\n  \"say\": \"\\u0022x\\\" \\n\",\n  \"a\": 2\n}";
        await using var upstream = await UpstreamAsync(context =>
        {
            context.Response.ContentType = "application/json";
            return context.Response.WriteAsync(body);
        });
        await using var both = await TwoPaths.StartAsync(upstream.Urls.Single());
        var answer = await both.Fast.SendAsync(
            "/mcp",
            "2025-11-25",
            "tools/call",
            new() { ["name"] = "listCompanies" },
            ("Accept", accept)
        );
        var expected = accept == "application/json" ? body : body.Replace('\n', ' ').Replace('\r', ' ');
        Assert.That(answer.Json, Does.Contain("\"structuredContent\":" + expected + ","));
        Assert.That(
            answer.Json,
            Does.Contain("""\"say\": \"\\u0022x\\\" \\n\" """.Trim()),
            "quotes are escaped by one character"
        );
        Assert.That((string?)answer.Result["content"]![0]!["text"], Is.EqualTo(body));
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task Call_OfAClientThatLeaves_IsGivenUpUpstream(bool isFast)
    {
        var (called, abandoned) = (new TaskCompletionSource(), new TaskCompletionSource());
        await using var upstream = await UpstreamAsync(async context =>
        {
            context.RequestAborted.Register(abandoned.SetResult);
            called.SetResult();
            await abandoned.Task;
        });
        await using var both = await TwoPaths.StartAsync(upstream.Urls.Single());
        using var leaving = new CancellationTokenSource();
        var call = (isFast ? both.Fast : both.Slow).PostAsync(
            "/mcp",
            """{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"listCompanies"} }""",
            leaving.Token,
            ("Accept", "application/json")
        );
        await called.Task.WaitAsync(TimeSpan.FromSeconds(20));
        Assert.That(abandoned.Task.IsCompleted, Is.False);
        await leaving.CancelAsync();
        // Before the deadline of the call would do it.
        await abandoned.Task.WaitAsync(TimeSpan.FromSeconds(10));
        Assert.That(async () => await call, Throws.InstanceOf<OperationCanceledException>());
    }

    [Test]
    public async Task Post_InAnotherCharset_IsRefusedBeforeAnyoneReadsIt()
    {
        var answer = await paths.Fast.PostAsync("/mcp", "{}", ("Content-Type", "application/json; charset=utf-16"));
        Assert.That(answer.Status, Is.EqualTo(415));
    }

    [TestCase("\"name\":5", -32600)]
    [TestCase("\"name\":[]", -32600)]
    [TestCase("\"name\":\"listCompanies\",\"name\":\"listReports\"", -32602)]
    [TestCase("\"name\":\"listCompanies\",\"arguments\":{},\"arguments\":{}", -32602)]
    public async Task Call_ThatIsNotWellFormed_IsTheClientsFault(string members, int code)
    {
        var answer = await paths.Fast.PostAsync(
            "/mcp",
            $"{{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{{{members},\"_meta\":{{\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\",\"io.modelcontextprotocol/clientCapabilities\":{{}}}}}}}}",
            ("MCP-Protocol-Version", "2026-07-28"),
            ("Mcp-Method", "tools/call"),
            ("Mcp-Name", "listCompanies")
        );
        Assert.That((answer.Status, answer.ErrorCode), Is.EqualTo((400, code)));
    }

    private static async Task<WebApplication> UpstreamAsync(RequestDelegate answer)
    {
        var app = SandboxHost.CreateBuilder(LoopbackPorts.FreePair(), []).Build();
        app.Run(answer);
        await app.StartAsync();
        return app;
    }
}
