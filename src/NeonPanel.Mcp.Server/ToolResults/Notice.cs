using System.Text.Json;

namespace NeonPanel.Mcp.Server.ToolResults;

/// <summary>The member of <c>structuredContent</c> that contains the notes of a result. Many hosts show a model only
/// the structured content, so that a note in a text block alone would not reach it (rule D10).</summary>
internal static class Notice
{
    public const string Name = "notice";

    /// <summary>Name of the member if the API's answer has a member <see cref="Name"/> of its own.</summary>
    public const string OtherName = "_" + Name;

    /// <summary>Returns the text of the notice: one line for each note. It is <see langword="null"/> without
    /// notes.</summary>
    public static string? Text(ToolResult result) => result.Notes.Count == 0 ? null : string.Join('\n', result.Notes);

    /// <summary>Writes the structured content with the notice as its first member. The bytes of the answer are copied
    /// without change.</summary>
    public static void Write(Utf8JsonWriter writer, ToolResult result)
    {
        if (Text(result) is not { } notice)
        {
            writer.WriteRawValue(result.Structured.Span, skipInputValidation: true);
            return;
        }

        writer.WriteStartObject();
        writer.WriteString(result.HasOwnNotice ? OtherName : Name, notice);
        var members = Members(result.Structured.Span);
        if (!members.IsEmpty)
        {
            writer.WriteRawValue(members, skipInputValidation: true);
        }

        writer.WriteEndObject();
    }

    private static ReadOnlySpan<byte> Members(ReadOnlySpan<byte> json)
    {
        var start = json.IndexOf((byte)'{') + 1;
        return json[start..json.LastIndexOf((byte)'}')].Trim(" \t\r\n"u8);
    }
}
