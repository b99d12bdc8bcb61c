namespace NeonPanel.Mcp.Server.Transport;

/// <summary>Response body of a call that the MCP SDK answers. The SDK sends the headers of a stream before it knows the
/// result. This body delays them until the first byte, so that the status can still become 401. After a refusal, it
/// drops everything that the SDK writes.</summary>
internal sealed class RefusableResponse(Stream body) : Stream
{
    private readonly Lock guard = new();
    private bool hasBegun;

    /// <summary>Gets the refusal, or <see langword="null"/> if the call gets its usual response.</summary>
    public RefusedCall? Refusal { get; private set; }

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Refuses the call, unless a part of the response was already sent.</summary>
    /// <returns>Whether the call is refused.</returns>
    public bool TryRefuse(RefusedCall refusal)
    {
        lock (guard)
        {
            if (!hasBegun)
            {
                Refusal = refusal;
            }

            return !hasBegun;
        }
    }

    public override void Write(byte[] buffer, int offset, int count)
    {
        if (Begin())
        {
            body.Write(buffer, offset, count);
        }
    }

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
        Begin() ? body.WriteAsync(buffer, cancellationToken) : ValueTask.CompletedTask;

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Flush()
    {
        if (hasBegun)
        {
            body.Flush();
        }
    }

    public override Task FlushAsync(CancellationToken cancellationToken) =>
        hasBegun ? body.FlushAsync(cancellationToken) : Task.CompletedTask;

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    // Returns false if the call is refused: then no part of the SDK's response is sent.
    private bool Begin()
    {
        lock (guard)
        {
            hasBegun |= Refusal is null;
            return hasBegun;
        }
    }
}
