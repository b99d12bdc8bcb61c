using System.Net.Sockets;
using System.Text;
using NeonPanel.Mcp.Server.Tests.Fixtures;
using NUnit.Framework;

namespace NeonPanel.Mcp.Server.Tests.Edge;

/// <summary>A request over its limit costs nothing but its head: the answer does not wait for the body.</summary>
internal sealed class OrderOfWorkTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(4);

    // Kestrel gives a body up after five seconds, so that an answer within four has not waited for it.
    [TestCase(null)]
    [TestCase("bad")]
    [TestCase("good")]
    public async Task Post_OverTheLimit_Is429BeforeItsBodyArrives(string? token)
    {
        await using var server = await ProtectedServer.StartAsync(
            ("Limits:AnonymousRequestsPerMinute", "1"),
            ("Limits:CallsPerMinutePerUser", "1")
        );
        var authorization = token is null
            ? ""
            : $"Authorization: Bearer {(token == "good" ? server.Issuer.Token() : token)}\r\n";
        await server.StatusAsync(token == "good" ? server.Issuer.Token() : token);
        Assert.That(await HeadAsync(server, authorization), Does.StartWith("HTTP/1.1 429"));
    }

    // A stream of the older transport does not take one of its user's places while it is open.
    [Test]
    public async Task Stream_WhileItIsOpen_LeavesTheUserTheOnlyPlace()
    {
        await using var server = await ProtectedServer.StartAsync(("Limits:ConcurrentCallsPerUser", "1"));
        using var stream = await Transport.SseStream.OpenAsync(server.Address, server.Issuer.Token());
        Assert.That((int)await server.StatusAsync(server.Issuer.Token()), Is.EqualTo(200));
    }

    private static async Task<string?> HeadAsync(ProtectedServer server, string authorization)
    {
        using var client = new TcpClient();
        await client.ConnectAsync("localhost", new Uri(server.Address).Port);
        await using var stream = client.GetStream();
        await stream.WriteAsync(
            Encoding.ASCII.GetBytes(
                $"POST /mcp HTTP/1.1\r\nHost: {new Uri(server.Address).Authority}\r\nContent-Type: application/json\r\n{authorization}Content-Length: 1000\r\n\r\n"
            )
        );
        using var reader = new StreamReader(stream);
        return await reader.ReadLineAsync().WaitAsync(Patience);
    }
}
