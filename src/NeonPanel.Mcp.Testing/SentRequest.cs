using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using NeonPanel.Mcp.Tools;

namespace NeonPanel.Mcp.Testing;

/// <summary>The request of a call, recorded in place of the API.</summary>
/// <param name="Headers">The names of the headers, also those of the body.</param>
/// <param name="MediaType">The media type of the body, or <see langword="null"/> without a body.</param>
internal sealed record SentRequest(string Method, Uri Address, IReadOnlySet<string> Headers, string? MediaType)
{
    public static async Task<SentRequest> OfAsync(ToolDescriptor tool, JsonObject arguments)
    {
        using var recorder = new Recorder();
        using var http = new HttpClient(recorder) { BaseAddress = new("https://api.example/") };
        using var json = JsonDocument.Parse(arguments.ToJsonString());
        await tool.Call(http, json.RootElement, null, CancellationToken.None);
        return recorder.Sent ?? throw new InvalidOperationException($"The tool '{tool.Name}' sent no request.");
    }

    private sealed class Recorder : HttpMessageHandler
    {
        public SentRequest? Sent { get; private set; }

        protected override Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request,
            CancellationToken cancellationToken
        )
        {
            var headers = request.Headers.Concat(request.Content?.Headers.AsEnumerable() ?? []);
            Sent = new(
                request.Method.Method,
                request.RequestUri!,
                headers.Select(header => header.Key).ToHashSet(StringComparer.OrdinalIgnoreCase),
                request.Content?.Headers.ContentType?.MediaType
            );
            return Task.FromResult(
                new HttpResponseMessage(HttpStatusCode.OK)
                {
                    Content = new StringContent("{}", Encoding.UTF8, "application/json"),
                }
            );
        }
    }
}
