using System.Buffers;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using ModelContextProtocol.Protocol;
using NeonPanel.Mcp.Server.Calls.Forms;
using NeonPanel.Mcp.Server.ToolResults;

namespace NeonPanel.Mcp.Server.Transport.LegacySse;

/// <summary>Shows the user of one stream forms: requests <c>elicitation/create</c> (revision 2025-06-18 and later). The
/// calls wait for the answers.</summary>
internal sealed class SessionForms(LegacySseSession session, TimeProvider time)
{
    private const string First = "2025-06-18";
    private const string FirstWithTitles = "2025-11-25";

    // Shorter than the life of the state, so that an answer in time is never refused.
    private static readonly TimeSpan Patience = FormStates.Lifetime - TimeSpan.FromMinutes(1);

    private readonly Lock guard = new();

    // Created when it is needed, because most streams never show a form.
    private Dictionary<RequestId, TaskCompletionSource<JsonNode?>>? waiting;
    private bool isAnnounced;
    private bool isEnded;
    private int count;

    /// <summary>Gets the way to show forms, or <see langword="null"/> if the client cannot show them.</summary>
    public FormAsker? Asker =>
        isAnnounced && string.CompareOrdinal(session.ProtocolVersion, First) >= 0 ? AskAsync : null;

    /// <summary>Remembers what the client announces in <c>initialize</c>.</summary>
    public void Observe(JsonRpcMessage message)
    {
        if (message is JsonRpcRequest { Method: RequestMethods.Initialize, Params: JsonObject parameters })
        {
            var capabilities = new ArrayBufferWriter<byte>();
            try
            {
                using var writer = new Utf8JsonWriter(capabilities);
                (parameters["capabilities"] ?? new JsonObject()).WriteTo(writer);
            }
            catch (Exception exception) when (exception is ArgumentException or InvalidOperationException)
            {
                return; // a member twice, or half of a surrogate pair; the SDK answers the message
            }

            isAnnounced = MessageOrigin.HasForms(JsonElement.Parse(capabilities.WrittenSpan));
        }
    }

    /// <summary>Hands the client's answer to the call that waits for it.</summary>
    /// <returns>Whether a call waits for it.</returns>
    public bool TryAnswer(JsonRpcMessage message)
    {
        // A client that could not show the form answers with an error.
        return message is JsonRpcResponse or JsonRpcError
            && Remove(((JsonRpcMessageWithId)message).Id) is { } answer
            && answer.TrySetResult((message as JsonRpcResponse)?.Result);
    }

    /// <summary>Ends all waits as if the user had closed the forms.</summary>
    public void End()
    {
        List<TaskCompletionSource<JsonNode?>> all;
        lock (guard)
        {
            isEnded = true;
            all = waiting is null ? [] : [.. waiting.Values];
        }

        all.ForEach(answer => answer.TrySetResult(null));
    }

    private Task<JsonNode?> Add(RequestId id)
    {
        var answer = new TaskCompletionSource<JsonNode?>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (guard)
        {
            (waiting ??= [])[id] = answer;
            if (isEnded)
            {
                answer.TrySetResult(null);
            }
        }

        return answer.Task;
    }

    private TaskCompletionSource<JsonNode?>? Remove(RequestId id)
    {
        lock (guard)
        {
            return waiting?.Remove(id, out var answer) == true ? answer : null;
        }
    }

    private async Task<FormReply> AskAsync(FormRequest request, CancellationToken cancellationToken)
    {
        using var end = new CancellationTokenSource(Patience, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(end.Token, cancellationToken);
        var answers = new JsonObject();
        foreach (var form in request.Forms)
        {
            var answer = await AskAsync(form, both.Token, cancellationToken);
            answers[form.Key] = answer?.DeepClone() ?? new JsonObject { ["action"] = "cancel" };
        }

        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            answers.WriteTo(writer);
        }

        return new(request.State, JsonElement.Parse(buffer.WrittenSpan));
    }

    private async Task<JsonNode?> AskAsync(UserForm form, CancellationToken inTime, CancellationToken cancellationToken)
    {
        var id = new RequestId("form-" + Interlocked.Increment(ref count).ToString(CultureInfo.InvariantCulture));
        var answer = Add(id);
        session.Send(
            new JsonRpcRequest
            {
                Id = id,
                Method = RequestMethods.ElicitationCreate,
                Params = Parameters(form),
            }
        );
        try
        {
            return await answer.WaitAsync(inTime);
        }
        catch (OperationCanceledException)
        {
            // Utilities: Cancellation. The client closes the form.
            session.Send(
                new JsonRpcNotification
                {
                    Method = NotificationMethods.CancelledNotification,
                    Params = new JsonObject { ["requestId"] = id.ToString() },
                }
            );
            cancellationToken.ThrowIfCancellationRequested();
            return null;
        }
        finally
        {
            Remove(id);
        }
    }

    private JsonNode? Parameters(UserForm form)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            FormWriter.Write(
                writer,
                form,
                hasTitledOptions: string.CompareOrdinal(session.ProtocolVersion, FirstWithTitles) >= 0
            );
        }

        return JsonNode.Parse(buffer.WrittenSpan);
    }
}
