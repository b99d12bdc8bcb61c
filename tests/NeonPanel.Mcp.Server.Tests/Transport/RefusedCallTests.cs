using System.Net;
using Microsoft.AspNetCore.Http;
using NeonPanel.Mcp.Server.Tests.Fixtures;
using NUnit.Framework;

namespace NeonPanel.Mcp.Server.Tests.Transport;

/// <summary>A call whose token this server accepts and the API refuses: clients renew a token on HTTP 401 only (rule
/// B5).</summary>
internal sealed class RefusedCallTests
{
    private const string Error = ", error=\"invalid_token\", error_description=\"The API refused the access token.\"";

    private ProtectedServer server = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        server = await ProtectedServer.StartAsync();
        server.Issuer.Api = context =>
        {
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return context.Response.WriteAsync("""{"message":"Session over."}""");
        };
    }

    [OneTimeTearDown]
    public async Task StopAsync() => await server.DisposeAsync();

    // A request that resumes a stream is one for the SDK. Its stream sends the headers before the call is made.
    [Test]
    public async Task Call_RefusedByTheApi_Is401WithTheChallengeAndTheReason(
        [ValueSource(typeof(RpcClient), nameof(RpcClient.Revisions))] string revision,
        [Values("application/json", "text/event-stream", "application/json, text/event-stream")] string accept,
        [Values] bool bySdk
    )
    {
        using var client = new RpcClient(new(server.Address), server.Issuer.Token());
        var answer = await client.SendAsync(
            "/mcp/core",
            revision,
            "tools/call",
            new() { ["name"] = "listCompanies" },
            bySdk ? [("Accept", accept), ("Last-Event-ID", "7")] : [("Accept", accept)]
        );
        var challenge =
            $"Bearer resource_metadata=\"{server.Address}/.well-known/oauth-protected-resource/mcp/core\", scope=\"openid\"{Error}";
        Assert.That(
            (
                answer.Status,
                answer.Headers["WWW-Authenticate"],
                answer.Headers["Content-Type"],
                answer.Headers["Cache-Control"]
            ),
            Is.EqualTo((401, challenge, "application/json", "no-store"))
        );
        Assert.That(answer.Headers, Does.Not.ContainKey("X-Accel-Buffering").And.Not.ContainKey("Content-Encoding"));
        Assert.That((int)answer.Message!["id"]!, Is.EqualTo(1));
        var error = answer.Message["error"]!;
        Assert.That(
            (string?)error["message"],
            Does.StartWith(
                "listCompanies failed: NeonPanel answered 401. It says: Session over. The access token was not accepted"
            )
        );
        Assert.That((string?)error["data"]!["_meta"]!["mcp/www_authenticate"]![0], Is.EqualTo(challenge));
    }

    [Test]
    public async Task Call_OnAnOpenStream_IsAResultWithTheChallenge()
    {
        using var stream = await SseStream.OpenAsync(server.Address, server.Issuer.Token());
        using var posted = await stream.PostAsync(SseStream.Call(1));
        Assert.That(posted.StatusCode, Is.EqualTo(HttpStatusCode.Accepted));
        var result = (await stream.ReadMessageAsync())["result"]!;
        Assert.That((bool)result["isError"]!, Is.True);
        Assert.That(
            (string?)result["_meta"]!["mcp/www_authenticate"]![0],
            Is.EqualTo(
                $"Bearer resource_metadata=\"{server.Address}/.well-known/oauth-protected-resource/sse\", scope=\"openid\"{Error}"
            )
        );
    }
}
