using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using NeonPanel.Mcp.Server.Edge;
using NeonPanel.Mcp.Server.Tests.Calls.Forms;
using NeonPanel.Mcp.Server.Tests.Fixtures;
using NUnit.Framework;

namespace NeonPanel.Mcp.Server.Tests.Transport;

/// <summary>On the older transport, the server asks the user on the stream while the call waits.</summary>
internal sealed class LegacySseFormTests
{
    private const string Product = $$"""{"companyUuid":"{{FormsApi.Pine}}","productId":5}""";
    private const string Removal = $"DELETE /api/v1/companies/{FormsApi.Pine}/products/5";
    private const string Closed =
        "deleteProduct was not called: the user closed the form without an answer. Nothing was sent. "
        + "Ask the user what to do instead.";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private FakeTimeProvider time = null!;
    private FormsApi api = null!;
    private ProtectedServer server = null!;
    private SseStream stream = null!;

    [SetUp]
    public async Task StartAsync()
    {
        time = new(TimeProvider.System.GetUtcNow());
        api = new();
        server = await ProtectedServer.StartAsync(
            [("Limits:ConcurrentCallsPerUser", "1"), ("Limits:CallsPerMinutePerUser", "1000000")],
            _ => [],
            time
        );
        server.Issuer.Api = api.AnswerAsync;
        stream = await SseStream.OpenAsync(server.Address, Token());
    }

    [TearDown]
    public async Task StopAsync()
    {
        stream.Dispose();
        await server.DisposeAsync();
    }

    // The waiting call has the only place of the user.
    [Test]
    public async Task Call_Confirmed_IsSent()
    {
        await InitializeAsync();
        await CallAsync("deleteProduct", Product);
        var form = await NextAsync();
        Assert.That((string?)form["method"], Is.EqualTo("elicitation/create"));
        Assert.That(api.Written, Is.Empty);
        Assert.That(
            await AnswerAsync(form, """{"action":"accept","content":{}}"""),
            Is.EqualTo(HttpStatusCode.Accepted)
        );
        var result = await NextAsync();
        Assert.That((int)result["id"]!, Is.EqualTo(2));
        Assert.That(api.Written, Is.EqualTo(new[] { Removal }));
    }

    [TestCase("2025-06-18", "enum,enumNames")]
    [TestCase("2025-11-25", "oneOf")]
    public async Task Form_WithOptions_HasTheFormOfTheRevision(string revision, string members)
    {
        await InitializeAsync(revision);
        await CallAsync("bills_list", """{"companyUuid":"acme"}""");
        var form = await NextAsync();
        var field = form["params"]!["requestedSchema"]!["properties"]!["name"]!.AsObject();
        Assert.That(field.Select(member => member.Key).Except(["type", "title"]), Is.EqualTo(members.Split(',')));
        await AnswerAsync(form, $$$"""{"action":"accept","content":{"name":"{{{FormsApi.Acme}}}"}}""");
        await NextAsync();
        Assert.That(api.Sent, Is.EqualTo(new[] { $"GET /api/v1/companies/{FormsApi.Acme}/bills" }));
    }

    [TestCase("2025-03-26", """{"elicitation":{}}""")]
    [TestCase("2025-11-25", "{}")]
    [TestCase("2025-11-25", """{"elicitation":{"url":{}}}""")]
    public async Task Call_OfAClientWithoutForms_IsSentAtOnce(string revision, string capabilities)
    {
        await InitializeAsync(revision, capabilities);
        await CallAsync("deleteProduct", Product);
        Assert.That((int)(await NextAsync())["id"]!, Is.EqualTo(2));
        Assert.That(api.Written, Is.EqualTo(new[] { Removal }));
    }

    [Test]
    public async Task Form_WithoutAnAnswer_IsTakenBackAfterNineMinutes()
    {
        await InitializeAsync();
        await CallAsync("deleteProduct", Product);
        var form = await NextAsync();
        time.Advance(TimeSpan.FromMinutes(9));
        var end = await NextAsync();
        Assert.That(
            ((string?)end["method"], (string?)end["params"]!["requestId"]),
            Is.EqualTo(("notifications/cancelled", (string?)form["id"]))
        );
        Assert.That(TextOf(await NextAsync()), Is.EqualTo(Closed));
        Assert.That(api.Written, Is.Empty);
    }

