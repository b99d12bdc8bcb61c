using System.Buffers;
using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using NeonPanel.Mcp.Server.Authentication;
using NeonPanel.Mcp.Server.Messages;
using NeonPanel.Mcp.Server.Transport.Relay;

namespace NeonPanel.Mcp.Server.Transport.Forms;

/// <summary>Delivers what clients post to calls that wait with forms on Streamable HTTP: answers and
/// cancellations.</summary>
internal sealed class FormMessages(WaitingForms waiting) : IRelayReceiver
{
    private readonly ConcurrentDictionary<(FormOwner Owner, string Request), CancellationTokenSource> calls = new();

    /// <summary>Registers a call, so that the client can cancel it.</summary>
    /// <param name="request">The id of the request as JSON text.</param>
    /// <param name="cancelled">Cancelled when the client cancels the call.</param>
    /// <returns>The registration, which the caller disposes.</returns>
    public IDisposable Register(FormOwner owner, string request, CancellationTokenSource cancelled)
    {
        calls.TryAdd((owner, request), cancelled);
        return new Registration(this, new((owner, request), cancelled));
    }

    /// <summary>Delivers an answer or a cancellation to a call of this instance.</summary>
    public Admission Deliver(FormOwner owner, JsonElement message)
    {
        if (IncomingMessage.IsResponse(message))
        {
            return IdOf(message) is { } id && waiting.TryAnswer(id, owner, ResultOf(message))
                ? Admission.Accepted
                : Admission.NoSession;
        }

        if (
            message.TryGetProperty("params", out var parameters)
            && parameters.ValueKind == JsonValueKind.Object
            && parameters.TryGetProperty("requestId", out var request)
            && calls.TryGetValue((owner, request.GetRawText()), out var call)
        )
        {
            try
            {
                call.Cancel();
            }
            catch (ObjectDisposedException)
            {
                // The call has just ended.
            }
        }

        return Admission.Accepted;
    }

    /// <summary>Returns the id of an answer, or <see langword="null"/> if it is not one of a form.</summary>
    public static string? IdOf(JsonElement answer) =>
        answer.TryGetProperty("id", out var id) && id.ValueKind == JsonValueKind.String && IncomingMessage.IsUnicode(id)
            ? id.GetString()
            : null;

    public bool Takes(string sessionId) => SessionAnnouncement.Of(sessionId) is { HasForms: true };

    public Admission Receive(RelayedMessage message, AccessToken token)
    {
        try
        {
            using var document = JsonDocument.Parse(message.Body);
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? Deliver(new(token.Subject, message.SessionId), document.RootElement)
                : Admission.NoMessage;
        }
        catch (JsonException)
        {
            return Admission.NoMessage;
        }
    }

    /// <summary>Reads the member <c>result</c> of an answer. One of another shape counts as none.</summary>
    public static JsonElement? Read(JsonNode? result)
    {
        var buffer = new ArrayBufferWriter<byte>();
        try
        {
            using var writer = new Utf8JsonWriter(buffer);
            (result ?? new JsonObject()).WriteTo(writer);
        }
        catch (Exception exception) when (exception is ArgumentException or InvalidOperationException)
        {
            return null; // a member twice, or half of a surrogate pair
        }

        return Checked(JsonElement.Parse(buffer.WrittenSpan));
    }

    // A client that could not show the form answers with an error.
    private static JsonElement? ResultOf(JsonElement answer) =>
        answer.TryGetProperty("result", out var result) ? Checked(result) : null;

    // MCP, Elicitation: Response Actions.
    private static JsonElement? Checked(JsonElement result) =>
        result.ValueKind == JsonValueKind.Object
        && result.TryGetProperty("action", out var action)
        && action.ValueKind == JsonValueKind.String
        && IncomingMessage.IsUnicode(action)
        && action.GetString() is "accept" or "decline" or "cancel"
            ? result.Clone()
            : null;

    private sealed class Registration(
        FormMessages messages,
        KeyValuePair<(FormOwner, string), CancellationTokenSource> call
    ) : IDisposable
    {
        public void Dispose() => messages.calls.TryRemove(call);
    }
}
