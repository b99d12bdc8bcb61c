using System.Buffers;

namespace NeonPanel.Mcp.Server.Upstream;

/// <summary>The arrays that the API's answers to one tool call are read into. They go back to the pool in one place:
/// where the call's result has been written, so that nothing reads them any more.</summary>
internal sealed class AnswerArrays(ArrayPool<byte> pool) : IDisposable
{
    /// <summary>By what a request says whose array its answer is read into; without it, into one of its own.</summary>
    public static readonly HttpRequestOptionsKey<AnswerArrays?> Owner = new("answer arrays");

    // A search asks for several answers at a time.
    private readonly Lock gate = new();
    private List<byte[]>? kept = [];

    /// <summary>Takes an array of at least some length.</summary>
    public byte[] Rent(int length) => pool.Rent(length);

    /// <summary>Has an array given back at the end. Only for one that nobody writes into any more: where an answer
    /// broke off, the connection may, so its array is left to the garbage collector.</summary>
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
