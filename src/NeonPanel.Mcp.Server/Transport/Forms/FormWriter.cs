using System.Text.Json;
using NeonPanel.Mcp.Server.ToolResults;

namespace NeonPanel.Mcp.Server.Transport.Forms;

/// <summary>Writes forms in the terms of MCP.</summary>
internal static class FormWriter
{
    /// <summary>Writes the members of an <c>InputRequiredResult</c> (MCP 2026-07-28, Multi Round-Trip
    /// Requests).</summary>
    public static void Write(Utf8JsonWriter writer, FormRequest request)
    {
        writer.WriteStartObject("inputRequests");
        foreach (var form in request.Forms)
        {
            writer.WriteStartObject(form.Key);
            writer.WriteString("method", "elicitation/create");
            writer.WritePropertyName("params");
            Write(writer, form, hasTitledOptions: true);
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
        writer.WriteString("requestState", request.State);
    }

    /// <summary>Writes the <c>params</c> of <c>elicitation/create</c> (MCP, Elicitation: Requested Schema).</summary>
    /// <param name="hasTitledOptions">Whether options are <c>oneOf</c> with titles (revision 2025-11-25 and later);
    /// otherwise they are <c>enum</c> and <c>enumNames</c>.</param>
    public static void Write(Utf8JsonWriter writer, UserForm form, bool hasTitledOptions)
    {
        writer.WriteStartObject();
        writer.WriteString("message", form.Message);
        writer.WriteStartObject("requestedSchema");
        writer.WriteString("type", "object");
        writer.WriteStartObject("properties");
        if (form.Options.Count > 0)
        {
            writer.WriteStartObject(UserForm.Field);
            writer.WriteString("type", "string");
            writer.WriteString("title", form.Label);
            WriteOptions(writer, form.Options, hasTitledOptions);
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
        if (form.Options.Count > 0)
        {
            writer.WriteStartArray("required");
            writer.WriteStringValue(UserForm.Field);
            writer.WriteEndArray();
        }

        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private static void WriteOptions(Utf8JsonWriter writer, IReadOnlyList<FormOption> options, bool hasTitles)
    {
        if (!hasTitles)
        {
            WriteTexts(writer, "enum", options.Select(option => option.Value));
            WriteTexts(writer, "enumNames", options.Select(option => option.Title));
            return;
        }

        writer.WriteStartArray("oneOf");
        foreach (var option in options)
        {
            writer.WriteStartObject();
            writer.WriteString("const", option.Value);
            writer.WriteString("title", option.Title);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void WriteTexts(Utf8JsonWriter writer, string name, IEnumerable<string> texts)
    {
        writer.WriteStartArray(name);
        foreach (var text in texts)
        {
            writer.WriteStringValue(text);
        }

        writer.WriteEndArray();
    }
}
