using System.Buffers;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;

namespace NeonPanel.Mcp.Server.Calls;

/// <summary>Computes a hash by which a call is recognized: of the user, the tool and the arguments. The order of
/// members and zeros at the end of a fraction do not count; every other difference does.</summary>
internal sealed class CallDigest : IDisposable
{
    private const int MaxKeptBytes = 64 * 1024;

    // Reused, because each write computes a hash.
    [ThreadStatic]
    private static CallDigest? ofThread;

    private readonly ArrayBufferWriter<byte> buffer = new(1024);
    private readonly List<JsonProperty> members = [];
    private readonly Utf8JsonWriter writer;

    private CallDigest() => writer = new(buffer, new() { SkipValidation = true });

    /// <param name="ignored">Arguments that do not count.</param>
    /// <returns>64 hexadecimal digits.</returns>
    public static string Of(string subject, string tool, JsonElement arguments, params ReadOnlySpan<string> ignored)
    {
        var digest = ofThread ??= new();
        digest.buffer.ResetWrittenCount();
        digest.members.Clear();
        digest.writer.Reset();
        digest.writer.WriteStartArray();
        digest.writer.WriteStringValue(subject);
        digest.writer.WriteStringValue(tool);
        digest.Write(arguments, ignored);
        digest.writer.WriteEndArray();
        digest.writer.Flush();
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(digest.buffer.WrittenSpan, hash);
        if (digest.buffer.Capacity > MaxKeptBytes)
        {
            digest.Dispose();
            ofThread = null;
        }

        return Convert.ToHexStringLower(hash);
    }

    public void Dispose() => writer.Dispose();

    private void Write(JsonElement value, ReadOnlySpan<string> ignored)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                WriteObject(value, ignored);
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (var item in value.EnumerateArray())
                {
                    Write(item, []);
                }

                writer.WriteEndArray();
                break;
            case JsonValueKind.Number:
                writer.WriteRawValue(Shortest(JsonMarshal.GetRawUtf8Value(value)), skipInputValidation: true);
                break;
            default:
                // A text is written anew, because one text has several forms in JSON.
                value.WriteTo(writer);
                break;
        }
    }

    private void WriteObject(JsonElement value, ReadOnlySpan<string> ignored)
    {
        // The members of this object stand behind those of the objects around it.
        var start = members.Count;
        foreach (var member in value.EnumerateObject())
        {
            if (!IsIgnored(member, ignored))
            {
                members.Add(member);
            }
        }

        var count = members.Count - start;
        members.Sort(start, count, ByName.Instance);
        writer.WriteStartObject();
        for (var index = start; index < start + count; index++)
        {
            var member = members[index];
            var name = JsonMarshal.GetRawUtf8PropertyName(member);
            if (name.Contains((byte)'\\'))
            {
                writer.WritePropertyName(member.Name);
            }
            else
            {
                writer.WritePropertyName(name);
            }

            Write(member.Value, []);
        }

        members.RemoveRange(start, count);
        writer.WriteEndObject();
    }

    private static bool IsIgnored(JsonProperty member, ReadOnlySpan<string> ignored)
    {
        foreach (var name in ignored)
        {
            if (member.NameEquals(name))
            {
                return true;
            }
        }

        return false;
    }

    // 19.50 is 19.5. An exponent is left as it stands.
    private static ReadOnlySpan<byte> Shortest(ReadOnlySpan<byte> number) =>
        number.Contains((byte)'.') && !number.ContainsAny((byte)'e', (byte)'E')
            ? number.TrimEnd((byte)'0').TrimEnd((byte)'.')
            : number;

    // In the order of their bytes. A name with an escape compares by what it stands for.
    private sealed class ByName : IComparer<JsonProperty>
    {
        public static ByName Instance { get; } = new();

        public int Compare(JsonProperty x, JsonProperty y)
        {
            var left = JsonMarshal.GetRawUtf8PropertyName(x);
            var right = JsonMarshal.GetRawUtf8PropertyName(y);
            return left.Contains((byte)'\\') || right.Contains((byte)'\\')
                ? string.CompareOrdinal(x.Name, y.Name)
                : left.SequenceCompareTo(right);
        }
    }
}
