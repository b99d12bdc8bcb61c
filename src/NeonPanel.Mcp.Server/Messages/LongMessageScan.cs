using System.Text.Json;

namespace NeonPanel.Mcp.Server.Messages;

/// <summary>Reads a long message once, without a document, to find the tool and the long texts of its arguments. Work
/// and memory depend on the length of all else, which is limited.</summary>
/// <param name="minChars">Shorter texts are not long.</param>
/// <param name="maxRestBytes">Most bytes of all else.</param>
internal sealed class LongMessageScan(int minChars, long maxRestBytes)
{
    /// <summary>Gets whether the message is a <c>tools/call</c>.</summary>
    public bool IsCall { get; private set; }

    public string? ToolName { get; private set; }

    /// <summary>Gets the long texts, in their order.</summary>
    public List<LongText> Texts { get; } = [];

    /// <returns>Whether all else is within its limit.</returns>
    /// <exception cref="JsonException">The message is no JSON.</exception>
    /// <exception cref="InvalidOperationException">The tool's name is no valid Unicode.</exception>
    public bool TryRead(ReadOnlySpan<byte> body)
    {
        var reader = new Utf8JsonReader(body);
        var root = Member.Other;
        var parameter = Member.Other;
        var argument = default(Range);
        long longBytes = 0;
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.PropertyName)
            {
                switch (reader.CurrentDepth)
                {
                    case 1:
                        root = RootMember(reader);
                        parameter = Member.Other;
                        break;
                    case 2:
                        parameter = Parameter(reader);
                        argument = default;
                        break;
                    case 3:
                        argument = RangeOf(reader);
                        break;
                }
            }
            else if (reader.TokenType == JsonTokenType.String)
            {
                longBytes += ReadText(reader, root, parameter, argument);
            }

            if (reader.BytesConsumed - longBytes > maxRestBytes)
            {
                return false;
            }
        }

        return true;
    }

    // Returns the length of a long text of the arguments.
    private int ReadText(in Utf8JsonReader reader, Member root, Member parameter, Range argument)
    {
        if (root == Member.Method && reader.CurrentDepth == 1)
        {
            IsCall = reader.ValueTextEquals("tools/call"u8);
        }
        else if (root == Member.Parameters && parameter == Member.Name && reader.CurrentDepth == 2)
        {
            ToolName = reader.GetString();
        }
        else if (
            root == Member.Parameters
            && parameter == Member.Arguments
            && !argument.Equals(default)
            && reader.ValueSpan.Length >= minChars
        )
        {
            Texts.Add(new(argument, RangeOf(reader)));
            return reader.ValueSpan.Length;
        }

        return 0;
    }

    // The text between the quotes.
    private static Range RangeOf(in Utf8JsonReader reader)
    {
        var start = (int)reader.TokenStartIndex + 1;
        return start..(start + reader.ValueSpan.Length);
    }

    private static Member RootMember(in Utf8JsonReader reader)
    {
        if (reader.ValueTextEquals("method"u8))
        {
            return Member.Method;
        }

        return reader.ValueTextEquals("params"u8) ? Member.Parameters : Member.Other;
    }

    private static Member Parameter(in Utf8JsonReader reader)
    {
        if (reader.ValueTextEquals("name"u8))
        {
            return Member.Name;
        }

        return reader.ValueTextEquals("arguments"u8) ? Member.Arguments : Member.Other;
    }

    private enum Member
    {
        Other,
        Method,
        Parameters,
        Name,
        Arguments,
    }
}

/// <summary>A long text of the arguments: where the argument's name and the text stand, both without quotes.</summary>
internal readonly record struct LongText(Range Argument, Range Value);
