using System.Buffers;
using System.Text.Json;
using NeonPanel.Mcp.Server.Answers;
using NeonPanel.Mcp.Server.ToolResults;
using NeonPanel.Mcp.Tools;

namespace NeonPanel.Mcp.Server.Calls;

/// <summary>Finds in a result the long work that the call began.</summary>
internal static class BegunWork
{
    /// <summary>Longest arguments of a work, in bytes. They become part of the id of a task, which clients repeat in a
    /// header.</summary>
    private const int MaxBytes = 2048;

    /// <summary>Writes the arguments for the tool that reads the state of the work.</summary>
    /// <param name="sent">The arguments of the call, with values in place of names.</param>
    /// <returns>A JSON object; empty if the call failed or its answer does not name a work.</returns>
    public static ReadOnlyMemory<byte> ArgumentsOf(ToolDescriptor tool, JsonElement sent, ToolResult result)
    {
        if (tool.Work is not { } work || result.IsError || result.Structured.IsEmpty)
        {
            return default;
        }

        using var answer = JsonDocument.Parse(result.Structured);
        if (MemberAt(answer.RootElement, work.IdMember) is not { } id)
        {
            return default;
        }

        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, AnswerText.WriterOptions))
        {
            writer.WriteStartObject();
            foreach (var argument in work.Shared)
            {
                if (sent.TryGetProperty(argument, out var value))
                {
                    writer.WritePropertyName(argument);
                    value.WriteTo(writer);
                }
            }

            writer.WritePropertyName(work.IdArgument);
            id.WriteTo(writer);
            writer.WriteEndObject();
        }

        return buffer.WrittenCount > MaxBytes ? default : buffer.WrittenMemory;
    }

    /// <summary>Returns the text or number at a path, such as <c>job.id</c>.</summary>
    /// <returns><see langword="null"/> if it is missing, null, or of another kind.</returns>
    public static JsonElement? MemberAt(JsonElement root, string path)
    {
        var at = root;
        foreach (var name in path.Split('.'))
        {
            if (at.ValueKind != JsonValueKind.Object || !at.TryGetProperty(name, out at))
            {
                return null;
            }
        }

        return at.ValueKind is JsonValueKind.String or JsonValueKind.Number ? at : null;
    }
}
