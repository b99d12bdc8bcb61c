using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace NeonPanel.Mcp.Generator.Reading;

/// <summary>Finds the nodes that the target of an overlay's action selects (JSONPath, RFC 9535).</summary>
internal static partial class OverlayTarget
{
    /// <summary>Finds the selected nodes in the order of the document.</summary>
    /// <returns>The path of each node: strings for names, integers for positions in a list.</returns>
    /// <exception cref="FormatException">The target is not a JSONPath.</exception>
    public static IEnumerable<IReadOnlyList<object>> Find(JsonObject root, string target) =>
        // Simple expressions (names, '*' and the comparison of a member with a text) need no second tree. Overlays
        // consist almost entirely of them.
        PlainPath().Match(target)
            is { Success: true } match
            ? FindPlain(root, match.Groups["segment"].Captures.Select(segment => Segment().Match(segment.Value)))
            : FindAny(root, target);

    private static IEnumerable<IReadOnlyList<object>> FindPlain(JsonObject root, IEnumerable<Match> segments)
    {
        List<Place> places = [new([], root)];
        foreach (var segment in segments)
        {
            places = [.. places.SelectMany(place => Children(place, segment))];
        }

        return places.Select(place => place.Keys);
    }

    private static IEnumerable<Place> Children(Place place, Match segment)
    {
        if (segment.Groups["name"] is { Success: true } name)
        {
            return place.Node is JsonObject map && map[name.Value] is { } member
                ? [place.Child(name.Value, member)]
                : [];
        }

        // RFC 9535 §2.3.2, §2.3.5: the members of an object, the items of a list.
        var children = place.Node switch
        {
            JsonObject map => map.Where(pair => pair.Value is not null)
                .Select(pair => place.Child(pair.Key, pair.Value!)),
            JsonArray list => list.Index()
                .Where(pair => pair.Item is not null)
                .Select(pair => place.Child(pair.Index, pair.Item!)),
            _ => [],
        };
        return segment.Groups["member"] is { Success: true } tested
            ? children.Where(child =>
                child.Node is JsonObject map
                && map[tested.Value] is JsonValue value
                && value.TryGetValue<string>(out var text)
                && text == segment.Groups["text"].Value
            )
            : children;
    }

    private static List<IReadOnlyList<object>> FindAny(JsonObject root, string target)
    {
        using var reader = new JsonTextReader(new StringReader(root.ToJsonString()))
        {
            DateParseHandling = DateParseHandling.None,
            FloatParseHandling = FloatParseHandling.Decimal,
            MaxDepth = null,
        };
        try
        {
            return
            [
                .. JToken
                    .ReadFrom(reader)
                    .SelectTokens(
                        target,
                        new JsonSelectSettings { ErrorWhenNoMatch = false, RegexMatchTimeout = TimeSpan.FromSeconds(1) }
                    )
                    .Select(KeysOf),
            ];
        }
        // Filters of JSONPath may contain regular expressions.
        catch (Exception exception) when (exception is JsonException or ArgumentException or RegexMatchTimeoutException)
        {
            throw new FormatException(exception.Message, exception);
        }
    }

    private static List<object> KeysOf(JToken token)
    {
        var keys = new List<object>();
        for (var node = token; node.Parent is { } parent; node = parent)
        {
            if (parent is JArray list)
            {
                keys.Insert(0, list.IndexOf(node));
            }
            else if (node is JProperty property)
            {
                keys.Insert(0, property.Name);
            }
        }

        return keys;
    }

    // RFC 9535 §2.3.1 allows names in single and double quotation marks; Newtonsoft.Json supports only single ones.
    private const string SegmentPattern = """
        \.(?<name>[A-Za-z_][A-Za-z0-9_-]*) | \['(?<name>[^'\\]*)'\] | \["(?<name>[^"\\]*)"\] | \.\* | \[\*\]
        | \[\?\(@\.(?<member>[A-Za-z_][A-Za-z0-9_]*)[ ]?==[ ]?'(?<text>[^'\\]*)'\)\]
        """;

    [GeneratedRegex(
        @"^\$(?<segment>" + SegmentPattern + @")*\z",
        RegexOptions.IgnorePatternWhitespace | RegexOptions.ExplicitCapture
    )]
    private static partial Regex PlainPath();

    [GeneratedRegex(
        "^(?:" + SegmentPattern + @")\z",
        RegexOptions.IgnorePatternWhitespace | RegexOptions.ExplicitCapture
    )]
    private static partial Regex Segment();

    /// <summary>A node and its path.</summary>
    private sealed record Place(IReadOnlyList<object> Keys, JsonNode Node)
    {
        public Place Child(object key, JsonNode node) => new([.. Keys, key], node);
    }
}
