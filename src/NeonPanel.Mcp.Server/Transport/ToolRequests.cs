using System.Buffers;
using System.Text.Json;
using System.Text.Json.Nodes;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;
using NeonPanel.Mcp.Server.Authentication;
using NeonPanel.Mcp.Server.Invocation;
using NeonPanel.Mcp.Server.Settings;
using NeonPanel.Mcp.Server.Telemetry;
using NeonPanel.Mcp.Server.Upstream;
using NeonPanel.Mcp.Tools;

namespace NeonPanel.Mcp.Server.Transport;

/// <summary>Answers <c>tools/list</c> and <c>tools/call</c> of every transport from one table. If each tool were
/// registered with the SDK, the SDK would build all of them again for every request.</summary>
internal sealed class ToolRequests(
    ToolCatalog catalog,
    ToolLists lists,
    ToolInvoker invoker,
    ServerIdentity identity,
    AuthOptions auth,
    Challenges challenges,
    McpAddresses addresses,
    SigningKeys keys,
    ServerMetrics metrics,
    IHttpContextAccessor accessor,
    ArrayPool<byte> pool,
    ILogger<ToolRequests> logger
)
{
    public const string List = "tools/list";
    public const string Call = "tools/call";

    /// <summary>Returns a handler that answers the two methods after the SDK has checked the message's envelope; it
    /// passes all other messages to the SDK. The SDK's own types would lose members that they do not know, and would
    /// write a result three times.</summary>
    public McpMessageHandler Filter(McpMessageHandler next) =>
        async (context, cancellationToken) =>
        {
            if (context.JsonRpcMessage is not JsonRpcRequest { Method: List or Call } request)
            {
                await next(context, cancellationToken);
                return;
            }

            var origin = OriginOf(context);
            try
            {
                var (result, refusal) = await AnswerAsync(request, origin, cancellationToken);
                if (refusal is not null && MessageOrigin.In(context) is null)
                {
                    // If a part of the response was already sent, only the result below carries the challenge.
                    accessor.HttpContext?.Features.Get<RefusableResponse>()?.TryRefuse(refusal);
                }

                await context.Server.SendMessageAsync(
                    new JsonRpcResponse { Id = request.Id, Result = result },
                    cancellationToken
                );
            }
            catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
            {
                throw Fault(request.Method, origin, exception);
            }
        };

    /// <summary>Converts an exception into the JSON-RPC error for the client, for every transport. An exception that
    /// the server did not intend is a defect: it becomes -32603, and one log line gives its place. The exception's
    /// message is not logged, because it may contain data of the caller (rule F2).</summary>
    public McpProtocolException Fault(string method, MessageOrigin origin, Exception exception)
    {
        if (exception is McpProtocolException intended)
        {
            return intended;
        }

        Log.RequestFailed(logger, method, origin.CorrelationId, exception.GetType().Name, exception.StackTrace);
        return new(
            $"The server failed. Tell its operator the correlation id {origin.CorrelationId}.",
            McpErrorCode.InternalError
        );
    }

    public MessageOrigin OriginOf(MessageContext context) => MessageOrigin.In(context) ?? OfRequest();

    private async Task<(JsonNode? Result, RefusedCall? Refusal)> AnswerAsync(
        JsonRpcRequest request,
        MessageOrigin origin,
        CancellationToken cancellationToken
    )
    {
        RefusedCall? refusal = null;
        var output = new ArrayBufferWriter<byte>();
        var isPerRequest = Revisions.IsPerRequest(request.Context?.ProtocolVersion);
        if (request.Method == Call)
        {
            var tool = Find(
                origin,
                Text(request, "name") ?? throw Invalid("tools/call needs the name of a tool in 'params.name'.")
            );
            refusal = await CallAsync(output, origin, tool, Arguments(request), isPerRequest, cancellationToken);
        }
        else if (!lists.TryWrite(output, origin, Text(request, "cursor"), isPerRequest))
        {
            throw Invalid("The cursor names no page of this list; begin again without one.");
        }

        return (JsonNode.Parse(output.WrittenSpan), refusal);
    }

    /// <summary>Calls a tool that is visible to the caller, and writes the result.</summary>
    /// <returns>The refusal if the API rejected the token, otherwise <see langword="null"/>. The result also carries
    /// the challenge, in case the stream has already begun.</returns>
    public async Task<RefusedCall?> CallAsync(
        IBufferWriter<byte> output,
        MessageOrigin origin,
        ToolDescriptor tool,
        JsonElement arguments,
        bool isPerRequest,
        CancellationToken cancellationToken
    )
    {
        // The gate has already checked this, but it parsed the message itself. This check protects against a message
        // that the two parsers read differently.
        if (origin.Token is not { } token || !auth.NeededScopes(tool).All(token.Scopes.Contains))
        {
            throw new McpProtocolException(
                "The call needs an access token with the scopes of the tool.",
                McpErrorCode.InvalidRequest
            );
        }

        using var arrays = new AnswerArrays(pool);
        using var files = origin.Files?.Use();
        var result = await invoker.InvokeAsync(
            tool,
            arguments,
            token,
            origin.CorrelationId,
            origin.Caller,
            arrays,
            cancellationToken
        );
        RefusedCall? refusal = null;
        if (result.IsUnauthorized)
        {
            metrics.AuthFailed("upstream");
            await keys.RecheckAsync(cancellationToken);
            refusal = new(
                challenges.InvalidToken(origin.Address, "The API refused the access token."),
                result.Text ?? "The API refused the access token."
            );
        }

        ResultWriter.Write(output, tool, result, refusal?.Challenge, isPerRequest ? identity.Json : null);
        return refusal;
    }

    private ToolDescriptor Find(MessageOrigin origin, string name)
    {
        if (catalog.TryGet(name, out var tool))
        {
            return origin.Sees(tool)
                ? tool
                : throw Invalid(
                    tool.Profiles.Contains(origin.Address.Profile)
                        ? $"The tool '{name}' changes data, and this connection only reads (X-MCP-Readonly)."
                        : $"The tool '{name}' is not among those of this address, whose profile is '{origin.Address.Profile}'."
                );
        }

        var nearest = NearestName.Find(
            name,
            catalog.OfProfile(origin.Address.Profile).Where(origin.Sees).Select(known => known.Name)
        );
        throw Invalid(
            $"There is no tool '{(name.Length > 64 ? name[..64] : name)}'."
                + (nearest is null ? "" : $" Did you mean '{nearest}'?")
        );
    }

    private MessageOrigin OfRequest()
    {
        var http = accessor.HttpContext ?? throw new InvalidOperationException("The message did not come over HTTP.");
        return MessageOrigin.Of(
            http,
            addresses.Find(http.Request.Path)
                ?? throw new InvalidOperationException("The message came by an unknown address.")
        );
    }

    private static string? Text(JsonRpcRequest request, string name)
    {
        if (request.Params is not JsonObject members)
        {
            return request.Params is null ? null : throw Invalid("'params' must be an object.");
        }

        try
        {
            return members[name] switch
            {
                null => null,
                JsonValue value when value.TryGetValue<string>(out var text) => text,
                _ => throw Invalid($"'params.{name}' must be a string."),
            };
        }
        catch (ArgumentException)
        {
            throw Invalid("'params' must not name a member twice.");
        }
        catch (InvalidOperationException)
        {
            throw Invalid($"'params.{name}' must be valid Unicode, but holds a lone surrogate.");
        }
    }

    private static JsonElement Arguments(JsonRpcRequest request)
    {
        if ((request.Params as JsonObject)?["arguments"] is not { } arguments)
        {
            return JsonElement.Parse("{}"u8);
        }

        var buffer = new ArrayBufferWriter<byte>();
        try
        {
            using var writer = new Utf8JsonWriter(buffer);
            arguments.WriteTo(writer);
        }
        catch (InvalidOperationException)
        {
            throw Invalid("'params.arguments' must be valid Unicode, but holds a lone surrogate.");
        }

        // Arguments that are not an object go to the tool as well, because a string may contain an object.
        using var document = JsonDocument.Parse(buffer.WrittenMemory);
        return document.RootElement.Clone();
    }

    private static McpProtocolException Invalid(string message) => new(message, McpErrorCode.InvalidParams);
}
