using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using NeonPanel.Mcp.Generator.Texts;

namespace NeonPanel.Mcp.Generator.Emission;

/// <summary>Writes untrusted text as C#. Text from outside enters generated code only here, as a quoted literal of
/// printable ASCII (rule E1).</summary>
internal static class CSharpLiteral
{
    /// <summary>Returns a regular string literal; <c>null</c> for <see langword="null"/>.</summary>
    public static string Quote(string? text)
    {
        if (text is null)
        {
            return "null";
        }

        var literal = new StringBuilder("\"");
        foreach (var character in text)
        {
            literal.Append(
                character switch
                {
                    '"' => "\\\"",
                    '\\' => "\\\\",
                    '\n' => "\\n",
                    >= ' ' and < '\u007f' => character.ToString(),
                    _ => "\\u" + ((int)character).ToString("x4", CultureInfo.InvariantCulture),
                }
            );
        }

        return literal.Append('"').ToString();
    }

    /// <summary>Returns compact JSON as a literal: a readable one-line raw literal if it is printable ASCII, otherwise
    /// a quoted one.</summary>
    public static string Json(JsonNode node)
    {
        var text = JsonText.Compact(node);
        return
            text.All(character => character is >= ' ' and < '\u007f')
            && !text.Contains("\"\"\"", StringComparison.Ordinal)
            && text[0] == '{'
            && text[^1] == '}'
            ? "\"\"\"" + text + "\"\"\""
            : Quote(text);
    }

    public static string Of(bool value) => value ? "true" : "false";

    public static string Of(int value) => value.ToString(CultureInfo.InvariantCulture);

    /// <summary>Returns a collection expression of string literals.</summary>
    public static string List(IEnumerable<string> texts) => "[" + string.Join(", ", texts.Select(Quote)) + "]";
}
