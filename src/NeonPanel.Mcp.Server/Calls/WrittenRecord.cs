using System.Text.Json;
using NeonPanel.Client.Requests;
using NeonPanel.Mcp.Server.Calls.Names;
using NeonPanel.Mcp.Server.ToolResults;
using NeonPanel.Mcp.Tools;
using NeonPanel.Mcp.Tools.Answers;

namespace NeonPanel.Mcp.Server.Calls;

/// <summary>Finds the id of the record that a call wrote, for the log line of the call.</summary>
internal static class WrittenRecord
{
    /// <summary>Longest id in the log, in characters.</summary>
    private const int MaxChars = 64;

    /// <summary>Largest answer in which an id is looked for, in bytes.</summary>
    private const int MaxBytes = 256 * 1024;

    /// <param name="arguments">The arguments that were sent, with ids in place of names.</param>
    /// <param name="response">The response, or <see langword="null"/> if none arrived.</param>
    /// <param name="result">The result of the call.</param>
    /// <returns>At most 64 letters, digits and signs of ids; empty if the call wrote no record, or its id is
    /// unknown.</returns>
    public static string IdOf(ToolDescriptor tool, JsonElement arguments, RawResponse? response, ToolResult result)
    {
        if (tool.Record is not { } record || (result.IsError && !result.IsOutcomeUnknown))
        {
            return "";
        }

        var id = record.Argument is { } argument ? JsonPlaces.Text(arguments, argument) : null;
        return Safe(id ?? OfAnswer(record, response, result) ?? "");
    }

    private static string? OfAnswer(ToolRecord record, RawResponse? response, ToolResult result)
    {
        if (record.Answer is not { } path || response is null || result.IsError)
        {
            return null;
        }

        // An empty answer may have the address of the record in a header, from which the result has its id.
        return response.Body.IsEmpty ? Find(result.Structured, "id") : Find(AnswerCharset.ReadableJson(response), path);
    }

    private static string? Find(ReadOnlyMemory<byte> json, string path)
    {
        if (json.IsEmpty || json.Length > MaxBytes)
        {
            return null;
        }

        try
        {
            using var document = JsonDocument.Parse(json);
            var value = document.RootElement;
            foreach (var step in path.Split('.'))
            {
                if (value.ValueKind != JsonValueKind.Object || !value.TryGetProperty(step, out value))
                {
                    return null;
                }
            }

            return value.ValueKind is JsonValueKind.String or JsonValueKind.Number ? value.ToString() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    // An id may be chosen by a caller, and must not look like another line or field of a log.
    private static string Safe(string id) =>
        string.Concat(
            id.Take(MaxChars).Select(sign => char.IsAsciiLetterOrDigit(sign) || "-_.~:".Contains(sign) ? sign : '_')
        );
}
