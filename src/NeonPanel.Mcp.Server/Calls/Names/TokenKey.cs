using System.Security.Cryptography;
using System.Text;
using NeonPanel.Mcp.Server.Authentication;

namespace NeonPanel.Mcp.Server.Calls.Names;

/// <summary>The key under which data of a caller is cached. It is per token, because another token of the same user may
/// have other rights. It is a hash, so that no table contains the token.</summary>
internal static class TokenKey
{
    public static string Of(AccessToken token) =>
        Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(token.Value)));
}
