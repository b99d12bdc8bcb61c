using System.Buffers;
using System.Text.Json.Nodes;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;
using NeonPanel.Mcp.Server.Authentication;
using NeonPanel.Mcp.Server.Messages;
using NeonPanel.Mcp.Server.Telemetry;
using NeonPanel.Mcp.Server.ToolResults;
using NeonPanel.Mcp.Server.Upstream;
using NeonPanel.Mcp.Tools;

namespace NeonPanel.Mcp.Server.Transport.LongWork;

/// <summary>Answers <c>tasks/get</c>, <c>tasks/update</c> and <c>tasks/cancel</c> of the tasks extension (SEP-2663) in
/// revision 2026-07-28. The SDK's own tasks run in the memory of one instance, so they cannot be used here.</summary>
internal sealed class TaskRequests(
    ToolCatalog catalog,
    ToolRequests requests,
    TaskIds ids,
    ServerIdentity identity,
    AuthOptions auth,
    Challenges challenges,
    ServerMetrics metrics,
    ArrayPool<byte> pool,
    TimeProvider time,
    ILogger<TaskRequests> logger
)
{
    /// <summary>Name of the extension.</summary>
    public const string Extension = "io.modelcontextprotocol/tasks";

    private const string IdMember = "taskId";
    private const string Listen = "subscriptions/listen";

    private readonly RefusalLog refusals = new(logger, time);
    private readonly bool hasTasks = catalog.Tools.Any(tool => tool.Work is not null);

    private delegate Task<bool> Answer(
        IBufferWriter<byte> output,
        JsonRpcRequest request,
        MessageOrigin origin,
        LongTask task,
        CancellationToken cancellationToken
    );

    /// <summary>Adds the three methods, if there are tools that begin a task.</summary>
    public void AddTo(McpServerOptions mcp)
    {
        if (!hasTasks)
        {
            return;
        }

        mcp.Filters.Message.IncomingFilters.Add(FilterSubscription);
#pragma warning disable MCPEXP002 // The SDK checks the header Mcp-Name only for handlers that are added this way.
        mcp.RequestHandlers =
        [
            Handler("get", GetAsync),
            Handler("update", UpdateAsync),
            Handler("cancel", CancelAsync),
        ];
    }

    private McpServerRequestHandler Handler(string name, Answer answer) =>
        new()
        {
            Method = IncomingMessage.TaskMethods + name,
            // SEP-2663, "Streamable HTTP: Routing Headers".
            RoutingNameParameter = IdMember,
            Handler = (context, cancellationToken) =>
                AnswerAsync((JsonRpcRequest)context.JsonRpcMessage, answer, cancellationToken),
        };
#pragma warning restore MCPEXP002

    /// <summary>Announces the extension in the options of one message's server, if the client sees a tool that begins a
    /// task.</summary>
    public void Announce(McpServerOptions options, MessageOrigin origin, bool isPerRequest)
    {
        if (
            isPerRequest
            && hasTasks
            && catalog.OfProfile(origin.Address.Profile).Any(tool => tool.Work is not null && origin.Sees(tool))
        )
        {
            options.Capabilities!.Extensions ??= new Dictionary<string, object>();
            options.Capabilities.Extensions[Extension] = new JsonObject();
        }
    }

    private async ValueTask<JsonNode?> AnswerAsync(
        JsonRpcRequest request,
        Answer answer,
        CancellationToken cancellationToken
    )
    {
        var origin = requests.OriginOf(request);
        try
        {
            var task = Read(request, origin);
            var output = new ArrayBufferWriter<byte>();
            if (!await answer(output, request, origin, task, cancellationToken))
            {
                TaskWriter.WriteAcknowledgement(output, identity.Json);
            }

            return JsonNode.Parse(output.WrittenSpan);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw requests.Fault(request.Method, origin, exception);
        }
    }

    private LongTask Read(JsonRpcRequest request, MessageOrigin origin)
    {
        if (!Revisions.IsPerRequest(request.Context?.ProtocolVersion))
        {
            throw new McpProtocolException($"Method '{request.Method}' is not available.", McpErrorCode.MethodNotFound);
        }

        if (!origin.TakesTasks)
        {
            throw MissingCapability();
        }

        if (origin.Token is not { } token)
        {
            throw new McpProtocolException("The request needs an access token.", McpErrorCode.InvalidRequest);
        }

        var id = ToolRequests.Text(request, IdMember)
            ?? throw Invalid($"{request.Method} needs the id of a task in 'params.{IdMember}'.");
        if (!ids.TryRead(token.Subject, id, out var task, out var fault))
        {
            throw Invalid(fault);
        }

        return task.Tool.Profiles.Contains(origin.Address.Profile)
            ? task
            : throw Invalid(
                $"'params.{IdMember}' belongs to the tool '{task.Tool.Name}', which is not among those of this address, whose profile is '{origin.Address.Profile}'."
            );
    }

    private async Task<bool> GetAsync(
        IBufferWriter<byte> output,
        JsonRpcRequest request,
        MessageOrigin origin,
        LongTask task,
        CancellationToken cancellationToken
    )
    {
        using var arrays = new AnswerArrays(pool);
        var result = await CallAsync(task.Tool.Work!.Poll, origin, task, arrays, cancellationToken);
        TaskWriter.Write(output, "complete", task, TaskState.Of(task.Tool, result), time.GetUtcNow(), identity.Json);
        return true;
    }

    // No task asks its client for input, so no response is outstanding, and all of them are ignored (SEP-2663, "Task
    // Update Requests").
    private static Task<bool> UpdateAsync(
        IBufferWriter<byte> output,
        JsonRpcRequest request,
        MessageOrigin origin,
        LongTask task,
        CancellationToken cancellationToken
    ) =>
        (request.Params as JsonObject)?["inputResponses"] is JsonObject
            ? Task.FromResult(false)
            : throw Invalid($"{request.Method} needs an object in 'params.inputResponses'.");

    // Cancellation is a wish (SEP-2663, "Task Cancellation"). Where the API cannot cancel, the work goes on.
    private async Task<bool> CancelAsync(
        IBufferWriter<byte> output,
        JsonRpcRequest request,
        MessageOrigin origin,
        LongTask task,
        CancellationToken cancellationToken
    )
    {
        if (task.Tool.Work!.Cancel is { } cancel)
        {
            using var arrays = new AnswerArrays(pool);
            var result = await CallAsync(cancel, origin, task, arrays, cancellationToken);
            // A work that has ended, or that the API does not know any more, needs no cancellation.
            if (result.IsError && result.UpstreamStatus is not (>= 400 and < 500))
            {
                throw new McpProtocolException(
                    $"The task was not cancelled: {result.Text}",
                    McpErrorCode.InternalError
                );
            }
        }

        return false;
    }

    private async Task<ToolResult> CallAsync(
        string name,
        MessageOrigin origin,
        LongTask task,
        AnswerArrays arrays,
        CancellationToken cancellationToken
    )
    {
        if (!catalog.TryGet(name, out var tool))
        {
            throw new InvalidOperationException($"There is no tool '{name}'.");
        }

        var needed = auth.NeededScopes(tool);
        if (!needed.All(origin.Token!.Scopes.Contains))
        {
            throw RefuseScope(origin, needed);
        }

        var (result, refusal) = await requests.InvokeAsync(
            // A form cannot be a part of these answers. The client cancels at the wish of its user.
            origin with
            {
                TakesTasks = false,
                ShowsForms = false,
            },
            tool,
            task.Arguments,
            arrays,
            isPerRequest: true,
            reply: null,
            cancellationToken
        );
        if (refusal is not null)
        {
            requests.Refuse(refusal);
            throw new McpProtocolException(refusal.Sentence, McpErrorCode.InvalidRequest);
        }

        return result.FailureKind == FailureKind.Fault
            ? throw new McpProtocolException(result.Text ?? "The server failed.", McpErrorCode.InternalError)
            : result;
    }

    // The same response as the gate gives to a call of the tool. The gate itself does not know the tool: it would have
    // to verify the id before it has checked the message.
    private McpProtocolException RefuseScope(MessageOrigin origin, IReadOnlyList<string> needed)
    {
        metrics.AuthFailed(AuthFailure.InsufficientScope);
        refusals.Write(TokenRefusal.OfScope(needed));
        requests.Refuse(
            new(challenges.InsufficientScope(origin.Address, TokenRefusal.LacksScope, needed), TokenRefusal.LacksScope)
            {
                Status = StatusCodes.Status403Forbidden,
            }
        );
        return new(TokenRefusal.LacksScope, McpErrorCode.InvalidRequest);
    }

    // The server sends no notifications about tasks. A client without the capability must hear that it asks for
    // something else than it announced (SEP-2663, "Task Status Notifications").
    private McpMessageHandler FilterSubscription(McpMessageHandler next) =>
        (context, cancellationToken) =>
            context.JsonRpcMessage is JsonRpcRequest { Method: Listen, Params: JsonObject parameters }
            && parameters["notifications"] is JsonObject notifications
            && notifications.ContainsKey("taskIds")
            && !requests.OriginOf(context).TakesTasks
                ? throw MissingCapability()
                : next(context, cancellationToken);

    private static MissingRequiredClientCapabilityException MissingCapability() =>
        new(
            new ClientCapabilities { Extensions = new Dictionary<string, object> { [Extension] = new JsonObject() } },
            $"The request needs a client with the extension '{Extension}' in its capabilities."
        );

    private static McpProtocolException Invalid(string message) => new(message, McpErrorCode.InvalidParams);
}
