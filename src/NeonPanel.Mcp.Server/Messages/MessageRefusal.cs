using System.Globalization;

namespace NeonPanel.Mcp.Server.Messages;

/// <summary>Responses to messages that are not read to their end. Each has a JSON-RPC error that says which limit was
/// broken, and its setting.</summary>
internal static class MessageRefusal
{
    private const int InvalidRequest = -32600;

    // JSON-RPC 2.0 §5.1: for errors of the implementation's own.
    private const int TooManyRequests = -32000;

    private const int SecondsToWait = 5;

    /// <summary>Sets the status. The rest of the body is not read, so that the connection cannot be used
    /// again.</summary>
    public static void Begin(HttpContext context, int status)
    {
        context.Response.StatusCode = status;
        context.Response.Headers.Connection = "close";
    }

    /// <summary>Writes the body of a response whose status is set.</summary>
    /// <param name="tooLong">The sentence for a message that is too long.</param>
    public static Task ExplainAsync(HttpContext context, string tooLong) =>
        context.Response.StatusCode switch
        {
            StatusCodes.Status413PayloadTooLarge => WriteAsync(context, InvalidRequest, tooLong),
            StatusCodes.Status408RequestTimeout => LateAsync(context, "16 KiB"),
            _ => WriteAsync(context, InvalidRequest, "The message could not be read to its end."),
        };

    /// <summary>Writes the body of a response to a message that is late, whose status is set.</summary>
    public static Task LateAsync(HttpContext context, string rate) =>
        WriteAsync(
            context,
            InvalidRequest,
            $"The message did not arrive in time: it must arrive within 10 s, and longer ones at {rate} a second."
        );

    /// <summary>Answers a message that is too long.</summary>
    public static Task TooLongAsync(HttpContext context, string sentence)
    {
        Begin(context, StatusCodes.Status413PayloadTooLarge);
        return ExplainAsync(context, sentence);
    }

    /// <summary>Answers a call whose files found no room.</summary>
    public static Task BusyAsync(HttpContext context)
    {
        Begin(context, StatusCodes.Status429TooManyRequests);
        context.Response.Headers.RetryAfter = SecondsToWait.ToString(CultureInfo.InvariantCulture);
        return WriteAsync(
            context,
            TooManyRequests,
            $"The server is busy with the files of other calls, and nothing was done. Call again in {SecondsToWait} s."
        );
    }

    /// <summary>Says what a message may hold.</summary>
    public static string TooLong(long most) =>
        $"The message is longer than {Number(most)} bytes (Limits:MaxRequestBytes).";

    /// <summary>Says what a message may hold of which some part, or all, is too long.</summary>
    public static string TooLong(LongMessageFault fault, FileCalls calls)
    {
        var files = $"{Number(calls.MaxFileBytes)} bytes together (Files:MaxBytes)";
        return fault switch
        {
            LongMessageFault.Files =>
                $"The files of the call are longer than {files}. Send smaller files, or fewer at a time.",
            LongMessageFault.Rest when calls.MaxBytes > 0 =>
                $"Without its files, the call is longer than {Number(calls.MaxRestBytes)} bytes (Limits:MaxRequestBytes). "
                    + $"Files are the base64 texts of arguments that take files, up to {files}.",
            _ when calls.MaxBytes > 0 =>
                $"{TooLong(calls.MaxRestBytes)} Only a call of a tool that takes files may be longer, by base64 files of {files}.",
            _ => TooLong(calls.MaxRestBytes),
        };
    }

    /// <summary>Says which messages may be longer than others.</summary>
    public static string OnlyCalls(long most) => $"Only a tool call may be longer than {Number(most)} bytes.";

    private static async Task WriteAsync(HttpContext context, int code, string sentence)
    {
        if (context.RequestAborted.IsCancellationRequested)
        {
            return;
        }

        // The id of the message is not known (JSON-RPC 2.0 §5).
        var answer = $$$"""{"jsonrpc":"2.0","id":null,"error":{"code":{{{code}}},"message":"{{{sentence}}}"}}""";
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = answer.Length;
        await context.Response.WriteAsync(answer, context.RequestAborted);
    }

    private static string Number(long bytes) => bytes.ToString("N0", CultureInfo.InvariantCulture);
}
