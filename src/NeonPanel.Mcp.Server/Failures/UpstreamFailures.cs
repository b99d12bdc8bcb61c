using System.Globalization;
using System.Text;
using NeonPanel.Client.Requests;
using NeonPanel.Mcp.Server.Telemetry;
using NeonPanel.Mcp.Server.ToolResults;
using NeonPanel.Mcp.Server.Upstream;
using NeonPanel.Mcp.Tools;

namespace NeonPanel.Mcp.Server.Failures;

/// <summary>Converts each upstream failure into a message (rule D6): the status, the API's own message and field
/// errors, and the next step. It never contains a URL, a raw body, or a token. docs/calls.md lists the
/// messages.</summary>
internal sealed class UpstreamFailures(ToolCatalog catalog, TimeProvider time)
{
    // A longer pause is given as the time of its end.
    private static readonly TimeSpan LongestInSeconds = TimeSpan.FromHours(1);

    private readonly string api = catalog.ApiName;

    /// <summary>Converts a response with a status other than 2xx and 304.</summary>
    public ToolResult Of(ToolDescriptor tool, RawResponse response, SentCall? sent = null)
    {
        sent ??= SentCall.Unknown;
        var status = (int)response.StatusCode;
        var text = new StringBuilder($"{tool.Name} failed: {api} answered {status}. ");
        var words = WordsReader.Read(tool, sent, response);
        words.AppendTo(text);
        text.Append(NextStep(tool, status, response.RetryAfter, words.HasFields, sent.IsUsers))
            .Append(' ')
            .Append(catalog.FailureHints.GetValueOrDefault(status));
        return new(text.ToString().TrimEnd(), default, IsError: true, IsUnauthorized: status == 401 && sent.IsUsers)
        {
            FailureKind = FailureKind.Status,
            // RFC 9110 §15.4.4: a 303 follows a write that was carried out.
            IsOutcomeUnknown = !tool.Hints.ReadOnly && status is 303 or >= 500,
        };
    }

    /// <summary>Returns the result for invalid arguments. Nothing was sent.</summary>
    public static ToolResult Refused(ToolDescriptor tool, IReadOnlyList<string> violations) =>
        ToolResult.Failure($"{tool.Name} was not called:\n" + string.Join('\n', violations), FailureKind.Arguments);

    public ToolResult Timeout(ToolDescriptor tool, TimeSpan limit) =>
        ToolResult.Failure(
            $"{api} did not answer {tool.Name} within {limit.TotalSeconds:0.#} s. {Repeat(tool)}",
            FailureKind.Timeout
        ) with
        {
            IsOutcomeUnknown = !tool.Hints.ReadOnly,
        };

    /// <summary>Converts a call that was not sent.</summary>
    public ToolResult Of(ToolDescriptor tool, CallNotSentException exception) =>
        ToolResult.Failure(
            exception.Reason switch
            {
                NotSentReason.Paused =>
                    $"{tool.Name} was not called: {api} has been failing; calls pause for {Seconds(exception.Pause)} s; nothing was sent. Call again after that.",
                _ =>
                    $"{tool.Name} was not called: the limit of calls to {api} is reached; nothing was sent. Call again in {Seconds(exception.Pause)} s.",
            },
            exception.Reason == NotSentReason.Paused ? FailureKind.Paused : FailureKind.Busy
        );

    public ToolResult Of(ToolDescriptor tool, CredentialException exception) =>
        exception.IsUsersMatter
            ? new(
                $"{tool.Name} was not called: the sign-in is no longer accepted for {api}. Sign in again.",
                default,
                IsError: true,
                IsUnauthorized: true
            )
            {
                FailureKind = FailureKind.Credential,
            }
            : ToolResult.Failure(
                $"{tool.Name} was not called: the server has no credential for {api} just now. Try again later; if it stays so, tell the operator.",
                FailureKind.Credential
            );

    public ToolResult Of(ToolDescriptor tool, HttpRequestException exception) =>
        ToolResult.Failure(
            exception.HttpRequestError switch
            {
                HttpRequestError.ConfigurationLimitExceeded => tool.Hints.ReadOnly
                    ? $"The answer to {tool.Name} is larger than this server accepts. Ask for less: {SmallerPage(tool)}a narrower filter."
                    : $"The answer to {tool.Name} is larger than this server accepts. {Repeat(tool)}",
                HttpRequestError.ConnectionError
                or HttpRequestError.NameResolutionError
                or HttpRequestError.SecureConnectionError =>
                    $"{api} could not be reached for {tool.Name}; nothing was done. Try again later.",
                _ => $"The connection to {api} broke during {tool.Name}. {Repeat(tool)}",
            },
            exception.HttpRequestError == HttpRequestError.ConfigurationLimitExceeded
                ? FailureKind.TooLarge
                : FailureKind.Connection
        ) with
        {
            IsOutcomeUnknown =
                !tool.Hints.ReadOnly
                && exception.HttpRequestError
                    is not (
                        HttpRequestError.ConnectionError
                        or HttpRequestError.NameResolutionError
                        or HttpRequestError.SecureConnectionError
                    ),
        };

