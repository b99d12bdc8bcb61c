using System.Security.Cryptography;
using System.Text;
using NeonPanel.Mcp.Server.Settings;

namespace NeonPanel.Mcp.Server.Instances;

/// <summary>The key of <see cref="SignedText"/>.</summary>
/// <param name="Bytes">32 bytes.</param>
internal sealed record StateKey(ReadOnlyMemory<byte> Bytes)
{
    /// <summary>Name of the setting.</summary>
    public const string Name = "Mcp:StateKey";

    /// <summary>Fewest characters of the setting. 32 hexadecimal digits are 128 bits.</summary>
    private const int MinChars = 32;

    /// <summary>Reads the key. Without the setting, the key is random: signed texts are then valid only until the next
    /// restart, and only on the instance that signed them.</summary>
    public static StateKey Read(SettingsReader settings)
    {
        if (settings.Text(Name) is not { } text)
        {
            return new(RandomNumberGenerator.GetBytes(SHA256.HashSizeInBytes));
        }

        if (text.Length < MinChars)
        {
            // Reported without the text, because the text is a secret.
            settings.Faults.Add(
                $"{Name} must be a secret of at least {MinChars} characters, such as the output of 'openssl rand -hex 32', but has {text.Length}."
            );
        }

        return new(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
    }
}
