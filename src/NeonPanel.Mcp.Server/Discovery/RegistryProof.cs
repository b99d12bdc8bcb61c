using System.Text.RegularExpressions;
using NeonPanel.Mcp.Server.Settings;

namespace NeonPanel.Mcp.Server.Discovery;

/// <summary>Reads the public key that proves to the MCP registry who owns the server's host
/// (<c>/.well-known/mcp-registry-auth</c>; registry, docs/modelcontextprotocol-io/authentication.mdx, "HTTP
/// Authentication").</summary>
internal static partial class RegistryProof
{
    private const string Name = "Discovery:McpRegistryKey";

    // An Ed25519 key has 32 bytes. A compressed point of P-384 has 49 (SEC 1 §2.3.3).
    private const int Ed25519Bytes = 32;
    private const int P384Bytes = 49;

    /// <summary>Returns the proof record, or <see langword="null"/> without a key.</summary>
    public static string? Read(SettingsReader settings)
    {
        if (settings.Text(Name) is not { } text)
        {
            return null;
        }

        var record = Record().Match(text);
        var (algorithm, key) = record.Success ? (record.Groups[1].Value, record.Groups[2].Value) : ("ed25519", text);
        var expected = algorithm == "ed25519" ? Ed25519Bytes : P384Bytes;
        var bytes = new byte[text.Length];
        if (!Convert.TryFromBase64String(key, bytes, out var count) || count != expected)
        {
            // The value itself may be a private key, so it appears in no message.
            settings.Fault(
                Name,
                "must be a public key: 'v=MCPv1; k=ed25519; p=' and its 32 bytes in Base64, or the Base64 alone "
                    + "(never the private key)",
                $"a text of {text.Length} characters"
            );
            return null;
        }

        return $"v=MCPv1; k={algorithm}; p={key}";
    }

    [GeneratedRegex(@"^v=MCPv1; ?k=(ed25519|ecdsap384); ?p=([A-Za-z0-9+/=]+)$")]
    private static partial Regex Record();
}
