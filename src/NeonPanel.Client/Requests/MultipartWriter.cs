using System.Security.Cryptography;
using System.Text;

namespace NeonPanel.Client.Requests;

/// <summary>Writes <c>multipart/form-data</c> (RFC 7578) and other multipart bodies. The same arguments give the same
/// bytes: the boundary is a hash of the parts, so that it cannot be chosen to occur in them.</summary>
internal static class MultipartWriter
{
    public static (byte[]? Bytes, string ContentType) Write(
        RequestBody body, CallArguments arguments, Violations violations)
    {
        if (BodyMember.Collect(body, arguments, violations) is not { } members)
        {
            return (null, body.ContentType);
        }

        var isFormData = body.ContentType.StartsWith("multipart/form-data", StringComparison.OrdinalIgnoreCase);
        var parts = members
            .SelectMany(m => MultipartPart.Read(m, arguments, violations))
            .Select(p => p.ToBytes(isFormData))
            .ToArray();
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var part in parts)
        {
            hash.AppendData(part);
        }

        var boundary = "np-" + Convert.ToHexStringLower(hash.GetHashAndReset())[..32];
        using var buffer = new MemoryStream();
        foreach (var part in parts)
        {
            buffer.Write(Encoding.ASCII.GetBytes($"--{boundary}\r\n"));
            buffer.Write(part);
            buffer.Write("\r\n"u8);
        }

        buffer.Write(Encoding.ASCII.GetBytes($"--{boundary}--\r\n"));
        return (buffer.ToArray(), $"{body.ContentType}; boundary={boundary}");
    }
}
