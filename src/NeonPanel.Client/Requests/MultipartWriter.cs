namespace NeonPanel.Client.Requests;

using System;
using System.Collections.Generic;
using System.Linq;
using System.Security.Cryptography;
using System.Text;

/// <summary>Writes <c>multipart/form-data</c> (RFC 7578) and other multipart bodies. The same arguments give the same
/// bytes. The boundary is a hash of the parts, so that a caller cannot choose content that contains it.</summary>
internal static class MultipartWriter
{
    /// <summary>The limit for the number of parts. Each item of a list becomes a part with about a hundred bytes of
    /// headers, and servers have a similar limit.</summary>
    private const int MaxParts = 1000;

    public static (IReadOnlyList<BodyPiece>? Pieces, string ContentType, IReadOnlyList<MultipartPart>? Parts) Write(
        RequestBody body,
        CallArguments arguments,
        Violations violations
    )
    {
        if (BodyMember.Collect(body, arguments, violations) is not { } members)
        {
            return (null, body.ContentType, null);
        }

        var isFormData = body.ContentType.StartsWith("multipart/form-data", StringComparison.OrdinalIgnoreCase);
        var parts = members.SelectMany(m => MultipartPart.Read(m, arguments, violations)).Take(MaxParts + 1).ToList();
        if (parts.Count > MaxParts)
        {
            violations.Add(
                $"The body may have {MaxParts} parts, but the arguments make more. Send fewer items at a time."
            );
            return (null, body.ContentType, null);
        }

        List<IReadOnlyList<BodyPiece>> written = [.. parts.Select(p => p.Write(isFormData))];
        var boundary = "np-" + HashOf(written.SelectMany(pieces => pieces));
        var delimiter = new BodyPiece(Encoding.ASCII.GetBytes($"--{boundary}\r\n"));
        var lineEnd = new BodyPiece("\r\n"u8.ToArray());
        var end = new BodyPiece(Encoding.ASCII.GetBytes($"--{boundary}--\r\n"));
        return (
            [.. written.SelectMany(pieces => (BodyPiece[])[delimiter, .. pieces, lineEnd]), end],
            $"{body.ContentType}; boundary={boundary}",
            parts
        );
    }

    private static string HashOf(IEnumerable<BodyPiece> pieces)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var chunk in pieces.SelectMany(piece => piece.Chunks()))
        {
            hash.AppendData(chunk.Span);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset())[..32];
    }
}
