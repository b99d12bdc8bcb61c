using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using ModelContextProtocol;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;
using NeonPanel.Mcp.Server.Files;
using NeonPanel.Mcp.Server.Tests.Fixtures;
using NUnit.Framework;
using WireMock.RequestBuilders;
using WireMock.ResponseBuilders;

namespace NeonPanel.Mcp.Server.Tests.Calls;

/// <summary>The import of a PDF: passed on as a link, sent as bytes, and followed to its end (rules C9, D8).</summary>
[Category("Slow")]
internal sealed class ImportTests
{
    private const string Company = "7c1e4b52-93af-4d06-8b1a-5e20c7d94f31";
    private const string Request1 = "2d9b6f04-7a51-4c38-b6e2-f51c0a94d873";
    private const string PdfPath = $"/api/v1/companies/{Company}/import/bill/pdf";
    private const string StatusPath = $"/api/v1/companies/{Company}/import/bill/status/{Request1}";

    private StrictUpstream server = null!;
    private McpClient client = null!;
    private Links links = null!;

    [SetUp]
    public async Task StartAsync()
    {
        var time = new ImpatientTime();
        links = new();
        server = await StrictUpstream.StartAsync(
            services =>
                services
                    .AddSingleton<TimeProvider>(time)
                    .AddSingleton(new FileDownload(new(1000, ["files.example"]), links, time)),
            []
        );
        client = await server.ConnectAsync();
    }

    [TearDown]
    public async Task StopAsync()
    {
        await client.DisposeAsync();
        await server.DisposeAsync();
        links.Dispose();
    }

    [Test]
    public async Task Import_Link_IsPassedOnAndRetryAfterBecomesData()
    {
        Answer(
            Request.Create().UsingPost().WithPath(PdfPath),
            Accepted(15, $$"""{"request_id":"{{Request1}}","status":"queued"}""")
        );
        var result = await ImportAsync("""{"name":"bill.pdf","link":"https://files.example/x"}""");
        Assert.That(
            result.StructuredContent!.Value.GetRawText(),
            Is.EqualTo($$"""{"retry_after_seconds":15,"request_id":"{{Request1}}","status":"queued"}""")
        );
        var sent = server.Upstream.LogEntries.Single().RequestMessage!;
        Assert.That(sent.Body, Is.EqualTo("""{"file":{"name":"bill.pdf","link":"https://files.example/x"}}"""));
        Assert.That(links.Asked, Is.Zero);
    }

    [Test]
    public async Task Import_AcceptedWithoutBody_TellsTheRequestIdOfTheHeader()
    {
        Answer(
            Request.Create().UsingPost().WithPath(PdfPath),
            Response.Create().WithStatusCode(202).WithHeader("Retry-After", "15").WithHeader("X-Request-Id", Request1)
        );
        var result = await ImportAsync("""{"name":"bill.pdf","link":"https://files.example/x"}""");
        Assert.That(
            result.StructuredContent!.Value.GetRawText(),
            Is.EqualTo($$"""{"status":"accepted","request_id":"{{Request1}}","retry_after_seconds":15}""")
        );
    }

    [Test]
    public async Task Import_Base64_IsSentAsPdf()
    {
        Answer(Request.Create().UsingPost().WithPath(PdfPath), Accepted(15, "{}"));
        await ImportAsync("""{"name":"my bill.pdf","content":"JVBERi0xLjcK"}""");
        AssertPdf("my bill.pdf");
    }

    [TestCase(400)]
    [TestCase(415)]
    public async Task Import_LinkThatTheApiCannotUse_IsFetchedAndSentAsPdf(int status)
    {
        Answer(
            Request.Create().UsingPost().WithPath(PdfPath).WithHeader("Content-Type", "application/json*"),
            Json(status, """{"message":"Cannot fetch."}""")
        );
        Answer(
            Request.Create().UsingPost().WithPath(PdfPath).WithHeader("Content-Type", "application/pdf"),
            Accepted(15, "{}")
        );
        links.Content = "%PDF-1.7\n"u8.ToArray();
        var result = await ImportAsync(
            """{"download_url":"https://files.example/x","file_id":"f","file_name":"bill.pdf"}"""
        );
        Assert.That(result.IsError, Is.Not.True);
        AssertPdf("bill.pdf");
    }

