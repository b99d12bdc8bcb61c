using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.InteropServices;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Features;
using ModelContextProtocol;
using NeonPanel.Mcp.Server.Http;
using NeonPanel.Mcp.Server.Messages;
using NeonPanel.Mcp.Server.Settings;
using NeonPanel.Mcp.Server.Transport.Forms;
using NeonPanel.Mcp.Tools;

namespace NeonPanel.Mcp.Server.Transport.Plain;

/// <summary>Answers a plain <c>tools/list</c> or <c>tools/call</c> before the SDK, from the same table and with the
/// same <see cref="ToolRequests"/>. The response is JSON, or one server-sent event if the client does not accept JSON.
/// All other requests pass to the SDK.</summary>
internal sealed class FastPath(
    RequestDelegate next,
    McpAddresses addresses,
    ToolCatalog catalog,
    ToolLists lists,
    ToolRequests requests
)
{
    private static readonly SearchValues<byte> LineEnds = SearchValues.Create("\r\n"u8);

    private static readonly JsonElement NoArguments = JsonElement.Parse("{}"u8);

    public Task InvokeAsync(HttpContext context)
    {
        if (
            context.Features.Get<IncomingMessage>() is not { } message
            || addresses.Find(context.Request.Path) is not { IsLegacySse: false } address
            || !PlainRequest.TryRead(message, context.Request.Headers, out var request)
        )
        {
            return next(context);
        }

        var accept = AcceptHeader.Read(context.Request.Headers.Accept);
        var origin = MessageOrigin.Of(context, address);
        ToolDescriptor? tool = null;
        if (
            origin.Selection is not null
            || accept is { Json: 0, EventStream: 0 }
            || (
                request.ToolName is { } name
                && !(origin.Token is not null && catalog.TryGet(name, out tool) && origin.Sees(tool))
            )
            || (
                // Only an event stream has a place for notifications before the result.
                request.WantsProgress
                && accept.EventStream > 0
                && tool is not null
                && ProgressNotes.MayCome(tool, request.Arguments)
            )
        )
        {
            return next(context);
        }

        return AnswerAsync(context, origin, tool, request, isEventStream: accept.EventStream > accept.Json);
    }

    private async Task AnswerAsync(
        HttpContext context,
        MessageOrigin origin,
        ToolDescriptor? tool,
        PlainRequest request,
        bool isEventStream
    )
    {
        using var output = new PooledBuffer();
        var coding = "identity";
        RefusedCall? refusal = null;
        try
        {
            if (tool is not null)
            {
                refusal = await CallAsync(output, context, origin, tool, request, isEventStream);
            }
            else if (AcceptEncoding.TakesGzip(context.Request.Headers.AcceptEncoding))
            {
                coding = AcceptEncoding.Gzip;
                WriteGzipList(output, origin, request, isEventStream);
            }
            else
            {
                Begin(output, request, "result"u8, isEventStream);
                lists.TryWrite(output, origin, cursor: null, request.IsPerRequest);
                End(output, isEventStream);
            }
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            return; // the client has left (rule A7)
        }
        catch (Exception exception)
        {
            coding = "identity";
            WriteFault(output, request, requests.Fault(request.Method, origin, exception), isEventStream);
        }

        // Forms were shown, so the response is a stream that has begun.
        if (context.Features.Get<AskingCall>() is { HasBegun: true } call)
        {
            await WriteResultAsync(call, output, isEventStream);
            return;
        }

        if (refusal is not null)
        {
            await RefusedCallMiddleware.WriteAsync(
                context,
                context.Features.GetRequiredFeature<IncomingMessage>(),
                refusal
            );
            return;
        }

        WriteHead(context, isEventStream, coding);
        await WriteAsync(context, output);
    }

    private async Task<RefusedCall?> CallAsync(
        PooledBuffer output,
        HttpContext context,
        MessageOrigin origin,
        ToolDescriptor tool,
        PlainRequest request,
        bool isEventStream
    )
    {
        var arguments = request.Arguments.ValueKind == JsonValueKind.Undefined ? NoArguments : request.Arguments;
        Begin(output, request, "result"u8, isEventStream);
        var refusal = await requests.CallAsync(
            output,
            origin,
            tool,
            arguments,
            request.IsPerRequest,
            reply: null,
            context.RequestAborted
        );
        End(output, isEventStream);
        return refusal;
    }

    private static Task WriteResultAsync(AskingCall call, PooledBuffer output, bool isEventStream)
    {
        if (isEventStream)
        {
            return call.WriteAsync(output.Written);
        }

        using var events = new PooledBuffer();
        events.Write(EventText.Start);
        events.Write(output.Written.Span[..^1]);
        End(events, isEventStream: true);
        return call.WriteAsync(events.Written);
    }

    private void WriteGzipList(PooledBuffer output, MessageOrigin origin, PlainRequest request, bool isEventStream)
    {
        using var before = new PooledBuffer();
        Begin(before, request, "result"u8, isEventStream);
        lists.WriteGzip(output, before.Written.Span, origin, request.IsPerRequest, isEventStream ? "}\n\n"u8 : "}"u8);
    }

    // Discards the part of the result that was already written.
    private static void WriteFault(
        PooledBuffer output,
        PlainRequest request,
        McpProtocolException fault,
        bool isEventStream
    )
    {
        output.Clear();
        Begin(output, request, "error"u8, isEventStream);
        using (var writer = new Utf8JsonWriter(output))
        {
            writer.WriteStartObject();
            writer.WriteNumber("code", (int)fault.ErrorCode);
            writer.WriteString("message", fault.Message);
            writer.WriteEndObject();
        }

        End(output, isEventStream);
    }

    private static void Begin(PooledBuffer output, PlainRequest request, ReadOnlySpan<byte> member, bool isEventStream)
    {
        if (isEventStream)
        {
            output.Write(EventText.Start);
        }

        output.Write("{\"jsonrpc\":\"2.0\",\"id\":"u8);
        output.Write(JsonMarshal.GetRawUtf8Value(request.Id));
        output.Write(",\""u8);
        output.Write(member);
        output.Write("\":"u8);
    }

    private static void End(PooledBuffer output, bool isEventStream)
    {
        output.Write("}"u8);
        if (isEventStream)
        {
            // The API's JSON may contain line ends between its members. In an event, a line end would end the data.
            output.Written.Span[EventText.Start.Length..].ReplaceAny(LineEnds, (byte)' ');
            output.Write(EventText.End);
        }
    }

    private static void WriteHead(HttpContext context, bool isEventStream, string coding)
    {
        var headers = context.Response.Headers;
        if (isEventStream)
        {
            AskingCall.WriteHead(context, coding);
            return;
        }

        headers.ContentType = AcceptHeader.JsonType;
        headers.CacheControl = "no-store";
        if (coding == AcceptEncoding.Gzip)
        {
            headers.ContentEncoding = coding;
        }
    }

    private static ValueTask<FlushResult> WriteAsync(HttpContext context, PooledBuffer output)
    {
        context.Response.ContentLength = output.Written.Length;
        return context.Response.BodyWriter.WriteAsync(output.Written, context.RequestAborted);
    }
}
