using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Unicode;
using Microsoft.AspNetCore.Http.Features;
using NeonPanel.Mcp.Server.Edge;

namespace NeonPanel.Mcp.Server.Messages;

/// <summary>Reads the message of a request into memory, within a budget of bytes and of time.</summary>
internal sealed class MessageReader(
    LimitOptions limits,
    BodyBudget budget,
    AnonymousBodyBudget anonymousBudget,
    LongMessageReader longMessages,
    BodyFiller filler
)
{
    /// <summary>Largest body that is read without a valid token, and largest message that is not a tool call. Parsing
    /// more of other messages would cost the server much and the client nothing.</summary>
    public const long MaxShortBytes = 64 * 1024;

    private const int UsualBytes = 1024;

    /// <summary>A body must arrive within ten seconds and the time that its length takes at this rate. Kestrel's own
    /// rate is an average: a client that sends nearly all at once could then keep the rest back for minutes.</summary>
    private const double MinBytesPerSecond = 16 * 1024;

    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(10);

    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    /// <summary>Reads the body of a request with a valid token.</summary>
    /// <param name="subject">The user, who has a share of the budget.</param>
    /// <returns>The message, which the caller disposes when the call has ended; or <see langword="null"/> when the body
    /// could not be read. The response is then written: 400, 408, 413, or 429 when the budget did not become free. If
    /// the client has disconnected, there is no response.</returns>
    public async Task<IncomingMessage?> ReadAsync(HttpContext context, string subject)
    {
        var most = limits.MaxRequestBytes;
        var length = context.Request.ContentLength;
        if (length > Math.Max(most, longMessages.MaxBytes))
        {
            await longMessages.RefuseAsync(context, LongMessageFault.NoFileCall);
            return null;
        }

        // Of a long message, the first bytes tell whether it may be so long.
        var bytes = length <= most ? length.Value : most;
        bytes = length > most ? Math.Min(MaxShortBytes, most) : bytes;
        var room = await budget.TakeAsync(subject, bytes, context.RequestAborted);
        if (room is null)
        {
            await RateLimits.RefuseAsync(context);
            return null;
        }

        if (length is null || length > most)
        {
            longMessages.RaiseLimit(context);
        }

        var buffer = new MemoryStream(length <= most ? (int)bytes : UsualBytes);
        var wanted = length <= most ? long.MaxValue : bytes;
        switch (
            await filler.FillAsync(context, buffer, wanted, Grace + TimeSpan.FromSeconds(bytes / MinBytesPerSecond))
        )
        {
            case BodyArrival.Whole:
                var message = Message(context, buffer, room);
                if (message is not { IsCall: false, Length: > MaxShortBytes })
                {
                    return message;
                }

                message.Dispose();
                await MessageRefusal.TooLongAsync(context, MessageRefusal.OnlyCalls(MaxShortBytes));
                return null;
            case BodyArrival.More:
                return await longMessages.ReadAsync(context, buffer, subject, room, bytes);
            default:
                room.Dispose();
                await MessageRefusal.ExplainAsync(context, longMessages.TooLong);
                return null;
        }
    }

    /// <summary>Reads the body of a request without a valid token, up to a small limit. A longer body is not read, so
    /// that a client causes no work before it signs in.</summary>
    /// <param name="network">The client's address, which has a share of the budget.</param>
    /// <returns>The message; <see cref="IncomingMessage.Unknown"/> for a body that was not read; or
    /// <see langword="null"/> as for <see cref="ReadAsync(HttpContext, string)"/>.</returns>
    public async Task<IncomingMessage?> ReadShortAsync(HttpContext context, string network)
    {
        var bytes = context.Request.ContentLength ?? MaxShortBytes;
        if (bytes > MaxShortBytes || anonymousBudget.TryTake(network, bytes) is not { } room)
        {
            return IncomingMessage.Unknown;
        }

        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = Math.Min(limit.MaxRequestBodySize ?? MaxShortBytes, MaxShortBytes);
        }

        var buffer = new MemoryStream(context.Request.ContentLength is { } length ? (int)length : UsualBytes);
        var longest = Grace + TimeSpan.FromSeconds(bytes / MinBytesPerSecond);
        if (await filler.FillAsync(context, buffer, long.MaxValue, longest) == BodyArrival.Whole)
        {
            return Message(context, buffer, room);
        }

        room.Dispose();
        if (context.Response.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return IncomingMessage.Unknown;
        }

        await MessageRefusal.ExplainAsync(context, MessageRefusal.TooLong(MaxShortBytes));
        return null;
    }

    // The message owns the room. The SDK reads the same bytes again.
    private static IncomingMessage Message(HttpContext context, MemoryStream buffer, IDisposable room)
    {
        buffer.Position = 0;
        context.Request.Body = buffer;
        return new(Parse(buffer.GetBuffer().AsMemory(0, (int)buffer.Length)), buffer.Length, room);
    }

    /// <summary>Parses a body.</summary>
    /// <returns><see langword="null"/> for what is no JSON.</returns>
    public static JsonDocument? Parse(ReadOnlyMemory<byte> body)
    {
        try
        {
            body = WithoutMark(MemoryMarshal.AsMemory(body));
            // The parser does not check strings before they are read.
            return Utf8.IsValid(body.Span) ? JsonDocument.Parse(body) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Leaves a byte order mark out. A reader may ignore it (RFC 8259 §8.1), and the SDK does.</summary>
    public static Memory<byte> WithoutMark(Memory<byte> body) =>
        body.Span.StartsWith(ByteOrderMark) ? body[ByteOrderMark.Length..] : body;
}
