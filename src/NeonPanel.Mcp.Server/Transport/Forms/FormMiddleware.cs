using System.Runtime.InteropServices;
using NeonPanel.Mcp.Server.Authentication;
using NeonPanel.Mcp.Server.Http;
using NeonPanel.Mcp.Server.Messages;
using NeonPanel.Mcp.Server.Settings;
using NeonPanel.Mcp.Server.Telemetry;
using NeonPanel.Mcp.Server.Transport.Relay;

namespace NeonPanel.Mcp.Server.Transport.Forms;

/// <summary>Lets calls on Streamable HTTP show forms, if the session id says that the client can, and takes the
/// client's answers, also for calls of other instances (docs/decisions/0056).</summary>
internal sealed class FormMiddleware(
    RequestDelegate next,
    McpAddresses addresses,
    FormDialog dialog,
    FormMessages messages,
    WaitingForms waiting,
    IHostApplicationLifetime lifetime,
    ILogger<FormMiddleware> logger,
    RedisRelay? relay = null
)
{
    private const int InvalidRequest = -32600;
    private const string RetryAfterSeconds = "5";

    public Task InvokeAsync(HttpContext context)
    {
        if (
            context.Features.Get<SessionAnnouncement>() is not { HasForms: true } session
            || context.Features.Get<IncomingMessage>() is not { } message
            || context.Features.Get<AccessToken>() is not { } token
        )
        {
            return next(context);
        }

        var owner = new FormOwner(token.Subject, session.Id);
        if (message.IsCall)
        {
            return CallAsync(context, message, owner);
        }

        if (message.IsAnswer)
        {
            return AnswerAsync(context, message, owner);
        }

        return message.IsCancellation ? CancelAsync(context, message, owner) : next(context);
    }

    private async Task CallAsync(HttpContext context, IncomingMessage message, FormOwner owner)
    {
        if (
            !FormAnnouncement.IsKnownTo(context.Request.Headers["MCP-Protocol-Version"].ToString())
            || AcceptHeader.Read(context.Request.Headers.Accept).EventStream == 0
        )
        {
            await next(context);
            return;
        }

        using var closed = CancellationTokenSource.CreateLinkedTokenSource(lifetime.ApplicationStopping);
        using var registration = messages.Register(owner, message.Id, closed);
        context.Features.Set(new AskingCall(context, dialog, owner, closed.Token));
        await next(context);
    }

    private async Task AnswerAsync(HttpContext context, IncomingMessage message, FormOwner owner)
    {
        var admission = messages.Deliver(owner, message.Root);
        var other = FormMessages.IdOf(message.Root) is { } id ? waiting.OtherInstanceOf(id) : null;
        if (admission == Admission.NoSession && other is not null)
        {
            if (relay is not null)
            {
                admission = await relay.ForwardAsync(
                    other,
                    owner.Session,
                    BytesOf(message),
                    OriginOf(context),
                    context.RequestAborted
                );
            }
            else
            {
                Log.FormElsewhere(logger);
            }
        }

        switch (admission)
        {
            case Admission.Accepted:
                context.Response.StatusCode = StatusCodes.Status202Accepted;
                return;
            case Admission.Unreachable:
                context.Response.Headers.RetryAfter = RetryAfterSeconds;
                await RefuseAsync(
                    context,
                    StatusCodes.Status503ServiceUnavailable,
                    "The instance whose call waits for this answer did not confirm it. It may have the answer or not."
                );
                return;
            default:
                await RefuseAsync(
                    context,
                    // Not 404, after which the client would start again.
                    StatusCodes.Status400BadRequest,
                    other is not null && relay is null
                        ? "Another instance waits for this answer, and Redis:ConnectionString is not set. The operator must set it, or Mcp:Forms=Stateless."
                        : "No call waits for this answer: the form is already answered or closed, or it belongs to another user or session."
                );
                return;
        }
    }

    // The SDK answers the notification.
    private async Task CancelAsync(HttpContext context, IncomingMessage message, FormOwner owner)
    {
        messages.Deliver(owner, message.Root);
        if (relay is not null)
        {
            await relay.BroadcastAsync(owner.Session, BytesOf(message), OriginOf(context), context.RequestAborted);
        }

        await next(context);
    }

    private MessageOrigin OriginOf(HttpContext context) =>
        MessageOrigin.Of(context, addresses.Find(context.Request.Path)!);

    private static byte[] BytesOf(IncomingMessage message) => JsonMarshal.GetRawUtf8Value(message.Root).ToArray();

    private static Task RefuseAsync(HttpContext context, int status, string sentence)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = AcceptHeader.JsonType;
        // Without the id of the answer, which is no request (MCP 2025-11-25, Streamable HTTP, rule 4).
        return context.Response.WriteAsync(
            $$$"""{"jsonrpc":"2.0","error":{"code":{{{InvalidRequest}}},"message":"{{{sentence}}}"}}""",
            context.RequestAborted
        );
    }
}
