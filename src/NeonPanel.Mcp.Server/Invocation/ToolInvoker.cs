using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using NeonPanel.Client.Requests;
using NeonPanel.Mcp.Server.Authentication;
using NeonPanel.Mcp.Server.Files;
using NeonPanel.Mcp.Server.Settings;
using NeonPanel.Mcp.Server.Upstream;
using NeonPanel.Mcp.Tools;

namespace NeonPanel.Mcp.Server.Invocation;

/// <summary>What a result's text block holds.</summary>
/// <param name="ResultText"><c>Full</c>, <c>Summary</c>, or <c>Auto</c>: full up to 16 KB.</param>
internal sealed record InvocationOptions(string ResultText)
{
    public static InvocationOptions Read(SettingsReader settings) =>
        new(settings.Choice("Mcp:ResultText", "Auto", "Auto", "Full", "Summary"));
}

/// <summary>Tool and arguments → call → result.</summary>
internal sealed partial class ToolInvoker(
    IHttpClientFactory clients,
    IUpstreamCredential credential,
    FileLinks files,
    UpstreamOptions upstream,
    InvocationOptions options,
    TimeProvider time,
    ILogger<ToolInvoker> logger)
{
    private const int FullTextBytes = 16 * 1024;

    /// <summary>Calls a tool, and writes one line about it (rule F2: no token, argument or result).</summary>
    public async Task<ToolResult> InvokeAsync(
        ToolDescriptor tool, JsonElement arguments, AccessToken token, string correlationId, CancellationToken cancellationToken)
    {
        var start = time.GetTimestamp();
        var (outcome, status) = ("abandoned", 0);
        try
        {
            (var result, status) = await CallAsync(tool, arguments, token, correlationId, cancellationToken);
            outcome = result.IsError ? "error" : "ok";
            return result;
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // A fault of ours. Its message may hold what the caller sent; where it happened does not.
            outcome = "fault";
            Log.Failed(logger, tool.Name, exception.GetType().Name, exception.StackTrace);
            return ToolResult.Failure($"{tool.Name} failed inside the MCP server; its outcome is unknown. " +
                $"Tell the operator the correlation id {correlationId}.");
        }
        finally
        {
            Log.Called(logger, tool.Name, outcome, status, (long)time.GetElapsedTime(start).TotalMilliseconds, correlationId, token.SubjectHash);
        }
    }

    private async Task<(ToolResult Result, int UpstreamStatus)> CallAsync(
        ToolDescriptor tool, JsonElement arguments, AccessToken token, string correlationId, CancellationToken cancellationToken)
    {
        var violations = ArgumentValidator.Check(tool.Arguments, arguments);
        if (violations.Count == 0)
        {
            (arguments, violations) = await files.FollowAsync(tool, arguments, cancellationToken);
        }

        if (violations.Count > 0)
        {
            return (Refused(tool, violations), 0);
        }

        using var deadline = new CancellationTokenSource(upstream.CallTimeout, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            var authorization = await credential.GetAsync(token, both.Token);
            var response = await tool.Call(
                clients.CreateClient(UpstreamSetup.ClientName),
                arguments,
                request =>
                {
                    request.Headers.Authorization = authorization;
                    request.Headers.TryAddWithoutValidation("X-Correlation-Id", correlationId);
                },
                both.Token);
            var status = (int)response.StatusCode;
            return (status is >= 200 and < 300 ? Success(tool, response) : UpstreamFailures.Of(tool, response), status);
        }
        catch (InvalidArgumentsException exception)
        {
            return (Refused(tool, exception.Violations), 0);
        }
        catch (CredentialException exception)
        {
            Log.NoCredential(logger, exception.Message);
            return (UpstreamFailures.Of(tool, exception), 0);
        }
        catch (HttpRequestException exception)
        {
            return (UpstreamFailures.Of(tool, exception), 0);
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return (UpstreamFailures.Timeout(tool, upstream.CallTimeout), 0);
        }
    }

    private static ToolResult Refused(ToolDescriptor tool, IReadOnlyList<string> violations) =>
        ToolResult.Failure($"{tool.Name} was not called:\n" + string.Join('\n', violations));

    // The upstream's bytes become the structured content, every number and unknown member as sent.
    private ToolResult Success(ToolDescriptor tool, RawResponse response)
    {
        if (response.Body.IsEmpty)
        {
            return new("Done.", Parse("{\"status\":\"done\"}"u8.ToArray()), IsError: false);
        }

        var isJson = response.ContentType is null or "application/json" || response.ContentType.EndsWith("+json", StringComparison.Ordinal);
        ReadOnlyMemory<byte> json;
        if (!isJson)
        {
            json = Wrap("value", Encoding.UTF8.GetBytes(JsonValue.Create(Encoding.UTF8.GetString(response.Body.Span)).ToJsonString()));
        }
        else
        {
            json = FirstOf(response.Body.Span) switch
            {
                (byte)'{' => WithRetryAfter(response),
                (byte)'[' => Wrap("items", response.Body),
                _ => Wrap("value", response.Body),
            };
        }

        try
        {
            return new(TextOf(tool, json), Parse(json), IsError: false);
        }
        catch (JsonException)
        {
            return UpstreamFailures.NotJson(tool);
        }
    }

    private string TextOf(ToolDescriptor tool, ReadOnlyMemory<byte> json) =>
        options.ResultText == "Full" || (options.ResultText == "Auto" && json.Length <= FullTextBytes)
            ? Encoding.UTF8.GetString(json.Span)
            : $"{tool.Title}: {json.Length} bytes of JSON in the structured content.";

    private static JsonElement Parse(ReadOnlyMemory<byte> json)
    {
        // Cloned: the element outlives the document.
        using var document = JsonDocument.Parse(json, new() { AllowDuplicateProperties = true });
        return document.RootElement.Clone();
    }

    private static byte FirstOf(ReadOnlySpan<byte> json)
    {
        var trimmed = json.TrimStart(" \t\r\n"u8);
        return trimmed.IsEmpty ? (byte)0 : trimmed[0];
    }

    private static byte[] Wrap(string name, ReadOnlyMemory<byte> json) =>
        [.. "{\""u8, .. Encoding.ASCII.GetBytes(name), .. "\":"u8, .. json.Span, .. "}"u8];

    // 202 and Retry-After become data (rule D8). Added in front of what was sent, which stays as it is.
    private static ReadOnlyMemory<byte> WithRetryAfter(RawResponse response)
    {
        if (response.StatusCode != HttpStatusCode.Accepted || response.RetryAfter is not { } pause
            || response.Body.Span.IndexOf("\"retry_after_seconds\""u8) >= 0)
        {
            return response.Body;
        }

        var body = response.Body.Span.TrimStart(" \t\r\n"u8)[1..];
        var separator = FirstOf(body) == (byte)'}' ? "" : ",";
        var member = $"{{\"retry_after_seconds\":{Math.Ceiling(pause.TotalSeconds).ToString(CultureInfo.InvariantCulture)}{separator}";
        return (byte[])[.. Encoding.ASCII.GetBytes(member), .. body];
    }

    private static partial class Log
    {
        [LoggerMessage(3003, LogLevel.Warning, "No credential for the API: {Reason}.")]
        public static partial void NoCredential(ILogger logger, string reason);

        [LoggerMessage(3002, LogLevel.Error, "{Tool} failed: {Exception} {StackTrace}")]
        public static partial void Failed(ILogger logger, string tool, string exception, string? stackTrace);

        [LoggerMessage(3001, LogLevel.Information,
            "{Tool}: {Outcome}, upstream {UpstreamStatus}, {Milliseconds} ms, correlation {CorrelationId}, subject {SubjectHash}")]
        public static partial void Called(
            ILogger logger, string tool, string outcome, int upstreamStatus, long milliseconds, string correlationId, string subjectHash);
    }
}
