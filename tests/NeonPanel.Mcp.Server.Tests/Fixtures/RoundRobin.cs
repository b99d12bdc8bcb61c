namespace NeonPanel.Mcp.Server.Tests.Fixtures;

/// <summary>A plain proxy in front of several instances: each request to the next.</summary>
internal sealed class RoundRobin(params string[] instances) : DelegatingHandler(new SocketsHttpHandler())
{
    private int requests;

    protected override Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request,
        CancellationToken cancellationToken
    )
    {
        request.RequestUri = new(
            instances[Interlocked.Increment(ref requests) % instances.Length] + request.RequestUri!.PathAndQuery
        );
        return base.SendAsync(request, cancellationToken);
    }
}
