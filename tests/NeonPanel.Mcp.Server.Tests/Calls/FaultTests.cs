using System.Net;
using System.Text.Json.Nodes;
using NeonPanel.Mcp.Server.Settings;
using NeonPanel.Mcp.Server.Tests.Fixtures;
using NUnit.Framework;

namespace NeonPanel.Mcp.Server.Tests.Calls;

/// <summary>Each fault of the API on the wire, to a read and to a write: how often it was asked, what the caller is
/// told, and that the token went nowhere else (rules D5, D6, A9).</summary>
internal sealed class FaultTests
{
    private const string Read = """{"name":"listCompanies","arguments":{}}""";
    private const string Write =
        """{"name":"bills_create","arguments":{"companyUuid":"7c1e4b52-93af-4d06-8b1a-5e20c7d94f31","ref_number":"A"}}""";

    private readonly ManualClock clock = new();
    private RawUpstream api = null!;
    private RawUpstream elsewhere = null!;
    private ProtectedServer server = null!;
    private string token = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        api = new(exchange => exchange.SendJsonAsync("{}"));
        elsewhere = new(exchange => exchange.SendJsonAsync("{}"));
        server = await ProtectedServer.StartAsync(
            [("Upstream:BaseAddress", api.Address), ("Writes:HoldRepeats", "false")],
            _ => [],
            clock
        );
        // The clock goes far in all these tests.
        token = server.Issuer.Token(body => body["exp"] = TestIssuer.Now + 360_000);
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        await server.DisposeAsync();
        await api.DisposeAsync();
        await elsewhere.DisposeAsync();
    }

    // Out of what the breaker remembers, so that each case stands alone.
    [SetUp]
    public void PassAMinute()
    {
        clock.Advance(TimeSpan.FromMinutes(1));
        api.Forget();
    }

    [Test]
    public async Task Read_WithAFault_IsToldAndAskedAgainWhereThatMayHelp(
        [ValueSource(typeof(Fault), nameof(Fault.All))] Fault fault
    )
    {
        var text = await CallAsync(Read, fault);
        AssertText(text, fault, isUnknown: false);
        AssertRequests(fault.Reads, "GET /api/v1/companies HTTP/1.1");
    }

    [Test]
    public async Task Write_WithAFault_ArrivesOnceAndItsOutcomeIsUnknown(
        [ValueSource(typeof(Fault), nameof(Fault.All))] Fault fault
    )
    {
        var text = await CallAsync(Write, fault);
        AssertText(text, fault, fault.IsUnknown);
        AssertRequests(1, "POST /api/v1/companies/7c1e4b52-93af-4d06-8b1a-5e20c7d94f31/bills HTTP/1.1");
    }

    [Test]
    public async Task Read_FaultsThatPass_EndInTheAnswer()
    {
        var text = await CallAsync(
            Read,
            new(
                "500 twice",
                (exchange, _) =>
                    api.Requests.Count < 3
                        ? exchange.SendJsonAsync("{}", "500 Internal Server Error")
                        : exchange.SendJsonAsync("""{"data":[1.10]}"""),
                3,
                null
            )
        );
        Assert.That(text, Is.Null);
        Assert.That(api.Requests, Has.Count.EqualTo(3));
    }

    // Bytes that follow the declared length of a body must not become the answer to the next call.
    [Test]
    public async Task Read_AfterAnAnswerWithMoreBehindIt_GetsItsOwnAnswer()
    {
        await CallAsync(
            Read,
            new(
                "smuggled",
                (exchange, _) =>
                    exchange.SendAsync(
                        "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n"
                    ),
                1,
                null
            )
        );
        Assert.That(await CallAsync(Read, new("own", (exchange, _) => exchange.SendJsonAsync("{}"), 1, null)), Is.Null);
        Assert.That(api.Connections, Is.EqualTo(2));
    }

    [Test]
    public async Task Call_TellsTheApiWhoCallsAndWhichCallItIs()
    {
        await CallAsync(Write, new("none", (exchange, _) => exchange.SendJsonAsync("{}"), 1, null));
        var headers = api.Requests.Single().Headers;
        Assert.That(headers["User-Agent"], Is.EqualTo(new[] { "NeonPanel.Mcp/" + ServerVersion.Number }));
        Assert.That(headers["X-Correlation-Id"], Is.EqualTo(new[] { "call-7" }));
    }

    // The guard against repeats is off here; with it, such a write goes on (RepeatGuardTests).
    [TestCase(Read)]
    [TestCase(Write)]
    public async Task Call_WhoseClientLeaves_IsGivenUpAtTheApi(string call)
    {
        var (arrived, left) = (new TaskCompletionSource(), new TaskCompletionSource());
        api.Answer = async exchange =>
        {
            arrived.SetResult();
            try
            {
                await exchange.HangAsync();
            }
            finally
            {
                left.SetResult();
            }
        };
        using var leaving = new CancellationTokenSource();
        using var http = new HttpClient();
        using var request = Request(call);
        var answer = http.SendAsync(request, leaving.Token);
        await arrived.Task.WaitAsync(TimeSpan.FromSeconds(10));
        await leaving.CancelAsync();
        await Assert.ThatAsync(() => answer, Throws.InstanceOf<OperationCanceledException>());
        await left.Task.WaitAsync(TimeSpan.FromSeconds(10));
        Assert.That(api.Requests, Has.Count.EqualTo(1));
    }

    [TestCase(Read)]
    [TestCase(Write)]
    public async Task Call_ToAnApiThatRefusesConnections_DidNothing(string call)
    {
        api.Refuse();
        try
        {
            Assert.That(
                await CallAsync(call, Fault.All.First()),
                Does.Contain("could not be reached").And.Contain("nothing was done")
            );
            Assert.That(api.Requests, Is.Empty);
        }
        finally
        {
            await StopAsync();
            await StartAsync();
        }
    }

    private async Task<string?> CallAsync(string call, Fault fault)
    {
        var context = new FaultContext(clock, elsewhere.Address);
        api.Answer = exchange => fault.Answer(exchange, context);
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(20) };
        using var request = Request(call);
        using var response = await http.SendAsync(request);
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        var result = JsonNode.Parse(await response.Content.ReadAsStringAsync())!["result"]!;
        return result["isError"]?.GetValue<bool>() == true ? result["content"]![0]!["text"]!.ToString() : null;
    }

    private HttpRequestMessage Request(string call)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, server.Address + "/mcp")
        {
            Content = new StringContent(
                $$"""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{{call}}}""",
                System.Text.Encoding.UTF8,
                "application/json"
            ),
        };
        request.Headers.Add("Accept", "application/json");
        request.Headers.Add("Authorization", "Bearer " + token);
        request.Headers.Add("X-Correlation-Id", "call-7");
        return request;
    }

    private static void AssertText(string? text, Fault fault, bool isUnknown)
    {
        if (fault.Says is null)
        {
            Assert.That(text, Is.Null);
            return;
        }

        Assert.That(text, Does.Contain(fault.Says));
        Assert.That(text!.Contains("Outcome unknown", StringComparison.Ordinal), Is.EqualTo(isUnknown));
    }

    private void AssertRequests(int count, string line)
    {
        Assert.That(api.Requests.Select(request => request.Line), Is.EqualTo(Enumerable.Repeat(line, count)));
        Assert.That(
            api.Requests.Select(request => request.Headers["Authorization"].Single()),
            Is.All.EqualTo("Bearer " + token)
        );
        Assert.That(elsewhere.Connections, Is.Zero, "the token went to one origin");
    }
}
