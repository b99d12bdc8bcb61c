using System.Text;
using System.Text.Json;
using NeonPanel.Client.Requests;
using NeonPanel.Mcp.Server.Upstream;
using NeonPanel.Mcp.Tools;

namespace NeonPanel.Mcp.Server.Invocation;

/// <summary>Each upstream fault has its sentence (rule D6): status, the API's own message and field errors, the next step;
/// never a URL, a raw body, or a token.</summary>
internal static class UpstreamFailures
{
    private const int MaxMessage = 500;

    public static ToolResult Of(ToolDescriptor tool, RawResponse response)
    {
        var status = (int)response.StatusCode;
        var text = new StringBuilder($"{tool.Name} failed: NeonPanel answered {status}. ");
        AppendMessage(text, response.Body);
        text.Append(status switch
        {
            400 => "Correct the arguments. A document dated before the company's Entry Locked Date cannot be written.",
            401 => "The access token was not accepted; sign in again.",
            403 => "The signed-in user may not do this; choose another company or ask for the permission.",
            404 => "There is no such record in this company; look the id up with the matching list tool.",
            409 => "It conflicts with the present state; read the record again before repeating.",
            415 => "The API does not take this kind of content.",
            422 => "Correct the fields named above and call again.",
            429 => response.RetryAfter is { } pause
                ? $"Too many calls; wait {Math.Ceiling(pause.TotalSeconds)} seconds."
                : "Too many calls; wait a minute.",
            >= 500 => IsRead(tool) ? "The fault is on its side; the call only reads and may be repeated later." : Unknown(tool),
            >= 300 and < 400 => "It tried to send the call elsewhere, which is not followed.",
            _ => "",
        });
        return new(text.ToString().TrimEnd(), null, IsError: true, IsUnauthorized: status == 401);
    }

    public static ToolResult Timeout(ToolDescriptor tool, TimeSpan limit) => ToolResult.Failure(
        $"NeonPanel did not answer {tool.Name} within {limit.TotalSeconds:0.#} s. " +
        (IsRead(tool) ? "The call only reads and may be repeated." : Unknown(tool)));

    public static ToolResult Of(ToolDescriptor tool, CredentialException exception) => exception.IsUsersMatter
        ? new($"{tool.Name} was not called: the sign-in is no longer accepted for NeonPanel. Sign in again.", null, IsError: true, IsUnauthorized: true)
        : ToolResult.Failure($"{tool.Name} was not called: the server has no credential for NeonPanel just now. Try again later; if it stays so, tell the operator.");

    public static ToolResult Of(ToolDescriptor tool, HttpRequestException exception) => ToolResult.Failure(exception.HttpRequestError switch
    {
        HttpRequestError.ConfigurationLimitExceeded =>
            $"The answer to {tool.Name} is larger than this server takes. Ask for less: a smaller per_page or a narrower filter.",
        HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError =>
            $"NeonPanel could not be reached for {tool.Name}; nothing was done. Try again later.",
        _ => $"The connection to NeonPanel broke during {tool.Name}. " +
            (IsRead(tool) ? "The call only reads and may be repeated." : Unknown(tool)),
    });

    public static ToolResult NotJson(ToolDescriptor tool) => ToolResult.Failure(
        $"NeonPanel answered {tool.Name} with something that is no valid JSON. " +
        (IsRead(tool) ? "The call only reads and may be repeated." : Unknown(tool)));

    private static bool IsRead(ToolDescriptor tool) => tool.Hints.ReadOnly;

    private static string Unknown(ToolDescriptor tool) =>
        $"Outcome unknown: check whether {tool.Name} took effect before you repeat it.";

    private static void AppendMessage(StringBuilder text, ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object)
            {
                return;
            }

            if (root.TryGetProperty("message", out var message) && message.ValueKind == JsonValueKind.String)
            {
                text.Append("It says: ").Append(Plain(message.GetString()!)).Append(' ');
            }

            if (root.TryGetProperty("errors", out var errors) && errors.ValueKind == JsonValueKind.Object)
            {
                foreach (var field in errors.EnumerateObject())
                {
                    var messages = field.Value.ValueKind == JsonValueKind.Array
                        ? string.Join(" ", field.Value.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.String).Select(item => item.GetString()))
                        : field.Value.ToString();
                    text.Append('\n').Append(Plain(field.Name)).Append(": ").Append(Plain(messages));
                }

                text.Append('\n');
            }
        }
        catch (JsonException)
        {
            // no JSON: the status alone speaks
        }
    }

    // A message that carries an address or markup is not passed on as it is.
    private static string Plain(string message)
    {
        var words = message.Split([' ', '\n', '\r', '\t'], StringSplitOptions.RemoveEmptyEntries)
            .Where(word => !word.Contains("://", StringComparison.Ordinal));
        var plain = string.Join(' ', words);
        return plain.Length > MaxMessage ? plain[..MaxMessage] + "…" : plain;
    }
}
