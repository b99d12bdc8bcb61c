using System.Reflection;
using System.Security.Cryptography;

namespace NeonPanel.Mcp.Server.Pages;

/// <summary>The style sheet and scripts of the pages. They are files of their own, because the content security policy
/// allows nothing inline. Their addresses contain a hash of their content.</summary>
internal static class PageAssets
{
    public static PageAsset Style { get; } = Read("pages.css", "text/css; charset=utf-8");

    public static PageAsset Script { get; } = Read("pages.js", "text/javascript; charset=utf-8");

    /// <summary>Reads a file that the build embedded.</summary>
    public static PageAsset Read(Assembly assembly, string name, string contentType)
    {
        using var stream = assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"The build embedded no {name}.");
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return new("/assets/" + name, contentType, bytes, Convert.ToHexStringLower(SHA256.HashData(bytes))[..16]);
    }

    private static PageAsset Read(string name, string contentType) =>
        Read(typeof(PageAssets).Assembly, name, contentType);
}

/// <param name="Path">The route.</param>
/// <param name="Hash">Hash of the content.</param>
internal sealed record PageAsset(string Path, string ContentType, byte[] Bytes, string Hash)
{
    public string Address => $"{Path}?v={Hash}";
}
