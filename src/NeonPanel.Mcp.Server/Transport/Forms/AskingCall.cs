using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http.Features;
using ModelContextProtocol.Protocol;
using NeonPanel.Mcp.Server.Calls.Forms;
using NeonPanel.Mcp.Server.Http;
using NeonPanel.Mcp.Server.Messages;
using NeonPanel.Mcp.Server.ToolResults;

namespace NeonPanel.Mcp.Server.Transport.Forms;

/// <summary>A call on Streamable HTTP whose client shows forms: a feature of the request. When the call asks, its
/// response becomes a stream that carries the forms before the result (MCP 2025-11-25, Streamable HTTP, "Sending
/// Messages to the Server", rule 6). The client posts the answers. A call that asks nothing gets its usual
/// response.</summary>
/// <param name="closed">Closes the forms: the client cancelled the call, or the server stops.</param>
internal sealed class AskingCall(HttpContext http, FormDialog dialog, FormOwner owner, CancellationToken closed)
    : IFormChannel
{
    private const string Coding = "identity";

    // Progress must grow, and the steps of a call are whole numbers.
    private const double BeatStep = 0.001;

    private int beats;

    /// <summary>Gets whether the stream has begun. The result must then be an event on it.</summary>
    public bool HasBegun { get; private set; }

    public bool HasTitledOptions =>
        FormAnnouncement.HasTitledOptions(http.Request.Headers["MCP-Protocol-Version"].ToString());

    /// <summary>Shows forms.</summary>
    public Task<FormReply?> AskAsync(FormRequest request, CancellationToken cancellationToken)
    {
        var message = http.Features.GetRequiredFeature<IncomingMessage>();
        return dialog.AskAsync(request, owner, message.Bytes, this, closed, cancellationToken);
    }

    public Task SendAsync(JsonRpcMessage message) =>
        http.RequestAborted.IsCancellationRequested ? Task.CompletedTask : WriteAsync(EventText.Of(message));

    /// <summary>Sends progress, if the client wants to hear of it, so that it does not end the call by its own time
    /// limit (MCP 2025-11-25, Lifecycle: Timeouts); otherwise a comment.</summary>
    public Task BeatAsync() =>
        ProgressToken() is { } token
            ? SendAsync(
                new JsonRpcNotification
                {
                    Method = NotificationMethods.ProgressNotification,
                    Params = new JsonObject
                    {
                        ["progressToken"] = token,
                        ["progress"] = ++beats * BeatStep,
                        ["message"] = "The call waits for the user's answer to a form.",
                    },
                }
            )
            : WriteAsync(EventText.Comment);

    /// <summary>Writes to the stream. Nobody else writes to the response while a form is open.</summary>
    public async Task WriteAsync(ReadOnlyMemory<byte> text)
    {
        if (!HasBegun)
        {
            HasBegun = true;
            WriteHead(http, Coding);
        }

        await http.Response.Body.WriteAsync(text, http.RequestAborted);
        await http.Response.Body.FlushAsync(http.RequestAborted);
    }

    /// <summary>Writes the head of a response that is a stream. It is the same as the SDK's.</summary>
    public static void WriteHead(HttpContext http, string coding)
    {
        if (http.Response.HasStarted)
        {
            return;
        }

        var headers = http.Response.Headers;
        headers.ContentType = AcceptHeader.EventStreamType;
        headers.CacheControl = "no-cache,no-store";
        headers.ContentEncoding = coding;
        headers["X-Accel-Buffering"] = "no";
        http.Features.GetRequiredFeature<IHttpResponseBodyFeature>().DisableBuffering();
    }

    private JsonNode? ProgressToken()
    {
        var message = http.Features.GetRequiredFeature<IncomingMessage>();
        return
            message.Root.GetProperty("params"u8) is { ValueKind: JsonValueKind.Object } parameters
            && parameters.TryGetProperty("_meta"u8, out var meta)
            && meta.ValueKind == JsonValueKind.Object
            && meta.TryGetProperty("progressToken"u8, out var token)
            && token.ValueKind is JsonValueKind.Number or JsonValueKind.String
            ? JsonNode.Parse(token.GetRawText())
            : null;
    }
}
