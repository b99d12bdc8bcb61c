using System.Runtime.CompilerServices;

namespace NeonPanel.Mcp.Server.Upstream;

/// <summary>A connection that reports its end as an error if no response has begun. <see cref="SocketsHttpHandler"/>
/// reacts to a regular end at this point by silently sending a request without a body again, up to three times; it does
/// not do so after an error. Only <see cref="CallPipeline"/> may decide how often a request is sent (rule
/// D5).</summary>
internal sealed class CountedConnection(Stream inner) : Stream
{
    // Set by the first byte of a response, cleared by the next request.
    private volatile bool isAnswered;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public override async ValueTask<int> ReadAsync(
        Memory<byte> buffer,
        CancellationToken cancellationToken = default
    ) => Seen(await inner.ReadAsync(buffer, cancellationToken), buffer.Length);

    public override int Read(byte[] buffer, int offset, int count) => Seen(inner.Read(buffer, offset, count), count);

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        isAnswered = false;
        return inner.WriteAsync(buffer, cancellationToken);
    }

    public override void Write(byte[] buffer, int offset, int count)
    {
        isAnswered = false;
        inner.Write(buffer, offset, count);
    }

    public override void Flush() => inner.Flush();

    public override Task FlushAsync(CancellationToken cancellationToken) => inner.FlushAsync(cancellationToken);

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
        }

        base.Dispose(disposing);
    }

    // A read into an empty buffer only waits for data, so its result of 0 is not the end.
    private int Seen(int read, int wanted)
    {
        if (read == 0 && wanted > 0 && !isAnswered)
        {
            throw new IOException("The API closed the connection without an answer.");
        }

        isAnswered |= read > 0;
        return read;
    }
}
