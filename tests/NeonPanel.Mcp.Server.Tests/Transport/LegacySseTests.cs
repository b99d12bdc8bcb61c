using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using ModelContextProtocol.Client;
using NeonPanel.Mcp.Sandbox;
using NeonPanel.Mcp.Server.Tests.Fixtures;
using NUnit.Framework;

namespace NeonPanel.Mcp.Server.Tests.Transport;

/// <summary>The older transport: who may open a stream, who may post to it, and what comes down (rule A8).</summary>
internal sealed class LegacySseTests
{
    private ProtectedServer server = null!;
    private HttpClient http = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        server = await ProtectedServer.StartAsync();
        http = new HttpClient { BaseAddress = new(server.Address) };
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        http.Dispose();
        await server.DisposeAsync();
    }

    [TestCase(HttpTransportMode.Sse)]
    [TestCase(HttpTransportMode.AutoDetect)]
    public async Task Connect_WithARealClient_ListsAndCalls(HttpTransportMode mode)
    {
        await using var sandbox = await SandboxHost.StartAsync(LoopbackPorts.FreePair());
        await using var client = await McpClient.CreateAsync(
            new HttpClientTransport(
                new()
                {
                    Endpoint = new(sandbox.Address, "/sse"),
                    TransportMode = mode,
                    AdditionalHeaders = new Dictionary<string, string>
                    {
                        ["Authorization"] = "Bearer " + sandbox.Token,
                    },
                }
            )
        );
        var tools = await client.ListToolsAsync();
        Assert.That(tools.Select(tool => tool.Name), Does.Contain("listCompanies"));
        var result = await client.CallToolAsync("listCompanies");
        Assert.That(result.StructuredContent!.Value.GetProperty("data").GetArrayLength(), Is.EqualTo(4));
    }

    [Test]
    public async Task Open_WithAToken_NamesAnAddressThatCannotBeGuessedAndIsNotKept()
    {
        var endpoints = new HashSet<string>();
        for (var stream = 0; stream < 3; stream++)
        {
            using var opened = await SseStream.OpenAsync(server.Address, server.Issuer.Token());
            Assert.That(opened.Endpoint, Does.Match("^/messages\\?sessionId=[0-9a-f]{32}$"));
            endpoints.Add(opened.Endpoint);
            Assert.That(opened.Response.Content.Headers.ContentType!.MediaType, Is.EqualTo("text/event-stream"));
            Assert.That(opened.Response.Headers.CacheControl!.NoStore, Is.True);
            Assert.That(opened.Response.Headers.GetValues("X-Accel-Buffering"), Is.EqualTo(new[] { "no" }));
        }

        Assert.That(endpoints, Has.Count.EqualTo(3));
    }

    [TestCase("GET", "/sse", null)]
    [TestCase("GET", "/SSE/", null)]
    [TestCase("POST", "/messages?sessionId=x", null)]
    [TestCase("GET", "/sse", "bad")]
    [TestCase("POST", "/messages?sessionId=x", "bad")]
    public async Task AnyRequest_WithoutAGoodToken_IsChallengedWithTheMetadataOfTheStream(
        string method,
        string path,
        string? token
    )
    {
        using var response = await SendAsync(method, path, token);
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));
        Assert.That(
            response.Headers.WwwAuthenticate.Single().ToString(),
            Does.StartWith(
                $"Bearer resource_metadata=\"{server.Address}/.well-known/oauth-protected-resource{(path.EndsWith('/') ? "/sse/" : "/sse")}\", scope=\"openid\""
            )
        );
        Assert.That(
            response.Headers.WwwAuthenticate.Single().ToString().Contains("error=\"invalid_token\""),
            Is.EqualTo(token is not null)
        );
    }

    [TestCase("POST", "/sse", "GET")]
    [TestCase("DELETE", "/sse", "GET")]
    [TestCase("GET", "/messages?sessionId=x", "POST")]
    public async Task AnyRequest_OfAnotherMethod_Is405WithoutAskingForAToken(string method, string path, string allowed)
    {
        using var response = await SendAsync(method, path, null);
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.MethodNotAllowed));
        Assert.That(response.Content.Headers.Allow, Is.EqualTo(new[] { allowed }));
    }

    [TestCase("GET", "/sse", "Origin", "https://evil.example", HttpStatusCode.Forbidden)]
    [TestCase("POST", "/messages", "Origin", "https://evil.example", HttpStatusCode.Forbidden)]
    [TestCase("GET", "/sse", "Host", "evil.example", HttpStatusCode.MisdirectedRequest)]
    [TestCase("POST", "/messages", "Host", "evil.example", HttpStatusCode.MisdirectedRequest)]
    [TestCase("POST", "/messages", "Content-Encoding", "gzip", HttpStatusCode.UnsupportedMediaType)]
    [TestCase("POST", "/messages", "Content-Type", "text/plain", HttpStatusCode.UnsupportedMediaType)]
    public async Task AnyRequest_WithAForeignHead_IsRefusedAtTheEdge(
        string method,
        string path,
        string header,
        string value,
        HttpStatusCode expected
    )
    {
        using var response = await SendAsync(method, path, server.Issuer.Token(), (header, value));
        Assert.That(response.StatusCode, Is.EqualTo(expected));
    }

    [TestCase("/sse", "GET")]
    [TestCase("/messages", "POST")]
    public async Task Preflight_OfAnAllowedOrigin_NamesTheMethod(string path, string method)
    {
        using var response = await SendAsync("OPTIONS", path, null, ("Origin", "https://claude.ai"));
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.NoContent));
        Assert.That(response.Headers.GetValues("Access-Control-Allow-Methods"), Is.EqualTo(new[] { method }));
    }

    [Test]
    public async Task Post_ToASessionThatIsNotTheUsers_Is404AsIfThereWereNone()
    {
        using var stream = await SseStream.OpenAsync(server.Address, server.Issuer.Token());
        var stranger = server.Issuer.Token(body => body["sub"] = "stranger");
        using var unknown = await stream.PostAsync(
            SseStream.Initialize,
            endpoint: "/messages?sessionId=0123456789abcdef0123456789abcdef"
        );
        using var foreign = await stream.PostAsync(SseStream.Initialize, stranger);
        Assert.That(unknown.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That(foreign.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        var sentence = await unknown.Content.ReadAsStringAsync();
        Assert.That(
            sentence,
            Does.StartWith("There is no such session on this instance").And.Contain("Redis:ConnectionString")
        );
        Assert.That(await foreign.Content.ReadAsStringAsync(), Is.EqualTo(sentence));
        // The first message that comes down is the answer to the owner's own.
        using var accepted = await stream.PostAsync(
            SseStream.Initialize.Replace("\"id\":1", "\"id\":77", StringComparison.Ordinal)
        );
        Assert.That((await stream.ReadMessageAsync())["id"]!.GetValue<int>(), Is.EqualTo(77));
    }

    [TestCase("")]
    [TestCase("?sessionId=")]
    [TestCase("?SESSION=x")]
    [TestCase("?sessionId=a&sessionId=b")]
    public async Task Post_WithoutOneSessionId_Is400(string query)
    {
        using var response = await SendAsync("POST", "/messages" + query, server.Issuer.Token());
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That(await response.Content.ReadAsStringAsync(), Does.Contain("sessionId"));
    }

    [TestCase("%00")]
    [TestCase("%0d%0aX: y")]
    [TestCase("../../sse")]
    [TestCase("' OR 1=1 --")]
    [TestCase("0123456789ABCDEF0123456789ABCDEF")]
    public async Task Post_WithAForgedId_Is404(string id)
    {
        using var response = await SendAsync("POST", "/messages?sessionId=" + id, server.Issuer.Token());
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
    }

    [TestCase("")]
    [TestCase("null")]
    [TestCase("7")]
    [TestCase("[]")]
    [TestCase("""[{"jsonrpc":"2.0","id":1,"method":"ping"}]""")]
    [TestCase("{}")]
    [TestCase("""{"jsonrpc":"1.0","id":1,"method":"ping"}""")]
    [TestCase("""{"jsonrpc":"2.0","id":true,"method":"ping"}""")]
    [TestCase("""{"jsonrpc":"2.0","id":{},"method":"ping"}""")]
    [TestCase("""{"jsonrpc":"2.0","id":1,"method":7}""")]
    [TestCase("""{"jsonrpc":"2.0","id":1,"method":"ping"}}""")]
    public async Task Post_WhatIsNoMessage_Is400AndTheStreamLivesOn(string body)
    {
        using var stream = await SseStream.OpenAsync(server.Address, server.Issuer.Token());
        using var refused = await stream.PostAsync(body);
        Assert.That(refused.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
        using var accepted = await stream.PostAsync("""{"jsonrpc":"2.0","id":"live","method":"ping"}""");
        Assert.That(accepted.StatusCode, Is.EqualTo(HttpStatusCode.Accepted));
        Assert.That((await stream.ReadMessageAsync())["id"]!.ToString(), Is.EqualTo("live"));
    }

    [TestCase("2024-11-05", "2024-11-05")]
    [TestCase("2025-11-25", "2025-11-25")]
    [TestCase("1999-01-01", "2025-11-25")]
    public async Task Initialize_OnAStream_EchoesTheRevision(string asked, string expected)
    {
        using var stream = await SseStream.OpenAsync(server.Address, server.Issuer.Token());
        using var accepted = await stream.PostAsync(
            SseStream.Initialize.Replace("2024-11-05", asked, StringComparison.Ordinal)
        );
        Assert.That((await stream.ReadMessageAsync())["result"]!["protocolVersion"]!.ToString(), Is.EqualTo(expected));
    }

    [Test]
    public async Task Call_OnAStream_SendsTheTokenOfItsOwnPostUpstream()
    {
        var credentials = new List<string>();
        server.Issuer.Api = context =>
        {
            credentials.Add(context.Request.Headers.Authorization.ToString());
            return context.Response.WriteAsync("""{"note":"say \"hi\""}""");
        };
        var (first, second) = (server.Issuer.Token(), server.Issuer.Token(body => body["jti"] = "refreshed"));
        using var stream = await SseStream.OpenAsync(server.Address, first);
        using var accepted = await stream.PostAsync(SseStream.Call(5), second, correlationId: "test-5");
        Assert.That(accepted.StatusCode, Is.EqualTo(HttpStatusCode.Accepted));
        var text = (await stream.ReadEventAsync())!;
        Assert.That(credentials, Is.EqualTo(new[] { "Bearer " + second }));
        Assert.That(
            text,
            Does.Contain("""{\"note\":\"say \\\"hi\\\"\"}"""),
            "quotes are not written as six characters"
        );
        Assert.That(
            server.Log.Lines.Any(line => Regex.IsMatch(line, "listCompanies: ok, .* correlation test-5,")),
            Is.True
        );
        Assert.That(
            server.Log.Lines.Where(line => line.Contains(second.Split('.')[1], StringComparison.Ordinal)),
            Is.Empty
        );
    }

    [Test]
    public async Task Call_OfWhatThereIsNot_IsAnErrorOnTheStream()
    {
        using var stream = await SseStream.OpenAsync(server.Address, server.Issuer.Token());
        using var accepted = await stream.PostAsync(SseStream.Call(6, "listCompany"));
        Assert.That(accepted.StatusCode, Is.EqualTo(HttpStatusCode.Accepted));
        Assert.That((await stream.ReadMessageAsync())["error"]!["code"]!.GetValue<int>(), Is.EqualTo(-32602));
    }

    [Test]
    public async Task Call_WithoutANeededScope_Is403AndNothingComesDown()
    {
        await using var strict = await ProtectedServer.StartAsync(("Auth:EnforceToolScopes", "true"));
        var poor = strict.Issuer.Token(body => body["scope"] = "profile");
        using var stream = await SseStream.OpenAsync(strict.Address, poor);
        using var refused = await stream.PostAsync(SseStream.Call(1));
        Assert.That(refused.StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That(
            refused.Headers.WwwAuthenticate.Single().ToString(),
            Does.Contain("insufficient_scope").And.Contain("oauth-protected-resource/sse")
        );
        using var accepted = await stream.PostAsync("""{"jsonrpc":"2.0","id":2,"method":"ping"}""");
        Assert.That((await stream.ReadMessageAsync())["id"]!.GetValue<int>(), Is.EqualTo(2));
    }

    [Test]
    public async Task Addresses_TurnedOff_Are404()
    {
        await using var other = await ProtectedServer.StartAsync(("Mcp:LegacySse:Enabled", "false"));
        using var client = new HttpClient { BaseAddress = new(other.Address) };
        using var open = await client.GetAsync("/sse");
        using var content = new StringContent("{}", System.Text.Encoding.UTF8, "application/json");
        using var post = await client.PostAsync("/messages?sessionId=x", content);
        Assert.That((open.StatusCode, post.StatusCode), Is.EqualTo((HttpStatusCode.NotFound, HttpStatusCode.NotFound)));
    }

    private async Task<HttpResponseMessage> SendAsync(
        string method,
        string path,
        string? token,
        (string Name, string Value)? header = null
    )
    {
        using var request = new HttpRequestMessage(new(method), path);
        if (method is "POST")
        {
            request.Content = new StringContent(SseStream.Initialize, System.Text.Encoding.UTF8, "application/json");
        }

        if (token is not null)
        {
            request.Headers.Authorization = new("Bearer", token);
        }

        if (header is ({ } name, { } value))
        {
            if (name.StartsWith("Content", StringComparison.Ordinal))
            {
                request.Content!.Headers.Remove(name);
                request.Content.Headers.TryAddWithoutValidation(name, value);
            }
            else
            {
                request.Headers.TryAddWithoutValidation(name, value);
            }
        }

        return await http.SendAsync(request);
    }
}
