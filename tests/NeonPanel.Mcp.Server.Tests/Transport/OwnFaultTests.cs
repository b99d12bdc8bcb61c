using System.Buffers;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using NeonPanel.Mcp.Server.Authentication;
using NeonPanel.Mcp.Server.Tests.Fixtures;
using NeonPanel.Mcp.Server.Transport;
using NeonPanel.Mcp.Server.Upstream;
using NUnit.Framework;

namespace NeonPanel.Mcp.Server.Tests.Transport;

/// <summary>A defect of the server gets the same answer on the fast path and on the SDK's: -32603 with the correlation
/// id, and one log line with the same id.</summary>
internal sealed class OwnFaultTests
{
    private const string Call =
        """{"jsonrpc":"2.0","id":7,"method":"tools/call","params":{"name":"listCompanies","arguments":{}}}""";
    private const string Secret = "what the exception says of the caller";

    private static readonly Func<Exception> Defect = () => new InvalidOperationException(Secret);
    private static readonly Func<Exception> Cancellation = () => new OperationCanceledException(Secret);

    private static IEnumerable<TestCaseData> Faults =>
        from fault in new[] { Defect, Cancellation }
        from isFast in new[] { true, false }
        from accept in new[] { "application/json", "application/json, text/event-stream;q=0.5", "text/event-stream" }
        select new TestCaseData(fault, isFast, accept).SetArgDisplayNames(
            fault().GetType().Name,
            isFast ? "fast path" : "SDK",
            accept
        );

    [TestCaseSource(nameof(Faults))]
    public async Task Call_FaultAfterTheTool_IsAnInternalErrorWithOneLogLine(
        Func<Exception> fault,
        bool isFast,
        string accept
    )
    {
        await using var server = await StartAsync(isFast, services =>
            services.AddSingleton<ArrayPool<byte>>(new FaultyPool(fault))
        );
        var answer = await CallAsync(server, accept);
        Assert.That(answer.Status, Is.EqualTo(200));
        Assert.That(
            JsonNode.DeepEquals(
                answer.Message,
                JsonNode.Parse(
                    """{"jsonrpc":"2.0","id":7,"error":{"code":-32603,"message":"The server failed. Tell its operator the correlation id fault-1."}}"""
                )
            ),
            answer.Body
        );
        Assert.That(
            answer.Headers["Content-Type"],
            accept == "text/event-stream" || (!isFast && accept.Contains(',', StringComparison.Ordinal))
                ? Does.StartWith("text/event-stream")
                : Does.StartWith("application/json")
        );
        var lines = server.Log.Lines.Where(line => line.StartsWith("Error", StringComparison.Ordinal)).ToList();
        Assert.That(lines, Has.Count.EqualTo(1));
        Assert.That(
            lines[0],
            Does.StartWith($"Error 4001 tools/call failed, correlation fault-1: {fault().GetType().Name}    at ")
        );
        Assert.That(server.Log.Lines, Has.None.Contains(Secret));
    }

    // The tool's outcome is unknown to the caller, so a model has to read of it: in a result, not in an error of the
    // protocol.
    [Test]
    public async Task Call_FaultInsideTheTool_IsAFailedResultWithOneLogLine([Values] bool isFast)
    {
        await using var server = await StartAsync(isFast, services =>
            services.AddSingleton<IUpstreamCredential>(new FaultyCredential())
        );
        var answer = await CallAsync(server, "application/json");
        Assert.That(answer.Result["isError"]!.GetValue<bool>(), Is.True);
        Assert.That(
            answer.Result["content"]![0]!["text"]!.ToString(),
            Is.EqualTo(
                "listCompanies failed inside the MCP server; its outcome is unknown. Tell the operator the correlation id fault-1."
            )
        );
        var lines = server.Log.Lines.Where(line => line.StartsWith("Error", StringComparison.Ordinal)).ToList();
        Assert.That(lines, Has.Count.EqualTo(1));
        Assert.That(lines[0], Does.Contain("fault-1").And.Contain("InvalidOperationException"));
        Assert.That(server.Log.Lines, Has.None.Contains(Secret));
    }

    private static Task<ProtectedServer> StartAsync(bool isFast, Action<IServiceCollection> configure) =>
        ProtectedServer.StartAsync(builder =>
        {
            builder.Services.AddSingleton(new TransportOptions("all", OutputSchemas: true) { FastPath = isFast });
            configure(builder.Services);
        });

    private static async Task<RpcAnswer> CallAsync(ProtectedServer server, string accept)
    {
        using var client = new RpcClient(new(server.Address), server.Issuer.Token());
        return await client.PostAsync("/mcp", Call, ("Accept", accept), ("X-Correlation-Id", "fault-1"));
    }

    private sealed class FaultyCredential : IUpstreamCredential
    {
        public ValueTask<AuthenticationHeaderValue?> GetAsync(AccessToken token, CancellationToken cancellationToken) =>
            throw Defect();
    }
}
