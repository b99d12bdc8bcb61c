using System.Security.Cryptography;
using System.Text.Json.Nodes;
using NeonPanel.Mcp.Generator.Reading;
using NeonPanel.Mcp.Generator.Texts;

namespace NeonPanel.Mcp.Generator.Commands;

/// <summary>The source of the specification on disk, stored in a file beside it. With the ETag, the next refresh need
/// not download an unchanged document. It is valid only while the specification's hash is unchanged.</summary>
/// <param name="Url">The address of the specification.</param>
/// <param name="ETag">The entity tag (RFC 9110 §8.8.3).</param>
/// <param name="Hash">SHA-256 of the specification.</param>
internal sealed record RememberedSource(string Url, string ETag, string Hash)
{
    public static string FileOf(string specification) => Path.ChangeExtension(specification, ".source.json");

    /// <summary>Returns the ETag to send, or <see langword="null"/> if the stored one is not valid.</summary>
    public static string? TagFor(string specification, string url)
    {
        var file = FileOf(specification);
        if (!File.Exists(file) || !File.Exists(specification))
        {
            return null;
        }

        var known = SpecificationReader.Parse(file, File.ReadAllBytes(file), []);
        return known.Text("url") == url && known.Text("sha256") == HashOf(File.ReadAllBytes(specification))
            ? known.Text("etag")
            : null;
    }

    public static RememberedSource Of(string url, string etag, byte[] specification) =>
        new(url, etag, HashOf(specification));

    public byte[] Write() =>
        Disk.Utf8.GetBytes(
            JsonText.Indented(
                new JsonObject
                {
                    ["url"] = Url,
                    ["etag"] = ETag,
                    ["sha256"] = Hash,
                }
            )
        );

    private static string HashOf(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}
