using System.Text.Json.Nodes;

namespace NeonPanel.Mcp.Server.Tests.Transport.Forms;

/// <summary>The response to a call, read event by event.</summary>
internal sealed class FormStream(HttpResponseMessage response) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly StreamReader reader = new(response.Content.ReadAsStream());

    public HttpResponseMessage Response => response;

    public bool IsStream => response.Content.Headers.ContentType?.MediaType == "text/event-stream";

    /// <summary>Returns the next event or comment without its end, or <see langword="null"/> at the end of the
    /// stream.</summary>
    public async Task<string?> NextTextAsync()
    {
        var lines = new List<string>();
        while (await reader.ReadLineAsync().WaitAsync(Patience) is { } line)
        {
            if (line.Length == 0)
            {
                return string.Join('\n', lines);
            }

            lines.Add(line);
        }

        return null;
    }

    /// <summary>Returns the next message. Comments are left out.</summary>
    public async Task<JsonObject> NextAsync()
    {
        if (!IsStream)
        {
            return JsonNode.Parse(await reader.ReadToEndAsync().WaitAsync(Patience))!.AsObject();
        }

        while (true)
        {
            var text = await NextTextAsync() ?? throw new EndOfStreamException();
            if (text.StartsWith(':'))
            {
                continue;
            }

            const string start = "event: message\ndata: ";
            // A further line would be no part of the data.
            return text.StartsWith(start, StringComparison.Ordinal) && !text[start.Length..].Contains('\n')
                ? JsonNode.Parse(text[start.Length..])!.AsObject()
                : throw new FormatException(text);
        }
    }

    public void Dispose()
    {
        reader.Dispose();
        response.Dispose();
    }
}
