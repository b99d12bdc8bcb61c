using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using NeonPanel.Mcp.Server.Files;
using NeonPanel.Mcp.Server.Tests.Fixtures;
using NeonPanel.Mcp.Server.Upstream;
using NUnit.Framework;

namespace NeonPanel.Mcp.Server.Tests.Calls;

/// <summary>Rule A9: the parts of a call have deadlines of their own, and all of them together end before a client
/// gives up.</summary>
internal sealed class CallTimeTests
{
    private const string Import = """
        {"name":"createDocumentsByPdf","arguments":{"companyUuid":"7c1e4b52-93af-4d06-8b1a-5e20c7d94f31","type":"bill",
        "file":{"name":"bill.pdf","link":"https://files.example/x"}}}
        """;

    [Test]
    public async Task Call_WhosePartsAreEachInTime_EndsAfter45Seconds()
    {
        var clock = new ManualClock();
        var start = clock.GetUtcNow();
        await using var api = new RawUpstream(exchange => exchange.SendJsonAsync("{}"));
        using var links = new SlowFiles(clock);
        await using var server = await ProtectedServer.StartAsync(
            [("Upstream:BaseAddress", api.Address)],
            _ => [],
            clock,
            builder => builder.Services.AddSingleton(new FileDownload(new(1000, ["files.example"]), links, clock))
        );
        api.Answer = async exchange =>
        {
            // Each of the two requests is in time, taken alone; the second meets the end of the call.
            clock.Advance(TimeSpan.FromSeconds(14));
            if (api.Requests.Count == 1)
            {
                await exchange.SendJsonAsync("""{"message":"Cannot fetch."}""", "400 Bad Request");
            }
            else
            {
                await exchange.HangAsync();
            }
        };
        var token = server.Issuer.Token(body => body["exp"] = TestIssuer.Now + 3600);
        using var response = await server.ListAsync(
            token,
            $$"""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{{Import}}}"""
        );
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        var result = JsonNode.Parse(await response.Content.ReadAsStringAsync())!["result"]!;
        Assert.That(
            result["content"]![0]!["text"]!.ToString(),
            Is.EqualTo(
                "NeonPanel did not answer createDocumentsByPdf within 45 s. Outcome unknown: check whether createDocumentsByPdf took effect before you repeat it."
            )
        );
        Assert.That(result["isError"]!.GetValue<bool>(), Is.True);
        Assert.That(api.Requests, Has.Count.EqualTo(2));
        Assert.That(clock.GetUtcNow() - start, Is.InRange(UpstreamOptions.MaxToolCall, TimeSpan.FromSeconds(50)));
    }

    private sealed class SlowFiles(ManualClock clock) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request,
            CancellationToken cancellationToken
        )
        {
            clock.Advance(TimeSpan.FromSeconds(19));
            cancellationToken.ThrowIfCancellationRequested();
            return Task.FromResult(
                new HttpResponseMessage(HttpStatusCode.OK) { Content = new ByteArrayContent("%PDF-1.7\n"u8.ToArray()) }
            );
        }
    }
}
