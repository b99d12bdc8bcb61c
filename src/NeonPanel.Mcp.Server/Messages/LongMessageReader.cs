using Microsoft.AspNetCore.Http.Features;
using NeonPanel.Mcp.Server.Edge;

namespace NeonPanel.Mcp.Server.Messages;

/// <summary>Reads the rest of a message that is longer than <c>Limits:MaxRequestBytes</c>, where it may be a call with
/// files. Its bytes take room in the budget of files before they are read (docs/decisions/0035).</summary>
internal sealed class LongMessageReader(FileCalls calls, BodyBudget budget, FileBudget files, BodyFiller filler)
{
    /// <summary>A long message must arrive at this rate, so that a slow client does not keep the budget for
    /// long.</summary>
    private const double MinBytesPerSecond = 256 * 1024;

    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(10);

    /// <summary>Gets the most bytes of a message, or 0 where no call may be long.</summary>
    public long MaxBytes => calls.MaxBytes;

    /// <summary>Gets the sentence for a message that is too long.</summary>
    public string TooLong => MessageRefusal.TooLong(LongMessageFault.NoFileCall, calls);

    /// <summary>Lets a body be as long as a call with files. It must not have been read yet.</summary>
    public void RaiseLimit(HttpContext context)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = Math.Max(limit.MaxRequestBodySize ?? 0, MaxBytes);
        }
    }

    /// <summary>Answers a message that is too long by its <c>Content-Length</c>.</summary>
    public Task RefuseAsync(HttpContext context, LongMessageFault fault) =>
        MessageRefusal.TooLongAsync(context, MessageRefusal.TooLong(fault, calls));

    /// <summary>Reads on.</summary>
    /// <param name="start">What has arrived of the message.</param>
    /// <param name="room">The room of the first bytes in the budget of bodies, which belongs to the message from now
    /// on.</param>
    /// <param name="roomBytes">Its size.</param>
    /// <returns>The message, or <see langword="null"/> when the response is written.</returns>
    public async Task<IncomingMessage?> ReadAsync(
        HttpContext context,
        MemoryStream start,
        string subject,
        IDisposable room,
        long roomBytes
    )
    {
        var rooms = new Rooms(room);
        try
        {
            var message = await ReadAsync(context, start, subject, rooms, roomBytes);
            if (message is null)
            {
                rooms.Dispose();
            }

            return message;
        }
        catch
        {
            rooms.Dispose();
            throw;
        }
    }

    private async Task<IncomingMessage?> ReadAsync(
        HttpContext context,
        MemoryStream start,
        string subject,
        Rooms rooms,
        long roomBytes
    )
    {
        if (!MayBeFileCall(context, start))
        {
            await RefuseAsync(context, LongMessageFault.NoFileCall);
            return null;
        }

        // Base64 has four digits for three bytes of a file.
        var most = context.Request.ContentLength ?? MaxBytes;
        if (!rooms.Add(await files.TakeAsync(subject, most / 4 * 3, context.RequestAborted)))
        {
            await MessageRefusal.BusyAsync(context);
            return null;
        }

        if (await ReadBodyAsync(context, start, most) is not { } body)
        {
            return null;
        }

        var separated = FileSeparation.Of(body, calls);
        if (separated.Fault is { } fault)
        {
            await RefuseAsync(context, fault);
            return null;
        }

        // As a document, the rest takes up to twelve times its length.
        if (
            separated.Rest.Length > roomBytes
            && !rooms.Add(await budget.TakeAsync(subject, separated.Rest.Length - roomBytes, context.RequestAborted))
        )
        {
            await MessageRefusal.BusyAsync(context);
            return null;
        }

        context.Request.Body = new MemoryStream(separated.Rest.ToArray(), writable: false);
        return new(MessageReader.Parse(separated.Rest), separated.Rest.Length, rooms) { Files = separated.Files };
    }

    private bool MayBeFileCall(HttpContext context, MemoryStream start)
    {
        var known = CallStart.Read(MessageReader.WithoutMark(start.GetBuffer().AsMemory(0, (int)start.Length)).Span);
        // Revision 2026-07-28 has the name in a header too.
        return calls.MayBe(
            known.ToolName is null && context.Request.Headers["Mcp-Name"] is [{ Length: > 0 } name]
                ? known with
                {
                    ToolName = name,
                }
                : known
        );
    }

    // One array, since each copy of a file of 20 MiB counts. Memory that nothing is written to is not resident.
    private async Task<Memory<byte>?> ReadBodyAsync(HttpContext context, MemoryStream start, long most)
    {
        var bytes = GC.AllocateUninitializedArray<byte>((int)most);
        var buffer = new MemoryStream(bytes);
        buffer.SetLength(0);
        start.WriteTo(buffer);
        var longest = Grace + TimeSpan.FromSeconds(most / MinBytesPerSecond);
        switch (await filler.FillAsync(context, buffer, most, longest))
        {
            case BodyArrival.Whole:
                return MessageReader.WithoutMark(bytes.AsMemory(0, (int)buffer.Length));
            case BodyArrival.More:
                await RefuseAsync(context, LongMessageFault.Files);
                return null;
            case BodyArrival.Late:
                await MessageRefusal.LateAsync(context, "256 KiB");
                return null;
            default:
                await MessageRefusal.ExplainAsync(context, MessageRefusal.TooLong(LongMessageFault.Files, calls));
                return null;
        }
    }

    /// <summary>The parts of the budgets that a message occupies.</summary>
    private sealed class Rooms(IDisposable first) : IDisposable
    {
        private readonly List<IDisposable> all = [first];

        public bool Add(IDisposable? room)
        {
            if (room is null)
            {
                return false;
            }

            all.Add(room);
            return true;
        }

        public void Dispose()
        {
            all.ForEach(room => room.Dispose());
            all.Clear();
        }
    }
}
