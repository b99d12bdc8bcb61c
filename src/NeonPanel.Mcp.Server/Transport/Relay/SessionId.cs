using System.Security.Cryptography;

namespace NeonPanel.Mcp.Server.Transport.Relay;

/// <summary>Creates and reads session ids: 128 random bits and, with Redis, the name of the instance that holds the
/// stream.</summary>
internal static class SessionId
{
    private const int IdBytes = 16;
    private const int InstanceBytes = 8;

    public static string NewInstance() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(InstanceBytes));

    public static string New(string? instance)
    {
        var id = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(IdBytes));
        return instance is null ? id : id + "-" + instance;
    }

    /// <summary>Reads the instance's name from an id. The id is untrusted, because it comes from the client.</summary>
    /// <returns>The instance, or <see langword="null"/> if the id does not have the form that <see cref="New"/>
    /// creates.</returns>
    public static string? InstanceIn(string id)
    {
        const int separator = IdBytes * 2;
        return
            id.Length == separator + 1 + (InstanceBytes * 2)
            && id[separator] == '-'
            && IsInstance(id[(separator + 1)..])
            ? id[(separator + 1)..]
            : null;
    }

    public static bool IsInstance(string text) =>
        text.Length == InstanceBytes * 2 && text.All(char.IsAsciiHexDigitLower);
}
