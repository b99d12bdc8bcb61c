using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;
using NeonPanel.Mcp.Server.Tests.Calls.Forms;
using NeonPanel.Mcp.Server.Tests.Fixtures;
using NUnit.Framework;

namespace NeonPanel.Mcp.Server.Tests.Transport.Forms;

/// <summary>What somebody may try who wants to answer for the user, or to use up what the server has for waiting
/// calls.</summary>
internal sealed class FormAttackTests
{
    private const string Product = $$"""{"companyUuid":"{{FormsApi.Pine}}","productId":5}""";
    private const string Accept = """{"action":"accept","content":{}}""";

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

    [Test]
    public async Task Form_AnsweredByAnybodyElse_StaysOpen()
    {
        using var call = await client.CallAsync("deleteProduct", Product);
        var form = await call.NextAsync();
        var (user, stranger) = (FormSession.TokenOf(server, "user"), FormSession.TokenOf(server, "somebody-else"));
        using var second = await FormSession.ConnectAsync(server, subject: "somebody-else");
        var guessed = new JsonObject { ["id"] = Next((string)form["id"]!) };
        foreach (
            var (asked, bearer, session) in new[]
            {
                (form, stranger, client.Id),
                (form, stranger, second.Id),
                (form, user, second.Id),
                (guessed, user, client.Id),
            }
        )
        {
            var (status, body) = await client.AnswerAsync(asked, Accept, bearer: bearer, session: session);
            Assert.That(status, Is.EqualTo(HttpStatusCode.BadRequest));
            Assert.That(body, Does.Contain("No call waits for this answer"));
        }

        Assert.That(api.Written, Is.Empty);
        await client.AnswerAsync(form, """{"action":"decline"}""");
        Assert.That(TextOf(await call.NextAsync()), Does.Contain("the user declined the form"));
        var (twice, _) = await client.AnswerAsync(form, Accept);
        Assert.That(twice, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That(api.Written, Is.Empty);
    }

    // The user confirmed another item than the one that the name means by now.
    [Test]
    public async Task Call_WhoseNameMeansAnotherThingByTheAnswer_IsAskedAgain()
    {
        var lantern = $$"""{"companyUuid":"{{FormsApi.Pine}}","inventoryId":"HP-LANT-01"}""";
        using var call = await client.CallAsync("deleteInventoryItem", lantern);
        var form = await call.NextAsync();
        Assert.That((string?)form["params"]!["message"], Does.Contain("7404"));
        api.Items = api.Items.Replace("7404", "7405");
        time.Advance(TimeSpan.FromMinutes(2)); // the server keeps a search for one minute
        await client.AnswerAsync(form, Accept);
        var again = await call.NextAsync();
        Assert.That((string?)again["params"]!["message"], Does.Contain("7405"));
        Assert.That(api.Written, Is.Empty);
        await client.AnswerAsync(again, Accept);
        await call.NextAsync();
        Assert.That(
            api.Written,
            Is.EqualTo(new[] { $"DELETE /api/v1/companies/{FormsApi.Pine}/inventory-items/7405" })
        );
    }

    // Whoever invents an id is asked, which the client without an id is not.
    [Test]
    public async Task Call_OfAnInventedSession_IsAsked()
    {
        using var other = await FormSession.ConnectAsync(server, capabilities: "{}");
        other.Id = "forms-00000000000000000000000000000000";
        using var call = await other.CallAsync("deleteProduct", Product);
        Assert.That((string?)(await call.NextAsync())["method"], Is.EqualTo("elicitation/create"));
        Assert.That(api.Written, Is.Empty);
    }

    // Neither other requests of the user, nor answers from outside a session.
    [TestCase(true)]
    [TestCase(false)]
    public async Task Post_WhileAllPlacesWait_IsRefusedUnlessItFreesOne(bool byAnswer)
    {
        await using var narrow = await server.StartBesideAsync([("Limits:ConcurrentCallsPerUser", "1")]);
        using var client = await FormSession.ConnectAsync(narrow);
        // The place of initialize becomes free a moment after its response.
        var deadline = TimeProvider.System.GetUtcNow() + Patience;
        var call = await client.CallAsync("deleteProduct", Product);
        while (!call.IsStream && TimeProvider.System.GetUtcNow() < deadline)
        {
            call.Dispose();
            call = await client.CallAsync("deleteProduct", Product);
        }

        using var waiting = call;
        var form = await call.NextAsync();
        using var list = await client.PostAsync("""{"jsonrpc":"2.0","id":4,"method":"tools/list"}""");
        Assert.That(list.StatusCode, Is.EqualTo(HttpStatusCode.TooManyRequests));
        using var initialized = await client.PostAsync("""{"jsonrpc":"2.0","method":"notifications/initialized"}""");
        Assert.That(initialized.StatusCode, Is.EqualTo(HttpStatusCode.TooManyRequests));
        var id = client.Id;
        client.Id = null;
        var (outside, _) = await client.AnswerAsync(form, Accept);
        Assert.That(outside, Is.EqualTo(HttpStatusCode.TooManyRequests));
        Assert.That(api.Written, Is.Empty);
        client.Id = id;
        using var freeing = await client.PostAsync(
            byAnswer
                ? $$$"""{"jsonrpc":"2.0","id":"{{{form["id"]}}}","result":{{{Accept}}}}"""
                : """{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":2}}"""
        );
        Assert.That(freeing.StatusCode, Is.EqualTo(HttpStatusCode.Accepted));
        Assert.That((int?)(await call.NextAsync())["id"], Is.EqualTo(byAnswer ? 2 : (int?)null));
        Assert.That(api.Written, Has.Count.EqualTo(byAnswer ? 1 : 0));
    }

    [Test]
    public async Task Call_BeyondTheWaitingOnes_IsNotSent()
    {
        await using var roomy = await server.StartBesideAsync([("Limits:ConcurrentCallsPerUser", "4")]);
        using var other = await FormSession.ConnectAsync(roomy);
        using var first = await other.CallAsync("deleteProduct", Product, 11);
        var form = await first.NextAsync();
        using var second = await other.CallAsync("deleteProduct", Product, 12);
        await second.NextAsync();
        using var third = await other.CallAsync("deleteProduct", Product, 13);
        Assert.That(
            TextOf(await third.NextAsync()),
            Is.EqualTo(
                "deleteProduct was not called: it needs the user's answer to a form, but too many calls wait for answers already, or the call is too large to wait. Nothing was sent. Ask the user to answer the open forms, then call again."
            )
        );
        await other.AnswerAsync(form, """{"action":"decline"}""");
        await first.NextAsync();
        using var fourth = await other.CallAsync("deleteProduct", Product, 14);
        Assert.That((string?)(await fourth.NextAsync())["method"], Is.EqualTo("elicitation/create"));
        Assert.That(api.Written, Is.Empty);
    }

    private static string? TextOf(JsonObject result) => (string?)result["result"]!["content"]![0]!["text"];

    // An id that differs in one digit.
    private static string Next(string id) => id[..10] + (id[10] == '0' ? '1' : '0') + id[11..];
}
