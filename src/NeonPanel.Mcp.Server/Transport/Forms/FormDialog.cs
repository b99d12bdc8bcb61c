using System.Buffers;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using ModelContextProtocol.Protocol;
using NeonPanel.Mcp.Server.Calls.Forms;
using NeonPanel.Mcp.Server.ToolResults;

namespace NeonPanel.Mcp.Server.Transport.Forms;

/// <summary>Asks a user with forms, one after the other: sends requests <c>elicitation/create</c> and waits for their
/// answers (revision 2025-06-18 and later).</summary>
internal sealed class FormDialog(WaitingForms waiting, FormPlaces places, TimeProvider time)
{
    private static readonly TimeSpan BeatAfter = TimeSpan.FromSeconds(15);

    // Shorter than the life of the state, so that an answer in time is never refused.
    private static readonly TimeSpan Patience = FormStates.Lifetime - TimeSpan.FromMinutes(1);

    /// <summary>Shows the forms of a call, and waits for the answers, nine minutes at most. What is open then counts as
    /// closed without an answer.</summary>
    /// <param name="bytes">Size of the call's message and files.</param>
    /// <param name="closed">Closes the forms.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>As for <see cref="FormAsker"/>.</returns>
    public async Task<FormReply?> AskAsync(
        FormRequest request,
        FormOwner owner,
        long bytes,
        IFormChannel channel,
        CancellationToken closed,
        CancellationToken cancellationToken
    )
    {
        using var place = places.TryEnter(owner.Subject, bytes);
        if (place is null)
        {
            return null;
        }

        using var patience = new CancellationTokenSource(Patience, time);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, closed, cancellationToken);
        var buffer = new ArrayBufferWriter<byte>();
        using (var answers = new Utf8JsonWriter(buffer))
        {
            answers.WriteStartObject();
            foreach (var form in request.Forms)
            {
                answers.WritePropertyName(form.Key);
                var answer = await AskAsync(form, owner, channel, end.Token);
                cancellationToken.ThrowIfCancellationRequested();
                answers.WriteRawValue(
                    answer is { } given ? JsonMarshal.GetRawUtf8Value(given) : """{"action":"cancel"}"""u8
                );
            }

            answers.WriteEndObject();
        }

        return new(request.State, JsonElement.Parse(buffer.WrittenSpan));
    }

    private async Task<JsonElement?> AskAsync(
        UserForm form,
        FormOwner owner,
        IFormChannel channel,
        CancellationToken end
    )
    {
        if (end.IsCancellationRequested)
        {
            return null;
        }

        using var beats = new PeriodicTimer(BeatAfter, time);
        var id = waiting.Add(owner, out var answer);
        try
        {
            await channel.SendAsync(
                new JsonRpcRequest
                {
                    Id = new(id),
                    Method = RequestMethods.ElicitationCreate,
                    Params = Parameters(form, channel.HasTitledOptions),
                }
            );
            return await WaitAsync(answer, beats, channel, end);
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            // Utilities: Cancellation. The client closes the form.
            await channel.SendAsync(
                new JsonRpcNotification
                {
                    Method = NotificationMethods.CancelledNotification,
                    Params = new JsonObject { ["requestId"] = id },
                }
            );
            return null;
        }
        finally
        {
            waiting.Remove(id);
        }
    }

    private static async Task<JsonElement?> WaitAsync(
        Task<JsonElement?> answer,
        PeriodicTimer beats,
        IFormChannel channel,
        CancellationToken end
    )
    {
        while (true)
        {
            var beat = beats.WaitForNextTickAsync(CancellationToken.None).AsTask();
            if (await Task.WhenAny(answer, beat).WaitAsync(end) == answer)
            {
                return await answer;
            }

            await channel.BeatAsync();
        }
    }

    private static JsonNode? Parameters(UserForm form, bool hasTitledOptions)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            FormWriter.Write(writer, form, hasTitledOptions);
        }

        return JsonNode.Parse(buffer.WrittenSpan);
    }
}
