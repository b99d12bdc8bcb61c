using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace NeonPanel.Mcp.Benchmarks.Endurance;

/// <summary>Messages to an MCP address, one POST each.</summary>
internal sealed class McpPost(HttpClient http)
{
    public const string Both = "application/json, text/event-stream";
    public const string Json = "application/json";
    public const string PerRequest = "2026-07-28";

    private const string Metadata =
        $$$"""{"io.modelcontextprotocol/protocolVersion":"{{{PerRequest}}}","io.modelcontextprotocol/clientCapabilities":{}}""";

    /// <summary>Sends a message.</summary>
    /// <param name="tool">Of a call in revision 2026-07-28, which names it in a header too.</param>
    public async Task<McpAnswer> SendAsync(
        string message,
        string? token,
        CancellationToken cancellationToken,
        string accept = Both,
        string? revision = null,
        string method = "tools/call",
        string? tool = null
    )
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/mcp")
        {
            Content = new ByteArrayContent(Encoding.UTF8.GetBytes(message)),
        };
        request.Content.Headers.ContentType = new(Json);
        request.Headers.Accept.ParseAdd(accept);
        request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        if (revision is not null)
        {
            request.Headers.Add("MCP-Protocol-Version", revision);
        }

        if (revision == PerRequest)
        {
            request.Headers.Add("Mcp-Method", method);
            if (tool is not null)
            {
                request.Headers.Add("Mcp-Name", tool);
            }
        }

        using var response = await http.SendAsync(request, cancellationToken);
        var text = await response.Content.ReadAsStringAsync(cancellationToken);
        var instance = response.Headers.TryGetValues(Rolling.InstanceHeader, out var values) ? values.Single() : null;
        return new((int)response.StatusCode, text, response.Headers.WwwAuthenticate.ToString(), instance);
    }

    public static string Call(long id, string tool, string arguments, string? meta = null) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $$$"""{"jsonrpc":"2.0","id":{{{id}}},"method":"tools/call","params":{"name":"{{{tool}}}","arguments":{{{arguments}}}{{{(meta is null ? "" : ",\"_meta\":" + meta)}}}}}"""
        );

    public static string PerRequestCall(long id, string tool, string arguments) => Call(id, tool, arguments, Metadata);

    public static string List => """{"jsonrpc":"2.0","id":1,"method":"tools/list"}""";

    public static string PerRequestList =>
        $$$"""{"jsonrpc":"2.0","id":1,"method":"tools/list","params":{"_meta":{{{Metadata}}}} }""";

    public static string Initialize =>
        """{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-11-25","capabilities":{},"clientInfo":{"name":"soak","version":"1"}}}""";
}

/// <summary>One HTTP answer.</summary>
internal sealed record McpAnswer(int Status, string Body, string Challenge, string? Instance)
{
    /// <summary>Gets the JSON text of the message: the body, or the data of the last event in it.</summary>
    public string Message
    {
        get
        {
            const string data = "\ndata: ";
            return Body.StartsWith('{')
                ? Body
                : Body[(Body.LastIndexOf(data, StringComparison.Ordinal) + data.Length)..];
        }
    }

    /// <exception cref="JsonException">It is none.</exception>
    public JsonDocument Parse() => JsonDocument.Parse(Message);
}
