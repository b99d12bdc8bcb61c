using System.Buffers;

namespace NeonPanel.Mcp.Server.Tests.Fixtures;

/// <summary>Throws where the server gives an array back: a defect after a tool call whose result is already
/// written.</summary>
internal sealed class FaultyPool(Func<Exception> fault) : ArrayPool<byte>
{
    public override byte[] Rent(int minimumLength) => new byte[minimumLength];

    public override void Return(byte[] array, bool clearArray = false) => throw fault();
}
