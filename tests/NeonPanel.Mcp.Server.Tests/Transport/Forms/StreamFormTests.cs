using System.Net;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using NeonPanel.Mcp.Server.Tests.Calls.Forms;
using NeonPanel.Mcp.Server.Tests.Fixtures;
using NeonPanel.Mcp.Server.Transport.Forms;
using NUnit.Framework;

namespace NeonPanel.Mcp.Server.Tests.Transport.Forms;

/// <summary>On Streamable HTTP in the revisions with <c>initialize</c>, the response of a call that asks is a stream
/// with the forms, and the client posts the answers.</summary>
internal sealed class StreamFormTests
{
    private const string Product = $$"""{"companyUuid":"{{FormsApi.Pine}}","productId":5}""";
    private const string Removal = $"DELETE /api/v1/companies/{FormsApi.Pine}/products/5";
    private const string Accept = """{"action":"accept","content":{}}""";
    private const string Closed =
        "deleteProduct was not called: the user closed the form without an answer. Nothing was sent. "
        + "Ask the user what to do instead.";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private FakeTimeProvider time = null!;
    private FormsApi api = null!;
    private ProtectedServer server = null!;
    private FormSession client = null!;

    [SetUp]
    public async Task StartAsync()
    {
        time = new(TimeProvider.System.GetUtcNow());
        api = new();
        server = await ProtectedServer.StartAsync([], _ => [], time);
        server.Issuer.Api = api.AnswerAsync;
        client = await FormSession.ConnectAsync(server);
    }

    [TearDown]
    public async Task StopAsync()
    {
        client.Dispose();
        await server.DisposeAsync();
    }

    // A progress token or a selection of tools takes the call to the SDK.
    [TestCase(null, null)]
    [TestCase("""{"progressToken":"p"}""", null)]
    [TestCase(null, "deleteProduct")]
    public async Task Call_Confirmed_IsSent(string? meta, string? tools)
    {
        (string, string)? header = tools is null ? null : ("X-MCP-Tools", tools);
        using var call = await client.CallAsync("deleteProduct", Product, meta: meta, header: header);
        Assert.That(call.IsStream);
        Assert.That(call.Response.Headers.CacheControl!.NoStore);
        var form = await call.NextAsync();
        Assert.That((string?)form["method"], Is.EqualTo("elicitation/create"));
        Assert.That((string?)form["params"]!["message"], Does.Contain("DELETE"));
        Assert.That(api.Written, Is.Empty);
        var (status, body) = await client.AnswerAsync(form, Accept);
        Assert.That((status, body), Is.EqualTo((HttpStatusCode.Accepted, "")));
        var result = await call.NextAsync();
        Assert.That((int)result["id"]!, Is.EqualTo(2));
        Assert.That((bool?)result["result"]!["isError"], Is.Not.True);
        Assert.That(await call.NextTextAsync(), Is.Null, "the stream ends with the result");
        Assert.That(api.Written, Is.EqualTo(new[] { Removal }));
    }

    [TestCase("decline", "the user declined the form")]
    [TestCase("cancel", "the user closed the form without an answer")]
    public async Task Call_Refused_IsNotSent(string action, string what)
    {
        using var call = await client.CallAsync("deleteProduct", Product);
        await client.AnswerAsync(await call.NextAsync(), $$"""{"action":"{{action}}"}""");
        Assert.That(TextOf(await call.NextAsync()), Does.Contain(what));
        Assert.That(api.Written, Is.Empty);
    }

    // A client that cannot show the form, and answers that are none.
    [TestCase("\"error\":{\"code\":-32601,\"message\":\"no forms\"}")]
    [TestCase("\"result\":{\"action\":\"accepted\"}")]
    [TestCase("\"result\":{\"action\":\"\\ud800\"}")]
    [TestCase("\"result\":[]")]
    public async Task Call_AnsweredWithoutAnAction_IsNotSent(string member)
    {
        using var call = await client.CallAsync("deleteProduct", Product);
        var form = await call.NextAsync();
        using var posted = await client.PostAsync($$"""{"jsonrpc":"2.0","id":"{{form["id"]}}",{{member}}}""");
        Assert.That(posted.StatusCode, Is.EqualTo(HttpStatusCode.Accepted));
        Assert.That(TextOf(await call.NextAsync()), Is.EqualTo(Closed));
        Assert.That(api.Written, Is.Empty);
    }

