using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Extensions.Options;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;
using NeonPanel.Mcp.Server.Edge;

namespace NeonPanel.Mcp.Server.Transport.LegacySse;

/// <summary>The SDK's server, one for each message as on the other addresses: with one for each stream, most of what an idle
/// stream costs would be its server. It has the same handlers, with the user's limits ahead of calls.</summary>
internal sealed class LegacySseServer
{
    private static readonly JsonTypeInfo ResultType = McpJsonUtilities.DefaultOptions.GetTypeInfo(typeof(CallToolResult));

    private readonly McpServerOptions options;
    private readonly IServiceProvider services;
    private readonly RateLimits limits;

    public LegacySseServer(IOptionsFactory<McpServerOptions> factory, RateLimits limits, IServiceProvider services)
    {
        (this.services, this.limits) = (services, limits);
        options = factory.Create(Options.DefaultName);
        options.Filters.Message.IncomingFilters.Insert(0, Limit);
    }

    /// <summary>Begins to deal with a message; what comes of it goes down the stream.</summary>
    public Admission Accept(LegacySseSession session, JsonRpcMessage message, MessageOrigin origin)
    {
        if (message is JsonRpcNotification { Method: NotificationMethods.CancelledNotification, Params: JsonObject parameters })
        {
            // The request is with another server, so this one has nothing to cancel.
            if (IdOf(parameters["requestId"]) is { } id)
            {
                session.Cancel(id);
            }

            return Admission.Accepted;
        }

        message.Context = new() { ProtocolVersion = session.ProtocolVersion, Items = origin.ToItems() };
        var posted = new PostedMessage(session, message);
        var admission = session.TryBegin(posted);
        if (admission == Admission.Accepted)
        {
            _ = RunAsync(session, posted);
        }

        return admission;
    }

    private static RequestId? IdOf(JsonNode? id) => id is JsonValue value
        ? value.TryGetValue<string>(out var text) ? new(text) : value.TryGetValue<long>(out var number) ? new RequestId(number) : null
        : null;

    private async Task RunAsync(LegacySseSession session, PostedMessage message)
    {
        try
        {
            // Without a logger: the SDK's lines hold whole messages (rule F2).
            await using var server = McpServer.Create(message, options, loggerFactory: null, services);
            await server.RunAsync(message.Cancelled);
        }
        catch (OperationCanceledException) when (message.Cancelled.IsCancellationRequested)
        {
            // Given up: nothing is answered.
        }
        finally
        {
            session.Finish(message);
        }
    }

    // The POST is answered already, so what would be a 429 there is a result here. The place is kept until the call ends.
    private McpMessageHandler Limit(McpMessageHandler next) => async (context, cancellationToken) =>
    {
        if (context.JsonRpcMessage is not JsonRpcRequest { Method: ToolRequests.Call } request)
        {
            await next(context, cancellationToken);
            return;
        }

        using var place = limits.EnterUser(MessageOrigin.In(context)!.Token!.Subject);
        if (place.IsAcquired)
        {
            await next(context, cancellationToken);
            return;
        }

        var seconds = RateLimits.SecondsToWait(place).ToString(CultureInfo.InvariantCulture);
        var result = new CallToolResult
        {
            IsError = true,
            Content = [new TextContentBlock { Text = $"{(request.Params as JsonObject)?["name"]} was not called: too many calls. Wait {seconds} s, then call it again." }],
        };
        await context.Server.SendMessageAsync(
            new JsonRpcResponse { Id = request.Id, Result = JsonSerializer.SerializeToNode(result, ResultType) }, cancellationToken);
    };
}
