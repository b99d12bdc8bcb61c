using System.Text.Json;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Http.Features;
using NeonPanel.Mcp.Server.Authentication;
using NeonPanel.Mcp.Server.Edge;
using NeonPanel.Mcp.Server.Messages;
using NeonPanel.Mcp.Server.Settings;
using NeonPanel.Mcp.Server.Transport.Relay;

namespace NeonPanel.Mcp.Server.Transport.LegacySse;

/// <summary>The two addresses of the older transport (revision 2024-11-05): <c>GET</c> opens the stream that carries
/// the responses, <c>POST</c> receives the messages (rule A8). Both need a token. Calls use the token of their
/// POST.</summary>
internal sealed class LegacySseEndpoints(
    LegacySseSessions sessions,
    MessageDelivery delivery,
    McpAddresses addresses,
    RateLimits limits,
    ServerOptions server,
    AuthOptions auth,
    TimeProvider time,
    RedisRelay? relay = null
)
{
    private const string RetryAfterSeconds = "30";

    // Behind a proxy that serves the server below a path, the client must post below that path.
    private readonly string messages = new Uri(server.PublicUrl).AbsolutePath.TrimEnd('/') + "/messages?sessionId=";

    /// <summary>Opens a stream. It ends when the client disconnects, when it was idle too long, or when the server
    /// stops.</summary>
    public async Task OpenAsync(HttpContext context)
    {
        var token = context.Features.Get<AccessToken>()!;
        using (var place = limits.EnterUser(token.Subject))
        {
            // Opening a stream counts as a call, but does not keep the place of the call: streams have their own
            // limits.
            if (!place.IsAcquired)
            {
                await RateLimits.RefuseAsync(context, place);
                return;
            }
        }

        var events = new EventStream(context.Response.BodyWriter, context.Abort, time);
        if (
            !sessions.TryOpen(
                new(auth.Issuer, token.Subject),
                events,
                relay?.Instance,
                out var session,
                out var refusal
            )
        )
        {
            context.Response.Headers.RetryAfter = RetryAfterSeconds;
            await RefuseAsync(
                context,
                refusal,
                refusal == StatusCodes.Status429TooManyRequests
                    ? "This user has as many streams open as one may (Mcp:LegacySse:MaxSessionsPerUser). Close one first."
                    : "This server accepts no more streams at present."
            );
            return;
        }

        // A stream may outlive the token that opened it, so each message brings its own. Removing the token here makes
        // sure that nothing uses it for a message.
        context.Features.Set<AccessToken>(null);
        context.Request.Headers.Remove("Authorization");
        try
        {
            context.Features.Get<IHttpResponseBodyFeature>()!.DisableBuffering();
            context.Response.ContentType = "text/event-stream";
            context.Response.Headers.CacheControl = "no-store";
            context.Response.Headers["X-Accel-Buffering"] = "no";
            session.SendEndpoint(messages + session.Id + TextOf(context));
            await using var gone = context.RequestAborted.UnsafeRegister(
                state => ((LegacySseSession)state!).Abandon(),
                session
            );
            await session.Ended;
        }
        finally
        {
            session.Abandon();
            await events.CloseAsync();
            sessions.Close(session);
        }
    }

    // The choice in the address of the stream also applies to the messages.
    private static string TextOf(HttpContext context) =>
        MessageOrigin.WholeText(context.Request.Query["text"]) switch
        {
            true => "&text=full",
            false => "&text=summary",
            null => "",
        };

    /// <summary>Receives a message for a stream of this or another instance. The response goes to the stream. Every
    /// POST counts against the user's limit, whatever its body contains.</summary>
    public async Task PostAsync(HttpContext context)
    {
        var origin = MessageOrigin.Of(context, addresses.Find(context.Request.Path)!);
        var place = context.Features.GetRequiredFeature<MessagePlace>();
        var id = context.Request.Query["sessionId"] is [{ Length: > 0 } only] ? only : null;
        var message = context.Features.Get<IncomingMessage>()?.Root ?? default;
        if (!MessageDelivery.MayPass(place.Lease, message))
        {
            await RefuseAsync(context, id, message, origin, place.Lease);
            return;
        }

        if (id is null)
        {
            await RefuseAsync(
                context,
                StatusCodes.Status400BadRequest,
                "The query parameter 'sessionId' is missing: post to the address that the stream's 'endpoint' event names."
            );
            return;
        }

        await AnswerAsync(context, await DeliverAsync(context, id, origin, place.HandOn()));
    }

    // An accepted message keeps its place until it is answered.
    private async Task<Admission> DeliverAsync(HttpContext context, string id, MessageOrigin origin, IDisposable place)
    {
        var admission = Admission.NoSession;
        try
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body, context.RequestAborted);
            admission = delivery.Deliver(id, body.GetBuffer().AsSpan(0, (int)body.Length), origin, place);
            if (admission == Admission.NoSession && relay is not null && origin.Files is not null)
            {
                return admission = Admission.TooLong;
            }

            if (admission == Admission.NoSession && relay is not null)
            {
                admission = await relay.ForwardAsync(
                    SessionId.InstanceIn(id),
                    id,
                    body.ToArray(),
                    origin,
                    context.RequestAborted
                );
                // The other instance has reserved a place for the message.
                place.Dispose();
            }

            return admission;
        }
        finally
        {
            if (admission != Admission.Accepted)
            {
                place.Dispose();
            }
        }
    }

    // Sends the refusal on the stream, where the model can read it. A client that keeps posting gets 429 instead.
    private Task RefuseAsync(
        HttpContext context,
        string? id,
        JsonElement message,
        MessageOrigin origin,
        RateLimitLease place
    )
    {
        if (!delivery.TryRefuse(id ?? "", message, origin, RateLimits.SecondsToWait(place)))
        {
            return RateLimits.RefuseAsync(context, place);
        }

        context.Response.StatusCode = StatusCodes.Status202Accepted;
        return Task.CompletedTask;
    }

    private Task AnswerAsync(HttpContext context, Admission admission)
    {
        switch (admission)
        {
            case Admission.Accepted:
                context.Response.StatusCode = StatusCodes.Status202Accepted;
                return Task.CompletedTask;
            case Admission.NoMessage:
                return RefuseAsync(
                    context,
                    StatusCodes.Status400BadRequest,
                    "The body is not one JSON-RPC 2.0 message."
                );
            case Admission.TooLong:
                return RefuseAsync(
                    context,
                    StatusCodes.Status413PayloadTooLarge,
                    "Another instance holds the stream of this session, and a message with files does not reach it. "
                        + "Post to the address of Streamable HTTP, or send a link to the file."
                );
            case Admission.IdInUse:
                return RefuseAsync(
                    context,
                    StatusCodes.Status400BadRequest,
                    "A request with this id is still in progress: each request needs an id of its own."
                );
            case Admission.TooMany:
                context.Response.Headers.RetryAfter = "1";
                return RefuseAsync(
                    context,
                    StatusCodes.Status429TooManyRequests,
                    "Too many requests; ask again in 1 s."
                );
            case Admission.Unreachable:
                context.Response.Headers.RetryAfter = RetryAfterSeconds;
                return RefuseAsync(
                    context,
                    StatusCodes.Status503ServiceUnavailable,
                    "The instance that holds the stream did not answer, and may have the message or not. Check before repeating a call that writes."
                );
            default:
                return RefuseAsync(
                    context,
                    StatusCodes.Status404NotFound,
                    relay is null
                        ? "There is no such session on this instance: its stream has ended, or another instance holds it and Redis:ConnectionString is not set. Open a new stream with GET /sse."
                        : "There is no such session: its stream has ended. Open a new one with GET /sse."
                );
        }
    }

    private static Task RefuseAsync(HttpContext context, int status, string sentence)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/plain; charset=utf-8";
        return context.Response.WriteAsync(sentence, context.RequestAborted);
    }
}