    [TestCase("https://files.example/x", "leads to a file that is not a PDF")]
    [TestCase("https://elsewhere.example/x", "not among Files:AllowedHosts")]
    public async Task Import_LinkThatNobodyCanUse_SaysBothReasons(string link, string reason)
    {
        Answer(Request.Create().UsingPost().WithPath(PdfPath), Json(400, """{"message":"Cannot fetch."}"""));
        links.Content = "<html>"u8.ToArray();
        var result = await ImportAsync($$"""{"name":"bill.pdf","link":"{{link}}"}""");
        Assert.That(result.IsError, Is.True);
        Assert.That(
            string.Join('\n', result.Content.OfType<TextContentBlock>().Select(block => block.Text)),
            Does.Contain("Cannot fetch.").And.Contain(reason)
        );
        Assert.That(server.Upstream.LogEntries, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task CheckStatus_WithWait_AsksAgainUntilItIsDone()
    {
        Answer(
            Request.Create().UsingGet().WithPath(StatusPath),
            Accepted(5, """{"status":"processing"}"""),
            "begun",
            null,
            "half"
        );
        Answer(
            Request.Create().UsingGet().WithPath(StatusPath),
            Accepted(5, """{"status":"processing"}"""),
            "begun",
            "half",
            "done"
        );
        Answer(
            Request.Create().UsingGet().WithPath(StatusPath),
            Json(200, """{"status":"done"}"""),
            "begun",
            "done",
            "done"
        );
        var result = await CheckAsync(waitSeconds: 12);
        Assert.That(result.StructuredContent!.Value.GetProperty("status").GetString(), Is.EqualTo("done"));
        Assert.That(server.Upstream.LogEntries, Has.Count.EqualTo(3));
    }

    [Test]
    public async Task CheckStatus_WithWaitAndProgressToken_TellsHowFarTheWaitIs()
    {
        Answer(Request.Create().UsingGet().WithPath(StatusPath), Accepted(5, """{"status":"processing"}"""));
        var seen = new Queue<string>();
        await CheckAsync(
            waitSeconds: 12,
            new Notes(note =>
            {
                lock (seen)
                {
                    seen.Enqueue($"{note.Progress} of {note.Total}: {note.Message}");
                }
            })
        );
        // The client handles each notification by itself, beside the answer and beside the others.
        SpinWait.SpinUntil(
            () =>
            {
                lock (seen)
                {
                    return seen.Count == 2;
                }
            },
            TimeSpan.FromSeconds(10)
        );
        Assert.That(
            seen,
            Is.EquivalentTo(
                new[]
                {
                    "0 of 12: The work goes on. The server asks again in 5 s.",
                    "5 of 12: The work goes on. The server asks again in 5 s.",
                }
            )
        );
    }

    [TestCase(0, 1)]
    [TestCase(4, 1, Description = "the pause of 5 s does not fit")]
    [TestCase(20, 5)]
    public async Task CheckStatus_StillAtWork_EndsWithinTheWait(int waitSeconds, int requests)
    {
        Answer(Request.Create().UsingGet().WithPath(StatusPath), Accepted(5, """{"status":"processing"}"""));
        var result = await CheckAsync(waitSeconds);
        Assert.That(result.StructuredContent!.Value.GetProperty("retry_after_seconds").GetInt32(), Is.EqualTo(5));
        Assert.That(server.Upstream.LogEntries, Has.Count.EqualTo(requests));
    }

    // Work that is never done, and an API that asks for no pause: the server waits a second all the same.
    [TestCase("0")]
    [TestCase("Sun, 06 Nov 1994 08:49:37 GMT")]
    public async Task CheckStatus_WithoutAPause_AsksAgainOnceASecond(string retryAfter)
    {
        Answer(
            Request.Create().UsingGet().WithPath(StatusPath),
            Json(202, """{"status":"processing"}""").WithHeader("Retry-After", retryAfter)
        );
        await CheckAsync(waitSeconds: 20);
        Assert.That(server.Upstream.LogEntries, Has.Count.EqualTo(21));
    }

    private static IResponseBuilder Accepted(int seconds, string body) =>
        Json(202, body).WithHeader("Retry-After", seconds.ToString(System.Globalization.CultureInfo.InvariantCulture));

    private static IResponseBuilder Json(int status, string body) =>
        Response.Create().WithStatusCode(status).WithHeader("Content-Type", "application/json").WithBody(body);

    private void Answer(IRequestBuilder request, IResponseBuilder response) =>
        server.Upstream.Given(request).RespondWith(response);

    private void Answer(IRequestBuilder request, IResponseBuilder response, string scenario, string? when, string then)
    {
        var given = server.Upstream.Given(request).InScenario(scenario);
        (when is null ? given : given.WhenStateIs(when)).WillSetStateTo(then).RespondWith(response);
    }

    private Task<CallToolResult> ImportAsync(string file) =>
        client
            .CallToolAsync(
                "createDocumentsByPdf",
                new Dictionary<string, object?>
                {
                    ["companyUuid"] = Company,
                    ["type"] = "bill",
                    ["file"] = JsonElement.Parse(file),
                }
            )
            .AsTask();

    private Task<CallToolResult> CheckAsync(int waitSeconds, IProgress<ProgressNotificationValue>? progress = null) =>
        client
            .CallToolAsync(
                "checkImportStatus",
                new Dictionary<string, object?>
                {
                    ["companyUuid"] = Company,
                    ["type"] = "bill",
                    ["requestId"] = Request1,
                    ["wait_seconds"] = waitSeconds,
                },
                progress
            )
            .AsTask();

    private void AssertPdf(string name)
    {
        var sent = server.Upstream.LogEntries[^1].RequestMessage!;
        Assert.That(sent.Headers!["Content-Type"].Single(), Is.EqualTo("application/pdf"));
        Assert.That(sent.Query!["filename"].Single(), Is.EqualTo(name));
        Assert.That(Encoding.ASCII.GetString(sent.BodyAsBytes!), Does.StartWith("%PDF-1.7"));
    }

    /// <summary>Pauses end at once. Time limits never end: that of a call, which is longer than any pause, and that of
    /// a key fetch.</summary>
    private sealed class ImpatientTime : TimeProvider
    {
        private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(15);
        private static readonly TimeSpan KeyFetch = TimeSpan.FromSeconds(3);

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            base.CreateTimer(
                callback,
                state,
                dueTime < TimeSpan.Zero || dueTime >= Deadline || dueTime == KeyFetch
                    ? Timeout.InfiniteTimeSpan
                    : TimeSpan.Zero,
                Timeout.InfiniteTimeSpan
            );
    }

    /// <summary>Reports at once, in the order of the notifications.</summary>
    private sealed class Notes(Action<ProgressNotificationValue> report) : IProgress<ProgressNotificationValue>
    {
        public void Report(ProgressNotificationValue value) => report(value);
    }

    private sealed class Links : HttpMessageHandler
    {
        public int Asked { get; private set; }

        public byte[] Content { get; set; } = [];

        protected override Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request,
            CancellationToken cancellationToken
        )
        {
            Asked++;
            return Task.FromResult(
                new HttpResponseMessage(HttpStatusCode.OK) { Content = new ByteArrayContent(Content) }
            );
        }
    }
}
