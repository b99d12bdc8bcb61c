using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using NeonPanel.Mcp.Generator.Model;
using NeonPanel.Mcp.Generator.Reading;

namespace NeonPanel.Mcp.Generator.Commands;

/// <summary>The ETag under which a specification was fetched, for as long as the file is what was written then.</summary>
internal static class RememberedTag
{
    /// <returns><see langword="null"/> where nothing is remembered, or of another address or another file.</returns>
    public static string? Read(string file, string url, byte[] specification)
    {
        try
        {
            return File.Exists(file) && JsonNode.Parse(File.ReadAllBytes(file)) is { } known && known.Text("url") == url && known.Text("sha256") == Hash(specification)
                ? known.Text("etag") : null;
        }
        catch (JsonException)
        {
            return null; // forgotten: the next answer is remembered again
        }
    }

    public static byte[] Write(string url, string tag, byte[] specification) => Disk.Utf8.GetBytes(
        JsonText.Indented(new JsonObject { ["url"] = url, ["etag"] = tag, ["sha256"] = Hash(specification) }));

    private static string Hash(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}
