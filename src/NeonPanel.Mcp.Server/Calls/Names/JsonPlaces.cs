using System.Text.Json;

namespace NeonPanel.Mcp.Server.Calls.Names;

/// <summary>Finds the objects at a path of an answer. The path continues through the items of a list.</summary>
internal static class JsonPlaces
{
    /// <param name="answer">The answer. The first step of a list that the answer itself is, is left out.</param>
    /// <param name="path">Member names joined by dots.</param>
    public static IEnumerable<JsonElement> At(JsonElement answer, string path)
    {
        var steps = path.Split('.');
        return At(answer, steps, answer.ValueKind == JsonValueKind.Array ? 1 : 0);
    }

    /// <summary>Returns a member that is a text or a number, as text.</summary>
    public static string? Text(JsonElement item, string name) =>
        item.TryGetProperty(name, out var member) && member.ValueKind is JsonValueKind.String or JsonValueKind.Number
            ? member.ToString()
            : null;

    private static IEnumerable<JsonElement> At(JsonElement value, string[] steps, int depth) =>
        value.ValueKind switch
        {
            JsonValueKind.Array => value.EnumerateArray().SelectMany(item => At(item, steps, depth)),
            JsonValueKind.Object when depth == steps.Length => [value],
            JsonValueKind.Object when value.TryGetProperty(steps[depth], out var member) => At(
                member,
                steps,
                depth + 1
            ),
            _ => [],
        };

    /// <summary>Calls an action with two members of each object at a path, without a document tree.</summary>
    /// <param name="json">Valid JSON.</param>
    /// <param name="path">Member names joined by dots.</param>
    /// <param name="first">The first member.</param>
    /// <param name="second">The second member.</param>
    /// <param name="found">Receives both, if both are texts or numbers.</param>
    public static void Read(
        ReadOnlySpan<byte> json,
        IReadOnlyList<string> path,
        string first,
        string second,
        Action<string, string> found
    )
    {
        var reader = new Utf8JsonReader(json);
        if (reader.Read())
        {
            Read(ref reader, path, reader.TokenType == JsonTokenType.StartArray ? 1 : 0, (first, second), found);
        }
    }

    private static void Read(
        ref Utf8JsonReader reader,
        IReadOnlyList<string> path,
        int depth,
        (string First, string Second) names,
        Action<string, string> found
    )
    {
        if (reader.TokenType == JsonTokenType.StartArray)
        {
            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            {
                Read(ref reader, path, depth, names, found);
            }
        }
        else if (reader.TokenType == JsonTokenType.StartObject && depth == path.Count)
        {
            ReadMembers(ref reader, names, found);
        }
        else if (reader.TokenType == JsonTokenType.StartObject)
        {
            while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
            {
                var isStep = reader.ValueTextEquals(path[depth]);
                reader.Read();
                if (isStep)
                {
                    Read(ref reader, path, depth + 1, names, found);
                }
                else
                {
                    reader.Skip();
                }
            }
        }
    }

    private static void ReadMembers(
        ref Utf8JsonReader reader,
        (string First, string Second) names,
        Action<string, string> found
    )
    {
        string? first = null;
        string? second = null;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var isFirst = reader.ValueTextEquals(names.First);
            var isSecond = reader.ValueTextEquals(names.Second);
            reader.Read();
            first = isFirst ? Scalar(ref reader) : first;
            second = isSecond ? Scalar(ref reader) : second;
            reader.Skip();
        }

        if (first is not null && second is not null)
        {
            found(first, second);
        }
    }

    private static string? Scalar(ref Utf8JsonReader reader) =>
        reader.TokenType switch
        {
            JsonTokenType.String => reader.GetString(),
            JsonTokenType.Number => System.Text.Encoding.UTF8.GetString(reader.ValueSpan),
            _ => null,
        };
}
