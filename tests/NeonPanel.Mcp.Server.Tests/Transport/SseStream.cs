using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace NeonPanel.Mcp.Server.Tests.Transport;

/// <summary>An open stream of the older transport, read event by event.</summary>
internal sealed class SseStream : IDisposable
{
    public const string Initialize =
        """{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2024-11-05","capabilities":{},"clientInfo":{"name":"test","version":"1"}}}""";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly HttpClient http;
    private readonly StreamReader reader;
    private readonly string token;

    private SseStream(HttpClient http, HttpResponseMessage response, StreamReader reader, string token)
    {
        this.http = http;
        this.reader = reader;
        this.token = token;
        Response = response;
    }

    public HttpResponseMessage Response { get; }

    /// <summary>Gets the address that the stream's first event named.</summary>
    public string Endpoint { get; private set; } = "";

    public static string Call(int id, string tool = "listCompanies") =>
        $$$"""{"jsonrpc":"2.0","id":{{{id}}},"method":"tools/call","params":{"arguments":{},"name":"{{{tool}}}"} }""";

    public static async Task<SseStream> OpenAsync(string address, string token, string path = "/sse")
    {
        // Without waiting for more to come, a stream that is left is closed at once.
        var http = new HttpClient(new SocketsHttpHandler { ResponseDrainTimeout = TimeSpan.Zero })
        {
            BaseAddress = new(address),
            Timeout = Patience,
        };
        using var request = Request(HttpMethod.Get, path, token);
        var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        response.EnsureSuccessStatusCode();
        var stream = new SseStream(http, response, new StreamReader(await response.Content.ReadAsStreamAsync()), token);
        var endpoint = await stream.ReadEventAsync();
        stream.Endpoint = endpoint!.Split("\ndata: ")[1];
        return stream;
    }

    /// <summary>Reads up to the next empty line.</summary>
    /// <returns>The event's lines, or <see langword="null"/> at the end of the stream.</returns>
    public async Task<string?> ReadEventAsync()
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

    /// <summary>Reads the next message.</summary>
    public async Task<JsonObject> ReadMessageAsync()
    {
        var text = await ReadEventAsync() ?? throw new EndOfStreamException();
        const string prefix = "event: message\ndata: ";
        return text.StartsWith(prefix, StringComparison.Ordinal)
            ? JsonNode.Parse(text[prefix.Length..])!.AsObject()
            : throw new FormatException(text);
    }

    /// <summary>Posts a message, with the token that opened the stream unless another is given.</summary>
    public async Task<HttpResponseMessage> PostAsync(
        string body,
        string? otherToken = null,
        string? endpoint = null,
        string? correlationId = null,
        bool isReadOnly = false
    )
    {
        using var request = Request(HttpMethod.Post, endpoint ?? Endpoint, otherToken ?? token);
        request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        if (correlationId is not null)
        {
            request.Headers.Add("X-Correlation-Id", correlationId);
        }

        if (isReadOnly)
        {
            request.Headers.Add("X-MCP-Readonly", "true");
        }

        return await http.SendAsync(request);
    }

    public void Dispose()
    {
        reader.Dispose();
        Response.Dispose();
        http.Dispose();
    }

    private static HttpRequestMessage Request(HttpMethod method, string path, string token) =>
        new(method, path) { Headers = { Authorization = new AuthenticationHeaderValue("Bearer", token) } };
}
