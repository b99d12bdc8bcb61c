using System.IO.Pipelines;

namespace NeonPanel.Mcp.Server.Transport.LegacySse;

/// <summary>The open answer to <c>GET /sse</c>: events go out in order, and nobody who writes one waits for the reader.
/// While there is nothing to send it holds no buffer and no task.</summary>
/// <param name="output">The response's body.</param>
/// <param name="abort">Cuts the connection: for a reader that does not read.</param>
internal sealed class EventStream(PipeWriter output, Action abort, TimeProvider time)
{
    // Beyond the event that is being written. A tool list is some 200 KB, a result about as long as Mcp:MaxResultChars.
    private const int MaxWaitingBytes = 1024 * 1024;

    private static readonly TimeSpan HeartbeatAfter = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan LongestWrite = TimeSpan.FromSeconds(30);

    // A line that begins with a colon is a comment (HTML, Server-sent events, §9.2.6).
    private static readonly ReadOnlyMemory<byte> Comment = ":\n\n"u8.ToArray();

    private readonly Lock guard = new();
    private Queue<ReadOnlyMemory<byte>>? waiting;
    private int waitingBytes;
    private Task writing = Task.CompletedTask;
    private bool isWriting;
    private bool isClosed;
    private long lastWrite = time.GetTimestamp();

    /// <summary>Sends an event, or keeps it until those before it are sent. When too much waits, the connection is
    /// cut.</summary>
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

    /// <summary>Keeps proxies from closing a silent connection; to be asked every few seconds. A write that has not
    /// gone through for long is that of a reader that does not read.</summary>
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
            Send(Comment);
        }
    }

    /// <summary>Takes no more events, and returns when those taken are sent, or the connection is gone.</summary>
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
            // In one piece: cut into the pool's blocks, a tool list would leave the connection with a long list of
            // them.
            text.CopyTo(output.GetMemory(text.Length));
            output.Advance(text.Length);
            // Not to be cancelled: an aborted connection completes it.
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
