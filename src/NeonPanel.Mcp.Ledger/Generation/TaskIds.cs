using System.Security.Cryptography;
using System.Text;

namespace NeonPanel.Mcp.Ledger.Generation;

/// <summary>Ids of task pages.</summary>
public static class TaskIds
{
    /// <summary>The id of a document's task page: the same for the same document.</summary>
    public static Guid Of(DocumentKind kind, int id)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{kind} {id}")).AsSpan(0, 16);
        // RFC 9562 §5.8: version 8, a UUID made by rules of one's own.
        hash[6] = (byte)((hash[6] & 0x0f) | 0x80);
        hash[8] = (byte)((hash[8] & 0x3f) | 0x80);
        return new(hash, bigEndian: true);
    }
}
