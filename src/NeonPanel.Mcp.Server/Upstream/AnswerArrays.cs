using System.Buffers;

namespace NeonPanel.Mcp.Server.Upstream;

/// <summary>The arrays that hold the API's responses to one tool call. They return to the pool when the call's result
/// has been written, because after that no code reads them.</summary>
internal sealed class AnswerArrays(ArrayPool<byte> pool) : IDisposable
{
    /// <summary>Request option that names the owner of the response buffer. Without it, the response allocates its own
    /// buffer.</summary>
    public static readonly HttpRequestOptionsKey<AnswerArrays?> Owner = new("answer arrays");

    // A search sends several requests at a time.
    private readonly Lock gate = new();
    private List<byte[]>? kept = [];

    /// <summary>Rents an array with at least the given length, in bytes.</summary>
    public byte[] Rent(int length) => pool.Rent(length);

    /// <summary>Registers an array to be returned at the end. The caller must not register the array of a response that
    /// broke off: the connection may still write into it, so it is left to the garbage collector.</summary>
    public void Keep(byte[] array)
    {
        lock (gate)
        {
            kept?.Add(array);
        }
    }

    public void Dispose()
    {
        lock (gate)
        {
            kept?.ForEach(array => pool.Return(array));
            kept = null;
        }
    }
}
