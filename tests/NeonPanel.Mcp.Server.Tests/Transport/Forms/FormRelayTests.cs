using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;
using NeonPanel.Mcp.Server.Tests.Calls.Forms;
using NeonPanel.Mcp.Server.Tests.Fixtures;
using NUnit.Framework;
using StackExchange.Redis;

namespace NeonPanel.Mcp.Server.Tests.Transport.Forms;

/// <summary>Two instances: the call waits on one, and the client's answer reaches the other.</summary>
[Category("Slow")]
internal sealed class FormRelayTests
{
    private const string Product = $$"""{"companyUuid":"{{FormsApi.Pine}}","productId":5}""";
    private const string Removal = $"DELETE /api/v1/companies/{FormsApi.Pine}/products/5";
    private const string Accept = """{"action":"accept","content":{}}""";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private RedisServer redis = null!;
    private ProtectedServer owner = null!;
    private ProtectedServer other = null!;
    private FormsApi api = null!;

    [SetUp]
    public async Task StartAsync()
    {
        api = new();
        redis = await RedisServer.StartAsync();
        (string, string)[] settings = [("Redis:ConnectionString", redis.ConnectionString)];
        owner = await ProtectedServer.StartAsync(settings);
        other = await owner.StartBesideAsync(settings);
        owner.Issuer.Api = api.AnswerAsync;
    }

    [TearDown]
    public async Task StopAsync()
    {
        foreach (var started in new IAsyncDisposable?[] { other, owner, redis })
        {
            await (started?.DisposeAsync() ?? ValueTask.CompletedTask);
        }
    }

    [Test]
    public async Task Answer_AtAnotherInstance_ReachesItsCall()
    {
        using var client = await FormSession.ConnectAsync(owner);
        using var call = await client.CallAsync("deleteProduct", Product);
        var form = await call.NextAsync();
        var (status, _) = await client.AnswerAsync(form, Accept, other.Address);
        Assert.That(status, Is.EqualTo(HttpStatusCode.Accepted));
        Assert.That((int)(await call.NextAsync())["id"]!, Is.EqualTo(2));
        Assert.That(api.Written, Is.EqualTo(new[] { Removal }));
        var (twice, _) = await client.AnswerAsync(form, Accept, other.Address);
        Assert.That(twice, Is.EqualTo(HttpStatusCode.BadRequest));
    }

    // A client of the SDK whose requests go to the instances in turn.
    [Test]
    public async Task Client_BehindARoundRobinProxy_AnswersItsForms()
    {
        using var http = new HttpClient(new RoundRobin(owner.Address, other.Address));
        await using var client = await McpClient.CreateAsync(
            new HttpClientTransport(
                new()
                {
                    Endpoint = new(owner.Address + "/mcp"),
                    TransportMode = HttpTransportMode.StreamableHttp,
                    AdditionalHeaders = new Dictionary<string, string>
                    {
                        ["Authorization"] = "Bearer " + owner.Issuer.Token(),
                    },
                },
                http
            ),
            new()
            {
                ProtocolVersion = "2025-11-25",
                Handlers = new()
                {
                    ElicitationHandler = (_, _) =>
                        ValueTask.FromResult(
                            new ElicitResult { Action = "accept", Content = new Dictionary<string, JsonElement>() }
                        ),
                },
            }
        );
        for (var product = 1; product <= 6; product++)
        {
            var result = await client.CallToolAsync(
                "deleteProduct",
                new Dictionary<string, object?> { ["companyUuid"] = FormsApi.Pine, ["productId"] = product }
            );
            Assert.That(result.IsError, Is.Not.True);
        }

        Assert.That(api.Written, Has.Count.EqualTo(6));
    }

    [Test]
    public async Task Answer_OfAnybodyElseAtAnotherInstance_ChangesNothing()
    {
        using var client = await FormSession.ConnectAsync(owner);
        using var call = await client.CallAsync("deleteProduct", Product);
        var form = await call.NextAsync();
        var stranger = FormSession.TokenOf(owner, "somebody-else");
        using var second = await FormSession.ConnectAsync(owner);
        var (theirs, _) = await client.AnswerAsync(form, Accept, other.Address, stranger);
        var (elsewhere, _) = await client.AnswerAsync(form, Accept, other.Address, session: second.Id);
        Assert.That((theirs, elsewhere), Is.EqualTo((HttpStatusCode.BadRequest, HttpStatusCode.BadRequest)));
        Assert.That(api.Written, Is.Empty);
        await client.AnswerAsync(form, """{"action":"decline"}""", other.Address);
        Assert.That(
            (string?)(await call.NextAsync())["result"]!["content"]![0]!["text"],
            Does.Contain("the user declined the form")
        );
    }

