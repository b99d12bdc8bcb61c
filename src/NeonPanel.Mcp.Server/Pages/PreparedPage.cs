using System.Security.Cryptography;
using System.Text;
using NeonPanel.Mcp.SafeText;

namespace NeonPanel.Mcp.Server.Pages;

/// <summary>A page as bytes, with its entity tag (RFC 9110 §8.8.3).</summary>
internal sealed class PreparedPage(byte[] bytes)
{
    private const int TagDigits = 16;

    public PreparedPage(Html html)
        : this(Encoding.UTF8.GetBytes(html.Markup)) { }

    public byte[] Bytes => bytes;

    public string Tag { get; } = $"\"{Convert.ToHexStringLower(SHA256.HashData(bytes))[..TagDigits]}\"";
}
