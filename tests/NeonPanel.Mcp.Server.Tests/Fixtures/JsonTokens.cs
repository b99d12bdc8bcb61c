using System.Text;
using System.Text.Json;

namespace NeonPanel.Mcp.Server.Tests.Fixtures;

/// <summary>The tokens that a JSON text contains, in its order: numbers by their digits as written, texts by their
/// characters. Two texts with the same list differ in white space and escapes alone.</summary>
internal static class JsonTokens
{
    public static List<string> Of(string json)
    {
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(json), new JsonReaderOptions { MaxDepth = 1000 });
        var tokens = new List<string>();
        while (reader.Read())
        {
            tokens.Add(
                reader.TokenType
                    + " "
                    + (
                        reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName
                            ? reader.GetString()
                            : Encoding.UTF8.GetString(reader.ValueSpan)
                    )
            );
        }

        return tokens;
    }
}