    // Access to Redis does not make anybody the user.
    [Test]
    public async Task Answer_PutIntoRedisByAnotherHand_NeedsAGoodTokenOfTheUser()
    {
        using var client = await FormSession.ConnectAsync(owner);
        using var call = await client.CallAsync("deleteProduct", Product);
        var form = await call.NextAsync();
        var id = (string)form["id"]!;
        const string from = "fedcba9876543210";
        await using var connection = await ConnectionMultiplexer.ConnectAsync(redis.ConnectionString);
        var subscriber = connection.GetSubscriber();
        var answers = await subscriber.SubscribeAsync(RedisChannel.Literal("neonpanel-mcp:answers:" + from));
        var admissions = new List<int>();
        foreach (
            var (token, session) in new[]
            {
                ("bad", client.Id),
                (FormSession.TokenOf(owner, "somebody-else"), client.Id),
                (owner.Issuer.Token(body => body["exp"] = TestIssuer.Now - 600), client.Id),
                (FormSession.TokenOf(owner, "user"), "forms-0123456789abcdef0123456789abcdef"),
                (FormSession.TokenOf(owner, "user"), client.Id),
            }
        )
        {
            var message = new JsonObject
            {
                ["From"] = from,
                ["Number"] = admissions.Count,
                ["SessionId"] = session,
                ["CorrelationId"] = "c",
                ["Body"] = Convert.ToBase64String(
                    Encoding.UTF8.GetBytes($$"""{"jsonrpc":"2.0","id":"{{id}}","result":{{Accept}}}""")
                ),
                ["Token"] = token,
            };
            await subscriber.PublishAsync(
                RedisChannel.Literal("neonpanel-mcp:messages:" + id[^16..]),
                message.ToJsonString()
            );
            var answer = JsonNode.Parse((string)(await answers.ReadAsync().AsTask().WaitAsync(Patience)).Message!)!;
            admissions.Add((int)answer["Admission"]!);
        }

        Assert.That(admissions, Is.EqualTo(new[] { 1, 1, 1, 1, 0 }), "no such form, but for the last");
        Assert.That((int)(await call.NextAsync())["id"]!, Is.EqualTo(2));
    }

    [Test]
    public async Task Cancellation_AtAnotherInstance_TakesTheFormBack()
    {
        using var client = await FormSession.ConnectAsync(owner);
        using var call = await client.CallAsync("deleteProduct", Product);
        var form = await call.NextAsync();
        using var posted = await client.PostAsync(
            """{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":2}}""",
            other.Address
        );
        Assert.That((string?)(await call.NextAsync())["params"]!["requestId"], Is.EqualTo((string?)form["id"]));
        var (status, _) = await client.AnswerAsync(form, Accept, other.Address);
        Assert.That(status, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That(api.Written, Is.Empty);
    }

    [Test]
    public async Task Answer_WhileRedisIsAway_IsRefusedSoThatTheClientKnows()
    {
        using var client = await FormSession.ConnectAsync(owner);
        using var call = await client.CallAsync("deleteProduct", Product);
        var form = await call.NextAsync();
        await redis.StopAsync();
        var (status, _) = await client.AnswerAsync(form, Accept, other.Address);
        Assert.That(status, Is.EqualTo(HttpStatusCode.ServiceUnavailable));
        var (here, _) = await client.AnswerAsync(form, Accept);
        Assert.That(here, Is.EqualTo(HttpStatusCode.Accepted));
        Assert.That((int)(await call.NextAsync())["id"]!, Is.EqualTo(2));
    }

    // The operator must learn of it, because the call waits in vain.
    [Test]
    public async Task Answer_AtAnotherInstanceWithoutRedis_NamesTheSetting()
    {
        await using var first = await owner.StartBesideAsync([]);
        await using var second = await owner.StartBesideAsync([]);
        using var client = await FormSession.ConnectAsync(first);
        using var call = await client.CallAsync("deleteProduct", Product);
        var form = await call.NextAsync();
        var (status, body) = await client.AnswerAsync(form, Accept, second.Address);
        Assert.That(status, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That(body, Does.Contain("Redis:ConnectionString").And.Contain("Mcp:Forms=Stateless"));
        await second.Log.WaitForAsync("Warning 4003 The answer to a form belongs to a call of another instance");
        Assert.That(api.Written, Is.Empty);
    }
}
