using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace NeonPanel.Mcp.Generator.Reading;

/// <summary>JSONPath (RFC 9535) of single places: what the target of an overlay's action is written in.</summary>
internal static partial class JsonPath
{
    /// <summary>The path of the place that a pointer names.</summary>
    /// <param name="root">The document: what is an index there and what a name is told by it.</param>
    public static string Of(JsonNode root, string pointer)
    {
        var (path, node) = ("$", (JsonNode?)root);
        foreach (var token in pointer.Split('/').Skip(1).Select(JsonPointer.Unescape))
        {
            if (node is JsonArray)
            {
                path += $"[{token}]";
            }
            else if (PlainName().IsMatch(token))
            {
                path += "." + token;
            }
            else
            {
                var escaped = token.Replace("\\", "\\\\", StringComparison.Ordinal);
                path += $"['{escaped.Replace("'", "\\'", StringComparison.Ordinal)}']";
            }

            node = node is JsonArray list ? list[int.Parse(token, CultureInfo.InvariantCulture)] : node.Get(token);
        }

        return path;
    }

    [GeneratedRegex("^[A-Za-z_][A-Za-z0-9_]*$")]
    private static partial Regex PlainName();
}
