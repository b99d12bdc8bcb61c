using System.IO.Pipelines;

namespace NeonPanel.Mcp.Server.Transport.LegacySse;

/// <summary>The open response to <c>GET /sse</c>. It sends events in order, and its callers never wait for a slow
/// client. An idle stream holds no buffer and no task.</summary>
/// <param name="output">The response's body.</param>
/// <param name="abort">Closes the connection of a client that does not read.</param>
internal sealed class EventStream(PipeWriter output, Action abort, TimeProvider time)
{
    // Bytes that wait behind the event being written. A tool list has about 200 KB, a result about Mcp:MaxResultChars.
    private const int MaxWaitingBytes = 1024 * 1024;

    private static readonly TimeSpan HeartbeatAfter = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan LongestWrite = TimeSpan.FromSeconds(30);

    private readonly Lock guard = new();
    private Queue<ReadOnlyMemory<byte>>? waiting;
    private int waitingBytes;
    private Task writing = Task.CompletedTask;
    private bool isWriting;
    private bool isClosed;
    private long lastWrite = time.GetTimestamp();

    /// <summary>Sends an event, or queues it behind earlier events. If too many bytes wait, the connection is
    /// closed.</summary>
    public void Send(ReadOnlyMemory<byte> text)
    {
        lock (guard)
        {
            if (isClosed)
            {
                return;
            }

            if (isWriting)
            {
                waitingBytes += text.Length;
                if (waitingBytes > MaxWaitingBytes)
                {
                    isClosed = true;
                    abort();
                    return;
                }

                (waiting ??= new()).Enqueue(text);
                return;
            }

            isWriting = true;
            lastWrite = time.GetTimestamp();
            writing = Task.Run(() => WriteAsync(text));
        }
    }

    /// <summary>Sends a comment if the stream was silent, so that proxies do not close the connection. The caller calls
    /// this every few seconds. If a write takes too long, the client does not read, and the connection is
    /// closed.</summary>
    public void Beat()
    {
        bool isDue;
        lock (guard)
        {
            var silence = time.GetElapsedTime(lastWrite);
            if (isWriting && silence >= LongestWrite)
            {
                isClosed = true;
                abort();
                return;
            }

            isDue = !isWriting && silence >= HeartbeatAfter;
        }

        if (isDue)
        {
            Send(EventText.Comment);
        }
    }

    /// <summary>Rejects further events. The task completes when all earlier events are sent or the connection is
    /// closed.</summary>
    public async Task CloseAsync()
    {
        Task last;
        lock (guard)
        {
            isClosed = true;
            last = writing;
        }

        await last;
    }

    private async Task WriteAsync(ReadOnlyMemory<byte> text)
    {
        while (true)
        {
            // One contiguous block: in blocks of the pool, a tool list would leave the connection with a long list of
            // blocks.
            text.CopyTo(output.GetMemory(text.Length));
            output.Advance(text.Length);
            // The flush needs no cancellation, because it completes when the connection is aborted.
            await output.FlushAsync(CancellationToken.None);
            lock (guard)
            {
                lastWrite = time.GetTimestamp();
                if (waiting is null || !waiting.TryDequeue(out text))
                {
                    waiting = null;
                    isWriting = false;
                    return;
                }

                waitingBytes -= text.Length;
            }
        }
    }
}
