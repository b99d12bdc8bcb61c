using System.Text.Json;

namespace NeonPanel.Mcp.Benchmarks.Endurance;

/// <summary>Whether an answer is what the call and the fault it ordered explain. Each method returns what is wrong with
/// it.</summary>
internal static class Judge
{
    /// <summary>Words of the answer while the server lets the API recover.</summary>
    public const string Paused = "has been failing; calls pause";

    private const string OursFailed = "failed inside the MCP server";

    /// <summary>An answer to a tool call that ordered something.</summary>
    /// <param name="mayPause">Whether the API has failed so much of late that calls may be held back.</param>
    /// <param name="isPaused">Whether this one was.</param>
    public static string? Call(McpAnswer answer, long id, Order order, bool mayPause, out bool isPaused)
    {
        isPaused = false;
        if (answer.Status != 200)
        {
            return $"HTTP {answer.Status}";
        }

        using var message = answer.Parse();
        return Message(message.RootElement, id, order, mayPause, out isPaused);
    }

    public static string? Message(JsonElement message, long id, Order order, bool mayPause, out bool isPaused)
    {
        isPaused = false;
        if (!message.TryGetProperty("id", out var own) || own.GetInt64() != id)
        {
            return "the answer to another request";
        }

        if (!message.TryGetProperty("result", out var result))
        {
            return "no result";
        }

        var text = result.GetProperty("content")[0].GetProperty("text").GetString()!;
        if (text.Contains(OursFailed, StringComparison.Ordinal))
        {
            return OursFailed;
        }

        var isError = result.TryGetProperty("isError", out var flag) && flag.GetBoolean();
        if (isError && text.Contains(Paused, StringComparison.Ordinal))
        {
            isPaused = true;
            return mayPause ? null : "paused while the API was well";
        }

        if (order.Sentence is { } sentence)
        {
            return !isError || !text.Contains(sentence, StringComparison.Ordinal) ? $"another answer than '{sentence}'"
                : order.Fault == "401" && !result.TryGetProperty("_meta", out _) ? "a refused token without a challenge"
                : null;
        }

        return isError ? "an error without a fault" : Content(result, order);
    }

    /// <summary>Arguments that do not fit.</summary>
    public static string? Refused(McpAnswer answer) =>
        answer.Status == 200 && answer.Body.Contains("was not called:", StringComparison.Ordinal)
            ? null
            : "not refused";

    public static string? Error(McpAnswer answer, int code)
    {
        if (answer.Status is not (200 or 400 or 404))
        {
            return $"HTTP {answer.Status}";
        }

        using var message = answer.Parse();
        return
            message.RootElement.TryGetProperty("error", out var error) && error.GetProperty("code").GetInt32() == code
            ? null
            : $"no error {code}";
    }

    public static string? Challenge(McpAnswer answer) =>
        answer.Status == 401 && answer.Challenge.Contains("invalid_token", StringComparison.Ordinal)
            ? null
            : $"HTTP {answer.Status} to a bad token";

    public static string? Initialized(McpAnswer answer) =>
        answer.Status == 200 && answer.Body.Contains("\"protocolVersion\":\"2025-11-25\"", StringComparison.Ordinal)
            ? null
            : $"HTTP {answer.Status}, not initialized";

    private static string? Content(JsonElement result, Order order)
    {
        if (!result.TryGetProperty("structuredContent", out var content))
        {
            return "no structured content";
        }

        if (!content.TryGetProperty("data", out var rows))
        {
            return Row(content, order);
        }

        return rows.GetArrayLength() == 0
            ? "no rows"
            : rows.EnumerateArray().Select(row => Row(row, order)).FirstOrDefault(fault => fault is not null);
    }

    private static string? Row(JsonElement row, Order order) =>
        row.GetProperty("name").GetString() != order.ToString() ? "another's answer"
        : row.GetProperty("amount").GetRawText() != order.Amount(row.GetProperty("id").GetInt32()) ? "other digits"
        : null;
}
