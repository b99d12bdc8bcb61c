using System.Text.Json;

namespace NeonPanel.Mcp.Server.Messages;

/// <summary>Method and tool of a message, read from its first bytes.</summary>
/// <param name="IsOther">Whether it is no <c>tools/call</c>, or no JSON.</param>
/// <param name="ToolName">The tool, or <see langword="null"/> where its name has not arrived yet: the members of an
/// object have no order (RFC 8259 §4).</param>
internal readonly record struct CallStart(bool IsOther, string? ToolName)
{
    /// <summary>Reads the beginning of a message.</summary>
    /// <param name="json">May end anywhere.</param>
    public static CallStart Read(ReadOnlySpan<byte> json)
    {
        try
        {
            return ReadMembers(json);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return new(true, null); // no JSON, or half of a surrogate pair in the name
        }
    }

    private static CallStart ReadMembers(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json, isFinalBlock: false, default);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            return new(true, null);
        }

        var isParameters = false;
        var isMethod = false;
        var isName = false;
        string? name = null;
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.PropertyName)
            {
                isParameters = reader.CurrentDepth == 1 ? reader.ValueTextEquals("params"u8) : isParameters;
                isMethod = reader.CurrentDepth == 1 && reader.ValueTextEquals("method"u8);
                isName = reader.CurrentDepth == 2 && isParameters && reader.ValueTextEquals("name"u8);
            }
            else if (isMethod)
            {
                if (reader.TokenType != JsonTokenType.String || !reader.ValueTextEquals("tools/call"u8))
                {
                    return new(true, null);
                }

                isMethod = false;
            }
            else if (isName && reader.CurrentDepth == 2)
            {
                name = reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
                isName = false;
                if (name is null)
                {
                    return new(true, null);
                }
            }
        }

        return new(false, name);
    }
}
