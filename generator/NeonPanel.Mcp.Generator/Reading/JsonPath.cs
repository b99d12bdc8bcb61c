using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace NeonPanel.Mcp.Generator.Reading;

/// <summary>Writes JSONPath expressions (RFC 9535) for single nodes. An overlay's action uses such an expression as its
/// target.</summary>
internal static partial class JsonPath
{
    /// <summary>Returns the path of the node to which a JSON Pointer points.</summary>
    /// <param name="root">The document. It determines whether a token of the pointer is an index or a name.</param>
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
