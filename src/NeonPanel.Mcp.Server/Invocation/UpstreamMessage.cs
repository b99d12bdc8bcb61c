using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace NeonPanel.Mcp.Server.Invocation;

/// <summary>What the API itself says of a failure: its message, and its field errors as lines of their own. Addresses,
/// markup and tokens are taken out.</summary>
internal static partial class UpstreamMessage
{
    /// <summary>What is larger is no message to read.</summary>
    private const int MaxBytes = 1024 * 1024;
    private const int MaxMessage = 500;
    private const int MaxFields = 30;

    /// <summary>A field's name and message. A message that is nested has a name for each level.</summary>
    private const int MaxLine = 1000;

    // NeonPanel and Laravel; RFC 9457 §3.1; RFC 6749 §5.2.
    private static readonly string[] MessageMembers = ["message", "detail", "error_description", "title", "error"];
    private static readonly string[] FieldMembers = ["field", "path", "pointer", "param", "name"];

    /// <summary>Appends the message, if the body holds one; ends in a blank or a line end.</summary>
    public static void Append(StringBuilder text, ReadOnlyMemory<byte> body)
    {
        if (body.Length > MaxBytes)
        {
            return;
        }

        try
        {
            using var document = JsonDocument.Parse(body);
            var root = document.RootElement;
            if (Message(root) is { Length: > 0 } message)
            {
                text.Append("It says: ").Append(message).Append(' ');
            }

            if (root.ValueKind == JsonValueKind.Object && root.TryGetProperty("errors", out var errors)
                && Fields(errors).Take(MaxFields).ToList() is { Count: > 0 } lines)
            {
                text.Append('\n').AppendJoin('\n', lines.Select(line => line.Length > MaxLine ? line[..MaxLine] + "…" : line)).Append('\n');
            }
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // no JSON, or no text in it: the status alone speaks
        }
    }

    private static string? Message(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        foreach (var name in MessageMembers)
        {
            if (root.TryGetProperty(name, out var member))
            {
                if (member.ValueKind == JsonValueKind.String && Plain(member.GetString()!) is { Length: > 0 } text)
                {
                    return text;
                }

                if (member.ValueKind == JsonValueKind.Object && Message(member) is { } inner)
                {
                    return inner;
                }
            }
        }

        return null;
    }

    // {"field": ["message", …]}, or a list of messages, or of objects that name field and message.
    private static IEnumerable<string> Fields(JsonElement errors) => errors.ValueKind switch
    {
        JsonValueKind.Object => errors.EnumerateObject().SelectMany(field => Texts(field.Value).Select(message => $"{Plain(field.Name)}: {message}")),
        JsonValueKind.Array => errors.EnumerateArray().SelectMany(item => item.ValueKind == JsonValueKind.Object && FieldOf(item) is { } field
            ? [$"{field}: {Message(item)}"]
            : Texts(item)),
        _ => Texts(errors),
    };

    private static string? FieldOf(JsonElement error) => FieldMembers
        .Select(name => error.TryGetProperty(name, out var member) && member.ValueKind == JsonValueKind.String ? Plain(member.GetString()!) : null)
        .FirstOrDefault(name => name is { Length: > 0 });

    private static IEnumerable<string> Texts(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Array => value.EnumerateArray().SelectMany(Texts),
        JsonValueKind.Object => value.EnumerateObject().SelectMany(member => Texts(member.Value).Select(text => $"{Plain(member.Name)}: {text}")),
        JsonValueKind.Null => [],
        JsonValueKind.String => [Plain(value.GetString()!)],
        _ => [Plain(value.GetRawText())],
    };

    private static string Plain(string message)
    {
        // Cut first: nothing below needs more, and what is sent may be huge.
        var text = Markup().Replace(message.Length > MaxMessage * 4 ? message[..(MaxMessage * 4)] : message, " ");
        var words = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
            .Where(word => !word.Contains("://", StringComparison.Ordinal) && !Token().IsMatch(word))
            .Select(word => string.Concat(word.Where(character => !char.IsControl(character) && char.GetUnicodeCategory(character) != System.Globalization.UnicodeCategory.Format)));
        var plain = string.Join(' ', words);
        return plain.Length > MaxMessage ? plain[..MaxMessage] + "…" : plain;
    }

    [GeneratedRegex("<[^<>]*>")]
    private static partial Regex Markup();

    // A JSON Web Token begins with an encoded '{"'.
    [GeneratedRegex(@"eyJ[\w-]{8,}\.")]
    private static partial Regex Token();
}