    [TestCase("2025-06-18", "enum,enumNames")]
    [TestCase("2025-11-25", "oneOf")]
    public async Task Form_WithOptions_HasTheFormOfTheRevision(string revision, string members)
    {
        using var other = await FormSession.ConnectAsync(server, revision);
        using var call = await other.CallAsync("bills_list", """{"companyUuid":"acme"}""");
        var form = await call.NextAsync();
        var field = form["params"]!["requestedSchema"]!["properties"]!["name"]!.AsObject();
        Assert.That(field.Select(member => member.Key).Except(["type", "title"]), Is.EqualTo(members.Split(',')));
        await other.AnswerAsync(form, $$$"""{"action":"accept","content":{"name":"{{{FormsApi.Acme}}}"}}""");
        await call.NextAsync();
        Assert.That(api.Sent, Is.EqualTo(new[] { $"GET /api/v1/companies/{FormsApi.Acme}/bills" }));
    }

    [Test]
    public async Task Call_ThatAsksNothing_HasItsUsualResponse()
    {
        using var other = await FormSession.ConnectAsync(server, capabilities: "{}");
        Assert.That(other.Id, Is.Null);
        var bills = $$"""{"companyUuid":"{{FormsApi.Pine}}"}""";
        using var call = await client.CallAsync("bills_list", bills);
        using var reference = await other.CallAsync("bills_list", bills);
        Assert.That(call.IsStream, Is.False);
        Assert.That((await call.NextAsync()).ToJsonString(), Is.EqualTo((await reference.NextAsync()).ToJsonString()));
        Assert.That(HeadersOf(call.Response), Is.EqualTo(HeadersOf(reference.Response)));
    }

    [TestCase("2025-03-26", """{"elicitation":{}}""", null)]
    [TestCase("2025-11-25", "{}", null)]
    [TestCase("2025-11-25", """{"elicitation":{"url":{}}}""", null)]
    [TestCase("2025-11-25", """{"elicitation":{}}""", "application/json")]
    public async Task Call_OfAClientWithoutForms_IsSentAtOnce(string revision, string capabilities, string? accept)
    {
        using var other = await FormSession.ConnectAsync(server, revision, capabilities);
        Assert.That(other.Id, accept is null ? Is.Null : Does.Match("^forms-[0-9a-f]{32}$"));
        using var call = await other.CallAsync("deleteProduct", Product, accept: accept);
        Assert.That(call.IsStream, Is.False);
        Assert.That(api.Written, Is.EqualTo(new[] { Removal }));
    }

    // The header is how the server learns the revision. Without it, the revision is 2025-03-26 (MCP 2025-11-25,
    // Streamable HTTP, Protocol Version Header).
    [Test]
    public async Task Call_WithoutTheHeaderOfItsRevision_IsSentAtOnce()
    {
        using var http = new RpcClient(new(server.Address), FormSession.TokenOf(server, "user"));
        var answer = await http.PostAsync(
            "/mcp",
            $$$"""{"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"deleteProduct","arguments":{{{Product}}}}}""",
            ("Mcp-Session-Id", client.Id!),
            ("Accept", "application/json, text/event-stream")
        );
        Assert.That(answer.Status, Is.EqualTo(200));
        Assert.That(api.Written, Is.EqualTo(new[] { Removal }));
    }

