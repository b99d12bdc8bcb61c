using System.Text.Json.Nodes;
using Microsoft.Extensions.Options;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;
using NeonPanel.Mcp.Server.Transport.Forms;
using NeonPanel.Mcp.Server.Transport.Hosts;
using NeonPanel.Mcp.Server.Transport.Relay;
using NeonPanel.Mcp.Server.Transport.Skills;

namespace NeonPanel.Mcp.Server.Transport.LegacySse;

/// <summary>Runs the SDK's server, one for each message as on the other addresses. One server for each stream would
/// account for most of the memory of an idle stream.</summary>
internal sealed class LegacySseServer(
    IOptionsFactory<McpServerOptions> options,
    Instructions instructions,
    ViewResources views,
    SkillRequests skills,
    WaitingForms forms,
    IServiceProvider services
)
{
    /// <summary>Starts to handle a message. Its response goes to the stream.</summary>
    /// <param name="place">The user's place. It is released when the message has been handled.</param>
    public Admission Accept(LegacySseSession session, JsonRpcMessage message, MessageOrigin origin, IDisposable place)
    {
        if (
            message is JsonRpcNotification
            {
                Method: NotificationMethods.CancelledNotification,
                Params: JsonObject parameters
            }
        )
        {
            // The server of this notification cannot cancel the request, because another server handles the request.
            if (IdOf(parameters["requestId"]) is { } id)
            {
                session.Cancel(id);
            }

            place.Dispose();
            return Admission.Accepted;
        }

        if (IsAnswered(session, message))
        {
            place.Dispose();
            return Admission.Accepted;
        }

        session.Forms.Observe(message);
        if (message is JsonRpcRequest { Method: RequestMethods.Initialize, Params: JsonObject initialize })
        {
            session.ViewHost = ViewAnnouncement.InInitialize(initialize);
            session.ClientName = HostMemory.ClientNameIn(initialize);
        }

        origin = origin with
        {
            Asker = session.Forms.AskerOf(origin),
            ViewHost = session.ViewHost,
            ClientName = session.ClientName,
        };
        message.Context = new() { ProtocolVersion = session.ProtocolVersion, Items = origin.ToItems() };
        var posted = new PostedMessage(session, message);
        var admission = session.TryBegin(posted);
        if (admission == Admission.Accepted)
        {
            _ = RunAsync(session, posted, origin, place);
        }
        else
        {
            place.Dispose();
        }

        return admission;
    }

    private bool IsAnswered(LegacySseSession session, JsonRpcMessage message) =>
        message switch
        {
            JsonRpcResponse response => forms.TryAnswer(
                response.Id.ToString(),
                session.Forms.Owner,
                FormMessages.Read(response.Result)
            ),
            JsonRpcError error => forms.TryAnswer(error.Id.ToString(), session.Forms.Owner, null),
            _ => false,
        };

    private static RequestId? IdOf(JsonNode? id)
    {
        if (id is JsonValue value)
        {
            if (value.TryGetValue<string>(out var text))
            {
                return new(text);
            }

            if (value.TryGetValue<long>(out var number))
            {
                return new RequestId(number);
            }

            return null;
        }

        return null;
    }

    private async Task RunAsync(
        LegacySseSession session,
        PostedMessage message,
        MessageOrigin origin,
        IDisposable place
    )
    {
        try
        {
            var own = options.Create(Options.DefaultName);
            instructions.Set(own, origin);
            views.AddTo(own, origin);
            skills.AddTo(own, origin);
            // No logger, because the SDK logs whole messages (rule F2).
            await using var server = McpServer.Create(message, own, loggerFactory: null, services);
            await server.RunAsync(message.Cancelled);
        }
        catch (OperationCanceledException) when (message.Cancelled.IsCancellationRequested)
        {
            // The request was cancelled, so it gets no response.
        }
        finally
        {
            place.Dispose();
            session.Finish(message);
        }
    }
}