    // Each answer is a consent without the choice.
    [Test]
    public async Task Form_AnsweredWithoutEnd_EndsAfterTenRounds()
    {
        await InitializeAsync();
        await CallAsync("bills_list", """{"companyUuid":"acme"}""");
        for (var round = 0; round < 10; round++)
        {
            await AnswerAsync(await NextAsync(), """{"action":"accept","content":{}}""");
        }

        Assert.That(
            TextOf(await NextAsync()),
            Is.EqualTo(
                "bills_list was not called: after 10 rounds of forms, the client's answers still leave it unclear. Nothing was sent."
            )
        );
        Assert.That(api.Sent, Is.Empty);
    }

    [Test]
    public async Task Form_OfACancelledCall_IsTakenBack()
    {
        await InitializeAsync();
        await CallAsync("deleteProduct", Product);
        await NextAsync();
        using var cancelled = await stream.PostAsync(
            """{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":2}}""",
            Token()
        );
        Assert.That((string?)(await NextAsync())["method"], Is.EqualTo("notifications/cancelled"));
        Assert.That(api.Written, Is.Empty);
    }

    [Test]
    public async Task Form_WhenTheServerStops_IsClosed()
    {
        await InitializeAsync();
        await CallAsync("deleteProduct", Product);
        await NextAsync();
        var stopping = server.StopAsync();
        Assert.That((string?)(await NextAsync())["method"], Is.EqualTo("notifications/cancelled"));
        Assert.That(TextOf(await NextAsync()), Is.EqualTo(Closed));
        await stopping.WaitAsync(Patience);
        Assert.That(api.Written, Is.Empty);
    }

    [Test]
    public async Task Form_AnsweredByAnotherUser_StaysOpen()
    {
        await InitializeAsync();
        await CallAsync("deleteProduct", Product);
        var form = await NextAsync();
        Assert.That(
            await AnswerAsync(form, """{"action":"accept","content":{}}""", Token("somebody-else")),
            Is.EqualTo(HttpStatusCode.NotFound)
        );
        Assert.That(api.Written, Is.Empty);
        await AnswerAsync(form, """{"action":"decline"}""");
        Assert.That(TextOf(await NextAsync()), Does.Contain("the user declined the form"));
    }

    private string Token(string subject = "user") =>
        server.Issuer.Token(body =>
        {
            body["sub"] = subject;
            body["exp"] = TestIssuer.Now + 100_000_000;
        });

    private static string? TextOf(JsonObject result) => (string?)result["result"]!["content"]![0]!["text"];

    private async Task InitializeAsync(string revision = "2025-11-25", string capabilities = """{"elicitation":{}}""")
    {
        using var accepted = await stream.PostAsync(
            SseStream
                .Initialize.Replace("2024-11-05", revision)
                .Replace("\"capabilities\":{}", $"\"capabilities\":{capabilities}"),
            Token()
        );
        Assert.That((string?)(await NextAsync())["result"]!["protocolVersion"], Is.EqualTo(revision));
        // The only place of the user becomes free a moment after the response.
        var limits = server.Services.GetRequiredService<RateLimits>();
        var isFree = false;
        for (var end = TimeProvider.System.GetUtcNow() + Patience; !isFree && TimeProvider.System.GetUtcNow() < end; )
        {
            await Task.Yield();
            using var place = limits.EnterUser("user");
            isFree = place.IsAcquired;
        }

        Assert.That(isFree);
    }

    private async Task CallAsync(string tool, string arguments)
    {
        using var accepted = await stream.PostAsync(
            $$$"""{"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"{{{tool}}}","arguments":{{{arguments}}}} }""",
            Token()
        );
        Assert.That(accepted.StatusCode, Is.EqualTo(HttpStatusCode.Accepted));
    }

    private async Task<HttpStatusCode> AnswerAsync(JsonObject form, string result, string? token = null)
    {
        using var answer = await stream.PostAsync(
            $$"""{"jsonrpc":"2.0","id":"{{form["id"]}}","result":{{result}}}""",
            token ?? Token()
        );
        return answer.StatusCode;
    }

    // Comments keep the connection alive.
    private async Task<JsonObject> NextAsync()
    {
        while (true)
        {
            var text = await stream.ReadEventAsync() ?? throw new EndOfStreamException();
            if (text.Split("\ndata: ") is [_, var data])
            {
                return JsonNode.Parse(data)!.AsObject();
            }
        }
    }
}
