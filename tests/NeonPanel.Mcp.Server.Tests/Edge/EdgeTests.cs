using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using NeonPanel.Mcp.Server.Tests.Fixtures;
using NUnit.Framework;

namespace NeonPanel.Mcp.Server.Tests.Edge;

/// <summary>The requests that the server refuses before it reads anything else (rule A4), as bytes on a
/// socket.</summary>
internal sealed class EdgeTests
{
    private ProtectedServer server = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => server = await ProtectedServer.StartAsync(("Auth:AnonymousDiscovery", "true"));

    [OneTimeTearDown]
    public async Task StopAsync() => await server.DisposeAsync();

    [TestCase("Host: evil.example\r\nContent-Type: application/json\r\n", "421")]
    [TestCase("Host: HOST\r\nContent-Type: application/json\r\nOrigin: https://evil.example\r\n", "403")]
    [TestCase("Host: HOST\r\nContent-Type: application/json\r\nOrigin: null\r\n", "403")]
    [TestCase("Host: HOST\r\nContent-Type: application/json\r\nOrigin: https://claude.ai.evil.example\r\n", "403")]
    [TestCase("Host: HOST\r\nContent-Type: application/json\r\nOrigin: https://claude.ai\r\n", "200")]
    [TestCase(
        "Host: HOST\r\nContent-Type: application/json\r\nOrigin: https://claude.ai\r\nOrigin: https://evil.example\r\n",
        "403"
    )]
    [TestCase("Host: HOST\r\n", "415")]
    [TestCase("Host: HOST\r\nContent-Type: text/plain\r\n", "415")]
    [TestCase("Host: HOST\r\nContent-Type: application/json\r\nContent-Encoding: gzip\r\n", "415")]
    [TestCase("Host: HOST\r\nContent-Type: application/json; charset=utf-8\r\n", "200")]
    [TestCase("Host: HOST\r\nContent-Type: application/json; charset=\"utf-8\"\r\n", "200")]
    [TestCase("Host: HOST\r\nContent-Type: application/json; charset=\"utf-16\"\r\n", "415")]
    [TestCase("Content-Type: application/json\r\n", "400", Description = "no Host at all")]
    public async Task Post_Head_IsAnsweredAsTheEdgeSays(string headers, string status) =>
        Assert.That(await SendAsync(headers), Does.StartWith("HTTP/1.1 " + status));

    [TestCase("[::1]", "[::1]:3030", "200")]
    [TestCase("[::1]:3030", "[::1]:3031", "421")]
    [TestCase("mcp.example", "mcp.example:8443", "200")]
    [TestCase("mcp.example:8443", "mcp.example", "421")]
    public async Task AllowedHosts_WithoutAPort_MeanAnyPort(string allowed, string host, string status)
    {
        await using var other = await ProtectedServer.StartAsync(
            ("Server:AllowedHosts", allowed),
            ("Auth:AnonymousDiscovery", "true")
        );
        Assert.That(
            await other.SendRawAsync($"Accept: application/json\r\nHost: {host}\r\nContent-Type: application/json\r\n"),
            Does.StartWith("HTTP/1.1 " + status)
        );
    }

    // RFC 9112 §9.6. Without the header, a client might send its next request on a connection that is about to close.
    [Test]
    public async Task Answer_AfterTheStopSignal_AnnouncesTheEndOfItsConnection()
    {
        await using var other = await ProtectedServer.StartAsync();
        Assert.That(await IsLastAsync(), Is.Not.True);
        other.Services.GetRequiredService<IHostApplicationLifetime>().StopApplication();
        Assert.That(await IsLastAsync(), Is.True);

        async Task<bool?> IsLastAsync()
        {
            using var answer = await other.ListAsync(other.Issuer.Token());
            Assert.That((int)answer.StatusCode, Is.EqualTo(200));
            return answer.Headers.ConnectionClose;
        }
    }

    // Host before origin before content type before authentication.
    [TestCase("Host: evil.example\r\nOrigin: https://evil.example\r\nAuthorization: Bearer x\r\n", "421")]
    [TestCase("Host: HOST\r\nOrigin: https://evil.example\r\nAuthorization: Bearer x\r\n", "403")]
    [TestCase("Host: HOST\r\nAuthorization: Bearer x\r\n", "415")]
    public async Task Post_SeveralFaults_TheOuterOneAnswers(string headers, string status) =>
        Assert.That(await SendAsync(headers), Does.StartWith("HTTP/1.1 " + status));

    [TestCase("X-Forwarded-Host: evil.example\r\n")]
    [TestCase("X-Forwarded-Proto: https\r\nX-Forwarded-Prefix: /evil\r\n")]
    [TestCase("Forwarded: host=evil.example;proto=https\r\n")]
    public async Task Challenge_ForwardedHeaders_DoNotChangeIt(string headers)
    {
        var answer = await SendAsync(
            "Host: HOST\r\nContent-Type: application/json\r\nAuthorization: Bearer x\r\n" + headers
        );
        Assert.That(
            answer,
            Does.Contain($"resource_metadata=\"{server.Address}/.well-known/oauth-protected-resource/mcp\"")
                .And.Not.Contain("evil")
        );
    }

