using System.Globalization;
using Microsoft.Extensions.Options;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;
using NeonPanel.Mcp.Server.Edge;

namespace NeonPanel.Mcp.Server.Transport.LegacySse;

/// <summary>The SDK's server on the streams: the handlers of the other addresses, with the user's limits ahead of calls.</summary>
internal sealed class LegacySseServer
{
    private readonly McpServerOptions options;
    private readonly IServiceProvider services;
    private readonly RateLimits limits;

    public LegacySseServer(IOptionsFactory<McpServerOptions> factory, RateLimits limits, IServiceProvider services)
    {
        (this.services, this.limits) = (services, limits);
        options = factory.Create(Options.DefaultName);
        var call = options.Handlers.CallToolHandler!;
        options.Handlers.CallToolHandler = (context, cancellationToken) => CallAsync(call, context, cancellationToken);
    }

    /// <summary>Serves one session until it ends and all that it asked for is answered, or the client is gone.</summary>
    public async Task RunAsync(LegacySseSession session, CancellationToken cancellationToken)
    {
        // Without a logger: the SDK's lines hold whole messages (rule F2).
        await using var server = McpServer.Create(session, options, loggerFactory: null, services);
        try
        {
            await server.RunAsync(cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The client closed the stream, as clients do.
        }
    }

    // The POST is answered already, so what would be a 429 there is a result here. The place is kept until the call ends.
    private async ValueTask<CallToolResult> CallAsync(
        McpRequestHandler<CallToolRequestParams, CallToolResult> call,
        RequestContext<CallToolRequestParams> context,
        CancellationToken cancellationToken)
    {
        using var place = limits.EnterUser(MessageOrigin.In(context)!.Token!.Subject);
        if (place.IsAcquired)
        {
            return await call(context, cancellationToken);
        }

        var seconds = RateLimits.SecondsToWait(place).ToString(CultureInfo.InvariantCulture);
        return new()
        {
            IsError = true,
            Content = [new TextContentBlock { Text = $"{context.Params?.Name} was not called: too many calls. Wait {seconds} s, then call it again." }],
        };
    }
}
