using System.Buffers;
using System.Text.Json;

namespace NeonPanel.Mcp.Server.Calls.Forms;

/// <summary>The state of a call that waits for forms. The client returns it, signed, with the answers.</summary>
/// <param name="Call">Digest of the user, the tool and the arguments as they were sent.</param>
/// <param name="Asked">The keys of the forms.</param>
/// <param name="Chosen">The options that the user chose in earlier forms of the call, by key.</param>
/// <param name="Confirms">Digest of the arguments that the user was asked to confirm, with ids in place of names; or
/// <see langword="null"/>.</param>
internal sealed record FormState(
    string Call,
    IReadOnlyList<string> Asked,
    IReadOnlyDictionary<string, string> Chosen,
    string? Confirms
)
{
    public byte[] ToBytes()
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteString("call", Call);
            writer.WriteStartArray("asked");
            foreach (var key in Asked)
            {
                writer.WriteStringValue(key);
            }

            writer.WriteEndArray();
            writer.WriteStartObject("chosen");
            foreach (var (key, value) in Chosen)
            {
                writer.WriteString(key, value);
            }

            writer.WriteEndObject();
            if (Confirms is not null)
            {
                writer.WriteString("confirms", Confirms);
            }

            writer.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    /// <param name="bytes">Bytes that <see cref="ToBytes"/> wrote.</param>
    public static FormState Of(ReadOnlyMemory<byte> bytes)
    {
        using var document = JsonDocument.Parse(bytes);
        var root = document.RootElement;
        return new(
            root.GetProperty("call").GetString()!,
            [.. root.GetProperty("asked").EnumerateArray().Select(key => key.GetString()!)],
            root.GetProperty("chosen")
                .EnumerateObject()
                .ToDictionary(choice => choice.Name, choice => choice.Value.GetString()!, StringComparer.Ordinal),
            root.TryGetProperty("confirms", out var confirms) ? confirms.GetString() : null
        );
    }
}