    [TestCase("Off")]
    [TestCase("Stateless")]
    public async Task Call_WhileFormsAreSwitchedOff_IsSentAtOnce(string mode)
    {
        await using var off = await server.StartBesideAsync([("Mcp:Forms", mode)]);
        using var other = await FormSession.ConnectAsync(off);
        Assert.That(other.Id, Is.Null);
        using var call = await other.CallAsync("deleteProduct", Product);
        Assert.That(call.IsStream, Is.False);
        Assert.That(api.Written, Is.EqualTo(new[] { Removal }));
        // The id of before the change: the client must start again.
        other.Id = client.Id;
        using var again = await other.CallAsync("deleteProduct", Product);
        Assert.That(again.Response.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
    }

    [Test]
    public async Task Form_WithoutAnAnswer_IsTakenBackAfterNineMinutes()
    {
        using var call = await client.CallAsync("deleteProduct", Product);
        var form = await call.NextAsync();
        time.Advance(TimeSpan.FromMinutes(9));
        var end = await call.NextAsync();
        Assert.That(
            ((string?)end["method"], (string?)end["params"]!["requestId"]),
            Is.EqualTo(("notifications/cancelled", (string?)form["id"]))
        );
        Assert.That(TextOf(await call.NextAsync()), Is.EqualTo(Closed));
        var (status, _) = await client.AnswerAsync(form, Accept);
        Assert.That(status, Is.EqualTo(HttpStatusCode.BadRequest), "too late");
        Assert.That(api.Written, Is.Empty);
    }

    [Test]
    public async Task Stream_OfAnOpenForm_IsKeptAlive()
    {
        using var call = await client.CallAsync("deleteProduct", Product);
        var form = await call.NextAsync();
        for (var beat = 0; beat < 3; beat++)
        {
            time.Advance(TimeSpan.FromSeconds(15));
            Assert.That(await call.NextTextAsync(), Is.EqualTo(":"));
        }

        await client.AnswerAsync(form, Accept);
        Assert.That((int)(await call.NextAsync())["id"]!, Is.EqualTo(2));
    }

    // Clients begin their time limit anew when they hear of progress (MCP 2025-11-25, Lifecycle: Timeouts).
    [Test]
    public async Task Stream_OfAnOpenForm_TellsProgressToThoseWhoAsk()
    {
        using var call = await client.CallAsync("deleteProduct", Product, meta: """{"progressToken":7}""");
        var form = await call.NextAsync();
        var last = 0.0;
        for (var beat = 0; beat < 3; beat++)
        {
            time.Advance(TimeSpan.FromSeconds(15));
            var note = await call.NextAsync();
            Assert.That((string?)note["method"], Is.EqualTo("notifications/progress"));
            Assert.That((int)note["params"]!["progressToken"]!, Is.EqualTo(7));
            var progress = (double)note["params"]!["progress"]!;
            Assert.That(progress, Is.GreaterThan(last).And.LessThan(1));
            last = progress;
        }

        await client.AnswerAsync(form, Accept);
        Assert.That((int)(await call.NextAsync())["id"]!, Is.EqualTo(2));
    }

    // Each answer is a consent without the choice.
    [Test]
    public async Task Form_AnsweredWithoutEnd_EndsAfterTenRounds()
    {
        using var call = await client.CallAsync("bills_list", """{"companyUuid":"acme"}""");
        for (var round = 0; round < 10; round++)
        {
            await client.AnswerAsync(await call.NextAsync(), Accept);
        }

        Assert.That(TextOf(await call.NextAsync()), Does.StartWith("bills_list was not called: after 10 rounds"));
        Assert.That(api.Sent, Is.Empty);
    }

    [TestCase("2", true)]
    [TestCase("3", false)]
    public async Task Form_OfACancelledCall_IsTakenBack(string request, bool isThis)
    {
        using var call = await client.CallAsync("deleteProduct", Product);
        var form = await call.NextAsync();
        using var posted = await client.PostAsync(
            $$$"""{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":{{{request}}}}}"""
        );
        Assert.That(posted.StatusCode, Is.EqualTo(HttpStatusCode.Accepted));
        var (status, _) = await client.AnswerAsync(form, Accept);
        Assert.That(status, Is.EqualTo(isThis ? HttpStatusCode.BadRequest : HttpStatusCode.Accepted));
        Assert.That((string?)(await call.NextAsync())["method"], Is.EqualTo(isThis ? "notifications/cancelled" : null));
        Assert.That(api.Written, Is.EqualTo(isThis ? Array.Empty<string>() : [Removal]));
    }

    [Test]
    public async Task Form_WhoseClientLeaves_IsForgotten()
    {
        var forms = server.Services.GetRequiredService<WaitingForms>();
        using var leave = new CancellationTokenSource();
        var call = await client.CallAsync("deleteProduct", Product, cancellationToken: leave.Token);
        await call.NextAsync();
        Assert.That(forms.Count, Is.EqualTo(1));
        call.Dispose();
        // The requests take up the time until the server has noticed.
        var deadline = TimeProvider.System.GetUtcNow() + Patience;
        while (forms.Count > 0 && TimeProvider.System.GetUtcNow() < deadline)
        {
            using var list = await client.PostAsync("""{"jsonrpc":"2.0","id":4,"method":"tools/list"}""");
        }

        Assert.That(forms.Count, Is.Zero);
        Assert.That(api.Written, Is.Empty);
    }

    [Test]
    public async Task Form_WhenTheServerStops_IsClosed()
    {
        using var call = await client.CallAsync("deleteProduct", Product);
        await call.NextAsync();
        var stopping = server.StopAsync();
        Assert.That((string?)(await call.NextAsync())["method"], Is.EqualTo("notifications/cancelled"));
        Assert.That(TextOf(await call.NextAsync()), Is.EqualTo(Closed));
        await stopping.WaitAsync(Patience);
        Assert.That(api.Written, Is.Empty);
    }

    // The status of a stream that has begun cannot become 401 any more.
    [TestCase(null)]
    [TestCase("""{"progressToken":"p"}""")]
    public async Task Call_RejectedByTheApiAfterAForm_CarriesTheChallenge(string? meta)
    {
        server.Issuer.Api = context =>
        {
            if (!HttpMethods.IsDelete(context.Request.Method))
            {
                return api.AnswerAsync(context);
            }

            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return Task.CompletedTask;
        };
        using var call = await client.CallAsync("deleteProduct", Product, meta: meta);
        await client.AnswerAsync(await call.NextAsync(), Accept);
        var result = (await call.NextAsync())["result"]!;
        Assert.That((string?)result["_meta"]!["mcp/www_authenticate"]![0], Does.Contain("invalid_token"));
    }

    // In an event, a line end of the API's JSON would end the data.
    [TestCase("application/json, text/event-stream")]
    [TestCase("application/json;q=0.5, text/event-stream")]
    public async Task Result_WithLineEnds_IsOneEvent(string accept)
    {
        server.Issuer.Api = context =>
            HttpMethods.IsDelete(context.Request.Method)
                ? context.Response.WriteAsync("{\r\n \"id\": 1,\n \"note\": \"a\\nb\"\r}")
                : api.AnswerAsync(context);
        using var call = await client.CallAsync("deleteProduct", Product, accept: accept);
        await client.AnswerAsync(await call.NextAsync(), Accept);
        var result = await call.NextAsync();
        Assert.That((string?)result["result"]!["structuredContent"]!["note"], Is.EqualTo("a\nb"));
        Assert.That(await call.NextTextAsync(), Is.Null);
    }

    private static string? TextOf(JsonObject result) => (string?)result["result"]!["content"]![0]!["text"];

    private static string[] HeadersOf(HttpResponseMessage response) =>
        [
            .. response
                .Headers.Concat(response.Content.Headers)
                .Where(header => header.Key is not ("Date" or "X-Correlation-Id"))
                .Select(header => $"{header.Key}: {string.Join(", ", header.Value)}"),
        ];
}
