using System.Globalization;
using System.IO.Pipelines;
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
    TimeProvider time
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
        var most = context.Features.Get<IHttpMaxRequestBodySizeFeature>()?.MaxRequestBodySize ?? limits.MaxRequestBytes;
        var bytes = context.Request.ContentLength ?? most;
        if (bytes > most)
        {
            Refuse(context, StatusCodes.Status413PayloadTooLarge);
            await ExplainAsync(context, most);
            return null;
        }

        var room = await budget.TakeAsync(subject, bytes, context.RequestAborted);
        if (room is null)
        {
            await RateLimits.RefuseAsync(context);
            return null;
        }

        var message = await ReadAsync(context, bytes, room);
        if (message is { IsCall: false, Length: > MaxShortBytes })
        {
            message.Dispose();
            message = Refuse(context, StatusCodes.Status413PayloadTooLarge);
            await ExplainAsync(context, MaxShortBytes);
        }
        else if (message is null)
        {
            await ExplainAsync(context, most);
        }

        return message;
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

        var message = await ReadAsync(context, bytes, room);
        if (message is null && context.Response.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return IncomingMessage.Unknown;
        }

        if (message is null)
        {
            await ExplainAsync(context, MaxShortBytes);
        }

        return message;
    }

    // The message owns the room. The SDK reads the same bytes again.
    private async Task<IncomingMessage?> ReadAsync(HttpContext context, long bytes, IDisposable room)
    {
        var buffer = new MemoryStream(context.Request.ContentLength is { } length ? (int)length : UsualBytes);
        try
        {
            if (
                !await CopyAsync(
                    context.Request.BodyReader,
                    buffer,
                    Grace + TimeSpan.FromSeconds(bytes / MinBytesPerSecond)
                )
            )
            {
                room.Dispose();
                return Refuse(context, StatusCodes.Status408RequestTimeout);
            }
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException)
        {
            room.Dispose();
            return RefuseBroken(context, exception);
        }

        buffer.Position = 0;
        context.Request.Body = buffer;
        return new(Parse(buffer.GetBuffer().AsMemory(0, (int)buffer.Length)), buffer.Length, room);
    }

    // The deadline ends the pending read instead of cancelling it. After a cancelled read Kestrel cannot drain the
    // body, and logs an error.
    private async Task<bool> CopyAsync(PipeReader body, MemoryStream buffer, TimeSpan longest)
    {
        using var end = new CancellationTokenSource(longest, time);
        await using var ending = end.Token.UnsafeRegister(reader => ((PipeReader)reader!).CancelPendingRead(), body);
        while (true)
        {
            var read = await body.ReadAsync(CancellationToken.None);
            foreach (var part in read.Buffer)
            {
                buffer.Write(part.Span);
            }

            body.AdvanceTo(read.Buffer.End);
            if (read.IsCompleted || read.IsCanceled)
            {
                return read.IsCompleted;
            }
        }
    }

    private static IncomingMessage? RefuseBroken(HttpContext context, Exception exception)
    {
        if (exception is BadHttpRequestException bad)
        {
            // Too large, too slow or cut short. In Development the framework would show a stack.
            return Refuse(context, bad.StatusCode);
        }

        // The connection is gone. Aborting keeps Kestrel from reading the rest of the body, which it would log as an
        // error.
        context.Abort();
        return null;
    }

    // The rest of the body is not read, so that the connection cannot be used again.
    private static IncomingMessage? Refuse(HttpContext context, int status)
    {
        context.Response.StatusCode = status;
        context.Response.Headers.Connection = "close";
        return null;
    }

    // JSON-RPC 2.0 §5.1: an invalid request, whose id is not known.
    private static async Task ExplainAsync(HttpContext context, long most)
    {
        if (context.RequestAborted.IsCancellationRequested)
        {
            return;
        }

        var limit = most.ToString("N0", CultureInfo.InvariantCulture);
        var sentence = context.Response.StatusCode switch
        {
            StatusCodes.Status413PayloadTooLarge when most == MaxShortBytes =>
                $"Only a tool call may be longer than {limit} bytes.",
            StatusCodes.Status413PayloadTooLarge =>
                $"The message is longer than {limit} bytes (Limits:MaxRequestBytes).",
            StatusCodes.Status408RequestTimeout =>
                "The message did not arrive in time: it must arrive within 10 s, and longer ones at 16 KiB a second.",
            _ => "The message could not be read to its end.",
        };
        var answer = $$$"""{"jsonrpc":"2.0","id":null,"error":{"code":-32600,"message":"{{{sentence}}}"}}""";
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = answer.Length;
        await context.Response.WriteAsync(answer, context.RequestAborted);
    }

    private static JsonDocument? Parse(ReadOnlyMemory<byte> body)
    {
        if (body.Span.StartsWith(ByteOrderMark))
        {
            // A reader may ignore it (RFC 8259 §8.1), and the SDK does.
            body = body[ByteOrderMark.Length..];
        }

        try
        {
            // The parser does not check strings before they are read.
            return Utf8.IsValid(body.Span) ? JsonDocument.Parse(body) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