    public ToolResult NotJson(ToolDescriptor tool) =>
        ToolResult.Failure($"{api} answered {tool.Name} with invalid JSON. {Repeat(tool)}", FailureKind.NotJson) with
        {
            IsOutcomeUnknown = !tool.Hints.ReadOnly,
        };

    public ToolResult WebPage(ToolDescriptor tool) =>
        ToolResult.Failure(
            $"{tool.Name} was answered with a web page instead of data: a sign-in page or a gateway may stand before {api}. {Repeat(tool)}",
            FailureKind.NotJson
        ) with
        {
            IsOutcomeUnknown = !tool.Hints.ReadOnly,
        };

    /// <summary>Returns the result for a 2xx response that is nested too deep, and too long to be passed on as
    /// text.</summary>
    public ToolResult TooDeep(ToolDescriptor tool, int depth) =>
        ToolResult.Failure(
            $"{api} carried out {tool.Name}, but its answer is JSON nested deeper than {depth} levels, and too long to be passed on as a text. "
                + (
                    tool.Hints.ReadOnly
                        ? "Ask for less."
                        : "Do not repeat the call; read the record to see what was done."
                ),
            FailureKind.TooLarge
        ) with
        {
            IsOutcomeUnknown = !tool.Hints.ReadOnly,
        };

    public static ToolResult TooLargeAttachment(ToolDescriptor tool, string type, int length) =>
        ToolResult.Failure(
            $"The answer to {tool.Name} is {type} of {length} bytes, more than can be passed on. {(tool.Hints.ReadOnly ? "Ask for less." : Repeat(tool))}",
            FailureKind.TooLarge
        ) with
        {
            IsOutcomeUnknown = !tool.Hints.ReadOnly,
        };

    private string NextStep(ToolDescriptor tool, int status, TimeSpan? pause, bool hasFields, bool isUsers) =>
        status switch
        {
            300 =>
                "It has several forms of this and wants one to be chosen, which this server cannot do; tell the operator.",
            301 or 308 => "This has moved to another address for good, which is not followed; tell the operator.",
            // RFC 9110 §15.4.4: the other address may contain the outcome.
            303 => $"It points to another address for the outcome, which is not followed. {Repeat(tool)}",
            // RFC 9110 §15.4.8: the request must be repeated at the other address.
            307 => "It points to another address for now, which is not followed.",
            < 400 => $"It points to another address, which is not followed. {Repeat(tool)}",
            400 => hasFields ? "Correct the fields named above and call again." : "Correct the arguments.",
            401 when !isUsers => "The credential of this server was not accepted; tell the operator.",
            403 when !isUsers => "The credential of this server does not allow this; tell the operator.",
            401 => "The access token was not accepted; sign in again.",
            403 => "The signed-in user may not do this; ask for the permission.",
            404 => "There is no such record; check the ids that the call names.",
            409 => "It conflicts with the present state; read the record again before repeating.",
            413 => "The call sends more than the API accepts; send less at a time.",
            415 => "The API does not accept this kind of content.",
            422 => hasFields
                ? "Correct the fields named above and call again."
                : "Correct the arguments and call again.",
            429 => pause is null ? "Too many calls; wait a minute." : $"Too many calls; wait {Until(pause.Value, "")}.",
            >= 500 when tool.Hints.ReadOnly =>
                $"The fault is on the side of {api}; the call only reads and may be repeated "
                    + (pause is null ? "later." : $"{Until(pause.Value, "after ")}."),
            >= 500 => Repeat(tool),
            _ => "It was refused; correct the call before you repeat it.",
        };

    // Returns "30 seconds", or for a long pause the time at which it ends.
    private string Until(TimeSpan pause, string before)
    {
        if (pause <= LongestInSeconds)
        {
            return $"{before}{Seconds(pause)} seconds";
        }

        var now = time.GetUtcNow();
        var end = pause < DateTimeOffset.MaxValue - now ? now + pause : DateTimeOffset.MaxValue;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{(before.Length > 0 ? before : "until ")}{end:yyyy-MM-dd HH:mm} UTC"
        );
    }

    private static int Seconds(TimeSpan? pause) => (int)Math.Min(int.MaxValue, Math.Ceiling(pause!.Value.TotalSeconds));

    // Empty if the tool has no argument for the size of a page.
    private static string SmallerPage(ToolDescriptor tool) =>
        tool.Paging.Size is { } size ? $"a smaller {size} or " : "";

    private static string Repeat(ToolDescriptor tool) =>
        tool.Hints.ReadOnly
            ? "The call only reads and may be repeated."
            : $"Outcome unknown: check whether {tool.Name} took effect before you repeat it.";
}
