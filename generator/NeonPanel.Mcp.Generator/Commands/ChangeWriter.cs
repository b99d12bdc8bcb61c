namespace NeonPanel.Mcp.Generator.Commands;

/// <summary>Writes a file from the first byte that differs from the existing content. If the content is equal, the file
/// is only read.</summary>
internal sealed class ChangeWriter : IDisposable
{
    private readonly string file;
    private FileStream? before;
    private FileStream? after;
    private long length;

    public ChangeWriter(string file)
    {
        this.file = file;
        before = File.Exists(file) ? File.OpenRead(file) : null;
        after = before is null ? File.Create(file) : null;
    }

    public void Write(ReadOnlySpan<byte> bytes)
    {
        if (after is null && !IsNext(bytes))
        {
            Change();
        }

        after?.Write(bytes);
        length += bytes.Length;
    }

    /// <summary>Ends the file after the last written byte.</summary>
    /// <returns>Whether the content changed.</returns>
    public bool Finish()
    {
        if (before is not null && before.Length > length)
        {
            Change();
        }

        after?.SetLength(length);
        return after is not null;
    }

    public void Dispose()
    {
        before?.Dispose();
        after?.Dispose();
    }

    private bool IsNext(ReadOnlySpan<byte> bytes)
    {
        Span<byte> block = stackalloc byte[4096];
        while (bytes.Length > 0)
        {
            var read = before!.ReadAtLeast(
                block[..Math.Min(block.Length, bytes.Length)],
                Math.Min(block.Length, bytes.Length),
                throwOnEndOfStream: false
            );
            if (read == 0 || !bytes[..Math.Min(read, bytes.Length)].SequenceEqual(block[..read]))
            {
                return false;
            }

            bytes = bytes[read..];
        }

        return true;
    }

    private void Change()
    {
        before!.Dispose();
        before = null;
        after = new(file, FileMode.Open, FileAccess.Write);
        after.Position = length;
    }
}
