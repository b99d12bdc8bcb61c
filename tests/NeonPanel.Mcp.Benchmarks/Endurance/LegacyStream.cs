using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace NeonPanel.Mcp.Benchmarks.Endurance;

/// <summary>A stream of the older transport, from its opening to its end.</summary>
internal sealed class LegacyStream : IDisposable
{
    private readonly HttpClient http;
    private readonly HttpResponseMessage response;
    private readonly StreamReader reader;
    private readonly string token;

    private LegacyStream(HttpClient http, HttpResponseMessage response, Stream stream, string token)
    {
        (this.http, this.response, this.token) = (http, response, token);
        reader = new StreamReader(stream);
    }

    /// <summary>Gets the address that takes the stream's messages.</summary>
    public string Endpoint { get; private set; } = "";

    /// <summary>Closes a stream that is left at once, instead of waiting for more to come.</summary>
    public static SocketsHttpHandler Handler() => new() { ResponseDrainTimeout = TimeSpan.Zero };

    public static async Task<LegacyStream> OpenAsync(HttpClient http, string token, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/sse")
        {
            Headers = { Authorization = new("Bearer", token) },
        };
        var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        if (!response.IsSuccessStatusCode)
        {
            var status = (int)response.StatusCode;
            response.Dispose();
            throw new InvalidOperationException($"HTTP {status} to the opening of a stream");
        }

        var stream = new LegacyStream(
            http,
            response,
            await response.Content.ReadAsStreamAsync(cancellationToken),
            token
        );
        stream.Endpoint = await stream.ReadDataAsync(cancellationToken);
        return stream;
    }

    /// <summary>Posts a message, and reads the one that answers it.</summary>
    public async Task<JsonDocument> AskAsync(string message, CancellationToken cancellationToken)
    {
        await PostAsync(message, cancellationToken);
        return JsonDocument.Parse(await ReadDataAsync(cancellationToken));
    }

    public async Task PostAsync(string message, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Endpoint)
        {
            Content = new StringContent(message, Encoding.UTF8, McpPost.Json),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var accepted = await http.SendAsync(request, cancellationToken);
        if ((int)accepted.StatusCode != 202)
        {
            throw new InvalidOperationException($"HTTP {(int)accepted.StatusCode} to a message for a stream");
        }
    }

    /// <summary>Reads until the server ends the stream.</summary>
    public async Task ReadToEndAsync(CancellationToken cancellationToken)
    {
        while (await reader.ReadLineAsync(cancellationToken) is not null) { }
    }

    public void Dispose()
    {
        reader.Dispose();
        response.Dispose();
    }

    private async Task<string> ReadDataAsync(CancellationToken cancellationToken)
    {
        const string data = "data: ";
        while (await reader.ReadLineAsync(cancellationToken) is { } line)
        {
            if (line.StartsWith(data, StringComparison.Ordinal))
            {
                return line[data.Length..];
            }
        }

        throw new InvalidOperationException("the stream ended");
    }
}
