using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace NeonPanel.Mcp.Server.Tests.Fixtures;

/// <summary>Speaks MCP in any revision, one POST a message.</summary>
internal sealed class RpcClient(Uri address, string? token) : IDisposable
{
    public const string PerRequest = "2026-07-28";

    /// <summary>Gets all revisions, oldest first.</summary>
    public static string[] Revisions { get; } = ["2024-11-05", "2025-03-26", "2025-06-18", "2025-11-25", PerRequest];

    private readonly HttpClient http = new(new SocketsHttpHandler { AllowAutoRedirect = false })
    {
        BaseAddress = address,
    };

    /// <summary>Gets the capabilities for revisions in which each request contains them.</summary>
    public JsonObject Capabilities { get; init; } = [];

    /// <summary>Sends a request as a well-behaved client of a revision does.</summary>
    public Task<RpcAnswer> SendAsync(
        string path,
        string revision,
        string method,
        JsonObject? parameters = null,
        params (string Name, string Value)[] headers
    ) => SendAsync(path, revision, method, parameters, clientInfo: null, headers);

    /// <param name="clientInfo">The client's name for revisions in which each request contains it, or
    /// <see langword="null"/>.</param>
    public Task<RpcAnswer> SendAsync(
        string path,
        string revision,
        string method,
        JsonObject? parameters,
        JsonObject? clientInfo,
        params (string Name, string Value)[] headers
    )
    {
        if (revision != PerRequest)
        {
            // Sent from 2025-06-18 on.
            (string, string)[] own =
                string.CompareOrdinal(revision, "2025-06-18") >= 0 ? [("MCP-Protocol-Version", revision)] : [];
            return PostAsync(path, Message(method, parameters), [.. own, .. headers]);
        }

        parameters ??= [];
        parameters["_meta"] = new JsonObject
        {
            ["io.modelcontextprotocol/protocolVersion"] = revision,
            ["io.modelcontextprotocol/clientCapabilities"] = Capabilities.DeepClone(),
        };
        if (clientInfo is not null)
        {
            parameters["_meta"]!["io.modelcontextprotocol/clientInfo"] = clientInfo;
        }

        (string, string)[] routing = parameters["name"] is { } name ? [("Mcp-Name", name.ToString())] : [];
        return PostAsync(
            path,
            Message(method, parameters),
            [("MCP-Protocol-Version", revision), ("Mcp-Method", method), .. routing, .. headers]
        );
    }

    /// <summary>Sends a body and headers as they are.</summary>
    public Task<RpcAnswer> PostAsync(string path, string body, params (string Name, string Value)[] headers) =>
        PostAsync(path, body, CancellationToken.None, headers);

    public async Task<RpcAnswer> PostAsync(
        string path,
        string body,
        CancellationToken cancellationToken,
        params (string Name, string Value)[] headers
    )
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path)
        {
            Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)),
        };
        request.Content.Headers.ContentType = new("application/json");
        if (token is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }

        foreach (var (name, value) in headers)
        {
            if (!request.Headers.TryAddWithoutValidation(name, value))
            {
                request.Content.Headers.Remove(name);
                request.Content.Headers.TryAddWithoutValidation(name, value);
            }
        }

        using var response = await http.SendAsync(request, cancellationToken);
        return new(
            (int)response.StatusCode,
            response
                .Headers.Concat(response.Content.Headers)
                .ToDictionary(
                    header => header.Key,
                    header => string.Join(',', header.Value),
                    StringComparer.OrdinalIgnoreCase
                ),
            await response.Content.ReadAsStringAsync(cancellationToken)
        );
    }

    /// <summary>Sends a request and returns the bytes of the answer as they came.</summary>
    /// <param name="id">The id as JSON text.</param>
    public async Task<(byte[] Bytes, HttpContentHeaders Headers)> ReadAsync(
        string path,
        string id,
        string method,
        string accept,
        string? acceptEncoding,
        string parameters = "{}"
    )
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path)
        {
            Content = new StringContent(
                "{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"method\":\"" + method + "\",\"params\":" + parameters + "}",
                Encoding.UTF8,
                "application/json"
            ),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        request.Headers.TryAddWithoutValidation("Accept", accept);
        if (acceptEncoding is not null)
        {
            request.Headers.TryAddWithoutValidation("Accept-Encoding", acceptEncoding);
        }

        using var response = await http.SendAsync(request);
        response.EnsureSuccessStatusCode();
        return (await response.Content.ReadAsByteArrayAsync(), response.Content.Headers);
    }

    public void Dispose() => http.Dispose();

    private static string Message(string method, JsonObject? parameters)
    {
        var message = new JsonObject
        {
            ["jsonrpc"] = "2.0",
            ["id"] = 1,
            ["method"] = method,
        };
        if (parameters is not null)
        {
            message["params"] = parameters;
        }

        return message.ToJsonString();
    }
}

/// <summary>One HTTP answer, and the message in it.</summary>
internal sealed record RpcAnswer(int Status, IReadOnlyDictionary<string, string> Headers, string Body)
{
    /// <summary>Gets the JSON text of the message: the body, or the data of its only event.</summary>
    public string Json =>
        Headers.GetValueOrDefault("Content-Type")?.StartsWith("text/event-stream", StringComparison.Ordinal) == true
            ? string.Join(
                '\n',
                Body.Split('\n')
                    .Where(line => line.StartsWith("data: ", StringComparison.Ordinal))
                    .Select(line => line[6..])
            )
            : Body;

    public JsonNode? Message => Json.Length == 0 ? null : JsonNode.Parse(Json);

    public JsonNode Result => Message!["result"] ?? throw new InvalidOperationException("No result: " + Body);

    public int? ErrorCode => (int?)Message?["error"]?["code"];
}
