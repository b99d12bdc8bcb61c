using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http.Features;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;
using NeonPanel.Mcp.Server.Authentication;
using NeonPanel.Mcp.Server.Edge;
using NeonPanel.Mcp.Server.Settings;

namespace NeonPanel.Mcp.Server.Transport.LegacySse;

/// <summary>The two addresses of the older transport (revision 2024-11-05): a stream that answers come down, and the address
/// messages are posted to (rule A8). Both are asked with a token; the one of the POST goes upstream.</summary>
internal sealed class LegacySseEndpoints(
    LegacySseSessions sessions,
    LegacySseServer mcp,
    McpAddresses addresses,
    ServerOptions server,
    AuthOptions auth,
    RateLimits limits,
    TimeProvider time)
{
    private const string RetryAfterSeconds = "30";

    private static readonly JsonTypeInfo<JsonRpcMessage> MessageType =
        (JsonTypeInfo<JsonRpcMessage>)McpJsonUtilities.DefaultOptions.GetTypeInfo(typeof(JsonRpcMessage));

    // Behind a proxy that serves the server under a path, the client has to post under that path.
    private readonly string messages = new Uri(server.PublicUrl).AbsolutePath.TrimEnd('/') + "/messages?sessionId=";

    /// <summary>Opens a stream, which lasts as long as the client stays and there is something to say.</summary>
    public async Task OpenAsync(HttpContext context)
    {
        var token = context.Features.Get<AccessToken>()!;
        var events = new EventStream(context.Response.BodyWriter, context.Abort, time);
        if (!sessions.TryOpen(new(auth.Issuer, token.Subject), events, out var session, out var refusal))
        {
            context.Response.Headers.RetryAfter = RetryAfterSeconds;
            await RefuseAsync(context, refusal, refusal == StatusCodes.Status429TooManyRequests
                ? "This user has as many streams open as one may (Mcp:LegacySse:MaxSessionsPerUser). Close one first."
                : "This server takes no more streams now.");
            return;
        }

        // A stream outlives the token that opened it: each message is asked for its own. Nothing here may use this one.
        context.Features.Set<AccessToken>(null);
        context.Request.Headers.Remove("Authorization");
        try
        {
            context.Features.Get<IHttpResponseBodyFeature>()!.DisableBuffering();
            context.Response.ContentType = "text/event-stream";
            context.Response.Headers.CacheControl = "no-store";
            context.Response.Headers["X-Accel-Buffering"] = "no";
            session.SendEndpoint(messages + session.Id);
            await using var gone = context.RequestAborted.UnsafeRegister(state => ((LegacySseSession)state!).Abandon(), session);
            await session.Ended;
        }
        finally
        {
            session.Abandon();
            await events.CloseAsync();
            sessions.Close(session);
        }
    }

    /// <summary>Takes a message for a stream; the answer goes down the stream.</summary>
    public async Task PostAsync(HttpContext context)
    {
        var token = context.Features.Get<AccessToken>()!;
        if (context.Request.Query["sessionId"] is not [{ Length: > 0 } id])
        {
            await RefuseAsync(context, StatusCodes.Status400BadRequest,
                "The query parameter 'sessionId' is missing: post to the address that the stream's 'endpoint' event names.");
            return;
        }

        if (sessions.Find(id, new(auth.Issuer, token.Subject)) is not { } session)
        {
            // A tool call is counted where it is made; one that is not made, here.
            using var place = limits.EnterUser(token.Subject);
            await (place.IsAcquired ? RefuseUnknownAsync(context) : RateLimits.RefuseAsync(context, place));
            return;
        }

        JsonRpcMessage? message;
        try
        {
            message = await JsonSerializer.DeserializeAsync(context.Request.Body, MessageType, context.RequestAborted);
        }
        catch (JsonException)
        {
            message = null;
        }

        if (message is null)
        {
            await RefuseAsync(context, StatusCodes.Status400BadRequest, "The body is not one JSON-RPC 2.0 message.");
            return;
        }

        switch (mcp.Accept(session, message, MessageOrigin.Of(context, addresses.Find(context.Request.Path)!)))
        {
            case Admission.Ended:
                await RefuseUnknownAsync(context);
                break;
            case Admission.IdInUse:
                await RefuseAsync(context, StatusCodes.Status400BadRequest, "A request with this id is not answered yet: each needs an id of its own.");
                break;
            default:
                context.Response.StatusCode = StatusCodes.Status202Accepted;
                break;
        }
    }

    private static Task RefuseUnknownAsync(HttpContext context) => RefuseAsync(context, StatusCodes.Status404NotFound,
        "There is no such session on this instance: its stream has ended, or another instance holds it and Redis:ConnectionString is not set. Open a new stream with GET /sse.");

    private static Task RefuseAsync(HttpContext context, int status, string sentence)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/plain; charset=utf-8";
        return context.Response.WriteAsync(sentence, context.RequestAborted);
    }
}
