using System.Globalization;
using System.Text;
using System.Text.Json;
using NeonPanel.Mcp.Generator.Diagnostics;
using SharpYaml;
using SharpYaml.Events;

namespace NeonPanel.Mcp.Generator.Reading;

/// <summary>Finds the line and column of a JSON Pointer (RFC 6901) in the text of a file. The overlay and the
/// conversion of Swagger 2.0 make values that the file lacks; their place is the deepest value on their way that it
/// has.</summary>
internal static class PlaceFinder
{
    private static readonly TextPlace Start = new(1, 1);

    /// <param name="utf8">The bytes of the file: JSON or YAML.</param>
    public static TextPlace Find(byte[] utf8, string pointer)
    {
        var path = pointer.Split('/').Skip(1).Select(JsonPointer.Unescape).ToArray();
        try
        {
            var isJson = utf8.AsSpan().TrimStart(" \r\n\t\uFEFF"u8).StartsWith("{"u8);
            return isJson ? InJson(utf8, path) : InYaml(Encoding.UTF8.GetString(utf8), path);
        }
        // The file has a fault of its own, which is reported with its own place.
        catch (Exception exception) when (exception is JsonException or YamlException or InvalidOperationException)
        {
            return Start;
        }
    }

    private static TextPlace InJson(byte[] utf8, string[] path)
    {
        var begin = utf8.AsSpan().StartsWith("\uFEFF"u8) ? 3 : 0;
        var reader = new Utf8JsonReader(utf8.AsSpan(begin), new() { MaxDepth = JsonTree.MaxDepth });
        reader.Read();
        var found = reader.TokenStartIndex;
        foreach (var token in path)
        {
            if (!Enter(ref reader, token, out var at))
            {
                break;
            }

            found = at;
        }

        return Count(utf8.AsSpan(begin, (int)found));
    }

    // Moves into an object or a list, up to the value of the given name or index. The place of a member is its name.
    private static bool Enter(ref Utf8JsonReader reader, string token, out long at)
    {
        at = 0;
        if (reader.TokenType == JsonTokenType.StartObject)
        {
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                at = reader.TokenStartIndex;
                var isIt = reader.ValueTextEquals(token);
                reader.Read();
                if (isIt)
                {
                    return true;
                }

                reader.Skip();
            }

            return false;
        }

        if (reader.TokenType != JsonTokenType.StartArray || !IsIndex(token, out var index))
        {
            return false;
        }

        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            at = reader.TokenStartIndex;
            if (index-- == 0)
            {
                return true;
            }

            reader.Skip();
        }

        return false;
    }

    private static TextPlace Count(ReadOnlySpan<byte> before)
    {
        var line = before.Count((byte)'\n') + 1;
        return new(line, Encoding.UTF8.GetCharCount(before[(before.LastIndexOf((byte)'\n') + 1)..]) + 1);
    }

    private static TextPlace InYaml(string text, string[] path)
    {
        var parser = Parser.CreateParser(new StringReader(YamlText.Prepare(text).Text), JsonTree.MaxDepth + 2);
        while (parser.MoveNext() && parser.Current is StreamStart or DocumentStart) { }

        var found = parser.Current!.Start;
        foreach (var token in path)
        {
            if (!Enter(parser, token, out var at))
            {
                break;
            }

            found = at;
        }

        return new(found.Line + 1, found.Column + 1);
    }

    private static bool Enter(IParser parser, string token, out Mark at)
    {
        at = Mark.Empty;
        var isMapping = parser.Current is MappingStart;
        var index = 0;
        if (!isMapping && (parser.Current is not SequenceStart || !IsIndex(token, out index)))
        {
            return false;
        }

        parser.MoveNext();
        while (parser.Current is not (MappingEnd or SequenceEnd))
        {
            at = parser.Current!.Start;
            var isIt = isMapping ? parser.Current is Scalar { Value: var name } && name == token : index-- == 0;
            if (isMapping)
            {
                Skip(parser);
            }

            if (isIt)
            {
                return true;
            }

            Skip(parser);
        }

        return false;
    }

    // Moves behind one node.
    private static void Skip(IParser parser)
    {
        var depth = 0;
        do
        {
            depth += parser.Current switch
            {
                MappingStart or SequenceStart => 1,
                MappingEnd or SequenceEnd => -1,
                _ => 0,
            };
        } while (parser.MoveNext() && depth > 0);
    }

    private static bool IsIndex(string token, out int index) =>
        int.TryParse(token, NumberStyles.None, CultureInfo.InvariantCulture, out index);
}
