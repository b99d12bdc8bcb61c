using System.Buffers;
using System.Text.Json;
using System.Text.Json.Nodes;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;
using NeonPanel.Mcp.Server.Arguments;
using NeonPanel.Mcp.Server.Authentication;
using NeonPanel.Mcp.Server.Calls;
using NeonPanel.Mcp.Server.Calls.Forms;
using NeonPanel.Mcp.Server.Settings;
using NeonPanel.Mcp.Server.Telemetry;
using NeonPanel.Mcp.Server.ToolResults;
using NeonPanel.Mcp.Server.Transport.Hosts;
using NeonPanel.Mcp.Server.Transport.LongWork;
using NeonPanel.Mcp.Server.Upstream;
using NeonPanel.Mcp.Tools;

namespace NeonPanel.Mcp.Server.Transport;

/// <summary>Answers <c>tools/list</c> and <c>tools/call</c> of every transport from one table. If each tool were
/// registered with the SDK, the SDK would build all of them again for every request.</summary>
internal sealed class ToolRequests(
    ToolCatalog catalog,
    ToolLists lists,
    ToolInvoker invoker,
    UserForms forms,
    TaskIds ids,
    ProfileTool profile,
    ServerIdentity identity,
    AuthOptions auth,
    Challenges challenges,
    McpAddresses addresses,
    SigningKeys keys,
    ServerMetrics metrics,
    HostMemory hosts,
    IHttpContextAccessor accessor,
    ArrayPool<byte> pool,
    ILogger<ToolRequests> logger
)
{
    public const string List = "tools/list";
    public const string Call = "tools/call";

    /// <summary>Most rounds in which a call shows forms while it waits.</summary>
    private const int MostRounds = 10;

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

            var origin = OriginOf(context) with { Progress = ProgressNotes.Of(request, context.Server) };
            try
            {
                var answer = await AnswerAsync(request, origin, cancellationToken);
                if (answer.Refusal is { } refusal && MessageOrigin.In(context.JsonRpcMessage) is null)
                {
                    Refuse(refusal);
                }

                await context.Server.SendMessageAsync(
                    new JsonRpcResponse { Id = request.Id, Result = answer.Result },
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

    public MessageOrigin OriginOf(MessageContext context) => OriginOf(context.JsonRpcMessage);

    public MessageOrigin OriginOf(JsonRpcMessage message) => MessageOrigin.In(message) ?? OfRequest();

    /// <summary>Makes HTTP 401 of the response. If a part of it was already sent, only the JSON-RPC message tells the
    /// client that its token was rejected.</summary>
    public void Refuse(RefusedCall refusal) =>
        accessor.HttpContext?.Features.Get<RefusableResponse>()?.TryRefuse(refusal);

    private async Task<Answer> AnswerAsync(
        JsonRpcRequest request,
        MessageOrigin origin,
        CancellationToken cancellationToken
    )
    {
        RefusedCall? refusal = null;
        var output = new ArrayBufferWriter<byte>();
        var isPerRequest = Revisions.IsPerRequest(request.Context?.ProtocolVersion);
        if (origin.Selection?.Fault(catalog, origin.Address.Profile) is { } fault)
        {
            throw Invalid(fault);
        }

        if (request.Method == Call)
        {
            var name = Text(request, "name") ?? throw Invalid("tools/call needs the name of a tool in 'params.name'.");
            if (profile.Answers(name, origin))
            {
                profile.Write(output, origin, Element(request, "arguments"), isPerRequest);
                return new(JsonNode.Parse(output.WrittenSpan), Refusal: null);
            }

            var tool = Find(origin, name);
            refusal = await CallAsync(
                output,
                origin,
                tool,
                Element(request, "arguments") ?? JsonElement.Parse("{}"u8),
                isPerRequest,
                isPerRequest ? Reply(request) : null,
                cancellationToken
            );
        }
        else if (!lists.TryWrite(output, origin, Text(request, "cursor"), isPerRequest))
        {
            throw Invalid("The cursor names no page of this list; begin again without one.");
        }

        return new(JsonNode.Parse(output.WrittenSpan), refusal);
    }

    /// <summary>Calls a tool that is visible to the caller, and writes the result.</summary>
    /// <param name="reply">The user's answers to forms of the same call before, or <see langword="null"/>.</param>
    /// <returns>The refusal if the API rejected the token, otherwise <see langword="null"/>. The result also carries
    /// the challenge, in case the stream has already begun.</returns>
    public async Task<RefusedCall?> CallAsync(
        IBufferWriter<byte> output,
        MessageOrigin origin,
        ToolDescriptor tool,
        JsonElement arguments,
        bool isPerRequest,
        FormReply? reply,
        CancellationToken cancellationToken
    )
    {
        using var arrays = new AnswerArrays(pool);
        var (result, refusal) = await InvokeAsync(
            origin,
            tool,
            arguments,
            arrays,
            isPerRequest,
            reply,
            cancellationToken
        );
        if (result.Work.IsEmpty)
        {
            ResultWriter.Write(output, tool, result, refusal?.Challenge, isPerRequest ? identity.Json : null);
            return refusal;
        }

        var task = ids.Create(tool, origin.Token!.Subject, result.Work);
        TaskWriter.Write(output, "task", task, TaskState.Begun(result), task.CreatedAt, identity.Json);
        return null;
    }

    /// <summary>Calls a tool.</summary>
    /// <param name="arrays">The arrays that hold the result.</param>
    /// <param name="reply">The answers to forms of an earlier result, or <see langword="null"/>.</param>
    /// <returns>The result; and the refusal if the API rejected the token, otherwise
    /// <see langword="null"/>.</returns>
    public async Task<(ToolResult Result, RefusedCall? Refusal)> InvokeAsync(
        MessageOrigin origin,
        ToolDescriptor tool,
        JsonElement arguments,
        AnswerArrays arrays,
        bool isPerRequest,
        FormReply? reply,
        CancellationToken cancellationToken
    )
    {
        // The gate has already checked this, but it parsed the message itself. This check protects against a message
        // that the two parsers read differently. The gate does not know the tools of tasks.
        var needed = auth.NeededScopes(tool);
        if (origin.Token is not { } token || !needed.All(token.Scopes.Contains))
        {
            throw new McpProtocolException(
                $"The call of '{tool.Name}' needs an access token with the scopes: {string.Join(' ', needed)}. Sign in again, and grant them.",
                McpErrorCode.InvalidRequest
            );
        }

        using var files = origin.Files?.Use();
        var call = new CallContext(tool, token, origin.CorrelationId)
        {
            Caller = origin.Caller,
            Profile = origin.Address.Profile,
            Arrays = arrays,
            Progress = origin.Progress,
            TakesTasks = isPerRequest && origin.TakesTasks,
            WantsSentence = hosts.WantsSentence(origin, isPerRequest),
        };
        var result = await AskAndInvokeAsync(call, origin, arguments, isPerRequest, reply, cancellationToken);
        if (!result.IsUnauthorized)
        {
            return (result, null);
        }

        metrics.AuthFailed(AuthFailure.Upstream);
        await keys.RecheckAsync(cancellationToken);
        return (
            result,
            new(
                challenges.InvalidToken(origin.Address, "The API refused the access token."),
                result.Text ?? "The API refused the access token."
            )
        );
    }

    // In revision 2026-07-28, forms are a result, and the client repeats the call with the answers. In earlier
    // revisions, the transport asks the user, and the server repeats the call.
    private async Task<ToolResult> AskAndInvokeAsync(
        CallContext call,
        MessageOrigin origin,
        JsonElement arguments,
        bool isPerRequest,
        FormReply? reply,
        CancellationToken cancellationToken
    )
    {
        var asker = isPerRequest ? null : origin.Asker;
        var canShow = isPerRequest ? origin.ShowsForms : asker is not null;
        for (var round = 0; ; round++)
        {
            ToolResult result;
            try
            {
                var asked = forms.Of(call.Tool, call.Token.Subject, arguments, origin.Files, canShow, reply);
                result = await invoker.InvokeAsync(call with { Forms = asked }, arguments, cancellationToken);
            }
            catch (FormFaultException fault)
            {
                throw Invalid(fault.Message);
            }

            if (asker is null || result.Form is not { } request)
            {
                return result;
            }

            // A client may answer by itself, and never with something of use.
            if (round == MostRounds)
            {
                return ToolResult.Failure(
                    $"{call.Tool.Name} was not called: after {MostRounds} rounds of forms, the client's answers still leave it unclear. Nothing was sent.",
                    FailureKind.Declined
                );
            }

            reply = await asker(request, cancellationToken);
            if (reply is null)
            {
                return ToolResult.Failure(
                    $"{call.Tool.Name} was not called: it needs the user's answer to a form, but too many calls wait for answers already, or the call is too large to wait. Nothing was sent. Ask the user to answer the open forms, then call again.",
                    FailureKind.Busy
                );
            }
        }
    }

    private ToolDescriptor Find(MessageOrigin origin, string name)
    {
        // A tool that the client itself left out is unknown to it.
        if (catalog.TryGet(name, out var tool) && origin.Selection?.Has(tool) != false)
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

    /// <summary>Returns a text in the parameters of a request, or <see langword="null"/> if it is missing.</summary>
    /// <exception cref="McpProtocolException">It is not a text.</exception>
    public static string? Text(JsonRpcRequest request, string name)
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

    // The members that a client adds after forms (MCP 2026-07-28, Multi Round-Trip Requests).
    private static FormReply? Reply(JsonRpcRequest request)
    {
        var state = Text(request, "requestState");
        var answers = Element(request, "inputResponses");
        if (answers is { ValueKind: not JsonValueKind.Object })
        {
            throw Invalid("'params.inputResponses' must be an object.");
        }

        return state is null && answers is null ? null : new(state, answers ?? default);
    }

    private static JsonElement? Element(JsonRpcRequest request, string name)
    {
        if ((request.Params as JsonObject)?[name] is not { } value)
        {
            return null;
        }

        var buffer = new ArrayBufferWriter<byte>();
        try
        {
            using var writer = new Utf8JsonWriter(buffer);
            value.WriteTo(writer);
        }
        catch (InvalidOperationException)
        {
            throw Invalid($"'params.{name}' must be valid Unicode, but holds a lone surrogate.");
        }

        // Arguments that are not an object go to the tool as well, because a string may contain an object.
        using var document = JsonDocument.Parse(buffer.WrittenMemory);
        return document.RootElement.Clone();
    }

    private static McpProtocolException Invalid(string message) => new(message, McpErrorCode.InvalidParams);

    /// <param name="Refusal">The refusal if the API rejected the token, otherwise <see langword="null"/>.</param>
    private sealed record Answer(JsonNode? Result, RefusedCall? Refusal);
}