    [Test]
    public async Task Post_OneByteTooMany_Is413()
    {
        var limit = 1024 * 1024;
        var answer = await SendAsync(
            $"Host: HOST\r\nContent-Type: application/json\r\nAuthorization: Bearer {server.Issuer.Token()}\r\n",
            new string(' ', limit + 1)
        );
        Assert.That(
            answer,
            Does.StartWith("HTTP/1.1 413").And.Contain("Content-Type: application/json").And.Contain("Content-Length: ")
        );
    }

    [Test]
    public async Task Post_ByteOrderMark_IsPassedOverWithoutAToken() =>
        Assert.That(
            await SendAsync(
                "Host: HOST\r\nContent-Type: application/json\r\n",
                "\uFEFF" + """{"jsonrpc":"2.0","id":1,"method":"tools/list"}"""
            ),
            Does.StartWith("HTTP/1.1 200")
        );

    [TestCase("7")]
    [TestCase("\"a-\\u0062\"")]
    public async Task Post_InitializeThatLacksItsMembers_IsAnsweredUnderItsId(string id)
    {
        using var answer = await server.ListAsync(
            null,
            $$$"""{"jsonrpc":"2.0","id":{{{id}}},"method":"initialize","params":{"capabilities":{} } }"""
        );
        var message = await answer.Content.ReadAsStringAsync();
        Assert.That(
            message,
            Does.StartWith(
                $$$"""{"jsonrpc":"2.0","id":{{{id}}},"error":{"code":-32600,"message":"The message is not well-formed: a member is missing, """
            )
        );
    }

    [TestCase("", -32700)]
    [TestCase("{\"jsonrpc\":\"2.0\",", -32700)]
    [TestCase("nonsense", -32700)]
    [TestCase("DEEP", -32700)]
    [TestCase("[{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}]", -32600)]
    public async Task Post_WhatIsNoMessage_HasTheCodeOfJsonRpcAndNoId(string body, int code)
    {
        using var answer = await server.ListAsync(
            server.Issuer.Token(),
            body == "DEEP" ? new string('[', 100) + new string(']', 100) : body
        );
        Assert.That((int)answer.StatusCode, Is.EqualTo(400));
        var message = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
        Assert.That(((int)message["error"]!["code"]!, message["id"]), Is.EqualTo((code, (JsonNode?)null)));
        Assert.That((string?)message["error"]!["message"], Does.Not.Contain("token"), "a parser's words help nobody");
    }

    [Test]
    public async Task Post_DeepJson_IsAnsweredAndTheServerLives()
    {
        var deep = new string('[', 100_000);
        Assert.That(
            await SendAsync("Host: HOST\r\nContent-Type: application/json\r\n", deep),
            Does.StartWith("HTTP/1.1 401")
        );
        Assert.That(
            await SendAsync("Host: HOST\r\nContent-Type: application/json\r\n"),
            Does.StartWith("HTTP/1.1 200")
        );
    }

    // Rule F4. Kestrel looks at its clock once a second, so the limit is shortened for the test, and checked as it is
    // set.
    [Test]
    public async Task Post_HeadersThatNeverEnd_AreGivenUp()
    {
        await using var slow = await ProtectedServer.StartAsync(builder =>
            builder.WebHost.ConfigureKestrel(kestrel =>
            {
                Assert.That(kestrel.Limits.RequestHeadersTimeout, Is.EqualTo(TimeSpan.FromSeconds(10)));
                Assert.That(
                    kestrel.Limits.MinRequestBodyDataRate,
                    Is.Not.Null,
                    "a body that never ends is given up as well"
                );
                kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromMilliseconds(100);
            })
        );
        Assert.That(
            await slow.SendHalfAsync("POST /mcp HTTP/1.1\r\nHost: localhost\r\nX-Slow: "),
            Does.StartWith("HTTP/1.1 408")
        );
    }

    [Test]
    public async Task EveryAnswer_NamesNoServerAndIsNotSniffed()
    {
        var answer = await SendAsync("Host: HOST\r\nContent-Type: application/json\r\n");
        Assert.That(
            answer,
            Does.Not.Contain("Server:")
                .And.Contain("X-Content-Type-Options: nosniff")
                .And.Contain("X-Robots-Tag: noindex, nofollow")
        );
    }

    private Task<string> SendAsync(string headers, string? body = null)
    {
        headers =
            "Accept: application/json\r\n"
            + headers.Replace("HOST", new Uri(server.Address).Authority, StringComparison.Ordinal);
        return body is null ? server.SendRawAsync(headers) : server.SendRawAsync(headers, body);
    }
}
