using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace NeonPanel.Mcp.Server.Instances;

/// <summary>Signs short texts that a client keeps for the server and sends back, such as the id of a task. The server
/// stores nothing, so the text is valid after a restart and on every instance with the same <c>Mcp:StateKey</c>. The
/// content is not encrypted: it must hold nothing that the client may not see.</summary>
internal sealed class SignedText(StateKey key, TimeProvider time)
{
    private const byte Version = 1;
    private const int ExpiryBytes = sizeof(long);
    private const int OwnerBytes = 16;
    private const int HeadBytes = 1 + ExpiryBytes + OwnerBytes;
    private const int SignatureBytes = HMACSHA256.HashSizeInBytes;

    /// <summary>Signs a content.</summary>
    /// <param name="purpose">What the text is for. A text of one purpose is not valid for another.</param>
    /// <param name="owner">The user to whom the text is bound: the subject of the token.</param>
    /// <param name="life">The time for which the text is valid.</param>
    /// <param name="content">The bytes to keep.</param>
    /// <returns>Letters, digits, <c>-</c> and <c>_</c> (RFC 4648 §5): 76 characters, and four for each three bytes of
    /// the content.</returns>
    public string Write(string purpose, string owner, TimeSpan life, ReadOnlySpan<byte> content)
    {
        var bytes = new byte[HeadBytes + content.Length + SignatureBytes];
        bytes[0] = Version;
        var expiry = time.GetUtcNow() + life;
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(1), expiry.ToUnixTimeMilliseconds());
        OwnerMark(purpose, owner).CopyTo(bytes, 1 + ExpiryBytes);
        content.CopyTo(bytes.AsSpan(HeadBytes));
        Sign(purpose, bytes.AsSpan(0, bytes.Length - SignatureBytes)).CopyTo(bytes, bytes.Length - SignatureBytes);
        return Base64Url.EncodeToString(bytes);
    }

    /// <summary>Reads a text that came back from a client.</summary>
    /// <param name="purpose">The purpose with which the text was signed.</param>
    /// <param name="owner">The user who sent the text.</param>
    /// <param name="text">The text.</param>
    /// <param name="content">The signed bytes; empty unless the text is valid.</param>
    public SignedTextState Read(string purpose, string owner, string text, out byte[] content)
    {
        content = [];
        if (!TryDecode(text, out var bytes) || bytes.Length < HeadBytes + SignatureBytes || bytes[0] != Version)
        {
            return SignedTextState.Unreadable;
        }

        var signed = bytes.AsSpan(0, bytes.Length - SignatureBytes);
        if (!CryptographicOperations.FixedTimeEquals(Sign(purpose, signed), bytes.AsSpan(signed.Length)))
        {
            return SignedTextState.Forged;
        }

        var mark = signed.Slice(1 + ExpiryBytes, OwnerBytes);
        if (!CryptographicOperations.FixedTimeEquals(OwnerMark(purpose, owner), mark))
        {
            return SignedTextState.Foreign;
        }

        if (BinaryPrimitives.ReadInt64BigEndian(signed[1..]) <= time.GetUtcNow().ToUnixTimeMilliseconds())
        {
            return SignedTextState.Expired;
        }

        content = signed[HeadBytes..].ToArray();
        return SignedTextState.Valid;
    }

    private static bool TryDecode(string text, out byte[] bytes)
    {
        bytes = [];
        if (!Base64Url.IsValid(text))
        {
            return false;
        }

        bytes = Base64Url.DecodeFromChars(text);
        // Several texts may decode to the same bytes; only the one that was written counts.
        return Base64Url.EncodeToString(bytes) == text;
    }

    // The text shows only this mark, not the subject.
    private byte[] OwnerMark(string purpose, string owner) =>
        Sign(purpose + "/owner", Encoding.UTF8.GetBytes(owner))[..OwnerBytes];

    private byte[] Sign(string purpose, ReadOnlySpan<byte> bytes)
    {
        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key.Bytes.Span);
        hash.AppendData(Encoding.UTF8.GetBytes(purpose + "\0"));
        hash.AppendData(bytes);
        return hash.GetHashAndReset();
    }
}

/// <summary>What is known about a text that a client sent back.</summary>
internal enum SignedTextState
{
    /// <summary>The server signed the text for this user, and it has not expired.</summary>
    Valid,

    /// <summary>The text does not have the form of a signed text: it is incomplete, or from another source.</summary>
    Unreadable,

    /// <summary>The signature does not fit: the text was changed, has another purpose, or was signed with another
    /// key.</summary>
    Forged,

    /// <summary>The text was signed for another user.</summary>
    Foreign,

    /// <summary>The text is too old.</summary>
    Expired,
}
